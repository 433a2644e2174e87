package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The three forms of {@code OPTIONS}. */
final class SelfDescription {
  private SelfDescription() {}

  /** The descriptors as a bare object; read-only fields with {@code show=readonly} only. */
  static Reply describe(Request request, Kind<?> kind) {
    boolean readOnly = request.parameter("show").filter("readonly"::equalsIgnoreCase).isPresent();
    return Reply.json(200, Descriptors.describe(kind.questions().object, readOnly));
  }

  /** What {@code fields} may ask for. */
  static Reply fields(Kind<?> kind) {
    return items(Descriptors.fields(kind.questions().object, kind.moreFields()));
  }

  /** What {@code tql} may ask. */
  static Reply tql(Kind<?> kind) {
    return items(Descriptors.tql(kind.questions().object));
  }

  private static Reply items(JsonArray items) {
    return Reply.json(
        200,
        new JsonObject().put("data", items).put("count", items.size()).put("status", "Success"));
  }
}
