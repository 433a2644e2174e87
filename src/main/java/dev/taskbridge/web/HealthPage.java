package dev.taskbridge.web;

import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.CycleReport;
import dev.taskbridge.engine.DeltaTrust;
import dev.taskbridge.engine.StoreHealth;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.engine.Syncs;
import dev.taskbridge.engine.SystemHealth;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.engine.SystemHealth.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.Exchange;

/**
 * {@code /health/live} and {@code /health/ready}: whether the process runs, and whether the store
 * and every system answer, each with its own words. Thread-safe.
 */
public final class HealthPage {
  private static final int MOST_ROWS = 20;

  private final SystemHealth systems;
  private final StoreHealth store;
  private final DeltaTrust trust;
  private final Syncs syncs;
  private final CycleReport report;
  private final Supplier<Optional<String>> configurationTrouble;

  public HealthPage(Bridge bridge) {
    this.systems = bridge.health();
    this.store = bridge.storeHealth();
    this.trust = bridge.trust();
    this.syncs = bridge.syncs();
    this.report = bridge.cycleReport();
    this.configurationTrouble = bridge::configurationTrouble;
  }

  /** 200 as long as the process can answer at all. */
  public void live(Exchange exchange) {
    JsonAnswer.give(exchange, 200, Map.of("status", "UP"));
  }

  /** 200 when everything can be carried over, else 503; the body says what cannot and why. */
  public void ready(Exchange exchange) {
    Map<String, Object> parts = new LinkedHashMap<>();
    Optional<String> trouble = store.trouble();
    Map<String, Object> storePart = new LinkedHashMap<>();
    storePart.put("status", trouble.isPresent() ? "DOWN" : "UP");
    trouble.ifPresent(words -> storePart.put("message", words));
    parts.put("store", storePart);
    boolean ready = trouble.isEmpty();
    for (Map.Entry<String, State> entry : new TreeMap<>(systems.states()).entrySet()) {
      State state = entry.getValue();
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("status", status(state.condition()));
      part.put("since", state.since().toString());
      if (!state.words().isEmpty()) {
        part.put("message", state.words());
      }
      systems.clockTrouble(entry.getKey()).ifPresent(words -> part.put("clock", words));
      parts.put(entry.getKey(), part);
      ready &= state.condition() != Condition.DOWN && state.condition() != Condition.DENIED;
    }
    Map<String, Object> scanned = trouble.isPresent() ? Map.of() : scanned();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", ready ? "UP" : "DOWN");
    body.put("components", parts);
    // Everything runs on, as it was: a matter for whoever changed the file, not for a balancer.
    configurationTrouble.get().ifPresent(words -> body.put("configurationNotInForce", words));
    List<CycleReport.Row> notUnderstood = report.rows();
    if (!notUnderstood.isEmpty()) {
      body.put(
          "notUnderstood", notUnderstood.subList(0, Math.min(MOST_ROWS, notUnderstood.size())));
    }
    if (!scanned.isEmpty()) {
      body.put("scanning", scanned);
    }
    JsonAnswer.give(exchange, ready ? 200 : 503, body);
  }

  /** The syncs whose case clock is not trusted at present, and why: slower, but complete. */
  private Map<String, Object> scanned() {
    Map<String, Object> scanned = new LinkedHashMap<>();
    for (SyncDefinition sync : syncs.all()) {
      trust
          .scanningUntil(sync.name())
          .ifPresent(
              until ->
                  scanned.put(
                      sync.name(),
                      "every cycle reads all tasks until "
                          + until
                          + ": the case's clock has missed "
                          + trust.missed(sync.name())
                          + " changes"));
    }
    return scanned;
  }

  private static String status(Condition condition) {
    return switch (condition) {
      case UP, UNKNOWN, THROTTLED -> condition.name();
      case DOWN, DENIED -> "DOWN";
    };
  }
}
