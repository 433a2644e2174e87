package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.LinkState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speed is counted in requests: what the first carry and an idle cycle cost. */
class RequestEconomyTest {
  @TempDir Path folder;

  @Test
  void the_first_carry_of_1000_tasks_to_jira_costs_at_most_60_requests() throws Exception {
    try (Bench bench = new Bench(folder)) {
      bench.seed(1_000);
      bench.forgetRequests();

      try (Bridge bridge = bench.bridge(bench.withJira())) {
        Bench.once(bridge);

        assertThat(Bench.links(bridge))
            .hasSizeGreaterThanOrEqualTo(1_000)
            .allMatch(link -> link.state() == LinkState.LINKED);
      }
      assertThat(Bench.requests(bench.tasks) + Bench.requests(bench.issues))
          .as(
              "%s %s",
              Bench.byOperation(bench.tasks).encode(), Bench.byOperation(bench.issues).encode())
          .isLessThanOrEqualTo(60);
    }
  }

  @Test
  void an_idle_cycle_costs_at_most_4_requests_and_no_write_however_many_links_there_are()
      throws Exception {
    try (Bench bench = new Bench(folder)) {
      bench.seed(50);
      TaskbridgeConfig config = bench.withJira();
      try (Bridge bridge = bench.bridge(config)) {
        Bench.once(bridge);
        long few = idleCycle(bench, bridge);

        bench.seed(2_000);
        Bench.once(bridge);
        long many = idleCycle(bench, bridge);

        assertThat(few).isLessThanOrEqualTo(4).isEqualTo(many);
      }
    }
  }

  private static long idleCycle(Bench bench, Bridge bridge) throws InterruptedException {
    // The cycle after a carry still sees what was made; only then there is nothing to see.
    Bench.once(bridge);
    bench.forgetRequests();
    Bench.once(bridge);
    assertThat(Bench.byOperation(bench.tasks).fieldNames())
        .allMatch(operation -> operation.startsWith("GET ") || operation.startsWith("OPTIONS "));
    assertThat(Bench.byOperation(bench.issues).fieldNames())
        .allMatch(operation -> operation.startsWith("GET ") || operation.endsWith("/search/jql"));
    return Bench.requests(bench.tasks) + Bench.requests(bench.issues);
  }
}
