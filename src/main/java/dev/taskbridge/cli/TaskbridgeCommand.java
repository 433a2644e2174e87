package dev.taskbridge.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command. One instance serves one run. */
public abstract class TaskbridgeCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public final Integer call() throws Exception {
    return run().code();
  }

  /**
   * Does what the command is for.
   *
   * @throws Exception only for a bug or an unusable store: it ends the program with {@link
   *     Exit#BROKEN}
   */
  protected abstract Exit run() throws Exception;

  /** Where to write. */
  protected final Output output() {
    CommandSpec command = command();
    Main options = options();
    return new Output(
        command.commandLine().getOut(),
        command.commandLine().getErr(),
        options.isJson(),
        options.hasColours());
  }

  /** The options that all commands have. */
  protected final Main options() {
    return (Main) command().root().userObject();
  }

  /**
   * For an argument that picocli cannot judge: throw this, and the program ends as for any other.
   */
  protected final ParameterException wrong(String message) {
    return new ParameterException(command().commandLine(), message);
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("a command is run by picocli only");
    }
    return spec;
  }
}
