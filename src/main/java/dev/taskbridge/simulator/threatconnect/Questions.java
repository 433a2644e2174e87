package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.tql.TqlObject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of one kind answer TQL.
 *
 * @param <R> the kind of row
 */
final class Questions<R> {
  /**
   * How to get from a row to related ones.
   *
   * @param questions what the related rows answer; a supplier, since kinds ask each other
   */
  record Related<R, U>(Supplier<Questions<U>> questions, Function<R, Iterable<U>> rows) {}

  final TqlObject object;
  private final Map<String, Function<R, @Nullable Object>> values = new HashMap<>();
  private final Map<String, Related<R, ?>> related = new HashMap<>();
  private final Map<String, Function<Object, Iterable<R>>> indexes = new HashMap<>();
  private final Map<String, Predicate<String>> accepted = new HashMap<>();

  Questions(TqlObject object) {
    this.object = object;
  }

  /**
   * Answers a plain parameter.
   *
   * @param value gives a String, a Long, a Boolean, an Instant, a Collection of those, or null
   */
  Questions<R> value(String keyword, Function<R, @Nullable Object> value) {
    values.put(known(keyword), value);
    return this;
  }

  /** Answers a parameter that takes brackets. */
  <U> Questions<R> related(
      String keyword, Supplier<Questions<U>> questions, Function<R, Iterable<U>> rows) {
    related.put(known(keyword), new Related<>(questions, rows));
    return this;
  }

  /** Finds the few rows whose {@code keyword} is a value, so that not all have to be asked. */
  Questions<R> index(String keyword, Function<Object, Iterable<R>> rows) {
    indexes.put(known(keyword), rows);
    return this;
  }

  /** Refuses to compare {@code keyword} with a text that {@code accept} does not know. */
  Questions<R> onlyIf(String keyword, Predicate<String> accept) {
    accepted.put(known(keyword), accept);
    return this;
  }

  boolean accepts(String keyword, String text) {
    Predicate<String> accept = accepted.get(keyword.toLowerCase(Locale.ROOT));
    return accept == null || accept.test(text);
  }

  @Nullable Function<R, @Nullable Object> value(String keyword) {
    return values.get(keyword.toLowerCase(Locale.ROOT));
  }

  @Nullable Related<R, ?> related(String keyword) {
    return related.get(keyword.toLowerCase(Locale.ROOT));
  }

  @Nullable Function<Object, Iterable<R>> index(String keyword) {
    return indexes.get(keyword.toLowerCase(Locale.ROOT));
  }

  private String known(String keyword) {
    if (object.parameter(keyword).isEmpty()) {
      throw new IllegalArgumentException("a " + object.words() + " has no parameter " + keyword);
    }
    return keyword.toLowerCase(Locale.ROOT);
  }
}
