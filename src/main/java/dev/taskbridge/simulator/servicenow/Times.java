package dev.taskbridge.simulator.servicenow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * The platform's times: UTC, whole seconds, {@code yyyy-MM-dd HH:mm:ss}; text order is time order.
 */
final class Times {
  private static final DateTimeFormatter STORED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

  private Times() {}

  static String stored(Instant instant) {
    return STORED.format(instant.atOffset(ZoneOffset.UTC));
  }

  static Optional<Instant> instant(String stored) {
    try {
      return Optional.of(LocalDateTime.parse(stored, STORED).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.parse(text, DAY));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A stored time as a person sees it; text that is no time comes back as it is. */
  static String shown(String stored, ZoneId zone, String format) {
    return instant(stored)
        .map(i -> DateTimeFormatter.ofPattern(format).format(i.atZone(zone)))
        .orElse(stored);
  }

  /** What a person typed in their zone and format; empty if it is no time. */
  static Optional<String> typed(String text, ZoneId zone, String format) {
    try {
      return Optional.of(
          stored(
              LocalDateTime.parse(text, DateTimeFormatter.ofPattern(format))
                  .atZone(zone)
                  .toInstant()));
    } catch (DateTimeException e) {
      return instant(text).map(i -> text);
    }
  }
}
