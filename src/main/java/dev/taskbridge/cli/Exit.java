package dev.taskbridge.cli;

/** How a command ended, as scripts read it. */
public enum Exit {
  /** Done, everything agrees; for {@code plan}: nothing to do. */
  DONE(0),
  /** A bug, or the store is unusable. */
  BROKEN(1),
  /** The command or the configuration is wrong; every problem is listed. */
  WRONG(2),
  /** Done, but some link is in conflict or failing. */
  UNSETTLED(3),
  /** {@code plan}: there are writes to make. */
  WRITES_TO_MAKE(4),
  /** A system could not be reached or refused the credentials. */
  UNREACHABLE(5);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
