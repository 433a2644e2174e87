package dev.taskbridge.mapping;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts text where a side would, but between characters as people see them, and with a mark. */
final class Cut {
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private Cut() {}

  /**
   * {@code text} if it has at most {@code limit} UTF-16 units, else as much of its beginning as
   * leaves room for {@code mark}.
   */
  static String to(int limit, String text, String mark) {
    if (text.length() <= limit) {
      return text;
    }
    int room = Math.max(0, limit - mark.length());
    Matcher character = CHARACTER.matcher(text);
    int end = 0;
    while (character.find() && character.end() <= room) {
      end = character.end();
    }
    return (text.substring(0, end).stripTrailing() + mark).strip();
  }
}
