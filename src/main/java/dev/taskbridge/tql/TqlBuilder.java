package dev.taskbridge.tql;

import dev.taskbridge.tql.TqlExpression.AllOf;
import dev.taskbridge.tql.TqlExpression.AnyOf;
import dev.taskbridge.tql.TqlExpression.Compare;
import dev.taskbridge.tql.TqlExpression.Comparison;
import dev.taskbridge.tql.TqlExpression.In;
import dev.taskbridge.tql.TqlExpression.Name;
import dev.taskbridge.tql.TqlExpression.Nested;
import dev.taskbridge.tql.TqlExpression.Not;
import dev.taskbridge.tql.TqlExpression.NullTest;
import dev.taskbridge.tql.TqlExpression.TextMatch;
import dev.taskbridge.tql.TqlExpression.TextOperator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Composes queries from values. A value stays a value, whatever it contains: {@link Tql#print}
 * escapes it.
 */
public final class TqlBuilder {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  private TqlBuilder() {}

  public static TqlExpression is(String parameter, String value) {
    return compare(parameter, Comparison.EQUAL, text(value));
  }

  public static TqlExpression is(String parameter, long value) {
    return compare(parameter, Comparison.EQUAL, number(value));
  }

  public static TqlExpression is(String parameter, boolean value) {
    return compare(parameter, Comparison.EQUAL, new TqlValue.Truth(value, Place.NOWHERE));
  }

  public static TqlExpression greater(String parameter, long value) {
    return compare(parameter, Comparison.GREATER, number(value));
  }

  /** At or after {@code instant}; fractions of a second are cut off, which only widens. */
  public static TqlExpression since(String parameter, Instant instant) {
    return compare(parameter, Comparison.AT_LEAST, date(instant.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Before {@code instant}; a fraction of a second is rounded up, which only widens. */
  public static TqlExpression before(String parameter, Instant instant) {
    Instant whole = instant.truncatedTo(ChronoUnit.SECONDS);
    return compare(
        parameter, Comparison.LESS, date(whole.equals(instant) ? whole : whole.plusSeconds(1)));
  }

  /**
   * Any of the texts.
   *
   * @throws IllegalArgumentException if there is none, for TQL has no empty list
   */
  public static TqlExpression oneOf(String parameter, Collection<String> values) {
    return new In(
        Name.of(parameter),
        false,
        values.stream().map(TqlBuilder::text).map(TqlValue.class::cast).toList());
  }

  /**
   * Any of the numbers.
   *
   * @throws IllegalArgumentException if there is none, for TQL has no empty list
   */
  public static TqlExpression oneOfNumbers(String parameter, Collection<Long> values) {
    return new In(
        Name.of(parameter),
        false,
        values.stream().map(TqlBuilder::number).map(TqlValue.class::cast).toList());
  }

  public static TqlExpression contains(String parameter, String value) {
    return new TextMatch(Name.of(parameter), false, TextOperator.CONTAINS, List.of(text(value)));
  }

  public static TqlExpression isNull(String parameter) {
    return new NullTest(Name.of(parameter), false);
  }

  /** {@code has("hasCase", …)}. */
  public static TqlExpression has(String parameter, TqlExpression part) {
    return new Nested(Name.of(parameter), part);
  }

  public static TqlExpression not(TqlExpression part) {
    return new Not(part);
  }

  /** All of the parts; a single part stays as it is. */
  public static TqlExpression allOf(TqlExpression... parts) {
    return parts.length == 1 ? parts[0] : new AllOf(Arrays.asList(parts));
  }

  /** Any of the parts; a single part stays as it is. */
  public static TqlExpression anyOf(TqlExpression... parts) {
    return parts.length == 1 ? parts[0] : new AnyOf(Arrays.asList(parts));
  }

  private static TqlExpression compare(String parameter, Comparison comparison, TqlValue value) {
    return new Compare(Name.of(parameter), comparison, value);
  }

  private static TqlValue.Text text(String value) {
    return new TqlValue.Text(value, Place.NOWHERE);
  }

  private static TqlValue.Number number(long value) {
    return new TqlValue.Number(BigDecimal.valueOf(value), Place.NOWHERE);
  }

  private static TqlValue.Text date(Instant instant) {
    return text(SECONDS.format(instant));
  }
}
