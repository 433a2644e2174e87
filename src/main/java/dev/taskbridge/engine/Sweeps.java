package dev.taskbridge.engine;

import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The looks at everything: what the cycles missed, what was deleted, what is due. Thread-safe. */
public final class Sweeps {
  private static final int MOST_DUE = 2_000;
  private static final int MOST_PAIRED = 500;
  static final Set<LinkState> LIVING = EnumSet.complementOf(EnumSet.of(LinkState.RETIRED));
  private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);

  /**
   * How long everything is told; the newest {@link #ALWAYS_TOLD} events of a link stay for ever.
   */
  static final Duration TOLD = Duration.ofDays(90);

  static final int ALWAYS_TOLD = 20;
  static final int MOST_TOLD = 1_000;
  private static final Duration PRUNING = Duration.ofDays(1);

  private final LinkStore store;
  private final Syncs syncs;
  private final TaskPolls taskPolls;
  private final Looks looks;
  private final Clock clock;

  public Sweeps(LinkStore store, Syncs syncs, TaskPolls taskPolls, Looks looks, Clock clock) {
    this.store = store;
    this.syncs = syncs;
    this.taskPolls = taskPolls;
    this.looks = looks;
    this.clock = clock;
  }

  /**
   * One full reconciliation: every task of the filter is read, and every link looked at with fresh
   * sights of both sides.
   */
  public List<LookBatch> sweep(String syncName) {
    SyncDefinition sync = syncs.get(syncName);
    prune(syncName);
    Set<LinkKey> news = new LinkedHashSet<>();
    if (!taskPolls.sweep(sync, news)) {
      LOG.warn("sync {}: the sweep is put off, ThreatConnect could not be read", syncName);
      return List.of();
    }
    List<LinkKey> living = store.inTransaction(rows -> rows.keys(syncName, LIVING));
    if (sync.notes().isPresent()) {
      lookAtCarriedComments(syncName, living);
    }
    return new ArrayList<>(looks.wake(living, true));
  }

  /**
   * An edited or deleted comment moves neither side's clock (seen on Jira), so what was carried is
   * compared as slowly as everything else.
   */
  private void lookAtCarriedComments(String sync, List<LinkKey> living) {
    for (int i = 0; i < living.size(); i += MOST_PAIRED) {
      List<LinkKey> some = living.subList(i, Math.min(living.size(), i + MOST_PAIRED));
      store.inTransaction(
          rows -> {
            List<String> carried = new ArrayList<>();
            rows.commentPairs(some)
                .forEach(
                    (key, pairs) -> {
                      if (pairs.stream().anyMatch(pair -> !pair.gone())) {
                        carried.add(key.xid());
                      }
                    });
            LinksDue.COMMENTS.add(rows, sync, carried);
            return true;
          });
    }
  }

  /** Bounds the journal, once a day, since it reads all of it. */
  private void prune(String sync) {
    Instant now = clock.instant();
    String pruned = sync + "/journal-pruned";
    int removed =
        store.inTransaction(
            rows -> {
              boolean isTime =
                  rows.cursor(pruned)
                      .map(Instant::parse)
                      .filter(last -> last.plus(PRUNING).isAfter(now))
                      .isEmpty();
              if (!isTime) {
                return 0;
              }
              rows.setCursor(pruned, now.toString());
              return rows.pruneJournal(sync, now.minus(TOLD), ALWAYS_TOLD, MOST_TOLD);
            });
    if (removed > 0) {
      LOG.info("sync {}: {} old events are no longer told", sync, removed);
    }
  }

  /** The links whose time has come, and those whose last look came to nothing. */
  public List<LookBatch> due() {
    List<LookBatch> batches = new ArrayList<>(looks.wake(looks.takeUnfinished(), false));
    for (SyncDefinition sync : syncs.all()) {
      batches.addAll(
          looks.wake(
              store.inTransaction(rows -> rows.due(sync.name(), clock.instant(), MOST_DUE)), true));
    }
    return batches;
  }

  /** Every living link, as after a start: what was seen before a crash may not have been done. */
  public List<LookBatch> all() {
    List<LookBatch> batches = new ArrayList<>();
    for (SyncDefinition sync : syncs.all()) {
      batches.addAll(
          looks.wake(store.inTransaction(rows -> rows.keys(sync.name(), LIVING)), false));
    }
    return batches;
  }
}
