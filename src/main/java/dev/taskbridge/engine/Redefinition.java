package dev.taskbridge.engine;

import dev.taskbridge.config.SyncConfig;
import dev.taskbridge.config.SystemConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What each sync of the store was configured as when it last ran. A sync that means something else
 * now is looked at from the beginning: its filter may select other tasks, and what was refused may
 * be right. Kept in the store, so that a change between two runs counts as one during a run.
 */
final class Redefinition {
  private static final int PAGE = 500;

  private final LinkStore store;
  private final Clock clock;

  Redefinition(LinkStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Why {@code config} cannot be put in force on this store: a sync that has links cannot move to
   * other tickets, since every linked ticket would look deleted there.
   */
  List<String> objections(TaskbridgeConfig config) {
    return store.inTransaction(
        rows -> {
          List<String> objections = new ArrayList<>();
          for (SyncConfig sync : config.syncs().values()) {
            String now = place(config, sync);
            rows.cursor(placeCursor(sync))
                .filter(before -> !before.equals(now))
                .filter(before -> !rows.keys(sync.name(), Sweeps.LIVING).isEmpty())
                .ifPresent(
                    before ->
                        objections.add(
                            "syncs."
                                + sync.name()
                                + ".tickets: its links are with "
                                + before
                                + " and cannot move to "
                                + now
                                + "; give the new pairing a name of its own, or unlink what is linked"
                                + " first"));
          }
          return objections;
        });
  }

  /**
   * Takes note of the syncs as they are now, and makes every link of a sync that changed due.
   *
   * @return the syncs that are not what they were, in alphabetical order
   */
  List<String> take(TaskbridgeConfig config) {
    return store.inTransaction(
        rows -> {
          TreeSet<String> changed = new TreeSet<>();
          for (SyncConfig sync : config.syncs().values()) {
            String now = meaning(sync);
            if (!rows.cursor(definitionCursor(sync)).equals(Optional.of(now))) {
              rows.forgetCursor(TaskPolls.cursor(sync.name()));
              rows.forgetCursor(TicketPolls.candidatesCursor(sync.name()));
              rows.forgetCursor(TicketPolls.pairsCursor(sync.name()));
              makeDue(rows, sync.name());
              rows.setCursor(definitionCursor(sync), now);
              rows.setCursor(placeCursor(sync), place(config, sync));
              changed.add(sync.name());
            }
          }
          return List.copyOf(changed);
        });
  }

  private void makeDue(LinkRows rows, String sync) {
    Instant now = clock.instant();
    Optional<LinkKey> after = Optional.empty();
    while (true) {
      List<Link> page = rows.page(Optional.of(sync), Sweeps.LIVING, after, PAGE);
      rows.save(page.stream().map(link -> due(link, now)).toList());
      rows.decided(page.stream().map(Link::key).toList());
      if (page.size() < PAGE) {
        return;
      }
      after = Optional.of(page.get(page.size() - 1).key());
    }
  }

  private static Link due(Link link, Instant now) {
    Map<FieldName, FieldRecord> fields = new HashMap<>();
    link.fields().forEach((field, record) -> fields.put(field, record.retried()));
    return link.withFields(fields).withAttempts(0).withDue(Optional.of(now));
  }

  /** What a sync does, whenever it does it. */
  private static String meaning(SyncConfig sync) {
    return Fingerprint.of(
        List.of(
            sync.tasks().tql(),
            sync.tasks().caseName(),
            sync.tickets().settings(),
            sync.create(),
            sync.onTaskDeleted(),
            sync.onTicketDeleted(),
            sync.fields()));
  }

  /** Where a sync's tickets live, as people would say it. */
  private static String place(TaskbridgeConfig config, SyncConfig sync) {
    SystemConfig system = config.systemOf(sync);
    return system.match(
        // An issue keeps its id wherever it is moved.
        SystemConfig::name,
        serviceNow ->
            serviceNow.name() + ", table " + sync.tickets().settings().getOrDefault("table", ""),
        SystemConfig::name);
  }

  private static String definitionCursor(SyncConfig sync) {
    return sync.name() + "/definition";
  }

  private static String placeCursor(SyncConfig sync) {
    return sync.name() + "/place";
  }
}
