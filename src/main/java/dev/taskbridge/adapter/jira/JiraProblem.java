package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.FieldName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an error body says. The usual shape is {@code {errorMessages: [], errors: {field: text}}}
 * (documented); proxies and older resources answer in other shapes, in HTML or not at all (seen).
 *
 * @param fields Jira's words by Jira's field id
 * @param messages what concerns no single field
 */
record JiraProblem(Map<String, String> fields, List<String> messages) {
  static final JiraProblem NONE = new JiraProblem(Map.of(), List.of());

  static JiraProblem of(Http.Response response) {
    String text = response.text();
    if (text.isBlank()) {
      return NONE;
    }
    return Json.parse(response.body())
        .map(JiraProblem::of)
        .orElseGet(
            () ->
                new JiraProblem(
                    Map.of(),
                    List.of(
                        text.stripLeading().startsWith("<")
                            ? "an HTML page instead of JSON: " + withoutTags(text)
                            : text)));
  }

  static JiraProblem of(JsonNode body) {
    Map<String, String> fields = new LinkedHashMap<>();
    body.path("errors").fields().forEachRemaining(e -> fields.put(e.getKey(), said(e.getValue())));
    List<String> messages = new ArrayList<>();
    body.path("errorMessages").forEach(message -> messages.add(said(message)));
    for (String member : List.of("message", "errorMessage", "error", "error_description")) {
      if (body.path(member).isTextual()) {
        messages.add(body.path(member).asText());
      }
    }
    messages.removeIf(String::isBlank);
    return new JiraProblem(fields, messages);
  }

  /** For people; {@code fallback} when the body said nothing. */
  String words(String fallback) {
    List<String> said = new ArrayList<>();
    fields.forEach((field, words) -> said.add(field + ": " + words));
    said.addAll(messages);
    return Words.bounded(said.isEmpty() ? fallback : String.join("; ", said));
  }

  /** The one field that is to blame, if it is one. */
  Optional<FieldName> field() {
    return fields.size() == 1 && messages.isEmpty()
        ? Optional.of(JiraFields.nameOf(fields.keySet().iterator().next()))
        : Optional.empty();
  }

  private static String said(JsonNode value) {
    return value.isTextual() ? value.asText() : Json.write(value);
  }

  private static String withoutTags(String html) {
    return html.replaceAll("(?s)<(style|script).*?</\\1>", " ").replaceAll("<[^>]*>", " ");
  }
}
