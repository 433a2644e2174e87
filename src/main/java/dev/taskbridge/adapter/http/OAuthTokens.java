package dev.taskbridge.adapter.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token that is fetched when needed and kept until shortly before its end. One thread
 * fetches, the others wait for it. Refresh tokens are not used: asking again with the same grant
 * gives the same result and has no state to lose.
 */
final class OAuthTokens implements Authorizer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration UNSAID_LIFE = Duration.ofMinutes(5);

  /** A refused grant is not asked for again at once: accounts get locked that way. */
  private static final Duration REST_AFTER_REFUSAL = Duration.ofSeconds(30);

  private final Credentials.OAuth credentials;
  private final Clock clock;
  private final TokenClient client;

  private @Nullable Secret token;
  private Instant renewAt = Instant.MIN;
  private @Nullable Refusal refusal;
  private Instant refusedUntil = Instant.MIN;

  OAuthTokens(Credentials.OAuth credentials, Clock clock, TokenClient client) {
    this.credentials = credentials;
    this.clock = clock;
    this.client = client;
  }

  @Override
  public void authorize(HttpRequest request) throws IOException {
    request.setHeader("Authorization", "Bearer " + token().reveal());
  }

  /** The token was refused before its time: forget it, and the next try fetches another. */
  @Override
  public synchronized boolean mayRecover() {
    token = null;
    return true;
  }

  @Override
  public synchronized List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(credentials.secrets());
    if (token != null) {
      secrets.add(token);
    }
    return secrets;
  }

  private synchronized Secret token() throws NotSent {
    Instant now = clock.instant();
    if (token != null && now.isBefore(renewAt)) {
      return token;
    }
    if (refusal != null && now.isBefore(refusedUntil)) {
      throw new NotSent(refusal, null);
    }
    refusal = null;
    Secret fresh = fetch(now);
    token = fresh;
    return fresh;
  }

  private Secret fetch(Instant now) throws NotSent {
    TokenClient.Reply reply;
    try {
      reply = client.post(credentials.tokenUrl(), form());
    } catch (IOException e) {
      throw new NotSent(
          new Refusal.Unreachable(
              "no token from " + credentials.tokenUrl().getHost() + ": " + Words.of(e)),
          e);
    }
    JsonNode json = parsed(reply.body());
    String value = json.path("access_token").asText("");
    if (reply.status() / 100 == 2 && !value.isEmpty()) {
      renewAt = now.plus(usable(json.path("expires_in").asLong(UNSAID_LIFE.toSeconds())));
      return new Secret(value);
    }
    throw new NotSent(refused(reply, json, now), null);
  }

  private Refusal refused(TokenClient.Reply reply, JsonNode json, Instant now) {
    // Here the error is a text; in the rest of ServiceNow's API it is an object.
    String said = json.path("error_description").asText(json.path("error").asText(""));
    String words =
        Words.bounded(
            "no token from %s: HTTP %d %s"
                .formatted(credentials.tokenUrl().getHost(), reply.status(), said)
                .strip());
    if (reply.status() == 429) {
      return new Refusal.Busy(now.plus(REST_AFTER_REFUSAL), words);
    }
    if (reply.status() >= 500) {
      return new Refusal.Unreachable(words);
    }
    Refusal denied = new Refusal.Denied(words);
    refusal = denied;
    refusedUntil = now.plus(REST_AFTER_REFUSAL);
    return denied;
  }

  /** A minute, or a tenth of a short life, is left unused for clocks and slow requests. */
  private static Duration usable(long seconds) {
    long life = Math.max(seconds, 0);
    return Duration.ofSeconds(life - Math.min(60, life / 10));
  }

  private Map<String, String> form() {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", credentials.password().isPresent() ? "password" : "client_credentials");
    form.put("client_id", credentials.clientId());
    form.put("client_secret", credentials.clientSecret().reveal());
    credentials
        .password()
        .ifPresent(
            grant -> {
              form.put("username", grant.user());
              form.put("password", grant.password().reveal());
            });
    return form;
  }

  private static JsonNode parsed(String body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null ? JSON.createObjectNode() : json;
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }
}
