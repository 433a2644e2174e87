package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A request that was let in.
 *
 * @param version {@code v1}, {@code v2}, or empty for the newest
 * @param origin such as {@code http://127.0.0.1:8103}
 */
record ApiCall(Call call, Session session, String version, String origin) {

  String param(String name) {
    return call.param(name);
  }

  /** A query parameter, or what stands for its absence. */
  String query(String name, String absent) {
    return call.queryParam(name).orElse(absent);
  }

  boolean isSet(String flag) {
    return query(flag, "false").equalsIgnoreCase("true");
  }

  /** What comes before the table in references and locations. */
  String tableBase() {
    return origin + "/api/now/" + (version.isEmpty() ? "" : version + "/") + "table/";
  }

  /** The body, which must be a JSON object; empty when there is none. */
  JsonObject body() {
    return object(json());
  }

  /** The record to write; of several in an array the platform takes the first. */
  JsonObject firstRecord() {
    Object json = json();
    if (json instanceof JsonObject object && object.getValue("records") instanceof JsonArray all) {
      json = all;
    }
    return object(json instanceof JsonArray all && !all.isEmpty() ? all.getValue(0) : json);
  }

  private Object json() {
    try {
      return call.json().orElseGet(JsonObject::new);
    } catch (DecodeException e) {
      throw Errors.badRequest(
          "Exception while reading request", "The payload is not valid JSON: " + e.getMessage());
    }
  }

  private static JsonObject object(Object json) {
    if (json instanceof JsonObject object) {
      return object;
    }
    throw Errors.badRequest("Exception while reading request", "The payload is not an object");
  }
}
