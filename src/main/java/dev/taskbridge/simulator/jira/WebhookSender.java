package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Delivers webhooks one after the other, and again when Cloud would. Waiting is measured by the
 * site's clock, so that a test can wind it.
 */
final class WebhookSender {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final int RETRIES = 5;
  private static final int FIRST_RETRY_SECONDS = 5 * 60;
  private static final int RETRY_SPREAD_SECONDS = 10 * 60;
  private static final Set<Integer> WORTH_RETRYING = Set.of(408, 409, 425, 429);
  private static final int KEPT = 1000;

  private final Site site;
  private final Executor simulatorThread;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final Random random = new Random(1);
  private final List<Delivery> waiting = new ArrayList<>();
  private final List<JsonObject> done = new ArrayList<>();
  private boolean inFlight;

  private record Delivery(
      Webhook hook, String event, String identifier, byte[] body, int retry, Instant due) {
    Delivery again(Instant when) {
      return new Delivery(hook, event, identifier, body, retry + 1, when);
    }
  }

  WebhookSender(Site site, Executor simulatorThread) {
    this.site = site;
    this.simulatorThread = simulatorThread;
  }

  void send(Webhook hook, String event, byte[] body) {
    Instant due = site.now().plusSeconds(site.switches().number(Switch.WEBHOOK_DELAY));
    String identifier = UUID.randomUUID().toString();
    for (long copy = 0; copy < site.switches().number(Switch.WEBHOOK_COPIES); copy++) {
      waiting.add(new Delivery(hook, event, identifier, body, 0, due));
    }
  }

  /** What has been delivered, or tried, so far. */
  JsonArray log() {
    return new JsonArray(new ArrayList<>(done));
  }

  /** Sends what is due. Called again and again on the simulator's thread. */
  void flush() {
    if (inFlight || waiting.isEmpty()) {
      return;
    }
    Instant now = site.now();
    List<Delivery> due = waiting.stream().filter(each -> !each.due().isAfter(now)).toList();
    if (due.isEmpty()) {
      return;
    }
    Delivery next = due.get(0);
    if (site.switches().on(Switch.WEBHOOKS_SWAPPED)) {
      String url = next.hook().url();
      List<Delivery> pair =
          due.stream().filter(each -> each.hook().url().equals(url)).limit(2).toList();
      if (pair.size() < 2 && now.isBefore(next.due().plus(PATIENCE))) {
        return;
      }
      next = pair.get(pair.size() - 1);
    }
    waiting.remove(next);
    start(next);
  }

  private void start(Delivery delivery) {
    inFlight = true;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(delivery.hook().url()))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json; charset=UTF-8")
            .header("User-Agent", "Atlassian Webhook HTTP Client");
    if (!delivery.hook().secret().isEmpty()) {
      request.header("X-Hub-Signature", signature(delivery.hook().secret(), delivery.body()));
    }
    if (site.cloud()) {
      boolean late = site.switches().number(Switch.WEBHOOK_DELAY) > 0;
      request
          .header("X-Atlassian-Webhook-Identifier", delivery.identifier())
          .header("X-Atlassian-Webhook-Flow", late ? "Secondary" : "Primary");
      if (delivery.retry() > 0) {
        request.header("X-Atlassian-Webhook-Retry", String.valueOf(delivery.retry()));
      }
    }
    client
        .sendAsync(
            request.POST(HttpRequest.BodyPublishers.ofByteArray(delivery.body())).build(),
            HttpResponse.BodyHandlers.discarding())
        .whenCompleteAsync(
            (response, failure) -> finish(delivery, failure == null ? response.statusCode() : 0),
            simulatorThread);
  }

  /**
   * @param status 0 if there was no answer
   */
  private void finish(Delivery delivery, int status) {
    inFlight = false;
    done.add(
        new JsonObject()
            .put("identifier", delivery.identifier())
            .put("event", delivery.event())
            .put("url", delivery.hook().url())
            .put("retry", delivery.retry())
            .put("status", status));
    if (done.size() > KEPT) {
      done.remove(0);
    }
    boolean failed = status == 0 || status >= 500 || WORTH_RETRYING.contains(status);
    // Data Center gives up at once: no retries are documented.
    if (failed && site.cloud() && delivery.retry() < RETRIES) {
      long wait = FIRST_RETRY_SECONDS + random.nextInt(RETRY_SPREAD_SECONDS);
      waiting.add(delivery.again(site.now().plusSeconds(wait)));
    }
    flush();
  }

  /** {@code sha256=} and the HMAC of the raw bytes in lower-case hexadecimal. */
  static String signature(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
