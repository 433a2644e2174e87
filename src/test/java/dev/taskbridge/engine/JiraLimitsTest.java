package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jira Cloud's limit of one issue, which Data Center does not have. */
class JiraLimitsTest {
  private static final int WRITES_IN_TWO_SECONDS = 20;

  @TempDir Path folder;

  private static void rename(Bench bench, Link link, String name) {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", name));
  }

  private static String summary(Bench bench, Link link) {
    return bench.issue(link).getString("summary");
  }

  private static Link now(Bridge bridge, Link link) {
    return Bench.links(bridge).stream()
        .filter(each -> each.key().equals(link.key()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_issue_that_is_written_to_too_often_holds_up_its_own_link_only() throws Exception {
    try (Bench bench = new Bench(folder, Flavour.CLOUD);
        Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
      List<Link> links = Bench.links(bridge);
      Link busy = links.get(0);
      Link other = links.get(1);
      rename(bench, busy, "Renamed while many write");
      rename(bench, other, "Renamed meanwhile");
      for (int i = 0; i < WRITES_IN_TWO_SECONDS; i++) {
        bench.issues.send(
            "PUT", bench.issuePath(busy) + "/properties/watch", new JsonObject().put("seen", i));
      }

      bridge.call("direct:poll-tasks", "soc");
      assertThat(bridge.looks().awaitRest(Duration.ofSeconds(30))).isTrue();

      assertThat(summary(bench, other)).isEqualTo("Renamed meanwhile");
      assertThat(summary(bench, busy)).isNotEqualTo("Renamed while many write");
      assertThat(now(bridge, busy).state()).isEqualTo(LinkState.LINKED);
      assertThat(now(bridge, busy).reason()).contains("waiting", "jira-per-issue-on-write");
      assertThat(bridge.health().states().get("jira-soc").condition())
          .isEqualTo(SystemHealth.Condition.UP);
      assertThat(bridge.health().pausedUntil("jira-soc")).isEmpty();

      Bench.once(bridge);

      assertThat(summary(bench, busy)).isEqualTo("Renamed while many write");
      assertThat(now(bridge, busy).reason()).isEmpty();
    }
  }
}
