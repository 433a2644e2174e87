package dev.taskbridge.web;

import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Carried;
import dev.taskbridge.engine.LinkWorker.Looked;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.engine.SystemHealth.State;
import dev.taskbridge.engine.Systems;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.Pending;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;

/** {@code /metrics} in Prometheus's text form. Thread-safe. */
public final class MetricsPage {
  private static final String PREFIX = "taskbridge_";
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofHours(1)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Bridge bridge;
  private final MultiGauge links;
  private final Timer looks;

  /** Meters for {@code bridge}, from now on. */
  public MetricsPage(Bridge bridge) {
    this.bridge = bridge;
    this.links =
        MultiGauge.builder(PREFIX + "links")
            .description("links by sync and state")
            .register(registry);
    registry.counter(PREFIX + "conflicts_total");
    registry.counter(PREFIX + "failures_total");
    for (SyncDefinition sync : bridge.syncs().all()) {
      FunctionCounter.builder(
              PREFIX + "delta_missed_total",
              bridge.trust(),
              trust -> (double) trust.missed(sync.name()))
          .description("changes that cycles had missed and a sweep has found")
          .tag("sync", sync.name())
          .register(registry);
    }
    bridge.announcements().listen(this::count);
    looks =
        Timer.builder(PREFIX + "reconcile")
            .description("one look at a batch of links, requests included")
            .serviceLevelObjectives(BUCKETS)
            .register(registry);
    bridge.announcements().listenToLooks(this::looked);
    Gauge.builder(PREFIX + "oldest_pending_seconds", this, MetricsPage::oldestPending)
        .description("how long the oldest link or edit that is not in agreement has been so")
        .register(registry);
    throttled(Systems.THREATCONNECT);
    bridge.config().systems().keySet().forEach(this::throttled);
    bridge.requests(
        (system, operation, outcome) ->
            registry
                .counter(
                    PREFIX + "requests_total",
                    "system",
                    system,
                    "operation",
                    operation,
                    "status",
                    outcome)
                .increment());
  }

  private void throttled(String system) {
    FunctionCounter.builder(
            PREFIX + "throttled_seconds_total",
            bridge.health(),
            health -> health.throttled(system).toMillis() / 1000.0)
        .description("how long a system has kept us waiting for its limits")
        .tag("system", system)
        .register(registry);
  }

  private void looked(Looked look) {
    looks.record(look.took());
    for (Carried each : look.carried()) {
      Timer.builder(PREFIX + "propagation")
          .description("from an edit to its arrival, by the edited system's own clock")
          .tag("sync", each.link().sync())
          .tag("direction", "to-" + each.to().word())
          .serviceLevelObjectives(BUCKETS)
          .register(registry)
          .record(each.after());
    }
  }

  /** In seconds; an edit that waits for a system counts from when that system's trouble began. */
  private double oldestPending() {
    Pending pending = bridge.store().inTransaction(rows -> rows.pending());
    Stream<Instant> troubles =
        bridge.health().states().values().stream()
            .filter(state -> pending.waiting() > 0)
            .filter(
                state ->
                    state.condition() != Condition.UP && state.condition() != Condition.UNKNOWN)
            .map(State::since);
    return Stream.concat(pending.since().stream(), troubles)
        .min(Comparator.naturalOrder())
        .map(since -> Duration.between(since, bridge.clock().instant()).toMillis() / 1000.0)
        .map(age -> Math.max(0, age))
        .orElse(0.0);
  }

  /** Answers a scrape. */
  public void scrape(Exchange exchange) {
    Map<String, Map<LinkState, Long>> counts = bridge.store().inTransaction(rows -> rows.counts());
    List<Row<?>> rows = new ArrayList<>();
    for (SyncDefinition sync : bridge.syncs().all()) {
      Map<LinkState, Long> states = counts.getOrDefault(sync.name(), Map.of());
      for (LinkState state : LinkState.values()) {
        rows.add(
            Row.of(
                Tags.of("sync", sync.name(), "state", state.word()),
                states.getOrDefault(state, 0L)));
      }
    }
    links.register(rows, true);
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "text/plain; version=0.0.4");
    exchange.getMessage().setBody(registry.scrape());
  }

  private void count(JournalEntry entry) {
    switch (entry.kind()) {
      case "conflict" -> registry.counter(PREFIX + "conflicts_total").increment();
      case "failing", "refused" -> registry.counter(PREFIX + "failures_total").increment();
      default -> {}
    }
  }
}
