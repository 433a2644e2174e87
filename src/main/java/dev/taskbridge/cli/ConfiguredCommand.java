package dev.taskbridge.cli;

import dev.taskbridge.config.ConfigLoader;
import dev.taskbridge.config.Loaded;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.shape.Problem;
import dev.taskbridge.engine.RefusedConfiguration;
import dev.taskbridge.log.KnownSecrets;
import java.util.List;
import java.util.Map;

/** A command that needs the configuration. A wrong one is listed and ends it. */
public abstract class ConfiguredCommand extends TaskbridgeCommand {
  @Override
  protected final Exit run() throws Exception {
    Loaded loaded = loader().load(options().config());
    if (loaded instanceof Loaded.Valid valid) {
      KnownSecrets.add(valid.config().secrets());
      try {
        return run(valid.config());
      } catch (RefusedConfiguration refused) {
        show(output(), refused);
        return Exit.WRONG;
      }
    }
    if (loaded instanceof Loaded.Invalid invalid) {
      show(output(), invalid.problems());
    }
    return Exit.WRONG;
  }

  /** Does what the command is for, with a configuration that was found good. */
  protected abstract Exit run(TaskbridgeConfig config) throws Exception;

  /** What reads the configuration file, and any other one that a command names. */
  protected final ConfigLoader loader() {
    return new ConfigLoader(environment(), RouteFiles.otherKinds());
  }

  /** Where {@code {{env:NAME}}} is looked up. */
  protected Map<String, String> environment() {
    return System.getenv();
  }

  private void show(Output output, RefusedConfiguration refused) {
    String file = options().config().toString();
    show(
        output,
        refused.reasons().stream()
            .map(
                reason -> {
                  int colon = reason.indexOf(": ");
                  return new Problem(
                      file, 0, reason.substring(0, colon), reason.substring(colon + 2));
                })
            .toList());
  }

  /** Lists problems the way people and programs want them. */
  static void show(Output output, List<Problem> problems) {
    if (output.isJson()) {
      output.json(Map.of("problems", problems));
    } else {
      problems.forEach(problem -> output.message(problem.toString()));
    }
  }
}
