package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of at least one; a single value stands for a list of one. */
public record ListOf<T>(Shape<T> element) implements Shape<List<T>> {
  @Override
  public Optional<List<T>> read(Reading at) {
    List<Reading> elements = at.elements().orElse(List.of(at));
    if (elements.isEmpty()) {
      at.problem("the list is empty; give " + accepted());
      return Optional.empty();
    }
    List<T> values = new ArrayList<>();
    elements.forEach(each -> element.read(each).ifPresent(values::add));
    return values.size() == elements.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  @Override
  public String accepted() {
    return "a list of: " + element.accepted();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema
        .putArray("anyOf")
        .add(element.schema())
        .addObject()
        .put("type", "array")
        .put("minItems", 1)
        .set("items", element.schema());
    return schema;
  }
}
