package dev.taskbridge.cli;

import dev.taskbridge.config.shape.Nearest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What to say to somebody who mistyped a command. */
final class WrongUse {
  private WrongUse() {}

  static String message(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(wrong.getMessage());
    }
    CommandLine command = wrong.getCommandLine();
    String first = unmatched.getUnmatched().get(0);
    if (first.startsWith("-")) {
      List<String> options = new ArrayList<>();
      for (OptionSpec option : command.getCommandSpec().options()) {
        options.addAll(List.of(option.names()));
      }
      String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
      return "Unknown option " + name + Nearest.hint(name, options, "");
    }
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    return commands.isEmpty()
        ? "\"" + first + "\" is one argument too many"
        : "Unknown command \""
            + first
            + "\""
            + Nearest.hint(first, commands, "; there are " + String.join(", ", commands));
  }
}
