package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.domain.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Links between issues as the one dependency that a task can have. */
final class IssueLinks {
  private IssueLinks() {}

  /**
   * A link as seen from the issue that waits.
   *
   * @param id of the link itself
   * @param issueId of the issue that comes first
   */
  record Waiting(String id, String issueId) {}

  /** The issues that this one waits for: with type Blocks, those that it "is blocked by". */
  static List<Waiting> waiting(JsonNode issueLinks, String type) {
    List<Waiting> waiting = new ArrayList<>();
    for (JsonNode link : issueLinks) {
      String first = Json.text(link.path("inwardIssue"), "id");
      if (!first.isEmpty()
          && (Json.text(link.path("type"), "name").equalsIgnoreCase(type)
              || Json.text(link.path("type"), "id").equals(type))) {
        waiting.add(new Waiting(Json.text(link, "id"), first));
      }
    }
    return waiting;
  }

  /** People may add links of the same type; the one that we made speaks for the task. */
  static FieldValue dependency(JsonNode issueLinks, String type, Optional<String> ours) {
    List<Waiting> waiting = waiting(issueLinks, type);
    return waiting.stream()
        .map(Waiting::issueId)
        .filter(id -> ours.isEmpty() || ours.get().equals(id))
        .findFirst()
        .or(() -> waiting.stream().map(Waiting::issueId).findFirst())
        .map(FieldValue::text)
        .orElse(FieldValue.ABSENT);
  }
}
