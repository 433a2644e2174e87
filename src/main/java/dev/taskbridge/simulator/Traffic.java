package dev.taskbridge.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Every counted request as it came, for those who want to see what a client sends; only while it is
 * turned on, for a first carry sends megabytes. Confined to the simulator's thread.
 */
final class Traffic {
  private JsonArray requests = new JsonArray();
  private boolean recording;

  /** Turns recording on or off as {@code {"recording": true}} says; either forgets what was. */
  JsonObject set(JsonObject wanted) {
    recording = wanted.getBoolean("recording", false);
    requests = new JsonArray();
    return toJson();
  }

  void came(Call call) {
    if (recording) {
      requests.add(
          new JsonObject()
              .put("method", call.method())
              .put("target", call.target())
              .put("agent", call.header("User-Agent").orElse(""))
              .put("contentType", call.header("Content-Type").orElse(""))
              .put("body", call.text()));
    }
  }

  JsonObject toJson() {
    return new JsonObject().put("recording", recording).put("requests", requests);
  }
}
