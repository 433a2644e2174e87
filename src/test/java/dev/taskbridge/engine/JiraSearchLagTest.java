package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreException;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search shows new issues 30 s late, answers get lost, and the program dies after creating. */
class JiraSearchLagTest {
  private static final String RETRY_DELAY = "taskbridge.http.retryDelay";
  private static final Duration LAG = Duration.ofSeconds(30);

  @TempDir Path folder;

  @BeforeEach
  void repeatAtOnce() {
    System.setProperty(RETRY_DELAY, "10");
  }

  @AfterEach
  void repeatAsUsual() {
    System.clearProperty(RETRY_DELAY);
  }

  /** A store that is gone from a certain moment on, as it is for a process that was killed. */
  private record Dying(LinkStore store, BooleanSupplier dead) implements LinkStore {
    @Override
    public <T> T inTransaction(Function<LinkRows, T> work) {
      if (dead.getAsBoolean()) {
        throw new StoreException("killed", null);
      }
      return store.inTransaction(work);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private static void look(Bridge bridge) throws InterruptedException {
    for (String poll : List.of("direct:poll-tickets", "direct:poll-tasks", "direct:due")) {
      try {
        bridge.call(poll, poll.equals("direct:due") ? "" : "soc");
      } catch (CamelExecutionException e) {
        // A store that is gone fails polls as well.
        assertThat(e).hasRootCauseInstanceOf(StoreException.class);
      }
    }
    bridge.looks().awaitRest(Duration.ofSeconds(30));
  }

  private static List<String> keys(Bench bench) {
    JsonArray issues =
        bench.issues.control("GET", "/_sim/state", new JsonObject()).getJsonArray("issues");
    List<String> keys = new ArrayList<>();
    for (Object issue : issues) {
      ((JsonObject) issue)
          .getJsonObject("fields").getJsonArray("labels", new JsonArray()).stream()
              .map(String::valueOf)
              .filter(IdempotencyKey::looksLikeOne)
              .forEach(keys::add);
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource({"CLOUD, 1", "CLOUD, 2", "DATA_CENTER, 1", "DATA_CENTER, 2"})
  void there_is_one_issue_a_task_whatever_was_lost(Flavour flavour, int seed) throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      bench.seed(120);
      bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("searchLag", "30s"));
      var config = bench.withJira(text -> text.replaceFirst("searchLag: 1s", "searchLag: 30s"));
      bench.forgetRequests();
      // Dead as soon as the first issues are made: none of them is recorded.
      try (Bridge killed =
          bench.bridge(
              config,
              new Dying(
                  JdbcLinkStore.open(StoreSettings.at(config.store().url())),
                  () -> !keys(bench).isEmpty()))) {
        look(killed);
      }
      int orphans = keys(bench).size();
      assertThat(orphans).isPositive();

      bench.issues.control(
          "PUT", "/_sim/faults", new JsonObject().put("lostResponseRate", 0.3).put("seed", seed));
      try (Bridge bridge = bench.bridge(config)) {
        bridge.wakeAll();
        for (int i = 0; i < 12; i++) {
          look(bridge);
          bench.wind(Duration.ofSeconds(7));
        }
        bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("lostResponseRate", 0.0));
        for (int i = 0; i < 12; i++) {
          look(bridge);
          bench.wind(LAG);
        }

        assertThat(Bench.links(bridge))
            .hasSizeGreaterThan(100)
            .allMatch(link -> link.state() == LinkState.LINKED);
        assertThat(keys(bench)).doesNotHaveDuplicates().hasSize(Bench.links(bridge).size());
        assertThat(Set.copyOf(keys(bench)))
            .containsAll(
                Bench.links(bridge).stream()
                    .map(link -> IdempotencyKey.of(link.key()).value())
                    .toList());
      }
    }
  }
}
