package dev.taskbridge.tql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The date that a quoted text of a query means. Accepted are {@code 2024-01-31}, {@code 2024-01-31
 * 09:30:00} (what the vendor's SDK sends), the same with {@code T}, a fraction, {@code Z} or an
 * offset, and {@code NOW()} or {@code TODAY()} with terms such as {@code - 30 DAYS}. A text without
 * a zone is UTC (assumed; the API does not say).
 */
public sealed interface TqlDate {
  /** The instant meant, when {@code now} is the time. */
  Instant at(Instant now);

  /** A point in time that does not depend on when it is asked. */
  record Fixed(Instant instant) implements TqlDate {
    @Override
    public Instant at(Instant now) {
      return instant;
    }
  }

  /**
   * {@code NOW()} or {@code TODAY()} with terms added.
   *
   * @param fromMidnight counted from the beginning of the day in UTC instead of this very moment
   */
  record Relative(boolean fromMidnight, List<Term> terms) implements TqlDate {
    public Relative {
      terms = List.copyOf(terms);
    }

    @Override
    public Instant at(Instant now) {
      OffsetDateTime time = now.atOffset(ZoneOffset.UTC);
      if (fromMidnight) {
        time = time.truncatedTo(ChronoUnit.DAYS);
      }
      for (Term term : terms) {
        time = time.plus(term.amount(), term.unit());
      }
      return time.toInstant();
    }
  }

  /** {@code - 30 DAYS} is (-30, DAYS). */
  record Term(long amount, ChronoUnit unit) {}

  /** Reads a text; empty if it is no date. */
  static Optional<TqlDate> parse(String text) {
    String trimmed = text.trim();
    Matcher relative = Reading.RELATIVE.matcher(trimmed);
    return relative.matches()
        ? Optional.of(Reading.relative(relative))
        : Reading.fixed(trimmed).map(Fixed::new);
  }

  /** The patterns and their pieces. */
  final class Reading {
    // Six digits and eight terms stay far from where the calendar ends.
    private static final String TERM =
        "\\s*([+-])\\s*(\\d{1,6})\\s*(SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|YEAR)S?";
    private static final Pattern RELATIVE =
        Pattern.compile(
            "(NOW|TODAY)\\s*\\(\\s*\\)((?:" + TERM + "){0,8})", Pattern.CASE_INSENSITIVE);
    private static final Pattern ONE_TERM = Pattern.compile(TERM, Pattern.CASE_INSENSITIVE);
    private static final Pattern FIXED =
        Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2})(:\\d{2})?(\\.\\d{1,9})?"
                + " ?(Z|[+-]\\d{2}:?\\d{2})?)?",
            Pattern.CASE_INSENSITIVE);

    private Reading() {}

    private static TqlDate relative(Matcher matcher) {
      List<Term> terms = new ArrayList<>();
      Matcher term = ONE_TERM.matcher(matcher.group(2));
      while (term.find()) {
        long amount = Long.parseLong(term.group(2));
        terms.add(
            new Term(
                term.group(1).equals("-") ? -amount : amount,
                ChronoUnit.valueOf(term.group(3).toUpperCase(Locale.ROOT) + "S")));
      }
      return new Relative(matcher.group(1).equalsIgnoreCase("TODAY"), terms);
    }

    private static Optional<Instant> fixed(String text) {
      Matcher matcher = FIXED.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      try {
        LocalDate date = LocalDate.parse(matcher.group(1));
        if (matcher.group(2) == null) {
          return Optional.of(date.atStartOfDay(ZoneOffset.UTC).toInstant());
        }
        String seconds = matcher.group(3) == null ? ":00" : matcher.group(3);
        String fraction = matcher.group(4) == null ? "" : matcher.group(4);
        String zone = matcher.group(5) == null ? "Z" : matcher.group(5);
        LocalTime time = LocalTime.parse(matcher.group(2) + seconds + fraction);
        return Optional.of(
            date.atTime(time).toInstant(ZoneOffset.of(zone.toUpperCase(Locale.ROOT))));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }
}
