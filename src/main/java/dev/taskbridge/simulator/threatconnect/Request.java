package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Call;
import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * An authenticated request.
 *
 * @param parameters those of the query and, for a long GET, those of the body
 * @param actor whose name goes onto what the request does
 */
record Request(Call call, MultiMap parameters, Assignee.User actor) {

  static Request of(Call call, Assignee.User actor) {
    MultiMap parameters = MultiMap.caseInsensitiveMultiMap().addAll(call.query());
    if (call.method().equals("GET")) {
      if (!(object(call).getValue("data", new JsonObject()) instanceof JsonObject data)) {
        throw Errors.notProperlyFormed();
      }
      for (String name : data.fieldNames()) {
        // Which of the two counts when both are there is undocumented; the query does here.
        if (!parameters.contains(name)) {
          add(parameters, name, data.getValue(name));
        }
      }
    }
    return new Request(call, parameters, actor);
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  List<String> parameters(String name) {
    return parameters.getAll(name);
  }

  /** The last part of the path: an id, or an xid that holds more than digits. */
  String key() {
    return call.param("id");
  }

  /** The body of a write, empty if there is none. */
  JsonObject body() {
    return object(call);
  }

  private static void add(MultiMap parameters, String name, Object value) {
    if (value instanceof JsonArray list) {
      list.forEach(item -> parameters.add(name, String.valueOf(item)));
    } else if (value != null) {
      parameters.add(name, String.valueOf(value));
    }
  }

  private static JsonObject object(Call call) {
    try {
      return call.json().map(JsonObject.class::cast).orElseGet(JsonObject::new);
    } catch (DecodeException | ClassCastException e) {
      throw Errors.notProperlyFormed();
    }
  }
}
