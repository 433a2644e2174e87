package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deliveries to a real listener. */
class JiraWebhooksTest extends BothFlavours {
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private volatile int answer = 200;
  private HttpServer listener;

  private record Delivery(byte[] body, Map<String, List<String>> headers) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }

    JsonObject json() {
      return new JsonObject(new String(body, StandardCharsets.UTF_8));
    }

    String event() {
      return json().getString("webhookEvent");
    }
  }

  @BeforeEach
  void listen() throws IOException {
    listener = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    listener.createContext("/", this::receive);
    listener.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    deliveries.add(new Delivery(body, exchange.getRequestHeaders()));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  @AfterEach
  void stop_listening() {
    listener.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + listener.getAddress().getPort() + "/hook";
  }

  private void awaitDeliveries(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.size() >= count);
  }

  @Test
  void the_signature_is_the_published_one() {
    assertThat(
            WebhookSender.signature(
                "It's a Secret to Everybody", "Hello World!".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9");
  }

  @OnBoth
  void what_happens_to_an_issue_is_told_signed(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("webhookSecret", "s3cret");
    jira.turn("webhookUrl", url());
    String key = jira.create("told", Map.of());
    jira.post("issue/" + key + "/transitions", jira.transition("31"));
    awaitDeliveries(2);
    Delivery created = deliveries.get(0);
    assertThat(created.event()).isEqualTo("jira:issue_created");
    assertThat(created.json().getJsonObject("issue").getString("key")).isEqualTo(key);
    assertThat(created.header("X-hub-signature"))
        .isEqualTo(WebhookSender.signature("s3cret", created.body()));
    Delivery updated = deliveries.get(1);
    assertThat(updated.event()).isEqualTo("jira:issue_updated");
    assertThat(updated.json().getJsonObject("changelog").encode()).contains("\"field\":\"status\"");
    assertThat(created.headers().containsKey("X-atlassian-webhook-identifier"))
        .isEqualTo(jira.cloud());
  }

  @OnBoth
  void a_comment_is_told_twice_in_two_ways(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("comment", Map.of());
    jira.turn("webhookUrl", url());
    jira.post("issue/" + key + "/comment", new JsonObject().put("body", jira.text("hello")));
    awaitDeliveries(2);
    assertThat(deliveries.stream().map(Delivery::event))
        .containsExactly("comment_created", "jira:issue_updated");
    assertThat(deliveries.get(0).json().getJsonObject("comment").getValue("body"))
        .as("a string, although version 3 took a document")
        .isEqualTo("hello");
    assertThat(deliveries.get(1).json().getString("issue_event_type_name"))
        .isEqualTo("issue_commented");
  }

  @Test
  void cloud_tries_again_minutes_later_under_the_same_identifier() {
    answer = 503;
    cloud().turn("webhookUrl", url());
    cloud().create("retry", Map.of());
    awaitDeliveries(1);
    answer = 200;
    await()
        .until(
            () ->
                !cloud()
                    .control("GET", "state", null)
                    .json()
                    .getJsonArray("webhookDeliveries")
                    .isEmpty());
    cloud().simulator.clock().advance(Duration.ofMinutes(16));
    awaitDeliveries(2);
    assertThat(deliveries.get(0).headers()).doesNotContainKey("X-atlassian-webhook-retry");
    assertThat(deliveries.get(1).header("X-atlassian-webhook-retry")).isEqualTo("1");
    assertThat(deliveries.get(1).header("X-atlassian-webhook-identifier"))
        .isEqualTo(deliveries.get(0).header("X-atlassian-webhook-identifier"));
    assertThat(deliveries.get(1).body()).isEqualTo(deliveries.get(0).body());
  }

  @Test
  void deliveries_can_be_doubled_swapped_and_late() {
    cloud().turn("webhookUrl", url());
    cloud().turn("webhookCopies", 2);
    cloud().create("doubled", Map.of());
    awaitDeliveries(2);
    assertThat(deliveries.get(1).body()).isEqualTo(deliveries.get(0).body());
    cloud().turn("webhookCopies", 1);
    deliveries.clear();

    cloud().turn("webhookDelaySeconds", 600);
    cloud().turn("webhooksSwapped", true);
    String key = cloud().create("swapped", Map.of());
    cloud().delete("issue/" + key);
    cloud().simulator.clock().advance(Duration.ofMinutes(11));
    awaitDeliveries(2);
    assertThat(deliveries.stream().map(Delivery::event))
        .containsExactly("jira:issue_deleted", "jira:issue_created");
    assertThat(deliveries.get(0).header("X-atlassian-webhook-flow")).isEqualTo("Secondary");
  }

  @OnBoth
  void an_administrators_webhook_is_registered_where_the_version_has_it(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject hook =
        new JsonObject()
            .put("name", "bridge")
            .put("url", url())
            .put("events", new JsonArray().add("jira:issue_created"))
            .put(
                "filters", new JsonObject().put("issue-related-events-section", "labels = hooked"));
    String old = "/rest/webhooks/1.0/webhook";
    String path = jira.cloud() ? old : "/rest/jira-webhook/1.0/webhooks";
    JiraBench.Answer created = jira.send("POST", path, hook.encode(), jira.headers());
    assertThat(created.status()).isEqualTo(201);
    if (!jira.cloud()) {
      assertThat(jira.send("POST", old, hook.encode(), jira.headers()).status()).isEqualTo(404);
    }
    jira.create("unheard", Map.of());
    String key = jira.create("heard", Map.of("labels", new JsonArray().add("hooked")));
    awaitDeliveries(1);
    assertThat(deliveries.get(0).json().getJsonObject("issue").getString("key")).isEqualTo(key);
    String self = path + "/" + created.json().getInteger("id");
    assertThat(jira.send("DELETE", self, null, jira.headers()).status()).isEqualTo(204);
  }

  @Test
  void clouds_dynamic_webhooks_are_for_apps_and_end_after_thirty_days() {
    JsonObject one =
        new JsonObject()
            .put("events", new JsonArray().add("jira:issue_created"))
            .put("jqlFilter", "project = SEC");
    JsonObject body =
        new JsonObject()
            .put("url", url())
            .put("webhooks", new JsonArray().add(one).add(one.copy().put("jqlFilter", "due > 1")));
    assertThat(cloud().post("webhook", body).status()).isEqualTo(403);
    JsonObject credentials = cloud().control("GET", "credentials", null).json();
    JsonObject grant =
        new JsonObject()
            .put("grant_type", "client_credentials")
            .put("client_id", credentials.getString("clientId"))
            .put("client_secret", credentials.getString("clientSecret"));
    String gateway = "/ex/jira/" + credentials.getString("cloudId") + "/rest/api/3/webhook";
    JsonArray results =
        cloud()
            .send("POST", gateway, body.encode(), bearer(grant))
            .json()
            .getJsonArray("webhookRegistrationResult");
    assertThat(results.getJsonObject(0).getInteger("createdWebhookId")).isPositive();
    assertThat(results.getJsonObject(1).containsKey("errors")).isTrue();
    cloud().create("dynamic", Map.of());
    awaitDeliveries(1);
    assertThat(deliveries.get(0).json().getJsonArray("matchedWebhookIds")).hasSize(1);
    deliveries.clear();
    cloud().simulator.clock().advance(Duration.ofDays(31));
    cloud().create("after thirty days", Map.of());
    cloud().turn("webhookUrl", url());
    cloud().create("the switch's own", Map.of());
    awaitDeliveries(1);
    assertThat(deliveries.get(0).json().encode()).contains("the switch's own");
  }

  private static Map<String, String> bearer(JsonObject grant) {
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String token =
        cloud().send("POST", "/oauth/token", grant.encode(), json).json().getString("access_token");
    return Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json");
  }
}
