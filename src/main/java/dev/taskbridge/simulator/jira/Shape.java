package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which properties a request's body may have, and of which type, as the published OpenAPI documents
 * say. A null counts as absent.
 */
final class Shape {
  enum Type {
    TEXT,
    /** A text, or a number that is read as one: clients send ids both ways. */
    ID,
    WHOLE,
    FLAG,
    OBJECT,
    /** A list of anything. */
    LIST,
    TEXTS,
    WHOLES,
    ANY
  }

  private final Map<String, Type> properties = new LinkedHashMap<>();
  private final Set<String> required = new HashSet<>();

  static Shape of() {
    return new Shape();
  }

  Shape with(Type type, String... names) {
    for (String name : names) {
      properties.put(name, type);
    }
    return this;
  }

  Shape must(Type type, String... names) {
    required.addAll(Set.of(names));
    return with(type, names);
  }

  /** What is wrong with {@code json}; empty if nothing is. */
  Optional<String> problem(JsonObject json) {
    for (String name : json.fieldNames()) {
      Type type = properties.get(name);
      if (type == null) {
        return Optional.of("unrecognized field \"" + name + "\", known are " + properties.keySet());
      }
      Object value = json.getValue(name);
      if (value != null && !fits(type, value)) {
        return Optional.of("\"" + name + "\" must be " + type + ", but was " + value);
      }
    }
    return required.stream()
        .sorted()
        .filter(name -> json.getValue(name) == null)
        .findFirst()
        .map(name -> "\"" + name + "\" is missing");
  }

  private static boolean fits(Type type, Object value) {
    return switch (type) {
      case TEXT -> value instanceof String;
      case ID -> value instanceof String || isWhole(value);
      case WHOLE -> isWhole(value);
      case FLAG -> value instanceof Boolean;
      case OBJECT -> value instanceof JsonObject;
      case LIST -> value instanceof JsonArray;
      case TEXTS ->
          value instanceof JsonArray list && list.stream().allMatch(String.class::isInstance);
      case WHOLES -> value instanceof JsonArray list && list.stream().allMatch(Shape::isWhole);
      case ANY -> true;
    };
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }
}
