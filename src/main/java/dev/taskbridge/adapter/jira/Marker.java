package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import java.util.Optional;

/**
 * The issue property that says what an issue stands for. Anybody who sees the issue can read it,
 * and only an API client can write it, so it tells our own issues from copies that people made.
 */
final class Marker {
  static final String PROPERTY = "taskbridge";

  private Marker() {}

  /** One element of {@code properties} in a creating call. */
  static ObjectNode of(NewTicket ticket) {
    ObjectNode property = Json.object().put("key", PROPERTY);
    property
        .putObject("value")
        .put("key", ticket.key().value())
        .put("sync", ticket.link().sync())
        .put("xid", ticket.link().xid())
        .put("taskUrl", ticket.taskUrl());
    return property;
  }

  /** The idempotency key in an issue's marker, if the issue came with one. */
  static Optional<String> keyIn(JsonNode issue) {
    return Json.textIn(value(issue), "key");
  }

  /** The id of the issue that this one waits for because we said so. */
  static Optional<String> dependencyIn(JsonNode issue) {
    return Json.textIn(value(issue), "dependency");
  }

  static JsonNode value(JsonNode issue) {
    return issue.path("properties").path(PROPERTY);
  }
}
