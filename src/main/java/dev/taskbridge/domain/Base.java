package dev.taskbridge.domain;

/** The two values of a field that were last seen to agree, each in its own side's terms. */
public record Base(FieldValue onTask, FieldValue onTicket) {
  public FieldValue on(Side side) {
    return side == Side.TASK ? onTask : onTicket;
  }
}
