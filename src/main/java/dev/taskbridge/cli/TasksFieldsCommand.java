package dev.taskbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.threatconnect.Envelope;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the server says about the fields of a task. */
@Command(name = "fields", description = "Show the fields of a task as the server describes them.")
final class TasksFieldsCommand extends TasksApiCommand {
  @Option(names = "--read-only", description = "Also the fields that cannot be written.")
  private boolean readOnlyToo;

  @Override
  protected Exit run(ThreatConnectApi api) {
    return finish(
        api.describe(Kind.TASKS, readOnlyToo)
            .then(fields -> api.moreFields(Kind.TASKS).map(more -> Map.entry(fields, more))),
        both -> show(both.getKey(), both.getValue()));
  }

  private void show(JsonNode fields, Envelope more) {
    if (output().isJson()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("fields", fields);
      result.put("more", more.data());
      output().json(result);
      return;
    }
    List<String> onRequest =
        more.data().stream()
            .filter(field -> !field.path("includedByDefault").asBoolean(false))
            .map(field -> field.path("name").asText())
            .toList();
    List<List<String>> rows = new ArrayList<>();
    fields
        .properties()
        .forEach(field -> rows.add(row(field.getKey(), field.getValue(), onRequest)));
    output().table(List.of("FIELD", "TYPE", "WRITTEN", "SHOWN", "LIMITS", "DESCRIPTION"), rows);
    output().message("On request: " + String.join(", ", onRequest) + " (--fields)");
  }

  private static List<String> row(String name, JsonNode described, List<String> onRequest) {
    // A field that holds a list wraps the description of its items.
    boolean isList = described.path("data").isArray();
    JsonNode facts = isList ? described.path("data").path(0) : described;
    return List.of(
        name,
        facts.path("type").asText() + (isList ? " list" : ""),
        written(facts),
        onRequest.contains(name) ? "on request" : "",
        limits(facts),
        facts.path("description").asText());
  }

  private static String written(JsonNode facts) {
    if (facts.path("readOnly").asBoolean(false)) {
      return "never";
    }
    String when = facts.path("updatable").asBoolean(true) ? "always" : "on create";
    if (!facts.path("required").asBoolean(false)) {
      return when;
    }
    String alternative = facts.path("requiredAltField").asText("");
    return when + ", required" + (alternative.isEmpty() ? "" : " unless " + alternative);
  }

  private static String limits(JsonNode facts) {
    if (facts.path("allowableValues").isArray()) {
      return String.join(
          ", ",
          StreamSupport.stream(facts.path("allowableValues").spliterator(), false)
              .map(JsonNode::asText)
              .toList());
    }
    for (String what : List.of("Length", "Value")) {
      if (facts.has("max" + what)) {
        return facts.path("min" + what).asText("0") + "-" + facts.path("max" + what).asText();
      }
    }
    return facts.has("maxSize") ? "at most " + facts.path("maxSize").asText() : "";
  }
}
