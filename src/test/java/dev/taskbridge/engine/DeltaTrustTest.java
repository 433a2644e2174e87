package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A ThreatConnect whose case clock does not move when a task changes. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class DeltaTrustTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;

  private static void rename(Bench bench, Link link, String name) {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", name));
  }

  private static String summary(Bench bench, Link link) {
    return bench.issue(link).getString("summary");
  }

  @Test
  void what_the_clock_misses_the_sweep_finds_and_counts_and_every_cycle_reads_all_from_then_on()
      throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
      Link link = Bench.links(bridge).get(0);
      bench.tasks.control("PUT", "/_sim/switches", new JsonObject().put("caseClock", false));
      rename(bench, link, "Nobody was told");
      ageEveryCase(bridge);
      Bench.once(bridge);
      assertThat(summary(bench, link)).isNotEqualTo("Nobody was told");
      assertThat(bridge.trust().missed("soc")).isZero();

      ageEveryCase(bridge);
      Bench.sweep(bridge);
      assertThat(summary(bench, link)).isEqualTo("Nobody was told");
      assertThat(bridge.trust().missed("soc")).isEqualTo(1);
      assertThat(bridge.trust().scanningUntil("soc")).isPresent();

      rename(bench, link, "Found by the next cycle");
      Bench.once(bridge);
      assertThat(summary(bench, link)).isEqualTo("Found by the next cycle");
      assertThat(bridge.trust().missed("soc")).isEqualTo(1);
    }
  }

  /** The cycles have looked past the present clocks of the cases. */
  private static void ageEveryCase(Bridge bridge) {
    bridge
        .store()
        .inTransaction(
            rows -> {
              rows.setCursor("soc/tasks", Instant.now().plus(Duration.ofHours(1)).toString());
              return true;
            });
  }
}
