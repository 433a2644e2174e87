package dev.taskbridge.engine;

import dev.taskbridge.config.ConfigLoader;
import dev.taskbridge.config.Loaded;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.shape.Problem;
import dev.taskbridge.log.KnownSecrets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a changed configuration in force. It reads the file each time and compares what it says:
 * that sees a rotated secret, too, and does not depend on how an editor or a container replaces
 * files. A file that cannot be used is told of once, until it is another one. One look at a time.
 */
public final class ConfigurationWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);

  private final ConfigLoader loader;
  private final Path file;
  private final Bridge bridge;
  private List<String> told = List.of();

  /**
   * A watch that has seen nothing yet.
   *
   * @param loader as the one that read the configuration in force
   */
  public ConfigurationWatch(ConfigLoader loader, Path file, Bridge bridge) {
    this.loader = loader;
    this.file = file;
    this.bridge = bridge;
  }

  /** Why the file is not in force as it is now; empty if it is. */
  public synchronized Optional<String> trouble() {
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
  }

  @Override
  public synchronized void run() {
    Loaded loaded = loader.load(file);
    if (loaded instanceof Loaded.Invalid invalid) {
      tell(invalid.problems().stream().map(Problem::toString).toList());
    } else if (loaded instanceof Loaded.Valid valid) {
      putInForce(valid.config());
    }
  }

  private void putInForce(TaskbridgeConfig config) {
    KnownSecrets.add(config.secrets());
    if (config.equals(bridge.config())) {
      told = List.of();
      return;
    }
    try {
      bridge.reconfigure(config);
      told = List.of();
    } catch (RefusedConfiguration refused) {
      tell(refused.reasons());
    }
  }

  private void tell(List<String> problems) {
    if (!problems.equals(told)) {
      told = problems;
      LOG.error(
          "{} has changed and is not put in force, the former one stays: {}",
          file,
          String.join("; ", problems));
    }
  }
}
