package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Task;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for tasks that are new or changed. Tasks carry no time of their own, so a cycle asks by
 * their case's clock: once for tasks that match the sync's filter, once for linked tasks whatever
 * they match. What that clock misses, the sweep finds. Thread-safe; one poll of a sync at a time.
 */
public final class TaskPolls {
  /** As many as one page may hold (documented). */
  static final int PAGE = 10_000;

  /** Clocks may differ by as much as a signature's clock rule allows, and changes commit late. */
  static final Duration OVERLAP = Duration.ofMinutes(6);

  private static final Logger LOG = LoggerFactory.getLogger(TaskPolls.class);

  private final LinkStore store;
  private final Syncs syncs;
  private final Systems systems;
  private final SystemHealth health;
  private final Looks looks;
  private final Clock clock;
  private final CycleReport report;
  private final DeltaTrust trust;

  public TaskPolls(
      LinkStore store,
      Syncs syncs,
      Systems systems,
      SystemHealth health,
      Looks looks,
      Clock clock,
      CycleReport report,
      DeltaTrust trust) {
    this.store = store;
    this.syncs = syncs;
    this.systems = systems;
    this.health = health;
    this.looks = looks;
    this.clock = clock;
    this.report = report;
    this.trust = trust;
  }

  /** How far back a cycle asks: further where ThreatConnect's clock is behind ours. */
  static Duration overlap(SystemHealth health) {
    return OVERLAP.plus(health.furthestBehind(Systems.THREATCONNECT));
  }

  /**
   * One cycle of a sync's task side.
   *
   * @return the batches to be queued; empty also when ThreatConnect is in trouble, which {@link
   *     SystemHealth} then knows
   */
  public List<LookBatch> poll(String syncName) {
    SyncDefinition sync = syncs.get(syncName);
    if (health.pausedUntil(Systems.THREATCONNECT).isPresent()) {
      return List.of();
    }
    String cursorName = cursor(syncName);
    Instant began = clock.instant();
    Optional<Instant> cursor =
        store.inTransaction(rows -> rows.cursor(cursorName)).map(Instant::parse);
    Set<LinkKey> news = new LinkedHashSet<>();
    Set<LinkKey> gone = new LinkedHashSet<>();
    long before = report.passedOver(syncName);
    Duration overlap = overlap(health);
    Optional<String> filter = Optional.of(sync.filter());
    boolean complete;
    boolean toldByClocks = false;
    if (cursor.isEmpty() || trust.scanningUntil(syncName).isPresent()) {
      complete = scan(sync, news) && readUnseen(sync, began, news, gone);
    } else {
      toldByClocks = true;
      Optional<Instant> since = cursor.map(at -> at.minus(overlap));
      complete =
          read(sync, filter, since, List.of(), sync.create().makesTickets(), news)
              && read(sync, Optional.empty(), since, List.of(), false, news);
    }
    if (complete) {
      // What could not be understood is asked for again until it can be: nothing moves past it.
      // And a clock that turns out to be further behind than thought may have hidden something.
      boolean wentBack = toldByClocks && overlap(health).compareTo(overlap) > 0;
      boolean movesOn = wasUnderstood(syncName, before) && !wentBack;
      Instant readTo = movesOn ? began : cursor.orElse(Instant.EPOCH);
      store.inTransaction(
          rows -> {
            // What was read with a filter that was changed meanwhile says nothing about the new
            // one.
            if (syncs.isInForce(sync)) {
              rows.setCursor(cursorName, readTo.toString());
            }
            return true;
          });
    }
    List<LookBatch> batches = new ArrayList<>(looks.wake(gone, true));
    batches.addAll(looks.wake(news, false));
    return batches;
  }

  /**
   * Every task of the sync's filter, whatever the clocks say; counts what no cycle could have seen.
   *
   * @param news receives the links whose task is new or different
   * @return false if ThreatConnect could not be read to the end
   */
  boolean sweep(SyncDefinition sync, Set<LinkKey> news) {
    Optional<Instant> cursor =
        store.inTransaction(rows -> rows.cursor(cursor(sync.name()))).map(Instant::parse);
    Set<LinkKey> found = new LinkedHashSet<>();
    boolean complete = scan(sync, found);
    news.addAll(found);
    if (cursor.isPresent() && trust.scanningUntil(sync.name()).isEmpty()) {
      Instant toldSince = cursor.get().minus(overlap(health));
      long missed =
          store.inTransaction(rows -> rows.load(found)).values().stream()
              .filter(
                  link ->
                      link.task()
                          .flatMap(seen -> seen.record().parentCase().lastUpdated())
                          .filter(at -> !at.isBefore(toldSince))
                          .isEmpty())
              .count();
      if (missed > 0) {
        trust.missed(sync.name(), missed);
      }
    }
    return complete;
  }

