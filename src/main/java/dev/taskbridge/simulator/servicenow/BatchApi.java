package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.BiFunction;

/** The Batch API: requests inside a request, one after the other, each with its own status. */
final class BatchApi {
  private final Instance instance;
  private final BiFunction<Call, Session, Reply> dispatch;

  /**
   * @param dispatch answers an inner request for the outer one's user
   */
  BatchApi(Instance instance, BiFunction<Call, Session, Reply> dispatch) {
    this.instance = instance;
    this.dispatch = dispatch;
  }

  void serve(ApiRoutes routes) {
    routes.add("POST", "/batch", this::run);
  }

  private Reply run(ApiCall call) {
    JsonObject batch = call.body();
    JsonArray requests = batch.getJsonArray("rest_requests", new JsonArray());
    JsonArray serviced = new JsonArray();
    JsonArray unserviced = new JsonArray();
    int most = instance.switches.number(Trap.BATCH_UNSERVICED_AFTER);
    long deadline =
        System.nanoTime() + instance.switches.number(Trap.BATCH_QUOTA_MILLIS) * 1_000_000L;
    for (Object each : requests) {
      JsonObject request = (JsonObject) each;
      boolean quotaUsedUp = System.nanoTime() - deadline > 0;
      if (quotaUsedUp || (most >= 0 && serviced.size() >= most)) {
        unserviced.add(request.getString("id"));
      } else {
        Reply reply = reply(request, call);
        if (reply == Reply.CONNECTION_LOST) {
          return reply;
        }
        serviced.add(serviced(request, reply));
      }
    }
    return Reply.json(
        200,
        new JsonObject()
            .put("batch_request_id", batch.getString("batch_request_id", ""))
            .put("serviced_requests", serviced)
            .put("unserviced_requests", unserviced));
  }

  private Reply reply(JsonObject request, ApiCall outer) {
    String method = request.getString("method", "GET").toUpperCase(Locale.ROOT);
    String url = request.getString("url", "");
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (Object header : request.getJsonArray("headers", new JsonArray())) {
      JsonObject pair = (JsonObject) header;
      headers.add(pair.getString("name"), pair.getString("value"));
    }
    byte[] body = Base64.getDecoder().decode(request.getString("body", ""));
    return url.startsWith("/")
        ? dispatch.apply(ApiRoutes.call(method, url, headers, body), outer.session())
        : Errors.reply(400, "Invalid URL " + url, "Only relative URLs are supported");
  }

  private static JsonObject serviced(JsonObject request, Reply reply) {
    JsonArray answerHeaders = new JsonArray();
    if (!request.getBoolean("exclude_response_headers", false)) {
      reply
          .headers()
          .forEach((n, v) -> answerHeaders.add(new JsonObject().put("name", n).put("value", v)));
    }
    return new JsonObject()
        .put("id", request.getString("id"))
        .put("status_code", reply.status())
        .put("status_text", statusText(reply.status()))
        .put(
            "body", new String(Base64.getEncoder().encode(reply.body()), StandardCharsets.US_ASCII))
        .put("headers", answerHeaders)
        .put("execution_time", 1)
        .put("error_message", "")
        .put("redirect_url", "");
  }

  private static String statusText(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 201 -> "Created";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 429 -> "Too Many Requests";
      default -> status < 400 ? "OK" : "Internal Server Error";
    };
  }
}
