package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** One of a few words. */
public final class Choice<T> implements Shape<T> {
  private final Map<String, T> byWord = new LinkedHashMap<>();

  private Choice(List<T> values, Function<T, String> word) {
    values.forEach(value -> byWord.put(word.apply(value), value));
  }

  /** The words in the order that messages list them. */
  public static <T> Choice<T> of(List<T> values, Function<T, String> word) {
    return new Choice<>(values, word);
  }

  @Override
  public Optional<T> read(Reading at) {
    Optional<String> word = at.scalar();
    Optional<T> value = word.map(written -> byWord.get(written.strip()));
    if (value.isEmpty()) {
      at.notAccepted(
          accepted() + word.map(wrong -> Nearest.hint(wrong, byWord.keySet(), "")).orElse(""));
    }
    return value;
  }

  @Override
  public String accepted() {
    return (byWord.size() == 1 ? "" : "one of ") + String.join(", ", byWord.keySet());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode words = schema.putArray("enum");
    byWord.keySet().forEach(words::add);
    return schema;
  }
}
