package dev.taskbridge.web;

import dev.taskbridge.config.SystemConfig;
import dev.taskbridge.domain.Secret;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.LookBatch;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * {@code POST /hooks/{system}}: signed deliveries, of which only the place to look is taken. Late,
 * doubled and unordered ones do no harm, and neither do lost ones: the polls find the same.
 * Thread-safe.
 */
public final class HooksPage {
  /** The property that names the system of an admitted delivery. */
  private static final String SYSTEM = "hookSystem";

  private static final String DELIVERY = "hookDelivery";
  private static final List<String> SIGNATURES = List.of("X-Hub-Signature", "X-Hub-Signature-256");

  /** Jira: the same for every try of one delivery (documented). */
  private static final String IDENTIFIER = "X-Atlassian-Webhook-Identifier";

  private static final int MOST_BYTES = 4 * 1024 * 1024;
  private static final int REMEMBERED = 10_000;

  private final Bridge bridge;
  private final Set<String> delivered =
      Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

  public HooksPage(Bridge bridge) {
    this.bridge = bridge;
  }

  /**
   * Admits a delivery: its bytes become the body, the system's name the property {@code
   * hookSystem}. Any other is answered, and has no such property.
   */
  public void admit(Exchange exchange) {
    String name = exchange.getMessage().getHeader("system", "", String.class);
    SystemConfig system = bridge.config().systems().get(name);
    if (system == null || exchange.getContext().getRoute(name + ".hints") == null) {
      refuse(
          exchange, 404, "no system with webhooks is called so; see systems in the configuration");
      return;
    }
    Optional<Secret> secret = system.webhookSecret();
    if (secret.isEmpty()) {
      refuse(
          exchange,
          403,
          "unsigned webhooks are not taken: set systems."
              + name
              + ".webhookSecret and sign with it");
      return;
    }
    byte[] body = exchange.getMessage().getBody(byte[].class);
    byte[] bytes = body == null ? new byte[0] : body;
    if (bytes.length > MOST_BYTES) {
      refuse(exchange, 413, "a delivery has at most " + MOST_BYTES + " bytes; leave the body out");
      return;
    }
    if (!isSigned(exchange, bytes, secret.get())) {
      refuse(
          exchange,
          401,
          "X-Hub-Signature must be sha256= and the HMAC-SHA-256 of the body, made with systems."
              + name
              + ".webhookSecret");
      return;
    }
    String delivery = name + " " + identifier(exchange, bytes);
    if (delivered.contains(delivery)) {
      JsonAnswer.give(exchange, 202, Map.of("looksAt", 0, "repeated", true));
      return;
    }
    exchange.setProperty(SYSTEM, name);
    exchange.setProperty(DELIVERY, delivery);
    exchange.getMessage().setBody(bytes);
  }

  /** Answers an admitted delivery whose {@link LookBatch}es, the body, are queued. */
  public void accept(Exchange exchange) {
    // Not before: what was not queued may be delivered again.
    delivered.add(exchange.getProperty(DELIVERY, String.class));
    int links = 0;
    for (Object batch : exchange.getMessage().getBody(List.class)) {
      links += ((LookBatch) batch).xids().size();
    }
    JsonAnswer.give(exchange, 202, Map.of("looksAt", links));
  }

  private static boolean isSigned(Exchange exchange, byte[] body, Secret secret) {
    return SIGNATURES.stream()
        .map(header -> exchange.getMessage().getHeader(header, "", String.class))
        .anyMatch(given -> WebhookSignature.fits(given, body, secret));
  }

  private static String identifier(Exchange exchange, byte[] body) {
    try {
      // The identifier is not signed: alone it would let a stranger's retry stand for another.
      return exchange.getMessage().getHeader(IDENTIFIER, "", String.class)
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void refuse(Exchange exchange, int status, String words) {
    JsonAnswer.give(exchange, status, Map.of("error", words));
  }

  /** Forgets the oldest when it has too many. */
  private static final class Recent extends LinkedHashMap<String, Boolean> {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > REMEMBERED;
    }
  }
}
