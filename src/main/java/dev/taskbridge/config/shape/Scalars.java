package dev.taskbridge.config.shape;

import dev.taskbridge.config.shape.Scalar.Parsed;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** The kinds of single values that a configuration has. */
public final class Scalars {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]|::1");

  private Scalars() {}

  /** Text that is not blank. */
  public static Shape<String> text(String accepted) {
    return Scalar.text(accepted, "", Parsed.Good::new);
  }

  /** Text of which all must match {@code pattern}. */
  public static Shape<String> matching(String accepted, String pattern) {
    Predicate<String> matches = Pattern.compile(pattern).asMatchPredicate();
    return Scalar.text(
        accepted,
        pattern,
        text -> matches.test(text) ? new Parsed.Good<>(text) : new Parsed.Bad<>(""));
  }

  /** A word or a whole number, kept as text. */
  public static Shape<String> word(String accepted) {
    return Scalar.word(accepted, Parsed.Good::new);
  }

  /** A whole number between two bounds, both included. */
  public static Shape<Integer> number(int least, int most) {
    return Scalar.number(
        "a whole number from " + least + " to " + most,
        least,
        most,
        text -> {
          try {
            int number = Integer.parseInt(text);
            return number >= least && number <= most
                ? new Parsed.Good<>(number)
                : new Parsed.Bad<>("");
          } catch (NumberFormatException e) {
            return new Parsed.Bad<>("");
          }
        });
  }

  /** {@code true} or {@code false}. */
  public static Shape<Boolean> flag() {
    return Scalar.flag(
        text ->
            text.equals("true") || text.equals("false")
                ? new Parsed.Good<>(Boolean.valueOf(text))
                : new Parsed.Bad<>(""));
  }

  /** A length of time of at least {@code least}. */
  public static Shape<Duration> duration(Duration least) {
    String accepted =
        "a duration such as 250ms, 30s, 5m or 2h"
            + (least.isZero() ? "" : ", at least " + shown(least));
    return Scalar.text(
        accepted,
        DURATION.pattern(),
        text -> {
          Matcher matcher = DURATION.matcher(text);
          if (!matcher.matches()) {
            return new Parsed.Bad<>("");
          }
          long amount = Long.parseLong(matcher.group(1));
          Duration duration =
              switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
              };
          return duration.compareTo(least) >= 0
              ? new Parsed.Good<>(duration)
              : new Parsed.Bad<>("");
        });
  }

  /** A duration in the words that {@link #duration} reads. */
  public static String shown(Duration duration) {
    if (duration.toMillis() % 1000 != 0) {
      return duration.toMillis() + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds == 0 || seconds % 60 != 0) {
      return seconds + "s";
    }
    return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
  }

  /**
   * The address of a server, without a slash at its end. Plain http goes to this machine only:
   * credentials travel with each request.
   */
  public static Shape<URI> url() {
    return Scalar.text(
        "an https:// address (http:// only to localhost)", "https?://\\S+", Scalars::url);
  }

  private static Parsed<URI> url(String text) {
    try {
      URI uri = new URI(text.replaceAll("/+$", ""));
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!scheme.equals("https") && !scheme.equals("http")) {
        return new Parsed.Bad<>("");
      }
      if (uri.getHost() == null) {
        return new Parsed.Bad<>("it names no host");
      }
      if (uri.getRawUserInfo() != null) {
        return new Parsed.Bad<>("credentials have keys of their own");
      }
      if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        return new Parsed.Bad<>("it must end with its path");
      }
      return scheme.equals("http") && !isLoopback(uri.getHost())
          ? new Parsed.Bad<>("credentials would travel unprotected")
          : new Parsed.Good<>(uri);
    } catch (URISyntaxException e) {
      return new Parsed.Bad<>(e.getReason() + " at position " + (e.getIndex() + 1));
    }
  }

  /** Whether the name or address is this machine's own, judged by its letters. */
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** A schedule in Quartz's words. */
  public static Shape<String> cron() {
    return Scalar.text(
        "a Quartz cron expression such as \"0 0/15 * * * ?\" (seconds come first)",
        "",
        text -> {
          try {
            CronExpression.validateExpression(text);
            return new Parsed.Good<>(text);
          } catch (ParseException e) {
            return new Parsed.Bad<>(String.valueOf(e.getMessage()));
          }
        });
  }

  /** A time zone by its name. */
  public static Shape<ZoneId> zone() {
    return Scalar.text(
        "a time zone such as America/New_York or UTC",
        "",
        text -> {
          try {
            return new Parsed.Good<>(ZoneId.of(text));
          } catch (DateTimeException e) {
            return Nearest.to(text, ZoneId.getAvailableZoneIds())
                .<Parsed<ZoneId>>map(near -> new Parsed.Bad<>("did you mean " + near + "?"))
                .orElseGet(() -> new Parsed.Bad<>(""));
          }
        });
  }
}
