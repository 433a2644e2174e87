package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One word, number or text, in which {@code {{env:NAME}}} and {@code {{file:PATH}}} are filled
 * before it is looked at.
 */
public final class Scalar<T> implements Shape<T> {

  /** What a text turned out to be. */
  public sealed interface Parsed<T> {
    /** Acceptable. */
    record Good<T>(T value) implements Parsed<T> {}

    /** Not acceptable; {@code because} says more than "is not …", or is empty. */
    record Bad<T>(String because) implements Parsed<T> {}
  }

  private final String accepted;
  private final Function<String, Parsed<T>> parser;
  private final boolean textOnly;
  private final Consumer<ObjectNode> describe;

  private Scalar(
      String accepted,
      Function<String, Parsed<T>> parser,
      boolean textOnly,
      Consumer<ObjectNode> describe) {
    this.accepted = accepted;
    this.parser = parser;
    this.textOnly = textOnly;
    this.describe = describe;
  }

  /**
   * Text, which a number is not until it is put in quotes.
   *
   * @param pattern what JSON Schema should check; empty for anything that is not blank
   */
  static <T> Scalar<T> text(String accepted, String pattern, Function<String, Parsed<T>> parser) {
    return new Scalar<>(
        accepted,
        parser,
        true,
        schema -> {
          schema.put("type", "string");
          schema.put(
              "pattern", pattern.isEmpty() ? "\\S" : "^(" + pattern + ")$|" + Placeholders.PATTERN);
        });
  }

  /** A word that may look like a number, such as a status or a choice's value. */
  static <T> Scalar<T> word(String accepted, Function<String, Parsed<T>> parser) {
    return new Scalar<>(
        accepted,
        parser,
        false,
        schema -> {
          schema.putArray("type").add("string").add("integer");
          schema.put("pattern", "\\S");
        });
  }

  /** A number, or a placeholder that gives one. */
  static <T> Scalar<T> number(
      String accepted, long least, long most, Function<String, Parsed<T>> parser) {
    return new Scalar<>(
        accepted,
        parser,
        false,
        schema -> {
          schema.putArray("type").add("integer").add("string");
          schema.put("minimum", least).put("maximum", most);
          schema.put("pattern", Placeholders.PATTERN);
        });
  }

  /** {@code true} or {@code false}. */
  static <T> Scalar<T> flag(Function<String, Parsed<T>> parser) {
    return new Scalar<>("true or false", parser, false, schema -> schema.put("type", "boolean"));
  }

  @Override
  public Optional<T> read(Reading at) {
    Optional<String> written = textOnly ? at.text() : at.scalar();
    if (written.isEmpty()) {
      at.notAccepted(accepted + at.scalar().map(plain -> "; put it in quotes").orElse(""));
      return Optional.empty();
    }
    return at.resolved(written.get()).flatMap(text -> parse(text.strip(), at));
  }

  private Optional<T> parse(String text, Reading at) {
    if (text.isEmpty()) {
      at.notAccepted(accepted);
      return Optional.empty();
    }
    Parsed<T> parsed = parser.apply(text);
    if (parsed instanceof Parsed.Good<T> good) {
      return Optional.of(good.value());
    }
    if (parsed instanceof Parsed.Bad<T> bad) {
      at.notAccepted(accepted + (bad.because().isEmpty() ? "" : ": " + bad.because()));
    }
    return Optional.empty();
  }

  @Override
  public String accepted() {
    return accepted;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    describe.accept(schema);
    return schema;
  }
}
