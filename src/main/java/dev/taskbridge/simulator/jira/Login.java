package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The credentials that the simulator hands out, and who they make a request. */
final class Login {
  static final String CLOUD_ID = "11111111-2222-4333-8444-555555555555";
  static final String CLIENT_ID = "sim-client";
  private static final String CLIENT_SECRET = "sim-client-secret";
  private static final String TOKEN = "sim-jira-token";
  private static final Duration LIFE = Duration.ofHours(1);

  private final Site site;
  private final Map<String, Instant> bearers = new HashMap<>();

  Login(Site site) {
    this.site = site;
  }

  /** What {@code GET /_sim/credentials} shows. */
  JsonObject credentials() {
    return new JsonObject()
        .put("user", site.cloud() ? Directory.API_EMAIL : site.people().apiUser().name())
        .put("token", TOKEN)
        .put("clientId", CLIENT_ID)
        .put("clientSecret", CLIENT_SECRET)
        .put("cloudId", CLOUD_ID);
  }

  boolean isClient(String id, String secret) {
    return id.equals(CLIENT_ID) && secret.equals(CLIENT_SECRET);
  }

  /** A new bearer token, good for an hour. */
  JsonObject issueBearer() {
    String token = "sim-bearer-" + UUID.randomUUID();
    bearers.put(token, site.now().plus(LIFE));
    return new JsonObject()
        .put("access_token", token)
        .put("token_type", "Bearer")
        .put("expires_in", LIFE.toSeconds())
        .put("scope", site.cloud() ? "read:jira-work write:jira-work read:jira-user" : "WRITE");
  }

  /**
   * The user a request's credentials stand for; empty if they are missing or wrong.
   *
   * @param gateway whether it came through the gateway, where Cloud takes bearer tokens
   */
  Optional<User> user(Call call, boolean gateway) {
    Optional<String> header = call.header("Authorization");
    if (header.isEmpty() || !accepted(header.get(), gateway)) {
      return Optional.empty();
    }
    if (call.actingAs().isEmpty()) {
      return Optional.of(site.people().apiUser());
    }
    Optional<User> person = site.people().email(call.actingAs().get());
    if (person.isEmpty()) {
      throw new Problems(site.switches().text(Switch.LANGUAGE))
          .add(Wording.NO_SIM_USER, call.actingAs().get())
          .refused(400);
    }
    return person;
  }

  private boolean accepted(String authorization, boolean gateway) {
    String lower = authorization.toLowerCase(Locale.ROOT);
    if (lower.startsWith("basic ")) {
      return site.switches().on(Switch.BASIC_AUTH) && basic(authorization.substring(6).strip());
    }
    if (!lower.startsWith("bearer ")) {
      return false;
    }
    String token = authorization.substring(7).strip();
    boolean issued = bearers.containsKey(token) && site.now().isBefore(bearers.get(token));
    // Data Center takes a personal access token as it is; Cloud takes issued ones, at the gateway.
    return site.cloud() ? issued && gateway : issued || token.equals(TOKEN);
  }

  private boolean basic(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      JsonObject good = credentials();
      return pair.equals(good.getString("user") + ":" + TOKEN);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
