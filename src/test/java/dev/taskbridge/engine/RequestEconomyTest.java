package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Speed is counted in requests: what the first carry and an idle cycle cost. */
class RequestEconomyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void the_first_carry_of_1000_tasks_to_jira_costs_at_most_60_requests(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
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

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_idle_cycle_asks_jira_once_and_a_status_change_over_one_transition_three_times(
      Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
      Bench.once(bridge);
      bench.forgetRequests();
      Bench.once(bridge);
      assertThat(Bench.requests(bench.issues))
          .as(Bench.byOperation(bench.issues).encode())
          .isEqualTo(1);

      // Closing a task that another waits for would move that one's issue, too.
      Set<Long> waitedFor =
          Bench.links(bridge).stream()
              .map(each -> each.task().orElseThrow().record().dependentOn().orElse(0))
              .collect(Collectors.toSet());
      Link link =
          Bench.links(bridge).stream()
              .filter(each -> !waitedFor.contains(each.task().orElseThrow().record().id()))
              .filter(each -> each.task().orElseThrow().record().status() == TaskStatus.OPEN)
              .findFirst()
              .orElseThrow();
      bench.tasks.send(
          "PUT",
          "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
          new JsonObject().put("status", "Closed"));
      bench.forgetRequests();
      bridge.call("direct:poll-tasks", "soc");
      assertThat(bridge.looks().awaitRest(Duration.ofSeconds(30))).isTrue();

      assertThat(
              Bench.links(bridge).stream()
                  .filter(each -> each.key().equals(link.key()))
                  .allMatch(each -> each.ticket().orElseThrow().record().closed()))
          .isTrue();
      assertThat(Bench.requests(bench.issues))
          .as(Bench.byOperation(bench.issues).encode())
          .isLessThanOrEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_idle_cycle_costs_at_most_4_requests_and_no_write_however_many_links_there_are(
      Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
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
    assertThat(Bench.writes(bench.tasks)).isEmpty();
    assertThat(Bench.writes(bench.issues)).isEmpty();
    return Bench.requests(bench.tasks) + Bench.requests(bench.issues);
  }
}
