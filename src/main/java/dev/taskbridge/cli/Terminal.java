package dev.taskbridge.cli;

import java.nio.file.Path;

/** What the launcher tells about the place that the command was typed in. */
final class Terminal {
  private Terminal() {}

  /** Whether a person reads stdout as it comes. */
  static boolean showsOutput() {
    return told("taskbridge.terminal.out");
  }

  /** Whether a person reads stderr as it comes. */
  static boolean showsMessages() {
    return told("taskbridge.terminal.err");
  }

  /** Without the launcher only the weaker question can be asked. */
  private static boolean told(String property) {
    String told = System.getProperty(property);
    return told == null ? System.console() != null : told.equals("true");
  }

  /**
   * A path as typed: relative to the folder the person is in, not to the one that the launcher runs
   * the program in.
   */
  static Path typed(String path) {
    Path here = Path.of("").toAbsolutePath();
    Path meant = Path.of(System.getProperty("taskbridge.caller", "")).resolve(path);
    return meant.isAbsolute() && meant.normalize().startsWith(here)
        ? here.relativize(meant.normalize())
        : meant;
  }
}
