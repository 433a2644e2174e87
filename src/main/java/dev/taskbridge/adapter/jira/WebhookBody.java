package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Hint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a webhook of Jira points at (documented for issue events; best effort beyond them). */
final class WebhookBody {
  /** Events that move the issue's clock; comments, links and properties need not. */
  private static final Set<String> MOVE_THE_CLOCK =
      Set.of("jira:issue_created", "jira:issue_updated");

  private WebhookBody() {}

  /** The issue that {@code body} names; none if it is no JSON or names none. */
  static List<Hint> hints(byte[] body) {
    JsonNode event = Json.parse(body).orElse(Json.object());
    JsonNode issue = event.path("issue");
    String id = issue.path("id").asText("");
    if (id.isEmpty()) {
      return List.of();
    }
    Optional<Instant> updated =
        MOVE_THE_CLOCK.contains(event.path("webhookEvent").asText(""))
            ? JiraTime.parse(issue.path("fields").path("updated").asText(""))
            : Optional.empty();
    return List.of(new Hint(id, updated, OptionalLong.empty()));
  }
}
