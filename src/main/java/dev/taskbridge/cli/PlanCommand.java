package dev.taskbridge.cli;

import dev.taskbridge.config.Loaded;
import dev.taskbridge.config.QueueConfig;
import dev.taskbridge.config.StoreConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Cycle;
import dev.taskbridge.engine.Rehearsal;
import dev.taskbridge.engine.Rehearsal.Kind;
import dev.taskbridge.engine.Rehearsal.Noted;
import dev.taskbridge.log.KnownSecrets;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreCopy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What {@code once} would write. The engine itself runs, on a throw-away copy of the store and on
 * systems that are only read.
 */
@Command(
    name = "plan",
    description = "Show the exact writes that once would make, and make none of them.",
    footer = {
      "",
      "Also while the daemon runs. What a system would refuse cannot be known without asking it.",
      "Exit 0: nothing to do. 3: nothing to write, but some link is in conflict or failing.",
      "4: there are writes to make. 5: a system could not be reached or refused the credentials."
    })
final class PlanCommand extends ConfiguredCommand {
  private static final int LONGEST_SHOWN = 100;

  @Option(names = "--sync", paramLabel = "NAME", description = "Only this sync.")
  private @Nullable String sync;

  @Option(names = "--task", paramLabel = "XID", description = "Only the links of this task.")
  private @Nullable String task;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "Plan with this configuration on the store of the one in force.")
  private @Nullable Path with;

  /** A field that is stuck, or with an empty field a whole link. */
  private record Stuck(String link, String ticket, String field, String state, String reason) {}

  @Override
  protected Exit run(TaskbridgeConfig inForce) throws Exception {
    Optional<TaskbridgeConfig> planned = planned(inForce);
    if (planned.isEmpty()) {
      return Exit.WRONG;
    }
    try (Scratch scratch = new Scratch()) {
      Path file = scratch.file("plan.db");
      TaskbridgeConfig config =
          planned
              .get()
              .withStore(new StoreConfig("jdbc:sqlite:" + file, Optional.empty(), Optional.empty()))
              .withQueue(new QueueConfig.Memory(planned.get().queue().lanes()));
      List<String> syncs = BridgeCommand.chosen(config, Optional.ofNullable(sync), this::wrong);
      LinkStore copy = StoreCopy.open(BridgeCommand.settings(inForce.store()), file);
      try (Bridge bridge =
          new Bridge(config, Path.of("").toAbsolutePath(), copy, Clock.systemUTC())) {
        List<Rehearsal> rehearsals = new ArrayList<>();
        bridge.between(
            systems -> {
              rehearsals.add(new Rehearsal(systems, copy));
              return rehearsals.get(0);
            });
        bridge.start(false);
        new Cycle(bridge, Clock.systemUTC()).once(syncs);
        return report(bridge, rehearsals.get(0), syncs);
      }
    }
  }

  private Optional<TaskbridgeConfig> planned(TaskbridgeConfig inForce) {
    if (with == null) {
      return Optional.of(inForce);
    }
    Loaded loaded = loader().load(Terminal.typed(with.toString()));
    return loaded.match(
        valid -> {
          KnownSecrets.add(valid.config().secrets());
          return Optional.of(valid.config());
        },
        invalid -> {
          show(output(), invalid.problems());
          return Optional.empty();
        });
  }

  private Exit report(Bridge bridge, Rehearsal rehearsal, List<String> syncs) {
    if (task != null && isUnknown(bridge, syncs)) {
      throw wrong("no task of the chosen syncs has the xid \"" + task + "\"; see links");
    }
    List<Noted> writes =
        rehearsal.noted().stream()
            .filter(noted -> syncs.contains(noted.link().sync()) && isWanted(noted.link().xid()))
            .toList();
    List<Stuck> stuck = stuck(bridge, syncs);
    Map<String, String> troubles = BridgeCommand.troubles(bridge);
    if (output().isJson()) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("writes", writes.stream().map(PlanCommand::json).toList());
      json.put("stuck", stuck);
      json.put("unreachable", troubles);
      output().json(json);
    } else {
      writes.stream()
          .sorted(Comparator.comparing((Noted noted) -> noted.link().toString()))
          .forEach(noted -> output().line(line(noted)));
      stuck.forEach(
          each ->
              output()
                  .line(
                      each.state()
                          + "  "
                          + each.link()
                          + "  "
                          + each.ticket()
                          + (each.field().isEmpty() ? "" : " " + each.field())
                          + ": "
                          + excerpt(each.reason())));
      troubles.forEach((name, words) -> output().message(name + " does not answer: " + words));
      output().message(summary(writes, stuck, troubles));
    }
    if (!troubles.isEmpty()) {
      return Exit.UNREACHABLE;
    }
    return !writes.isEmpty() ? Exit.WRITES_TO_MAKE : stuck.isEmpty() ? Exit.DONE : Exit.UNSETTLED;
  }

  private boolean isUnknown(Bridge bridge, List<String> syncs) {
    return bridge.store().inTransaction(rows -> rows.named(String.valueOf(task))).stream()
        .noneMatch(link -> syncs.contains(link.key().sync()) && isWanted(link.key().xid()));
  }

  private boolean isWanted(String xid) {
    return task == null || task.equals(xid);
  }

  private List<Stuck> stuck(Bridge bridge, List<String> syncs) {
    return syncs.stream()
        .flatMap(
            name ->
                bridge
                    .store()
                    .inTransaction(
                        rows ->
                            rows.page(
                                Optional.of(name),
                                Set.of(LinkState.CONFLICT, LinkState.FAILING),
                                Optional.empty(),
                                Integer.MAX_VALUE))
                    .stream())
        .filter(link -> isWanted(link.key().xid()))
        .flatMap(PlanCommand::stuck)
        .toList();
  }

  private static Stream<Stuck> stuck(Link link) {
    List<Stuck> fields =
        link.fields().entrySet().stream()
            .filter(entry -> isTrouble(entry.getValue()))
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    new Stuck(
                        link.key().toString(),
                        link.ticketKey(),
                        entry.getKey().word(),
                        entry.getValue().verdict().word(),
                        entry.getValue().reason()))
            .toList();
    return fields.isEmpty()
        ? Stream.of(
            new Stuck(
                link.key().toString(), link.ticketKey(), "", link.state().word(), link.reason()))
        : fields.stream();
  }

  private static boolean isTrouble(FieldRecord record) {
    return record.verdict() == Verdict.CONFLICT || record.verdict() == Verdict.FAILING;
  }

  private static Map<String, Object> json(Noted noted) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sync", noted.link().sync());
    json.put("xid", noted.link().xid());
    json.put("write", word(noted.kind()));
    json.put("side", noted.side().word());
    json.put("system", noted.system());
    json.put("record", noted.record());
    json.put("field", noted.field());
    json.put("from", noted.from());
    json.put("to", noted.to());
    return json;
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static String line(Noted noted) {
    String where =
        noted.link()
            + "  "
            + (noted.record().isEmpty()
                ? "new " + (noted.side() == Side.TICKET ? "ticket in " + noted.system() : "task")
                : noted.record());
    String start = "%-8s  %s".formatted(word(noted.kind()), where);
    if (noted.field().isEmpty()) {
      return start;
    }
    return start
        + "  "
        + noted.field()
        + ": "
        + (noted.kind() == Kind.UPDATE ? excerpt(noted.from()) + " -> " : "")
        + excerpt(noted.to());
  }

  private static String summary(
      List<Noted> writes, List<Stuck> stuck, Map<String, String> troubles) {
    if (writes.isEmpty() && stuck.isEmpty()) {
      return troubles.isEmpty() ? "Nothing to do." : "Nothing to do as far as can be seen.";
    }
    long made = writes.stream().filter(noted -> isWhole(noted, Kind.CREATE)).count();
    long deleted = writes.stream().filter(noted -> isWhole(noted, Kind.DELETE)).count();
    long updated = writes.stream().filter(noted -> noted.kind() == Kind.UPDATE).count();
    long comments = writes.stream().filter(noted -> noted.kind() == Kind.COMMENT).count();
    return made
        + " to create, "
        + updated
        + " fields to update, "
        + comments
        + " comments to carry, "
        + deleted
        + " to delete; "
        + stuck.size()
        + " stuck. Nothing was written.";
  }

  private static boolean isWhole(Noted noted, Kind kind) {
    return noted.kind() == kind && noted.field().isEmpty();
  }

  private static String excerpt(String text) {
    String line = Output.oneLine(text);
    return line.codePointCount(0, line.length()) <= LONGEST_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN - 1)) + "…";
  }
}
