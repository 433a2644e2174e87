package dev.taskbridge.adapter.jira;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text in Jira's wiki markup (Data Center). What a person typed is data and must not turn into
 * markup, so characters with a meaning are escaped; reading undoes that exactly and leaves markup
 * that people wrote as it stands.
 */
final class WikiText {
  /** Escaped with a backslash wherever they stand. */
  private static final String ALWAYS = "{}[]|";

  /** A pair of them around words is formatting; between two letters or digits they are harmless. */
  private static final String AROUND_WORDS = "*_-+^~";

  private static final String ESCAPABLE = ALWAYS + AROUND_WORDS + "?!#(:;";
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s{}\\[\\]|\\\\<>\"]+");
  private static final Pattern ICON =
      Pattern.compile("\\((?:/|x|i|y|n|on|off|\\*[rgby]?|flag|flagoff)\\)|[:;]-?[()DPp]");
  private static final Pattern BLOCK = Pattern.compile("(?m)^(h[1-6]|bq)\\. ");
  private static final Pattern ENTITY = Pattern.compile("&#(92|38|46);");
  private static final Map<String, String> ENTITIES = Map.of("92", "\\", "38", "&", "46", ".");
  private static final Pattern ESCAPED =
      Pattern.compile("\\\\([" + Pattern.quote(ESCAPABLE) + "])|&#(92|38|46);|\\\\\\\\");

  private WikiText() {}

  static String escape(String text) {
    String clean = Words.clean(text);
    StringBuilder escaped = new StringBuilder(clean.length() + 32);
    Matcher address = ADDRESS.matcher(clean);
    int end = 0;
    while (address.find()) {
      escape(clean, end, address.start(), escaped);
      escaped.append(ENTITY.matcher(address.group()).replaceAll("&#38;#$1;"));
      end = address.end();
    }
    escape(clean, end, clean.length(), escaped);
    return BLOCK.matcher(escaped).replaceAll("$1&#46; ");
  }

  static String unescape(String markup) {
    String text = markup.replace("\r\n", "\n").replace('\r', '\n');
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found -> {
              if (found.group(1) != null) {
                return Matcher.quoteReplacement(found.group(1));
              }
              if (found.group(2) != null) {
                return Matcher.quoteReplacement(ENTITIES.getOrDefault(found.group(2), ""));
              }
              // Two backslashes are a forced line break.
              return "\n";
            });
  }

  private static void escape(String text, int from, int to, StringBuilder escaped) {
    boolean[] icons = new boolean[to - from];
    Matcher icon = ICON.matcher(text).region(from, to);
    while (icon.find()) {
      icons[icon.start() - from] = true;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        // A backslash before a letter is literal and before a symbol it is not: never rely on it.
        escaped.append("&#92;");
      } else if (c == '&' && i + 1 < text.length() && text.charAt(i + 1) == '#') {
        escaped.append("&#38;");
      } else {
        if (icons[i - from] || needsEscape(text, i, c)) {
          escaped.append('\\');
        }
        escaped.append(c);
      }
    }
  }

  private static boolean needsEscape(String text, int at, char c) {
    if (ALWAYS.indexOf(c) >= 0) {
      return true;
    }
    if (AROUND_WORDS.indexOf(c) >= 0) {
      return !(wordAt(text, at - 1) && wordAt(text, at + 1));
    }
    return switch (c) {
      case '#' -> at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '#';
      case '!' -> at + 1 < text.length() && !Character.isWhitespace(text.charAt(at + 1));
      case '?' -> at + 1 < text.length() && text.charAt(at + 1) == '?';
      default -> false;
    };
  }

  private static boolean wordAt(String text, int at) {
    return at >= 0 && at < text.length() && Character.isLetterOrDigit(text.charAt(at));
  }
}
