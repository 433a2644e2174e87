package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.engine.Front.Silence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** SIGTERM while everything is under way and nothing answers. */
class TerminatedProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(value = Product.class, names = "JIRA_.*", mode = Mode.MATCH_ANY)
  void run_ends_in_order_within_ten_seconds_and_its_next_start_finishes_the_work(Product jira)
      throws Exception {
    try (Bench bench = jira.bench(folder)) {
      Front tickets = bench.front(bench.jira);
      bench.seed(200);
      jira.configWithNotes(bench);
      People people = new People(bench, jira, new Random(1));
      AtomicInteger hanging = silentAfterTheFirstBatches(tickets);
      try (Daemon daemon = Daemon.start(bench, folder)) {
        await().atMost(PATIENCE).until(() -> hanging.get() > 0);

        long asked = System.nanoTime();
        int code = daemon.end();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(code).isZero();
      }
      tickets.rule(Front.PASS_ALL);
      try (Daemon daemon = Daemon.start(bench, folder)) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(people.complaints()).isEmpty());
        assertThat(daemon.end()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Product.class, names = "JIRA_.*", mode = Mode.MATCH_ANY)
  void a_command_ends_at_once(Product jira) throws Exception {
    try (Bench bench = jira.bench(folder)) {
      Front tickets = bench.front(bench.jira);
      bench.seed(3);
      jira.config(bench);
      AtomicInteger hanging = new AtomicInteger();
      tickets.rule(
          asked -> {
            hanging.incrementAndGet();
            return new Silence();
          });
      try (Daemon once = Daemon.start(bench, folder, "once")) {
        await().atMost(PATIENCE).until(() -> hanging.get() > 0);

        long asked = System.nanoTime();
        once.end();

        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  /** Counts the requests that hang. */
  private static AtomicInteger silentAfterTheFirstBatches(Front tickets) {
    AtomicInteger hanging = new AtomicInteger();
    AtomicInteger created = new AtomicInteger();
    tickets.rule(
        asked -> {
          // Many links are under way when it goes silent.
          if (created.get() >= 3) {
            hanging.incrementAndGet();
            return new Silence();
          }
          created.addAndGet(asked.target().contains("/issue/bulk") ? 1 : 0);
          return new Pass();
        });
    return hanging;
  }
}
