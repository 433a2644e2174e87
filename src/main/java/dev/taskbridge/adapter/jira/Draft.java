package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of one issue about to be written: what Jira is asked for, and what is not even asked
 * because the value has no counterpart or the field no place.
 *
 * @param values JSON by our name of the field
 */
record Draft(Map<FieldName, JsonNode> values, Map<FieldName, Refusal> refused) {

  /**
   * @param metaOf what is known of a field; a refusal where it cannot be written here
   */
  static Draft of(
      Map<FieldName, FieldValue> wanted,
      Function<FieldName, Outcome<FieldMeta>> metaOf,
      ValueWriter writer) {
    Map<FieldName, JsonNode> values = new LinkedHashMap<>();
    Map<FieldName, Refusal> refused = new HashMap<>();
    wanted.forEach(
        (name, value) -> {
          Outcome<JsonNode> json = metaOf.apply(name).then(meta -> writer.json(name, value, meta));
          json.value().ifPresent(node -> values.put(name, node));
          json.refusal().ifPresent(why -> refused.put(name, why));
        });
    return new Draft(values, refused);
  }

  /** This draft without the fields that Jira objects to, which are thereby refused. */
  Draft without(JiraProblem problem) {
    Map<FieldName, JsonNode> kept = new LinkedHashMap<>(values);
    Map<FieldName, Refusal> more = new HashMap<>(refused);
    problem
        .fields()
        .forEach(
            (id, words) -> {
              FieldName name = JiraFields.nameOf(id);
              if (kept.remove(name) != null) {
                more.put(
                    name,
                    new Refusal.Rejected(Optional.of(name), Words.bounded(id + ": " + words)));
              }
            });
    return new Draft(kept, more);
  }

  /** This draft with every field refused for the same reason. */
  Draft allRefused(Refusal why) {
    Map<FieldName, Refusal> more = new HashMap<>(refused);
    values.keySet().forEach(name -> more.put(name, why));
    return new Draft(Map.of(), more);
  }

  ObjectNode fields() {
    ObjectNode fields = Json.object();
    values.forEach((name, value) -> fields.set(JiraFields.idOf(name), value));
    return fields;
  }
}
