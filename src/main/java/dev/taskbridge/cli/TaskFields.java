package dev.taskbridge.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Turns {@code FIELD=VALUE} as people type it into the JSON of a task. */
final class TaskFields {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> NUMBERS =
      Set.of("caseId", "dependentOnId", "workflowPhase", "workflowStep");
  private static final Set<String> TRUTHS = Set.of("required");

  private TaskFields() {}

  /**
   * The fields in one object.
   *
   * @param data a whole JSON object, or empty
   * @param pairs each {@code FIELD=VALUE}, an empty value clearing the field; or {@code
   *     FIELD:=JSON}
   * @throws IllegalArgumentException saying what is wrong with which of them
   */
  static ObjectNode read(String data, List<String> pairs) {
    ObjectNode fields = data.isBlank() ? JSON.createObjectNode() : object("--data", data);
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("\"" + pair + "\" is not of the form FIELD=VALUE");
      }
      String value = pair.substring(equals + 1);
      if (pair.charAt(equals - 1) == ':') {
        fields.set(pair.substring(0, equals - 1), json(pair, value));
      } else {
        put(fields, pair.substring(0, equals), value);
      }
    }
    return fields;
  }

  private static void put(ObjectNode fields, String name, String value) {
    if (name.equals("assignee")) {
      fields.set(name, assignee(value));
    } else if (value.isEmpty()) {
      fields.putNull(name);
    } else if (NUMBERS.contains(name)) {
      try {
        fields.put(name, Long.parseLong(value));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(name + " is a number, not \"" + value + "\"", e);
      }
    } else if (TRUTHS.contains(name)) {
      if (!value.equals("true") && !value.equals("false")) {
        throw new IllegalArgumentException(name + " is true or false, not \"" + value + "\"");
      }
      fields.put(name, value.equals("true"));
    } else {
      fields.put(name, value);
    }
  }

  /** {@code user:NAME}, {@code group:NAME}, or nothing for nobody. */
  private static ObjectNode assignee(String value) {
    ObjectNode assignee = JSON.createObjectNode();
    if (value.isEmpty()) {
      return assignee.put("type", "None");
    }
    int colon = value.indexOf(':');
    String kind = colon < 0 ? "" : value.substring(0, colon);
    String name = value.substring(colon + 1).strip();
    if (kind.equals("user")) {
      assignee.put("type", "User").putObject("data").put("userName", name);
    } else if (kind.equals("group")) {
      assignee.put("type", "Group").putObject("data").put("name", name);
    } else {
      throw new IllegalArgumentException(
          "assignee is user:NAME, group:NAME or empty, not \"" + value + "\"");
    }
    return assignee;
  }

  private static ObjectNode object(String what, String text) {
    JsonNode json = json(what, text);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException(what + " is no JSON object");
  }

  private static JsonNode json(String what, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(what + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }
}
