package dev.taskbridge.engine;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.SystemHealth.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.spi.InflightRepository;

/** One cycle by hand: what the schedules do all day, once, until nothing is left to do. */
public final class Cycle {
  /** How long a creation whose answer was lost, or a throttled system, is waited for. */
  /** The route whose exchanges are the looks, see {@code routes/reconcile.yaml}. */
  private static final String RECONCILE = "reconcile";

  private static final Duration LONGEST_TELLING = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(3);

  private static final Duration LONGEST_LOOK = Duration.ofMinutes(30);

  private static final int PAGE = 500;
  private static final Set<LinkState> UNFINISHED =
      EnumSet.of(LinkState.PROPOSED, LinkState.CREATING, LinkState.LINKED);

  private final Bridge bridge;
  private final Clock clock;

  public Cycle(Bridge bridge, Clock clock) {
    this.bridge = bridge;
    this.clock = clock;
  }

  /** Looks at what changed in the given syncs. */
  public void once(List<String> syncs) throws InterruptedException {
    bridge.wakeAll();
    for (String sync : syncs) {
      // In this order: no ticket is made before the sync follows what happens to tickets.
      bridge.call("direct:poll-tickets", sync);
      bridge.call("direct:poll-tasks", sync);
    }
    rest();
    for (String sync : syncs) {
      bridge.call("direct:carry-comments", sync);
    }
  }

  /** Looks at everything in the given syncs. */
  public void sweep(List<String> syncs) throws InterruptedException {
    for (String sync : syncs) {
      bridge.call("direct:sweep", sync);
    }
    rest();
    for (String sync : syncs) {
      bridge.call("direct:carry-comments", sync);
    }
  }

  /** Waits until what was begun has ended, and for what is due in a moment. */
  private void rest() throws InterruptedException {
    Instant end = clock.instant().plus(LONGEST_WAIT);
    while (true) {
      if (!bridge.looks().awaitRest(LONGEST_LOOK)) {
        throw new IllegalStateException("the looks did not come to an end; see the log");
      }
      awaitTold();
      Optional<Instant> next = nextUnfinished();
      if (next.isEmpty() || next.get().isAfter(end) || isSystemDown()) {
        return;
      }
      Duration wait = Duration.between(clock.instant(), next.get());
      if (!wait.isNegative()) {
        // Nothing else can happen before: a lagging search, or a system that asked for patience.
        Thread.sleep(wait.toMillis() + 1);
      }
      bridge.call("direct:due", "");
    }
  }

  /** A lane that has let go of its links may still be telling what it did. */
  private void awaitTold() throws InterruptedException {
    InflightRepository lanes = bridge.camel().getInflightRepository();
    long end = System.nanoTime() + LONGEST_TELLING.toNanos();
    while (lanes.size(RECONCILE) > 0 && System.nanoTime() < end) {
      Thread.sleep(1);
    }
  }

  /** When the first link that is neither settled nor failing is due. */
  private Optional<Instant> nextUnfinished() {
    boolean nothingIsDue =
        bridge.syncs().all().stream()
            .allMatch(
                sync -> bridge.store().inTransaction(rows -> rows.nextDue(sync.name())).isEmpty());
    if (nothingIsDue) {
      return Optional.empty();
    }
    Optional<Instant> next = Optional.empty();
    Optional<LinkKey> after = Optional.empty();
    while (true) {
      Optional<LinkKey> from = after;
      List<Link> page =
          bridge.store().inTransaction(rows -> rows.page(Optional.empty(), UNFINISHED, from, PAGE));
      next =
          Stream.concat(next.stream(), page.stream().flatMap(link -> link.dueAt().stream()))
              .min(Comparator.naturalOrder());
      if (page.size() < PAGE) {
        return next;
      }
      after = Optional.of(page.get(page.size() - 1).key());
    }
  }

  private boolean isSystemDown() {
    return bridge.health().states().values().stream()
        .anyMatch(
            state -> state.condition() == Condition.DOWN || state.condition() == Condition.DENIED);
  }
}
