package dev.taskbridge.domain;

import java.util.Locale;

/** Where a link stands. The transitions are a table in {@code reconcile}. */
public enum LinkState {
  /** The task was seen; nothing has been done about it. */
  PROPOSED,
  /** The intent to make the other side is recorded; it may or may not exist. */
  CREATING,
  /** Both sides exist, and nothing is known to stand between them. */
  LINKED,
  /** At least one field waits for a person's choice. */
  CONFLICT,
  /** At least one field, or the creation itself, was refused. */
  FAILING,
  /** Ended by a deletion or by a person; kept so that it is not begun again. */
  RETIRED;

  /** As {@code links} prints it and {@code --state} takes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
