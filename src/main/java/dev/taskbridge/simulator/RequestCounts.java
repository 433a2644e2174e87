package dev.taskbridge.simulator;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** How many requests came in, by operation; confined to the simulator's thread. */
final class RequestCounts {
  private final Map<String, Long> byOperation = new TreeMap<>();

  /** {@code operation} is the verb and the path with ids replaced, such as {@code GET /a/{id}}. */
  void count(String operation) {
    byOperation.merge(operation, 1L, Long::sum);
  }

  void clear() {
    byOperation.clear();
  }

  JsonObject toJson() {
    JsonObject operations = new JsonObject();
    byOperation.forEach(operations::put);
    long total = byOperation.values().stream().mapToLong(Long::longValue).sum();
    return new JsonObject().put("total", total).put("byOperation", operations);
  }
}
