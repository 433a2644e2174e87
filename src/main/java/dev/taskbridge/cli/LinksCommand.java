package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkStore;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The links, a line each. Reads the store only, also while the daemon runs. */
@Command(name = "links", description = "List the links: task, ticket, state and why.")
final class LinksCommand extends ConfiguredCommand {
  private static final int PAGE = 1_000;

  @Option(names = "--sync", paramLabel = "NAME", description = "Only this sync.")
  private @Nullable String sync;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only this state: proposed, creating, linked, conflict, failing, retired.")
  private @Nullable String state;

  @Override
  protected Exit run(TaskbridgeConfig config) {
    Set<LinkState> states = states();
    List<List<String>> rows = new ArrayList<>();
    try (LinkStore store = JdbcLinkStore.openReadOnly(BridgeCommand.settings(config.store()))) {
      Optional<LinkKey> after = Optional.empty();
      while (true) {
        Optional<LinkKey> from = after;
        List<Link> page =
            store.inTransaction(links -> links.page(Optional.ofNullable(sync), states, from, PAGE));
        for (Link link : page) {
          if (output().isJson()) {
            output().json(json(link));
          } else {
            rows.add(row(link));
          }
        }
        if (page.size() < PAGE) {
          break;
        }
        after = Optional.of(page.get(page.size() - 1).key());
      }
    }
    if (!output().isJson()) {
      output().table(List.of("SYNC", "TASK", "XID", "TICKET", "STATE", "SINCE", "WHY"), rows);
    }
    return Exit.DONE;
  }

  private Set<LinkState> states() {
    if (state == null) {
      return Set.of();
    }
    String wanted = state.toLowerCase(Locale.ROOT);
    return Arrays.stream(LinkState.values())
        .filter(each -> each.word().equals(wanted))
        .findFirst()
        .map(EnumSet::of)
        .orElseThrow(
            () ->
                wrong(
                    "\""
                        + state
                        + "\" is not one of "
                        + Arrays.stream(LinkState.values())
                            .map(LinkState::word)
                            .collect(Collectors.joining(", "))));
  }

  private static List<String> row(Link link) {
    return List.of(
        link.key().sync(),
        link.task().map(seen -> String.valueOf(seen.record().id())).orElse(""),
        link.key().xid(),
        link.ticketKey(),
        link.state().word(),
        link.stateSince().truncatedTo(ChronoUnit.SECONDS).toString(),
        why(link));
  }

  private static String why(Link link) {
    String fields =
        link.fields().entrySet().stream()
            .filter(entry -> isTrouble(entry.getValue()))
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + ": " + entry.getValue().reason())
            .collect(Collectors.joining("; "));
    return fields.isEmpty() ? link.reason() : fields;
  }

  private static Map<String, Object> json(Link link) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sync", link.key().sync());
    json.put("xid", link.key().xid());
    json.put("taskId", link.task().map(seen -> seen.record().id()).orElse(null));
    json.put("ticket", link.ticketKey());
    json.put("ticketId", link.ticketId());
    json.put("state", link.state().word());
    json.put("since", link.stateSince().toString());
    json.put("reason", link.reason());
    Map<String, Object> fields = new LinkedHashMap<>();
    link.fields().entrySet().stream()
        .filter(entry -> isTrouble(entry.getValue()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                fields.put(
                    entry.getKey().word(),
                    Map.of(
                        "verdict",
                        entry.getValue().verdict().word(),
                        "reason",
                        entry.getValue().reason())));
    json.put("fields", fields);
    return json;
  }

  private static boolean isTrouble(FieldRecord record) {
    return record.verdict() == Verdict.CONFLICT || record.verdict() == Verdict.FAILING;
  }
}
