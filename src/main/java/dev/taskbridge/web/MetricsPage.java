package dev.taskbridge.web;

import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.store.JournalEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** {@code /metrics} in Prometheus's text form. Thread-safe. */
public final class MetricsPage {
  private static final String PREFIX = "taskbridge_";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Bridge bridge;
  private final MultiGauge links;

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
