package dev.taskbridge.cli;

import dev.taskbridge.config.shape.Problem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's entry, and the options that all commands have. */
@Command(
    name = "taskbridge",
    description =
        "Keeps ThreatConnect Workflow Tasks and Jira or ServiceNow tickets in step, both ways.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    usageHelpAutoWidth = true,
    subcommands = {
      // In the order of the help.
      DemoCommand.class,
      RunCommand.class,
      CheckCommand.class,
      OnceCommand.class,
      SweepCommand.class,
      PlanCommand.class,
      LinksCommand.class,
      ExplainCommand.class,
      ResolveCommand.class,
      RetryCommand.class,
      UnlinkCommand.class,
      RebuildCommand.class,
      TasksCommand.class,
      SimulateCommand.class,
      SchemaCommand.class,
    })
public final class Main implements Runnable {
  private static final String JSON = "--json";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "The configuration; by default config/taskbridge.yaml of the program's folder.")
  private @Nullable Path config;

  @Option(
      names = JSON,
      scope = ScopeType.INHERIT,
      description = "Write the result to stdout as JSON.")
  private boolean json;

  @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Write without colours.")
  private boolean noColour;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "Log what is done, to stderr.")
  private boolean verbose;

  /** Starts the program; the process ends with one of {@link Exit}'s codes. */
  public static void main(String[] args) {
    LogSettings.choose(List.of(args), Terminal.showsMessages());
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    Termination.end(execute(args, out, err));
  }

  /**
   * Runs one command.
   *
   * @return the exit code
   */
  static int execute(String[] args, PrintWriter out, PrintWriter err) {
    return commandLine(out, err).execute(args);
  }

  /** The commands, writing to {@code out} and {@code err}. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Main())
        .registerConverter(Path.class, Terminal::typed)
        .setOut(out)
        .setErr(err)
        .setAbbreviatedOptionsAllowed(false)
        .setParameterExceptionHandler(Main::wrongUse)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> {
              Failures.show(failure, command, isVerbose(command));
              return Exit.BROKEN.code();
            });
  }

  /** The configuration file to read. */
  Path config() {
    return config == null ? Path.of("config/taskbridge.yaml") : config;
  }

  boolean isJson() {
    return json;
  }

  boolean hasColours() {
    return !noColour && System.getenv("NO_COLOR") == null && Terminal.showsOutput();
  }

  private static boolean isVerbose(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof Main main && main.verbose;
  }

  /** Without a command there is nothing to do but to say which there are. */
  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Name a command.");
    }
  }

  private static int wrongUse(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message = WrongUse.message(wrong);
    if (Arrays.asList(args).contains(JSON)) {
      new Output(command.getOut(), command.getErr(), true, false)
          .json(Map.of("problems", List.of(new Problem("command line", 0, "", message))));
    } else {
      command.getErr().println(message);
      command.getErr().println("See: taskbridge " + help(command));
      command.getErr().flush();
    }
    return Exit.WRONG.code();
  }

  private static String help(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    return (name.contains(" ") ? name.substring(name.indexOf(' ') + 1) + " " : "") + "--help";
  }
}
