package dev.taskbridge.simulation;

/** The process died here. Not an exception that anybody may catch and go on from. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;

  Crash() {
    super("crash", null, false, false);
  }
}
