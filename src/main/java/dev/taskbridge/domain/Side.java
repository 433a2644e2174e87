package dev.taskbridge.domain;

/** One half of a link. In a two-way sync each side is both source and target. */
public enum Side {
  TASK,
  TICKET;

  public Side other() {
    return this == TASK ? TICKET : TASK;
  }

  /** The word users see: {@code task} or {@code ticket}. */
  public String word() {
    return this == TASK ? "task" : "ticket";
  }
}
