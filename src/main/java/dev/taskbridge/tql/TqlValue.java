package dev.taskbridge.tql;

import java.math.BigDecimal;
import java.util.function.Function;

/** A literal of a query. */
public sealed interface TqlValue {
  <R> R match(Function<Text, R> text, Function<Number, R> number, Function<Truth, R> truth);

  Place place();

  /** The literal's content as text: what a text parameter is compared with. */
  default String asText() {
    return match(
        Text::text,
        number -> number.number().toPlainString(),
        truth -> Boolean.toString(truth.truth()));
  }

  /**
   * A quoted text; dates are texts, too.
   *
   * @param text without quotes and escapes
   */
  record Text(String text, Place place) implements TqlValue {
    @Override
    public <R> R match(
        Function<Text, R> text, Function<Number, R> number, Function<Truth, R> truth) {
      return text.apply(this);
    }
  }

  /** An unquoted number. */
  record Number(BigDecimal number, Place place) implements TqlValue {
    @Override
    public <R> R match(
        Function<Text, R> text, Function<Number, R> number, Function<Truth, R> truth) {
      return number.apply(this);
    }
  }

  /** {@code true} or {@code false}. */
  record Truth(boolean truth, Place place) implements TqlValue {
    @Override
    public <R> R match(
        Function<Text, R> text, Function<Number, R> number, Function<Truth, R> truth) {
      return truth.apply(this);
    }
  }
}
