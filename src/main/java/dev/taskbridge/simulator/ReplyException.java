package dev.taskbridge.simulator;

/** Ends an operation with an answer. */
public final class ReplyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  public ReplyException(Reply reply) {
    super("answered " + reply.status(), null, false, false);
    this.reply = reply;
  }

  public Reply reply() {
    return reply;
  }
}
