package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** An owner that the API user may look into. */
record Owner(long id, String name, String type) implements Row {
  private static final List<String> FULL =
      List.of(
          "permApps",
          "permArtifact",
          "permAttribute",
          "permCase",
          "permComment",
          "permTask",
          "permTimeline",
          "permWorkflowTemplate");

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("id", id).put("name", name).put("type", type);
    FULL.forEach(permission -> json.put(permission, "FULL"));
    return json.put("permUsers", "READ");
  }
}
