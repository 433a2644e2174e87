package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Several requests in one: in sequence, not atomic, each with its own outcome. */
class BatchApiTest extends WithSimulator {

  private static JsonObject item(String id, String method, String url, String body) {
    return new JsonObject()
        .put("id", id)
        .put("method", method)
        .put("url", url)
        .put(
            "headers",
            SnowClient.array(
                SnowClient.object("name", "Content-Type", "value", "application/json"),
                SnowClient.object("name", "Accept", "value", "application/json")))
        .put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
  }

  private JsonObject batch(JsonObject... items) {
    return snow.post(
            "/api/now/batch",
            new JsonObject()
                .put("batch_request_id", "1")
                .put("rest_requests", SnowClient.array((Object[]) items)))
        .json();
  }

  private static String bodyOf(JsonObject answer, int index) {
    String body = answer.getJsonArray("serviced_requests").getJsonObject(index).getString("body");
    return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
  }

  private static int statusOf(JsonObject answer, int index) {
    return answer.getJsonArray("serviced_requests").getJsonObject(index).getInteger("status_code");
  }

  @Test
  void later_items_see_what_earlier_ones_did_and_a_refusal_stops_none() {
    String id = "0123456789abcdef0123456789abcdef";
    JsonObject answer =
        batch(
            item("a", "POST", "/api/now/v2/table/incident", "{\"sys_id\":\"" + id + "\"}"),
            item("b", "PATCH", "/api/now/v2/table/incident/" + id, "{\"state\":\"6\"}"),
            item("c", "GET", "/api/now/v2/table/incident?sysparm_query=sys_id%3D" + id, ""),
            item("d", "DELETE", "/api/now/v2/table/incident/" + id, ""));

    assertThat(statusOf(answer, 0)).isEqualTo(201);
    assertThat(statusOf(answer, 1)).isEqualTo(403);
    assertThat(bodyOf(answer, 2)).contains(id);
    assertThat(statusOf(answer, 3)).isEqualTo(204);
    assertThat(bodyOf(answer, 3)).isEmpty();
  }

  @Test
  void items_negotiate_like_requests_and_absolute_urls_are_refused() {
    JsonObject bare =
        item("a", "GET", "/api/now/v2/table/incident", "").put("headers", new JsonArray());
    JsonObject answer =
        batch(
            bare,
            item("b", "GET", simulator.origin() + "/api/now/v2/table/incident", ""),
            item("c", "GET", "/api/now/v1/table/incident?sysparm_query=number=x", ""),
            item("d", "PUT", "/api/now/v1/table/incident", "{}"));

    assertThat(statusOf(answer, 0)).isEqualTo(400);
    assertThat(statusOf(answer, 1)).isEqualTo(400);
    assertThat(statusOf(answer, 2)).isEqualTo(404);
    assertThat(statusOf(answer, 3)).isEqualTo(405);
  }

  @Test
  void what_does_not_fit_into_the_quota_comes_back_unserviced() {
    snow.switches("{\"batchUnservicedAfter\":1}");
    JsonObject answer =
        batch(
            item("a", "GET", "/api/now/v2/table/incident", ""),
            item("b", "POST", "/api/now/v2/table/incident", "{\"short_description\":\"left\"}"),
            item("c", "GET", "/api/now/v2/table/incident", ""));

    assertThat(answer.getJsonArray("serviced_requests")).hasSize(1);
    assertThat(answer.getJsonArray("unserviced_requests").getList()).containsExactly("b", "c");
    assertThat(snow.list("incident", "short_description=left").records()).isEmpty();

    snow.switches("{\"batchUnservicedAfter\":null,\"batchQuotaMillis\":0}");
    assertThat(
            batch(item("a", "GET", "/api/now/v2/table/incident", ""))
                .getJsonArray("unserviced_requests")
                .getList())
        .containsExactly("a");
  }
}
