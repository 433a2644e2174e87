package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Long URLs kept under a short name, as clients do that fear a 414. */
final class TinyUrls {
  private static final String PARAMETER = "sysparm_tiny";

  private final Map<String, String> urls = new HashMap<>();

  void serve(ApiRoutes routes) {
    routes.add("POST", "/tinyurl", this::keep);
  }

  /** {@code {"url": …}}, a whole URL or a path. */
  private Reply keep(ApiCall call) {
    String url = call.body().getString("url", "");
    if (url.isEmpty()) {
      throw Errors.badRequest("Invalid payload", "url is missing");
    }
    String id = Instance.idOf("tinyurl " + url);
    urls.put(id, url);
    int question = url.indexOf('?');
    String before = question < 0 ? url : url.substring(0, question);
    return Reply.json(200, new JsonObject().put("result", before + "?" + PARAMETER + "=" + id));
  }

  /** The call with the kept parameters in place of the short name. */
  Call expanded(Call call) {
    String id = call.query().get(PARAMETER);
    String url = id == null ? null : urls.get(id);
    if (url == null) {
      return call;
    }
    MultiMap query = ApiRoutes.call("GET", url, call.headers(), new byte[0]).query();
    call.query()
        .forEach(
            entry -> {
              if (!entry.getKey().equals(PARAMETER)) {
                query.set(entry.getKey(), entry.getValue());
              }
            });
    return new Call(
        call.method(),
        call.target(),
        call.path(),
        call.pathParams(),
        query,
        call.headers(),
        call.body());
  }
}
