package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * How a field's value looks in JSON.
 *
 * @param type such as {@code string}, {@code option}, {@code array}
 * @param items the type of an array's elements, else empty
 * @param custom the custom field's kind, such as {@code …:textarea}, else empty
 */
record Schema(String type, String items, String custom) {
  static final Schema UNKNOWN = new Schema("", "", "");

  private static final Map<String, Schema> BUILT_IN =
      Map.of(
          "summary", new Schema("string", "", ""),
          "description", new Schema("richtext", "", ""),
          "environment", new Schema("richtext", "", ""),
          "assignee", new Schema("user", "", ""),
          "duedate", new Schema("date", "", ""),
          "priority", new Schema("priority", "", ""),
          "resolution", new Schema("resolution", "", ""),
          "labels", new Schema("array", "string", ""));

  static Schema of(JsonNode schema) {
    return new Schema(
        Json.text(schema, "type"), Json.text(schema, "items"), Json.text(schema, "custom"));
  }

  /** What every Jira has, so that no look-up is needed. */
  static Schema builtIn(String fieldId) {
    return BUILT_IN.getOrDefault(fieldId, UNKNOWN);
  }

  boolean isRichText() {
    return type.equals("richtext") || custom.endsWith(":textarea");
  }
}
