package dev.taskbridge.config;

import dev.taskbridge.config.shape.YamlFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Reads a configuration file. Whatever a person can do wrong is a {@link
 * dev.taskbridge.config.shape.Problem}, and all of them come out together. Thread-safe.
 */
public final class ConfigLoader {
  private final Map<String, String> environment;
  private final Set<String> otherKinds;

  /**
   * A loader for one machine.
   *
   * @param environment where {@code {{env:NAME}}} is looked up
   * @param otherKinds kinds of systems besides jira and servicenow: the further files under {@code
   *     routes/systems/}, without {@code .yaml}
   */
  public ConfigLoader(Map<String, String> environment, Set<String> otherKinds) {
    this.environment = Map.copyOf(environment);
    this.otherKinds = Set.copyOf(otherKinds);
  }

  /** A loader that knows the kinds of systems that Taskbridge comes with. */
  public ConfigLoader(Map<String, String> environment) {
    this(environment, Set.of());
  }

  /**
   * Reads and checks {@code file}, resolving its secrets. Asks nobody over the network.
   *
   * @param file relative paths in {@code {{file:PATH}}} are relative to its folder
   */
  public Loaded load(Path file) {
    YamlFile.Read<TaskbridgeConfig> read =
        YamlFile.read(file, ConfigShape.of(otherKinds), environment);
    return read.value()
        .<Loaded>map(Loaded.Valid::new)
        .orElseGet(() -> new Loaded.Invalid(read.problems()));
  }
}
