package dev.taskbridge.cli;

import dev.taskbridge.config.SystemConfig;
import java.io.File;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The folder of routes, as far as commands look into it. */
final class RouteFiles {
  private static final File SYSTEMS = new File("routes/systems");
  private static final String YAML = ".yaml";

  private RouteFiles() {}

  /** The kinds of systems that somebody added to those that Taskbridge comes with. */
  static Set<String> otherKinds() {
    Set<String> kinds = new TreeSet<>();
    String[] files = SYSTEMS.list();
    Arrays.stream(files == null ? new String[0] : files)
        .filter(name -> name.endsWith(YAML))
        .map(name -> name.substring(0, name.length() - YAML.length()))
        // A second file of the same product, such as another transport, is no kind of its own.
        .filter(name -> !name.startsWith(SystemConfig.Jira.KIND))
        .filter(name -> !name.startsWith(SystemConfig.ServiceNow.KIND))
        .forEach(kinds::add);
    return kinds;
  }
}
