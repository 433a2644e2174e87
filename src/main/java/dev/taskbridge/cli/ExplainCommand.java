package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.engine.Decisions;
import dev.taskbridge.engine.SyncAssembly;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.engine.Syncs;
import dev.taskbridge.engine.TicketsOfTasks;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** One link's story. */
@Command(
    name = "explain",
    description =
        "Tell a link's story: each field's values, base, rule and verdict, and all events.")
final class ExplainCommand extends ConfiguredCommand {
  @Parameters(paramLabel = "XID", description = "A task's xid, or a ticket's key or id.")
  private String name = "";

  @Override
  protected Exit run(TaskbridgeConfig config) {
    try (LinkStore store = JdbcLinkStore.openReadOnly(BridgeCommand.settings(config.store()))) {
      Syncs syncs = new Syncs(SyncAssembly.all(config, new TicketsOfTasks(store)));
      Decisions decisions = new Decisions(store, Clock.systemUTC());
      List<Link> links = decisions.named(name);
      if (links.isEmpty()) {
        output().message("no link is called \"" + name + "\"; see links");
        return Exit.WRONG;
      }
      for (Link link : links) {
        List<Map<String, Object>> fields =
            syncs.find(link.key().sync()).map(sync -> fields(sync, link)).orElse(List.of());
        show(link, fields, decisions.story(link));
      }
    }
    return Exit.DONE;
  }

  private static List<Map<String, Object>> fields(SyncDefinition sync, Link link) {
    Optional<Task> task = link.task().map(Link.Seen::record);
    Optional<Ticket> ticket = link.ticket().map(Link.Seen::record);
    List<Map<String, Object>> fields = new ArrayList<>();
    for (FieldRule rule : sync.reconciler().rules()) {
      Optional<FieldRecord> record = Optional.ofNullable(link.fields().get(rule.field()));
      Map<String, Object> field = new LinkedHashMap<>();
      field.put("field", rule.field().word());
      field.put("task", shown(task.map(rule.mapping()::onTask)));
      field.put("ticket", shown(ticket.map(rule.mapping()::onTicket)));
      field.put(
          "base",
          record
              .flatMap(FieldRecord::base)
              .map(base -> base.onTask().shown() + " / " + base.onTicket().shown())
              .orElse(""));
      field.put(
          "rule",
          rule.direction().name().toLowerCase(Locale.ROOT).replace('_', '-')
              + ", "
              + rule.policy().name().toLowerCase(Locale.ROOT));
      field.put("verdict", record.map(each -> each.verdict().word()).orElse("new"));
      field.put("reason", record.map(FieldRecord::reason).orElse(""));
      fields.add(field);
    }
    return fields;
  }

  private static String shown(Optional<FieldValue> value) {
    return value.map(FieldValue::shown).orElse("");
  }

  private void show(Link link, List<Map<String, Object>> fields, List<JournalEntry> story) {
    if (output().isJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("link", link.key().toString());
      json.put("ticket", link.ticketKey());
      json.put("state", link.state().word());
      json.put("reason", link.reason());
      json.put("fields", fields);
      json.put(
          "story",
          story.stream()
              .map(
                  entry ->
                      Map.of(
                          "at", entry.at().toString(),
                          "kind", entry.kind(),
                          "field", entry.field(),
                          "detail", entry.detail()))
              .toList());
      output().json(json);
      return;
    }
    output()
        .line(
            output().toned(Output.Tone.STRONG, link.key() + "  " + link.ticketKey())
                + "  "
                + link.state().word()
                + (link.reason().isEmpty() ? "" : ": " + Output.oneLine(link.reason())));
    output()
        .table(
            List.of("FIELD", "TASK", "TICKET", "BASE", "RULE", "VERDICT", "WHY"),
            fields.stream()
                .map(
                    field ->
                        field.values().stream()
                            .map(value -> shortened(Output.oneLine(String.valueOf(value))))
                            .toList())
                .toList());
    story.forEach(
        entry ->
            output()
                .line(
                    entry.at()
                        + "  "
                        + entry.kind()
                        + (entry.field().isEmpty() ? "" : " " + entry.field())
                        + "  "
                        + Output.oneLine(entry.detail())));
  }

  private static String shortened(String text) {
    int most = 60;
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
  }
}