  /** Until when the tasks of a sync have been told of. */
  static String cursor(String sync) {
    return sync + "/tasks";
  }

  private boolean wasUnderstood(String sync, long passedOverBefore) {
    return report.passedOver(sync) == passedOverBefore;
  }

  private boolean scan(SyncDefinition sync, Set<LinkKey> news) {
    return read(
        sync,
        Optional.of(sync.filter()),
        Optional.empty(),
        List.of(),
        sync.create().makesTickets(),
        news);
  }

  /**
   * The linked tasks that a scan begun at {@code began} has not shown: they left the filter.
   *
   * @param gone receives those that are not there any more
   */
  private boolean readUnseen(
      SyncDefinition sync, Instant began, Set<LinkKey> news, Set<LinkKey> gone) {
    List<String> unseen = unseen(sync, began).stream().map(LinkKey::xid).toList();
    for (int i = 0; i < unseen.size(); i += LookBatch.MOST) {
      List<String> some = unseen.subList(i, Math.min(unseen.size(), i + LookBatch.MOST));
      if (!read(sync, Optional.empty(), Optional.empty(), some, false, news)) {
        return false;
      }
    }
    return unseen.isEmpty() || readEach(sync, unseen(sync, began), news, gone);
  }

  /** Those that no list has shown, one by one: a list may lack a row. */
  private boolean readEach(
      SyncDefinition sync, List<LinkKey> keys, Set<LinkKey> news, Set<LinkKey> gone) {
    for (LinkKey key : keys) {
      Instant asked = clock.instant();
      Outcome<TaskPresence> presence = systems.tasks().read(key.xid());
      if (presence.refusal().isPresent()) {
        return false;
      }
      if (presence.value().orElseThrow() instanceof TaskPresence.Present present) {
        List<Seen<Task>> seen = List.of(new Seen<>(present.task(), asked));
        news.addAll(store.inTransaction(rows -> rows.seeTasks(sync.name(), seen, false)));
      } else {
        gone.add(key);
      }
    }
    return true;
  }

  private List<LinkKey> unseen(SyncDefinition sync, Instant began) {
    return store.inTransaction(
        rows ->
            rows.load(rows.keys(sync.name(), Sweeps.LIVING)).values().stream()
                // A task that people named, and that no poll has shown yet, is not ours to ask for.
                .filter(
                    link ->
                        link.task().isPresent() || IdempotencyKey.looksLikeOne(link.key().xid()))
                .filter(link -> link.task().filter(seen -> !seen.at().isBefore(began)).isEmpty())
                .map(Link::key)
                .toList());
  }

  private boolean read(
      SyncDefinition sync,
      Optional<String> filter,
      Optional<Instant> touchedSince,
      List<String> xids,
      boolean propose,
      Set<LinkKey> news) {
    long afterId = 0;
    while (true) {
      Instant asked = clock.instant();
      Outcome<TaskPage> outcome =
          systems
              .tasks()
              .tasks(new TaskQuery(filter, touchedSince, xids, afterId, PAGE, sync.artifacts()));
      if (outcome.refusal().isPresent()) {
        LOG.warn(
            "sync {}: ThreatConnect did not list tasks: {}",
            sync.name(),
            outcome.refusal().get().words());
        return false;
      }
      TaskPage page = outcome.value().orElseThrow();
      page.unreadable().forEach(row -> report.unreadable(sync.name(), row));
      List<Seen<Task>> seen = new ArrayList<>();
      page.tasks().forEach(task -> seen.add(new Seen<>(task, asked)));
      news.addAll(store.inTransaction(rows -> rows.seeTasks(sync.name(), seen, propose)));
      if (!page.more()) {
        return true;
      }
      if (page.highestId() <= afterId) {
        LOG.warn("sync {}: a page of tasks did not advance beyond id {}", sync.name(), afterId);
        return false;
      }
      afterId = page.highestId();
    }
  }
}
