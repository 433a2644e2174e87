package dev.taskbridge.cli;

import java.util.List;

/**
 * Chooses how logs look, before anything is logged: logback.xml reads these properties once. A
 * daemon whose stderr goes to a collector writes JSON lines; everybody else gets text.
 */
final class LogSettings {
  private static final String FORMAT = "taskbridge.log";
  private static final String LEVEL = "taskbridge.log.level";
  private static final String DAEMON = "run";

  private LogSettings() {}

  static void choose(List<String> arguments, boolean terminal) {
    boolean daemon = arguments.contains(DAEMON);
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, daemon && !terminal ? "json" : "text");
    }
    if (System.getProperty(LEVEL) == null) {
      boolean verbose = arguments.contains("-v") || arguments.contains("--verbose");
      // A one-shot command's own words say how it went; a daemon has only its log.
      System.setProperty(LEVEL, verbose ? "DEBUG" : daemon ? "INFO" : "WARN");
    }
  }
}
