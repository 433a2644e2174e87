package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.engine.Front.Silence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while everything is under way and nothing answers. */
class TerminatedProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void it_ends_well_within_ten_seconds_of_sigterm_while_its_requests_hang() throws Exception {
    try (Bench bench = new Bench(folder)) {
      Front tickets = bench.front(bench.jira);
      bench.seed(500);
      bench.withJira("notes: { direction: both, visibility: public }");
      AtomicInteger hanging = new AtomicInteger();
      AtomicInteger created = new AtomicInteger();
      tickets.rule(
          asked -> {
            // The first batches are carried, so that many links are under way when it goes silent.
            if (created.get() >= 3) {
              hanging.incrementAndGet();
              return new Silence();
            }
            created.addAndGet(asked.target().contains("/issue/bulk") ? 1 : 0);
            return new Pass();
          });
      try (Daemon daemon = Daemon.start(bench, folder)) {
        await().atMost(PATIENCE).until(() -> hanging.get() > 0);

        long asked = System.nanoTime();
        int code = daemon.end();
        Duration took = Duration.ofNanos(System.nanoTime() - asked);

        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(code).isZero();
        System.out.println("ended " + took.toMillis() + " ms after SIGTERM");
      }
    }
  }
}
