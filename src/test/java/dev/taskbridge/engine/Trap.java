package dev.taskbridge.engine;

import static org.awaitility.Awaitility.await;

import dev.taskbridge.engine.Front.Asked;
import dev.taskbridge.engine.Front.Fate;
import dev.taskbridge.engine.Front.Lose;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.engine.Front.Reset;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Kills the program at a request of its own: before it is done, once it is done, or answered. */
final class Trap implements Front.Rule {
  /** From the first request on, when too few come to spring it. */
  private static final Duration LONGEST_WORK = Duration.ofSeconds(5);

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Predicate<Asked> counts;
  private final AtomicInteger left;
  private final AtomicReference<Daemon> daemon = new AtomicReference<>();
  private final int moment;
  private final int later;
  private final AtomicLong firstRequest = new AtomicLong();
  private volatile String where = "after it";

  /**
   * A trap for no program yet.
   *
   * @param counts the requests that count
   * @param number at which of them it springs, 1 for the first
   */
  Trap(Predicate<Asked> counts, int number, Random dice) {
    this.counts = counts;
    this.left = new AtomicInteger(number);
    this.moment = dice.nextInt(3);
    this.later = dice.nextInt(30);
  }

  /** Whom to kill; before its first request. */
  Daemon catching(Daemon started) {
    daemon.set(started);
    return started;
  }

  @Override
  public Fate of(Asked asked) {
    firstRequest.compareAndSet(0, System.nanoTime());
    Daemon victim = daemon.get();
    if (victim == null || !counts.test(asked) || left.decrementAndGet() != 0) {
      return new Pass();
    }
    where = asked.operation();
    if (moment == 0) {
      where += ", not done";
      victim.kill();
      return new Reset();
    }
    if (moment == 1) {
      where += ", done and not answered";
      return new Lose(victim::kill);
    }
    where += ", answered";
    CompletableFuture.delayedExecutor(later, TimeUnit.MILLISECONDS).execute(victim::kill);
    return new Pass();
  }

  private boolean hasWorkedLong() {
    long first = firstRequest.get();
    return first != 0 && System.nanoTime() - first > LONGEST_WORK.toNanos();
  }

  /**
   * Waits for the kill; when too few requests come to spring the trap, kills all the same.
   *
   * @return where it was killed
   */
  String awaitKill(Daemon victim) throws InterruptedException {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !victim.isAlive() || hasWorkedLong());
    victim.kill();
    victim.awaitEnd();
    return where;
  }
}
