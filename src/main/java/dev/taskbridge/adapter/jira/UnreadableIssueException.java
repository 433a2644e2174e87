package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.domain.Refusal;

/** One issue of an answer cannot be understood; the others are not concerned. */
final class UnreadableIssueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String where;
  private final String excerpt;

  UnreadableIssueException(String reason, JsonNode issue) {
    super(reason);
    this.where = Json.textIn(issue, "key").orElseGet(() -> Json.text(issue, "id"));
    this.excerpt = Words.bounded(Words.cut(Json.write(issue), 400));
  }

  Unreadable unreadable() {
    return new Unreadable(where.isEmpty() ? "an issue" : where, getMessage() + ": " + excerpt);
  }

  Refusal refusal() {
    return new Refusal.Unknown("Jira's answer cannot be understood: " + getMessage());
  }
}
