package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.reconcile.FieldRule;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a demo ended.
 *
 * @param tickets made, by system, as the simulators hold them
 * @param disagreeing fields whose two sides, just read afresh, do not say the same
 * @param duplicates tickets beyond the first for one task, as the simulators hold them
 */
record DemoSummary(
    long links,
    Map<String, Long> tickets,
    long toTickets,
    long toTasks,
    long byPeople,
    long disagreeing,
    long duplicates,
    Optional<Duration> firstTicket) {

  static DemoSummary of(
      Bridge bridge, DemoPeople people, Narrator narrator, TaskbridgeConfig config) {
    List<Link> links =
        bridge
            .store()
            .inTransaction(
                rows -> rows.page(Optional.empty(), Set.of(), Optional.empty(), Integer.MAX_VALUE));
    long disagreeing = 0;
    for (Link link : links) {
      SyncDefinition sync = bridge.syncs().get(link.key().sync());
      for (FieldRule rule : sync.reconciler().rules()) {
        if (link.ticket().isEmpty()
            || link.task().isEmpty()
            || !rule.mapping().agree(link.task().get().record(), link.ticket().get().record())) {
          disagreeing++;
        }
      }
    }
    Map<String, Long> tickets = new LinkedHashMap<>();
    tickets.put("jira", people.jiraKeys().values().stream().mapToLong(Long::longValue).sum());
    tickets.put(
        "servicenow", people.serviceNowKeys().values().stream().mapToLong(Long::longValue).sum());
    long duplicates = surplus(people.jiraKeys()) + surplus(people.serviceNowKeys());
    return new DemoSummary(
        links.size(),
        tickets,
        narrator.toTickets(),
        narrator.toTasks(),
        people.edits(),
        disagreeing,
        duplicates,
        narrator.firstTicket());
  }

  private static long surplus(Map<String, Long> ticketsByKey) {
    return ticketsByKey.values().stream().mapToLong(count -> count - 1).sum();
  }

  Exit show(Output output) {
    if (output.isJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("links", links);
      json.put("tickets", tickets);
      json.put("editsByPeople", byPeople);
      json.put("editsToTickets", toTickets);
      json.put("editsToTasks", toTasks);
      json.put("fieldsDisagreeing", disagreeing);
      json.put("duplicates", duplicates);
      json.put("firstTicketSeconds", firstTicket.map(DemoSummary::seconds).orElse(null));
      output.json(json);
    } else {
      output.line("");
      output.line("links                " + links);
      tickets.forEach(
          (system, count) ->
              output.line(String.format(Locale.ROOT, "%-21s%d", "tickets " + system, count)));
      output.line("edits by people      " + byPeople);
      output.line("edits to tickets     " + toTickets);
      output.line("edits to tasks       " + toTasks);
      output.line("fields disagreeing   " + disagreeing);
      output.line("duplicates           " + duplicates);
      firstTicket.ifPresent(after -> output.line("first ticket after   " + seconds(after) + " s"));
    }
    return disagreeing == 0 && duplicates == 0 ? Exit.DONE : Exit.UNSETTLED;
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
  }
}
