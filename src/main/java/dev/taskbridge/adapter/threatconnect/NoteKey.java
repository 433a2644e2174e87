package dev.taskbridge.adapter.threatconnect;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a note that we wrote, kept inside its text since notes have no other place for it: as
 * a last line that Markdown takes for a comment and does not show. People who edit the note keep
 * the line, or lose it with the rest of the text; then the note counts as written by a person.
 */
final class NoteKey {
  private static final Pattern LINE =
      Pattern.compile("(?:\\r?\\n){0,2}\\[//\\]: # \\(taskbridge:([A-Za-z0-9._:-]{1,200})\\)\\s*");

  /** A note's text for people, and the key if there is one. */
  record Parted(String text, Optional<String> key) {}

  private NoteKey() {}

  /**
   * The text with its key.
   *
   * @throws IllegalArgumentException if the key could not be read back
   */
  static String join(String text, String key) {
    String line = "[//]: # (taskbridge:" + key + ")";
    if (!LINE.matcher(line).matches()) {
      throw new IllegalArgumentException(
          "a note's key is of letters, digits, dots, colons and hyphens, but was \"" + key + "\"");
    }
    return part(text).text() + "\n\n" + line;
  }

  /** Takes a note apart; the last key counts, wherever it stands by now. */
  static Parted part(String text) {
    Matcher matcher = LINE.matcher(text);
    Optional<String> key = Optional.empty();
    StringBuilder rest = new StringBuilder();
    while (matcher.find()) {
      key = Optional.of(matcher.group(1));
      matcher.appendReplacement(rest, matcher.end() == text.length() ? "" : "\n");
    }
    matcher.appendTail(rest);
    return new Parted(rest.toString(), key);
  }
}
