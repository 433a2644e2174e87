package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.Refusal;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The link on an issue's page that leads back to its task. */
final class RemoteLink {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteLink.class);

  private RemoteLink() {}

  /** Writes it; the global id is the same for ever, so that doing it again replaces it. */
  static Optional<Refusal> write(InScope in, String issueId, NewTicket ticket) {
    if (ticket.taskUrl().isBlank()) {
      return Optional.empty();
    }
    ObjectNode link =
        Json.object().put("globalId", ticket.key().value()).put("relationship", "is tracked by");
    link.putObject("application").put("type", "dev.taskbridge").put("name", "ThreatConnect");
    link.putObject("object")
        .put("url", ticket.taskUrl())
        .put("title", "Task " + Words.cut(ticket.link().xid(), 200));
    JiraClient.Reply reply =
        in.client()
            .ask(
                Http.Request.absolute(
                    "remoteLink", "POST", in.issue(issueId, "/remotelink"), Json.write(link)));
    if (reply instanceof JiraClient.Failed failed) {
      // An ornament: the issue's marker holds the same address, and nothing waits for this link.
      LOG.info("no remote link on issue {}: {}", issueId, failed.refusal().words());
      return Optional.of(failed.refusal());
    }
    return Optional.empty();
  }
}
