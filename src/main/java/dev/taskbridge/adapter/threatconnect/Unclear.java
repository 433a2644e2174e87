package dev.taskbridge.adapter.threatconnect;

/** Something in an answer that cannot be understood; ends the reading of one row. */
final class Unclear extends Exception {
  private static final long serialVersionUID = 1L;

  Unclear(String words) {
    super(words, null, false, false);
  }

  /** Never null. */
  String words() {
    return String.valueOf(getMessage());
  }
}
