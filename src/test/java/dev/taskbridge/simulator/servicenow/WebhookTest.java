package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Business rules that post what changed. */
class WebhookTest extends WithSimulator {
  private record Delivery(String body, String signature) {
    JsonObject json() {
      return new JsonObject(body);
    }
  }

  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws Exception {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          deliveries.add(
              new Delivery(body, exchange.getRequestHeaders().getFirst("X-Hub-Signature")));
          exchange.sendResponseHeaders(500, -1); // no retry follows
          exchange.close();
        });
    receiver.start();
  }

  @AfterEach
  void stopListening() {
    receiver.stop(0);
  }

  private void rule(JsonObject more) {
    JsonObject rule =
        new JsonObject()
            .put("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook")
            .put("secret", "shared");
    snow.switches(new JsonObject().put("webhook", rule.mergeIn(more)).encode());
  }

  @Test
  void insert_update_and_delete_are_posted_once_each_and_signed() throws Exception {
    rule(new JsonObject());
    String id = incidentId("short_description", "x");
    snow.update("incident", id, "urgency", "1");
    snow.delete("/api/now/v2/table/incident/" + id);
    snow.create("sc_task", "short_description", "not hooked");

    await().until(() -> deliveries.size() >= 3);
    assertThat(deliveries).hasSize(3);
    assertThat(deliveries)
        .extracting(delivery -> delivery.json().getString("operation"))
        .containsExactlyInAnyOrder("insert", "update", "delete");
    JsonObject update =
        deliveries.stream()
            .map(Delivery::json)
            .filter(json -> json.getString("operation").equals("update"))
            .findFirst()
            .orElseThrow();
    assertThat(update.getString("table")).isEqualTo("incident");
    assertThat(update.getString("sys_id")).isEqualTo(id);
    assertThat(update.getString("sys_mod_count")).isEqualTo("1");
    assertThat(update.getString("sys_updated_by")).isEqualTo("svc.bridge");
    for (Delivery delivery : deliveries) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("shared".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      assertThat(delivery.signature())
          .isEqualTo(
              "sha256="
                  + HexFormat.of()
                      .formatHex(mac.doFinal(delivery.body().getBytes(StandardCharsets.UTF_8))));
    }
  }

  @Test
  void deliveries_may_be_doubled_lost_or_left_out_for_the_integrations_own_writes() {
    rule(new JsonObject().put("copies", 2).put("skipUsers", new JsonArray().add("svc.bridge")));
    incidentId("short_description", "own write");
    person("pat.jones").create("incident", "short_description", "a person's");
    await().until(() -> deliveries.size() >= 2);
    assertThat(deliveries)
        .hasSize(2)
        .allMatch(delivery -> delivery.json().getString("sys_updated_by").equals("pat.jones"));

    deliveries.clear();
    rule(new JsonObject().put("loseEvery", 2));
    String lastNumber = "";
    for (int i = 0; i < 5; i++) {
      lastNumber = incident("short_description", "x").getString("number");
    }
    String last = lastNumber;
    await()
        .until(() -> deliveries.stream().anyMatch(d -> d.json().getString("number").equals(last)));
    await().untilAsserted(() -> assertThat(deliveries).hasSize(3));
  }
}
