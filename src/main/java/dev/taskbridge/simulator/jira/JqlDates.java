package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.jira.JqlClause.Operand;
import dev.taskbridge.simulator.jira.JqlReader.BadJql;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How dates in a query are read: quoted ones in the searcher's zone and to the minute, periods from
 * now, unquoted whole numbers as epoch milliseconds.
 */
record JqlDates(Instant now, ZoneId zone) {
  private static final Pattern PERIOD = Pattern.compile("([+-]?)((?:\\d+[wdhm]?\\s*)+)");
  private static final Pattern PART = Pattern.compile("(\\d+)([wdhm]?)");
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-M-d H:m");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-M-d");

  /**
   * A moment, and how long the literal lasts: {@code updated = "2026-03-09"} means that whole day.
   */
  record Span(Instant start, Duration length) {}

  Span read(Operand operand, String field) {
    return switch (operand.kind()) {
      case NUMBER ->
          operand.text().startsWith("-")
              ? period(operand.text(), field)
              : new Span(
                  Instant.ofEpochMilli(Long.parseLong(operand.text())), Duration.ofMillis(1));
      case QUOTED, WORD -> literal(operand.text().strip(), field);
      case FUNCTION -> function(operand, field);
      case EMPTY -> throw new BadJql(Wording.JQL_DATE, "EMPTY", field);
    };
  }

  private Span literal(String text, String field) {
    String dashed = text.replace('/', '-');
    try {
      if (dashed.matches("\\d{4}-\\d{1,2}-\\d{1,2} \\d{1,2}:\\d{1,2}")) {
        return new Span(
            LocalDateTime.parse(dashed, MINUTE).atZone(zone).toInstant(), Duration.ofMinutes(1));
      }
      if (dashed.matches("\\d{4}-\\d{1,2}-\\d{1,2}")) {
        return new Span(
            LocalDate.parse(dashed, DAY).atStartOfDay(zone).toInstant(), Duration.ofDays(1));
      }
    } catch (DateTimeException e) {
      throw new BadJql(Wording.JQL_DATE, text, field);
    }
    return period(text, field);
  }

  private Span period(String text, String field) {
    return new Span(now.plus(length(text, field)), Duration.ofMillis(1));
  }

  private static Duration length(String text, String field) {
    Matcher period = PERIOD.matcher(text.strip());
    if (!period.matches()) {
      throw new BadJql(Wording.JQL_DATE, text, field);
    }
    Duration length = Duration.ZERO;
    Matcher part = PART.matcher(period.group(2));
    while (part.find()) {
      long amount = Long.parseLong(part.group(1));
      length =
          switch (part.group(2)) {
            case "w" -> length.plusDays(7 * amount);
            case "d" -> length.plusDays(amount);
            case "h" -> length.plusHours(amount);
            default -> length.plusMinutes(amount);
          };
    }
    return period.group(1).equals("-") ? length.negated() : length;
  }

  private Span function(Operand operand, String field) {
    ZonedDateTime today = now.atZone(zone).toLocalDate().atStartOfDay(zone);
    ZonedDateTime week = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    ZonedDateTime month = today.withDayOfMonth(1);
    ZonedDateTime year = today.withDayOfYear(1);
    ZonedDateTime moment =
        switch (operand.text().toLowerCase(Locale.ROOT)) {
          case "now" -> now.atZone(zone);
          case "startofday" -> today;
          case "endofday" -> today.plusDays(1).minusNanos(1_000_000);
          case "startofweek" -> week;
          case "endofweek" -> week.plusWeeks(1).minusNanos(1_000_000);
          case "startofmonth" -> month;
          case "endofmonth" -> month.plusMonths(1).minusNanos(1_000_000);
          case "startofyear" -> year;
          case "endofyear" -> year.plusYears(1).minusNanos(1_000_000);
          default -> throw new BadJql(Wording.JQL_FUNCTION, operand.text());
        };
    if (!operand.arguments().isEmpty()) {
      String shift = operand.arguments().get(0);
      // A bare number means the function's own unit; days are the only one that a sync uses.
      moment = moment.plus(length(shift.matches("[+-]?\\d+") ? shift + "d" : shift, field));
    }
    return new Span(moment.toInstant(), Duration.ofMillis(1));
  }
}
