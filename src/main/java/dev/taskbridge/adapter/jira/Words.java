package dev.taskbridge.adapter.jira;

import java.util.Collection;
import java.util.stream.Collectors;

/** Sentences and texts kept to a length that a page, a journal or a Jira field can hold. */
final class Words {
  private static final int MOST = 500;
  private static final int MOST_LISTED = 12;

  private Words() {}

  /** What a system said, on one line and bounded. */
  static String bounded(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= MOST ? line : cut(line, MOST - 2) + " …";
  }

  /** At most {@code most} characters of {@code text}, never half of a surrogate pair. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Math.max(0, most);
    if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /** {@code "To Do", "Done"}: quoted, and not endless. */
  static String list(Collection<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String listed =
        names.stream()
            .limit(MOST_LISTED)
            .map(name -> '"' + name + '"')
            .collect(Collectors.joining(", "));
    return names.size() > MOST_LISTED
        ? listed + " and " + (names.size() - MOST_LISTED) + " more"
        : listed;
  }

  /**
   * Text that any JSON reader and XML-minded store accepts: no lone surrogates, no control codes.
   */
  static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .forEach(
            c -> {
              if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE
                  || c == 0xFFFE
                  || c == 0xFFFF) {
                clean.append('\uFFFD');
              } else if (c >= ' ' || c == '\n' || c == '\t') {
                clean.appendCodePoint(c);
              }
            });
    return clean.toString();
  }
}
