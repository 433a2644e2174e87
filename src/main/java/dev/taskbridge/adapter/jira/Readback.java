package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What issues hold after something was written to them. */
final class Readback {
  private Readback() {}

  /** By id; what cannot be found or understood is missing. */
  static Outcome<Map<String, Ticket>> of(InScope in, Collection<String> ids) {
    return of(in, ids, false);
  }

  /** The same for issues that were made a moment ago and not touched since. */
  static Outcome<Map<String, Ticket>> ofNew(InScope in, Collection<String> ids) {
    return of(in, ids, true);
  }

  private static Outcome<Map<String, Ticket>> of(
      InScope in, Collection<String> ids, boolean justMade) {
    Map<String, Ticket> tickets = new HashMap<>();
    List<String> rest = new ArrayList<>(ids);
    for (int start = 0; start < rest.size(); start += TicketSystem.MOST_READ) {
      List<String> some =
          rest.subList(start, Math.min(rest.size(), start + TicketSystem.MOST_READ));
      Outcome<Map<String, JsonNode>> page =
          justMade ? in.fetchIndexed(some) : in.fetch(some, false);
      if (page.refusal().isPresent()) {
        return Outcome.refused(page.refusal().get());
      }
      for (Map.Entry<String, JsonNode> each : page.value().orElseThrow().entrySet()) {
        try {
          tickets.put(each.getKey(), in.reader().ticket(each.getValue()));
        } catch (UnreadableIssueException e) {
          if (rest.size() == 1) {
            return Outcome.refused(e.refusal());
          }
        }
      }
    }
    return Outcome.done(tickets);
  }

  /** One issue from the JSON that a write was answered with. */
  static Outcome<Ticket> of(InScope in, JsonNode issue) {
    try {
      return Outcome.done(in.reader().ticket(issue));
    } catch (UnreadableIssueException e) {
      Refusal unreadable = e.refusal();
      return Outcome.refused(unreadable);
    }
  }
}
