package dev.taskbridge.engine;

import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the case's clock is trusted to tell of changed tasks. Whether a task's change moves that
 * clock is not documented, so the sweep counts what the cycles had missed; a sync that misses is
 * scanned whole in every cycle for a day, and then tried again. Thread-safe; survives restarts.
 */
public final class DeltaTrust {
  static final Duration SCANNING = Duration.ofDays(1);
  private static final Logger LOG = LoggerFactory.getLogger(DeltaTrust.class);

  private final LinkStore store;
  private final Clock clock;

  public DeltaTrust(LinkStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Until when every cycle of a sync reads all its tasks; empty while its clock is trusted. */
  public Optional<Instant> scanningUntil(String sync) {
    return store
        .inTransaction(rows -> rows.cursor(untilName(sync)))
        .map(Instant::parse)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** How many changes of a sync's tasks the cycles have missed and a sweep has found, in all. */
  public long missed(String sync) {
    return store.inTransaction(rows -> missed(rows, sync));
  }

  /** A sweep found {@code count} changes that no cycle could have seen. */
  void missed(String sync, long count) {
    Instant until = clock.instant().plus(SCANNING);
    store.inTransaction(
        rows -> {
          rows.setCursor(missedName(sync), String.valueOf(missed(rows, sync) + count));
          rows.setCursor(untilName(sync), until.toString());
          return true;
        });
    LOG.warn(
        "sync {}: the sweep found {} changes that the case's clock had not told of; until {} every"
            + " cycle reads all tasks",
        sync,
        count,
        until);
  }

  private static long missed(LinkRows rows, String sync) {
    return rows.cursor(missedName(sync)).map(Long::parseLong).orElse(0L);
  }

  private static String untilName(String sync) {
    return sync + "/scan-until";
  }

  private static String missedName(String sync) {
    return sync + "/missed";
  }
}
