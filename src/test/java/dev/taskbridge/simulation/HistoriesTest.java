package dev.taskbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.taskbridge.simulation.Histories.Broken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Histories by the thousand, each of one seed: after each the promises are checked. {@code
 * -Dhistories=1000000} runs more, {@code -Dhistory=42} one, with its story; {@code -Dfrom=} is the
 * first seed.
 */
class HistoriesTest {
  private static final int HISTORIES = Integer.getInteger("histories", 5_000);
  private static final long FROM = Long.getLong("from", 1);

  /** Broke a promise once, beyond those that are run every time. */
  private static final long[] ONCE_BROKEN = {
    8_898, 10_650, 14_151, 16_332, 18_714, 31_146, 35_572, 43_698, 77_352, 90_316, 94_342, 108_690,
    111_804, 128_806, 130_774, 130_885, 131_740, 136_331, 153_265, 153_578, 157_273, 260_154,
    336_024, 411_277, 350_344, 360_785, 471_546, 544_833, 548_838, 648_635, 698_080, 749_162,
    880_788
  };

  private static final int TOLD_EVERY = 20_000;

  /** A run at length goes on past a broken history, to find what else is wrong. */
  private static final int ENOUGH_BROKEN = 10;

  @Test
  void no_history_breaks_a_promise() throws Exception {
    Long only = Long.getLong("history");
    if (only != null) {
      Optional<Broken> broken = Histories.run(only, Flaw::none);
      broken.ifPresent(each -> fail(each.toString()));
      return;
    }
    long began = System.nanoTime();
    AtomicLong next = new AtomicLong(FROM);
    Queue<Broken> found = new ConcurrentLinkedQueue<>();
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService all = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(all.submit(() -> run(next, found, began)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      all.shutdownNow();
    }
    told(HISTORIES, began);
    assertThat(found).isEmpty();
  }

  @Test
  void what_was_broken_once_stays_mended() {
    for (long seed : ONCE_BROKEN) {
      Histories.run(seed, Flaw::none).ifPresent(broken -> fail(broken.toString()));
    }
  }

  private static void run(AtomicLong next, Queue<Broken> found, long began) {
    while (found.size() < ENOUGH_BROKEN) {
      long seed = next.getAndIncrement();
      if (seed >= FROM + HISTORIES) {
        return;
      }
      Histories.run(seed, Flaw::none)
          .ifPresent(
              broken -> {
                found.add(broken);
                System.out.println(broken);
              });
      if ((seed - FROM + 1) % TOLD_EVERY == 0) {
        told(seed - FROM + 1, began);
      }
    }
  }

  private static void told(long histories, long began) {
    Duration time = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf(
        "%,d histories in %d s, %d a second%n",
        histories, time.toSeconds(), histories * 1_000 / Math.max(1, time.toMillis()));
  }
}
