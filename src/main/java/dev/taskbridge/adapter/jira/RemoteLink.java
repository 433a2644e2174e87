package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.LinkBack;
import dev.taskbridge.domain.Outcome;

/** The link on an issue's page that leads back to its task. */
final class RemoteLink {
  private RemoteLink() {}

  /** Writes it; the global id is the same for ever, so that doing it again replaces it. */
  static Outcome<String> write(InScope in, LinkBack back) {
    if (back.taskUrl().isBlank()) {
      return Outcome.done(back.ticketId());
    }
    ObjectNode link =
        Json.object().put("globalId", back.key().value()).put("relationship", "is tracked by");
    link.putObject("application").put("type", "dev.taskbridge").put("name", "ThreatConnect");
    link.putObject("object")
        .put("url", back.taskUrl())
        .put("title", "Task " + Words.cut(back.link().xid(), 200));
    JiraClient.Reply reply =
        in.client()
            .ask(
                Http.Request.absolute(
                    "remoteLink",
                    "POST",
                    in.issue(back.ticketId(), "/remotelink"),
                    Json.write(link)));
    return reply instanceof JiraClient.Failed failed
        ? Outcome.refused(failed.refusal())
        : Outcome.done(back.ticketId());
  }
}
