package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An administrator's business rule that posts what changed, signed with a shared secret. One
 * attempt, no retry: deliveries may come late, twice, out of order or never.
 */
final class Webhook implements RecordWriter.Listener {
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Instance instance;
  private final BiConsumer<Duration, Runnable> later;
  private int deliveries;

  /**
   * @param later runs work after a delay
   */
  Webhook(Instance instance, BiConsumer<Duration, Runnable> later) {
    this.instance = instance;
    this.later = later;
  }

  @Override
  public void written(String operation, Row row, Session session) {
    JsonObject rule = instance.switches.object(Trap.WEBHOOK);
    String url = rule.getString("url", "");
    JsonArray tables = rule.getJsonArray("tables", new JsonArray().add("incident"));
    boolean skipped = rule.getJsonArray("skipUsers", new JsonArray()).contains(session.userName());
    if (url.isEmpty() || !tables.contains(row.table()) || skipped) {
      return;
    }
    int loseEvery = rule.getInteger("loseEvery", 0);
    if (loseEvery > 0 && ++deliveries % loseEvery == 0) {
      return;
    }
    byte[] body = body(operation, row).getBytes(StandardCharsets.UTF_8);
    Duration delay = Duration.ofMillis(rule.getInteger("delayMillis", 0));
    for (int copy = 0; copy < rule.getInteger("copies", 1); copy++) {
      later.accept(delay, () -> post(rule, url, body));
    }
  }

  private static String body(String operation, Row row) {
    return new JsonObject()
        .put("table", row.table())
        .put("sys_id", row.sysId())
        .put("number", row.get("number"))
        .put("operation", operation)
        .put("sys_mod_count", row.get("sys_mod_count"))
        .put("sys_updated_on", row.get("sys_updated_on"))
        .put("sys_updated_by", row.get("sys_updated_by"))
        .encode();
  }

  private static void post(JsonObject rule, String url, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body));
    String secret = rule.getString("secret", "");
    if (!secret.isEmpty()) {
      request.header(rule.getString("header", "X-Hub-Signature"), "sha256=" + hmac(secret, body));
    }
    HTTP.sendAsync(request.build(), BodyHandlers.discarding());
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
