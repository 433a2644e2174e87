package dev.taskbridge.simulator.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few {@code javascript:} values that the guarded script evaluator lets through, mostly dates.
 * They reckon in the caller's zone, unlike literals, which are UTC.
 */
final class ScriptValue {
  static final String PREFIX = "javascript:";
  private static final Pattern GENERATED =
      Pattern.compile("gs\\.dateGenerate\\('([^']*)',\\s*'([^']*)'\\);?");
  private static final Pattern AGO =
      Pattern.compile("gs\\.(minutes|hours|days)Ago(Start|End)?\\((\\d+)\\);?");
  private static final Pattern EDGE =
      Pattern.compile(
          "gs\\.(beginning|end)Of(Today|Yesterday|Tomorrow|ThisWeek|LastWeek|ThisMonth|LastMonth)"
              + "\\(\\);?");
  private static final Pattern NOW = Pattern.compile("gs\\.now(DateTime)?\\(\\);?");
  private static final Pattern USER = Pattern.compile("gs\\.getUser(ID|Name)\\(\\);?");

  private ScriptValue() {}

  /**
   * What {@code script} stands for.
   *
   * @return empty if it is not on the list
   */
  static Optional<String> of(String script, Session session, Instant now) {
    String code = script.substring(PREFIX.length()).strip();
    Matcher user = USER.matcher(code);
    if (user.matches()) {
      return Optional.of(user.group(1).equals("ID") ? session.userId() : session.userName());
    }
    ZonedDateTime here = now.atZone(session.zone());
    return time(code, session, here).map(t -> Times.stored(t.toInstant()));
  }

  private static Optional<ZonedDateTime> time(String code, Session session, ZonedDateTime now) {
    Matcher generated = GENERATED.matcher(code);
    if (generated.matches()) {
      return generated(generated.group(1), generated.group(2), session);
    }
    Matcher ago = AGO.matcher(code);
    if (ago.matches()) {
      return Optional.of(
          ago(now, ago.group(1), ago.group(2) == null ? "" : ago.group(2), ago.group(3)));
    }
    Matcher edge = EDGE.matcher(code);
    if (edge.matches()) {
      return Optional.of(edge(now, edge.group(2), edge.group(1).equals("beginning")));
    }
    return NOW.matcher(code).matches() ? Optional.of(now) : Optional.empty();
  }

  private static Optional<ZonedDateTime> generated(String date, String time, Session session) {
    Optional<LocalDate> day = Times.day(date);
    LocalDateTime local =
        switch (time) {
          case "start" -> day.map(LocalDate::atStartOfDay).orElse(null);
          case "end" -> day.map(d -> d.atTime(23, 59, 59)).orElse(null);
          default ->
              Times.instant(date + " " + time)
                  .map(i -> LocalDateTime.ofInstant(i, ZoneOffset.UTC))
                  .orElse(null);
        };
    return Optional.ofNullable(local).map(l -> l.atZone(session.zone()));
  }

  private static ZonedDateTime ago(ZonedDateTime now, String unit, String edge, String amount) {
    long n = Long.parseLong(amount);
    ZonedDateTime then =
        switch (unit) {
          case "minutes" -> now.minus(Duration.ofMinutes(n));
          case "hours" -> now.minus(Duration.ofHours(n));
          default -> now.minusDays(n);
        };
    ChronoUnit grain =
        switch (unit) {
          case "minutes" -> ChronoUnit.MINUTES;
          case "hours" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        };
    return switch (edge) {
      case "Start" -> then.truncatedTo(grain);
      case "End" -> then.truncatedTo(grain).plus(1, grain).minusSeconds(1);
      default -> then;
    };
  }

  private static ZonedDateTime edge(ZonedDateTime now, String period, boolean beginning) {
    LocalDate today = now.toLocalDate();
    LocalDate monday = today.minusDays(today.getDayOfWeek().getValue() - 1L);
    LocalDate first =
        switch (period) {
          case "Yesterday" -> today.minusDays(1);
          case "Tomorrow" -> today.plusDays(1);
          case "ThisWeek" -> monday;
          case "LastWeek" -> monday.minusWeeks(1);
          case "ThisMonth" -> today.withDayOfMonth(1);
          case "LastMonth" -> today.withDayOfMonth(1).minusMonths(1);
          default -> today;
        };
    if (beginning) {
      return first.atStartOfDay(now.getZone());
    }
    LocalDate last =
        switch (period) {
          case "ThisWeek", "LastWeek" -> first.plusDays(6);
          case "ThisMonth", "LastMonth" -> first.plusMonths(1).minusDays(1);
          default -> first;
        };
    return last.atTime(LocalTime.of(23, 59, 59)).atZone(now.getZone());
  }
}
