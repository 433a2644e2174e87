package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged program as a process, killed with SIGKILL at a random moment of its first carry and
 * started again. {@code -Dkills=10} says how many times, each with another seed.
 */
class KilledProcessIT {
  private static final int TASKS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;

  static IntStream seeds() {
    return IntStream.rangeClosed(1, Integer.getInteger("kills", 4));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void a_first_carry_that_is_killed_and_started_again_makes_one_ticket_a_task(int seed)
      throws Exception {
    Random dice = new Random(seed);
    try (Bench bench = new Bench(folder, Flavour.CLOUD)) {
      bench.seed(TASKS);
      bench.withJira();
      bench.forgetRequests();
      bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("latency", "100ms"));

      Process first = start(bench);
      try {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> Bench.requests(bench.issues) > 0);
        long killAt = System.nanoTime() + dice.nextInt(2_000) * 1_000_000L;
        await().pollInterval(Duration.ofMillis(1)).until(() -> System.nanoTime() >= killAt);
      } finally {
        first.destroyForcibly().waitFor();
      }
      int before = keys(bench).size();
      bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("latency", "0ms"));
      bench.forgetRequests();

      Process second = start(bench);
      try {
        long open = openTasks(bench);
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(100))
            .until(() -> distinct(keys(bench)) >= open && cycles(bench) >= 6);
      } finally {
        second.destroy();
        assertThat(second.waitFor()).isZero();
      }
      System.out.println("seed " + seed + ": killed with " + before + " tickets made");

      Map<String, Integer> perKey = new HashMap<>();
      keys(bench).forEach(key -> perKey.merge(key, 1, Integer::sum));
      assertThat(perKey)
          .as("killed with %s of %s tickets made", before, perKey.size())
          .hasSize((int) openTasks(bench))
          .allSatisfy((key, count) -> assertThat(count).isEqualTo(1));
    }
  }

  private Process start(Bench bench) throws IOException {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx192m",
        "-jar",
        Path.of("target", "taskbridge.jar").toAbsolutePath().toString(),
        "--config",
        folder.resolve("taskbridge.yaml").toString(),
        "run");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(bench.environment());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("daemon.log").toFile()))
        .start();
  }

  /** How many times the tasks were listed: twice a cycle. */
  private static long cycles(Bench bench) {
    return Bench.byOperation(bench.tasks).getLong("GET /api/v3/tasks", 0L);
  }

  private static long openTasks(Bench bench) {
    return bench
        .tasks
        .get("/api/v3/tasks?resultLimit=1&count=true&tql=status%20!%3D%20%22Closed%22")
        .getLong("count");
  }

  private static long distinct(List<String> keys) {
    return keys.stream().distinct().count();
  }

  private static List<String> keys(Bench bench) {
    JsonArray issues =
        bench.issues.control("GET", "/_sim/state", new JsonObject()).getJsonArray("issues");
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < issues.size(); i++) {
      issues
          .getJsonObject(i)
          .getJsonObject("fields")
          .getJsonArray("labels", new JsonArray())
          .stream()
          .map(String::valueOf)
          .filter(IdempotencyKey::looksLikeOne)
          .forEach(keys::add);
    }
    return keys;
  }
}
