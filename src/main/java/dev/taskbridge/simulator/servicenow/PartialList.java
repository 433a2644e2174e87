package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A list whose transaction was cancelled while it streamed: 200, some rows, then an error. */
final class PartialList {
  private PartialList() {}

  static Reply cutTo(int rows, List<?> result) {
    JsonObject error =
        Errors.body(
            "Transaction cancelled: maximum execution time exceeded",
            "maximum execution time exceeded");
    JsonObject json = new JsonObject();
    json.put(
        "result", new JsonArray(List.copyOf(result.subList(0, Math.min(rows, result.size())))));
    error.forEach(entry -> json.put(entry.getKey(), entry.getValue()));
    return Reply.json(200, json);
  }
}
