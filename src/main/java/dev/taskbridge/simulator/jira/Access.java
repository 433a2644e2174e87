package dev.taskbridge.simulator.jira;

/** Who may call an operation. */
enum Access {
  /** Anybody; the answer says nothing about the credentials. */
  PUBLIC,
  /**
   * Those who are logged in; but where a dead token counts as none, the call goes through and finds
   * nothing.
   */
  READ,
  /** Those who are logged in. */
  LOGGED_IN
}
