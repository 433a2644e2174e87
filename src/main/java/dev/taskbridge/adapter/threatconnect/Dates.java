package dev.taskbridge.adapter.threatconnect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Dates of the API: ISO-8601 in UTC with no to nine digits of fractions (seen); offsets, a space
 * for the T, and dates without a zone, read as UTC, or without a time are understood, too.
 */
final class Dates {
  private static final DateTimeFormatter TOLERANT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]HH:mm[:ss]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private Dates() {}

  /**
   * Reads a date.
   *
   * @throws DateTimeException if it is none
   */
  static Instant read(String text) {
    TemporalAccessor parsed =
        TOLERANT.parseBest(
            text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (parsed instanceof OffsetDateTime date) {
      return date.toInstant();
    }
    if (parsed instanceof LocalDateTime date) {
      return date.toInstant(ZoneOffset.UTC);
    }
    return ((LocalDate) parsed).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  /** As requests carry it: whole seconds, with a Z. */
  static String write(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
