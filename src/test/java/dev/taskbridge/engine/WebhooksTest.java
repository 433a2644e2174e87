package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.WebConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreSettings;
import dev.taskbridge.web.HealthPage;
import dev.taskbridge.web.HooksPage;
import dev.taskbridge.web.MetricsPage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Webhooks of both products, delivered to a bridge that does not poll by itself. */
class WebhooksTest {
  private static final String SECRET = "shared-with-the-sender";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Runs once on each Jira. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(value = Product.class, names = "JIRA_.*", mode = Mode.MATCH_ANY)
  @interface OnEachJira {}

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Bench bench;
  private Bridge bridge;
  private int port;

  private void start(Product product, boolean withSecret) throws Exception {
    bench = product.bench(folder);
    product.config(bench);
    Files.writeString(folder.resolve("hook-secret"), SECRET);
    Path file = folder.resolve("taskbridge.yaml");
    if (withSecret) {
      Files.writeString(
          file,
          Files.readString(file)
              .replace(
                  "    searchLag: 1s\n",
                  "    searchLag: 1s\n    webhookSecret: \"{{file:hook-secret}}\"\n"));
    }
    port = freePort();
    TaskbridgeConfig config =
        bench.loadFile(file).withWeb(new WebConfig("127.0.0.1", port, Optional.empty()));
    bridge =
        new Bridge(
            config,
            Path.of("").toAbsolutePath(),
            JdbcLinkStore.open(StoreSettings.at(config.store().url())),
            Clock.systemUTC());
    bridge.bind("healthPage", new HealthPage(bridge));
    bridge.bind("metricsPage", new MetricsPage(bridge));
    bridge.bind("hooksPage", new HooksPage(bridge));
    bridge.start(true);
    Bench.once(bridge);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String url(String system) {
    return "http://127.0.0.1:" + port + "/hooks/" + system;
  }

  private HttpResponse<String> post(String system, String body, String signature) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url(system)))
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature", signature)
            // Headers that steer Camel must not come in from outside.
            .header("CamelBeanMethodName", "accept")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
  }

  private String taskName(Link link) {
    return bench
        .tasks
        .get("/api/v3/tasks/" + link.task().orElseThrow().record().id())
        .getJsonObject("data")
        .getString("name");
  }

  @OnEachJira
  void jiras_webhook_carries_an_edit_before_any_poll(Product jira) throws Exception {
    start(jira, true);
    Link link = Bench.links(bridge).get(0);
    bench.issues.send(
        "POST",
        jira == Product.JIRA_CLOUD
            ? "/rest/webhooks/1.0/webhook"
            : "/rest/jira-webhook/1.0/webhooks",
        new JsonObject()
            .put("name", "bridge")
            .put("url", url("jira-soc"))
            .put("secret", SECRET)
            .put("events", new JsonArray().add("jira:issue_updated").add("jira:issue_deleted")));

    bench.editIssue(link, new JsonObject().put("summary", "Told by a webhook"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(taskName(link)).isEqualTo("Told by a webhook"));
  }

  @Test
  void servicenows_business_rule_carries_an_edit_before_any_poll_however_often_it_tells()
      throws Exception {
    start(Product.SERVICENOW, true);
    Link link = Bench.links(bridge).get(0);
    bench.records.control(
        "PUT",
        "/_sim/switches",
        new JsonObject()
            .put(
                "webhook",
                new JsonObject()
                    .put("url", url("snow-it"))
                    .put("secret", SECRET)
                    .put("copies", 3)));

    bench.records.send(
        "PATCH",
        "/api/now/table/incident/" + link.ticketId(),
        new JsonObject().put("short_description", "Told by a business rule"));

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(taskName(link)).isEqualTo("Told by a business rule"));
  }

  @OnEachJira
  void only_signed_deliveries_for_known_systems_are_taken(Product jira) throws Exception {
    start(jira, true);
    String body = event(Bench.links(bridge).get(0), "2030-01-01T00:00:00.000+0000");

    assertThat(post("jira-soc", body, signature(body + " ")).statusCode()).isEqualTo(401);
    assertThat(post("jira-soc", body, "").statusCode()).isEqualTo(401);
    assertThat(post("nowhere", body, signature(body)).statusCode()).isEqualTo(404);
    assertThat(post("threatconnect", body, signature(body)).statusCode()).isEqualTo(404);
    assertThat(post("jira-soc", body, signature(body)).statusCode()).isEqualTo(202);
  }

  @OnEachJira
  void a_system_without_a_secret_takes_none_and_says_what_to_do(Product jira) throws Exception {
    start(jira, false);
    String body = event(Bench.links(bridge).get(0), "2030-01-01T00:00:00.000+0000");

    HttpResponse<String> answer = post("jira-soc", body, signature(body));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("systems.jira-soc.webhookSecret");
  }

  @OnEachJira
  void what_was_told_already_is_known_already_or_is_of_no_link_makes_no_look(Product jira)
      throws Exception {
    start(jira, true);
    Link link = Bench.links(bridge).get(0);
    String news = event(link, "2030-01-01T00:00:00.000+0000");
    String known = event(link, "2020-01-01T00:00:00.000+0000");
    String stranger = news.replace(link.ticketId(), "99999999");

    assertThat(looksAt(news)).isEqualTo(1);
    assertThat(looksAt(news)).isZero();
    assertThat(looksAt(known)).isZero();
    assertThat(looksAt(stranger)).isZero();
    assertThat(looksAt("not JSON at all")).isZero();
  }

  private int looksAt(String body) throws Exception {
    HttpResponse<String> answer = post("jira-soc", body, signature(body));
    assertThat(answer.statusCode()).isEqualTo(202);
    return new JsonObject(answer.body()).getInteger("looksAt");
  }

  private static String event(Link link, String updated) {
    return new JsonObject()
        .put("webhookEvent", "jira:issue_updated")
        .put(
            "issue",
            new JsonObject()
                .put("id", link.ticketId())
                .put("fields", new JsonObject().put("updated", updated)))
        .encode();
  }
}
