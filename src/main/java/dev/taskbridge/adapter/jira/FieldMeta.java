package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a screen says about one of its fields.
 *
 * @param allowed what may be chosen; empty when anything may or Jira does not say
 */
record FieldMeta(String id, String name, boolean required, Schema schema, List<Allowed> allowed) {

  /** One of the values that may be chosen. */
  record Allowed(String id, String label) {
    boolean isCalled(String name) {
      return id.equals(name.strip()) || label.equalsIgnoreCase(name.strip());
    }
  }

  static FieldMeta of(String id, JsonNode meta) {
    List<Allowed> allowed = new ArrayList<>();
    for (JsonNode value : meta.path("allowedValues")) {
      String label = Json.textIn(value, "value").orElse(Json.text(value, "name"));
      if (!label.isEmpty()) {
        allowed.add(new Allowed(Json.text(value, "id"), label));
      }
    }
    Schema builtIn = Schema.builtIn(id);
    return new FieldMeta(
        id,
        Json.textIn(meta, "name").orElse(id),
        meta.path("required").asBoolean() && !meta.path("hasDefaultValue").asBoolean(),
        builtIn.equals(Schema.UNKNOWN) ? Schema.of(meta.path("schema")) : builtIn,
        List.copyOf(allowed));
  }

  /** A field of which no screen was read. */
  static FieldMeta of(String id, Schema schema) {
    return new FieldMeta(id, id, false, schema, List.of());
  }

  Optional<Allowed> allowedCalled(String name) {
    return allowed.stream().filter(value -> value.isCalled(name)).findFirst();
  }

  List<String> labels() {
    return allowed.stream().map(Allowed::label).toList();
  }

  boolean isCalled(String fieldIdOrName) {
    return id.equalsIgnoreCase(fieldIdOrName) || name.equalsIgnoreCase(fieldIdOrName);
  }
}
