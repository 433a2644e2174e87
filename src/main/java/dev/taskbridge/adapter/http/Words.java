package dev.taskbridge.adapter.http;

import dev.taskbridge.domain.Secret;
import java.util.List;
import java.util.regex.Pattern;

/** Texts of other systems made fit to be shown: on one line, bounded, without secrets. */
public final class Words {
  /** Longest text kept of what a system said. */
  public static final int LONGEST = 500;

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern MARKUP =
      Pattern.compile("(?is)<(script|style)\\b.*?</\\1>|<!--.*?-->|<[^>]*>");
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?i)\\b(Basic|Bearer|TC-Token|TC\\s+[^\\s:]{1,64}:)\\s*[A-Za-z0-9+/=._~:-]{16,}");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)(\"?\\b(?:password|passwd|secret|secretkey|client_secret|access_token|refresh_token"
              + "|api_?key|x-sn-apikey|token)\\b\"?\\s*[:=]\\s*)(\"[^\"]*\"|[^\\s,;&}]+)");

  private Words() {}

  /** One line of at most {@link #LONGEST} characters, with what looks like a secret struck out. */
  public static String bounded(String text) {
    return bounded(text, LONGEST);
  }

  /** Like {@link #bounded(String)} with another length. */
  public static String bounded(String text, int longest) {
    // Cut before the patterns run: a system may send megabytes. What is cut apart there is not
    // shown either.
    String head = text.length() > 8 * longest ? text.substring(0, 8 * longest) : text;
    String line = SPACE.matcher(head).replaceAll(" ").strip();
    String safe = NAMED.matcher(SCHEME.matcher(line).replaceAll("$1 ***")).replaceAll("$1***");
    if (safe.length() <= longest) {
      return safe;
    }
    int end = longest - 1;
    if (Character.isHighSurrogate(safe.charAt(end - 1))) {
      end--;
    }
    return safe.substring(0, end) + "…";
  }

  /** The text of an HTML page. */
  public static String withoutMarkup(String html) {
    String head = html.length() > 64 * 1024 ? html.substring(0, 64 * 1024) : html;
    return MARKUP
        .matcher(head)
        .replaceAll(" ")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  /** What went wrong on the wire, for people. */
  static String of(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return bounded(message == null || message.isBlank() ? name : message + " (" + name + ")");
  }

  /** {@code text} with every occurrence of a secret replaced by stars. */
  static String without(List<Secret> secrets, String text) {
    String safe = text;
    for (Secret secret : secrets) {
      // A secret of two or three letters would turn every text into stars.
      if (secret.reveal().length() >= 4) {
        safe = safe.replace(secret.reveal(), "***");
      }
    }
    return safe;
  }
}
