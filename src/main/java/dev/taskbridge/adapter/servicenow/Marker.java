package dev.taskbridge.adapter.servicenow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last line of a journal entry that the bridge wrote. It carries the comment's key, because an
 * entry has no other place for one, and says whether the entry replaces an earlier one, because
 * entries cannot be edited (documented).
 */
final class Marker {
  private static final Pattern LINE =
      Pattern.compile("\\R*\\[taskbridge ref ([A-Za-z0-9._~%-]{1,400})(, edited)?]\\s*\\z");
  private static final String EDITED = "Edited:\n";
  private static final Pattern CODE = Pattern.compile("\\[(/?code)]", Pattern.CASE_INSENSITIVE);

  /** {@code [code]} renders HTML in the UI (assumed); with this inside it is plain text. */
  private static final String DEFUSED = "[\u200B$1]";

  private static final Pattern DEFUSED_CODE =
      Pattern.compile("\\[\u200B(/?code)]", Pattern.CASE_INSENSITIVE);

  /**
   * An entry's text taken apart.
   *
   * @param key empty if people wrote it
   */
  record Read(String text, Optional<String> key) {}

  private Marker() {}

  static String write(String text, String key, boolean edited) {
    return (edited ? EDITED : "")
        + CODE.matcher(text.strip()).replaceAll(DEFUSED)
        + "\n\n[taskbridge ref "
        + TableApi.encode(key)
        + (edited ? ", edited" : "")
        + "]";
  }

  static Read read(String entry) {
    String text = entry.replace("\r\n", "\n").replace('\r', '\n').strip();
    Matcher line = LINE.matcher(text);
    if (!line.find()) {
      return new Read(text, Optional.empty());
    }
    String own = text.substring(0, line.start()).strip();
    if (line.group(2) != null && own.startsWith(EDITED.strip())) {
      own = own.substring(EDITED.strip().length()).strip();
    }
    return new Read(
        DEFUSED_CODE.matcher(own).replaceAll("[$1]"), Optional.of(decoded(line.group(1))));
  }

  private static String decoded(String key) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return key;
    }
  }
}
