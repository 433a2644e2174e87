package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.domain.Side;
import dev.taskbridge.store.JournalEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * People edit both sides all the time while everything goes wrong at once. {@code
 * -Dstorm.seconds=600 -Dstorm.links=1000 -Dstorm.every=100} is the long version of it, {@code
 * -Dstorm.product=JIRA_DATA_CENTER} the one with that product alone.
 */
class StormTest {
  private static final String RETRY_DELAY = "taskbridge.http.retryDelay";
  private static final int LINKS = Integer.getInteger("storm.links", 100);
  private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("storm.seconds", 8));
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** One edit on each side. */
  private static final Duration EVERY = Duration.ofMillis(Integer.getInteger("storm.every", 100));

  @TempDir Path folder;

  static Stream<Product> products() {
    String only = System.getProperty("storm.product", "");
    return only.isEmpty() ? Stream.of(Product.values()) : Stream.of(Product.valueOf(only));
  }

  @ParameterizedTest
  @MethodSource("products")
  void a_storm_of_edits_under_every_fault_at_once_ends_in_agreement(Product product)
      throws Exception {
    System.setProperty(RETRY_DELAY, "20");
    try (Bench bench = product.bench(folder)) {
      bench.seed(LINKS);
      Bridge bridge = bench.bridge(product.configWithNotes(bench));
      try (bridge) {
        Bench.once(bridge);
        bridge.startSchedules();
        People people = new People(bench, product, new Random(7));
        AtomicInteger writes = new AtomicInteger();
        bridge.announcements().listen(entry -> writes.addAndGet(isWrite(entry) ? 1 : 0));
        people.meet();
        bench.forgetRequests();
        everythingGoesWrong(bench, product);

        long end = System.nanoTime() + LENGTH.toNanos();
        while (System.nanoTime() < end) {
          long next = System.nanoTime() + EVERY.toNanos();
          people.edit(Side.TASK);
          people.edit(Side.TICKET);
          await()
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(2))
              .until(() -> System.nanoTime() >= next);
        }
        long asked = Bench.requests(bench.tasks) + Bench.requests(product.client(bench));
        allIsWell(bench, product);

        long began = System.nanoTime();
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(500))
            .untilAsserted(() -> assertThat(people.complaints()).isEmpty());
        System.out.printf(
            "%s: %d edits by people in %d s on %d links; %d requests under way, %.2f an edit, of"
                + " those %d by people; %d writes; agreement %d ms after the last fault%n",
            product,
            people.edits(),
            LENGTH.toSeconds(),
            people.tasks().size(),
            asked,
            (asked - people.requests()) / (double) people.edits(),
            people.requests(),
            writes.get(),
            (System.nanoTime() - began) / 1_000_000);
      }
    } finally {
      System.clearProperty(RETRY_DELAY);
    }
  }

  private static boolean isWrite(JournalEntry entry) {
    return entry.kind().startsWith("wrote-");
  }

  private static void everythingGoesWrong(Bench bench, Product product) {
    JsonObject faults =
        new JsonObject()
            .put("latency", "15ms")
            .put("errorRate", 0.2)
            .put("errorStatuses", new JsonArray().add(500).add(503))
            .put("resetRate", 0.03)
            .put("lostResponseRate", 0.03)
            .put("malformedRate", 0.03)
            .put("rateLimitPerSecond", 60)
            .put("searchLag", "1s");
    product.faults(bench, faults);
    bench.tasks.control("PUT", "/_sim/faults", faults.copy().put("searchLag", "0s"));
  }

  private static void allIsWell(Bench bench, Product product) {
    JsonObject none =
        new JsonObject()
            .put("latency", "0ms")
            .put("errorRate", 0)
            .put("resetRate", 0)
            .put("lostResponseRate", 0)
            .put("malformedRate", 0)
            .put("rateLimitPerSecond", 0)
            .put("searchLag", "0s");
    product.faults(bench, none);
    bench.tasks.control("PUT", "/_sim/faults", none);
  }
}
