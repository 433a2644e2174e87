package dev.taskbridge.store;

/** Text for people on its way into a text column. */
final class Words {
  private static final char REPLACEMENT = '\uFFFD';

  private Words() {}

  /**
   * {@code text} with what PostgreSQL cannot hold (NUL, halves of surrogate pairs) replaced: the
   * words of some system must never be what keeps a link from being stored.
   */
  static String storable(String text) {
    StringBuilder cleaned = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        cleaned = cleaned == null ? new StringBuilder(text) : cleaned;
        cleaned.setCharAt(i, REPLACEMENT);
      }
    }
    return cleaned == null ? text : cleaned.toString();
  }
}
