package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A key of a {@link Section}: its word, what it accepts, what its absence means and what it is for,
 * in one place.
 *
 * @param <T> what a reader of the section gets
 */
public final class Key<T> {
  private final String word;
  private final String doc;
  private final Shape<?> shape;
  private final Function<Reading, Optional<T>> reader;
  private final Optional<Supplier<T>> whenAbsent;
  private final String absence;

  private Key(
      String word,
      Shape<?> shape,
      Function<Reading, Optional<T>> reader,
      Optional<Supplier<T>> whenAbsent,
      String absence,
      String doc) {
    this.word = word;
    this.shape = shape;
    this.reader = reader;
    this.whenAbsent = whenAbsent;
    this.absence = absence;
    this.doc = doc;
  }

  /** A key that must be there. */
  public static <T> Key<T> required(String word, Shape<T> shape, String doc) {
    return new Key<>(word, shape, shape::read, Optional.empty(), "required", doc);
  }

  /** A key whose absence is a value of its own. */
  public static <T> Key<Optional<T>> optional(String word, Shape<T> shape, String doc) {
    return new Key<>(
        word,
        shape,
        at -> shape.read(at).map(Optional::of),
        Optional.of(Optional::empty),
        "optional",
        doc);
  }

  /**
   * A key with a default.
   *
   * @param shown the default as people would write it
   */
  public static <T> Key<T> or(String word, Shape<T> shape, T whenAbsent, String shown, String doc) {
    return new Key<>(word, shape, shape::read, Optional.of(() -> whenAbsent), shown, doc);
  }

  public String word() {
    return word;
  }

  String doc() {
    return doc;
  }

  Shape<?> shape() {
    return shape;
  }

  boolean isRequired() {
    return whenAbsent.isEmpty();
  }

  /** {@code required}, {@code optional}, or the default. */
  String absence() {
    return absence;
  }

  Optional<T> read(Reading at) {
    return reader.apply(at);
  }

  Optional<T> absent() {
    return whenAbsent.map(Supplier::get);
  }

  ObjectNode schema() {
    ObjectNode schema = shape.schema();
    boolean hasDefault = !isRequired() && !absence.equals("optional");
    schema.put("description", hasDefault ? doc + " Default: " + absence + "." : doc);
    return schema;
  }
}
