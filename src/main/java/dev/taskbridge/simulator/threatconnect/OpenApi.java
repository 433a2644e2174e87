package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The document of {@code GET /v3/openApi}, as short as it can be: which paths there are and what
 * may be done at each.
 */
final class OpenApi {
  private OpenApi() {}

  /**
   * @param writable kinds that can be created, changed and deleted
   * @param readable kinds that can be looked up only
   */
  static JsonObject document(Collection<Kind<?>> writable, Collection<Kind<?>> readable) {
    JsonObject paths = new JsonObject();
    for (Kind<?> kind : writable) {
      add(paths, kind, List.of("GET", "POST", "DELETE"), List.of("GET", "PUT", "DELETE"));
    }
    for (Kind<?> kind : readable) {
      add(paths, kind, List.of("GET"), List.of("GET"));
    }
    return new JsonObject()
        .put("openapi", "3.0.1")
        .put("info", new JsonObject().put("title", "ThreatConnect API").put("version", "v3"))
        .put("servers", new JsonArray().add(new JsonObject().put("url", "/api")))
        .put("paths", paths);
  }

  private static void add(JsonObject paths, Kind<?> kind, List<String> onMany, List<String> onOne) {
    paths.put("/v3" + kind.path(), operations(kind, onMany, "many"));
    paths.put("/v3" + kind.path() + "/{id}", operations(kind, onOne, "one"));
  }

  private static JsonObject operations(Kind<?> kind, List<String> methods, String howMany) {
    JsonObject operations = new JsonObject();
    for (String method : methods) {
      String verb = method.toLowerCase(Locale.ROOT);
      JsonObject done = new JsonObject().put("description", "Success");
      operations.put(
          verb,
          new JsonObject()
              .put("operationId", verb + "." + howMany + "." + kind.noun().replace(' ', '-'))
              .put("responses", new JsonObject().put("200", done)));
    }
    return operations;
  }
}
