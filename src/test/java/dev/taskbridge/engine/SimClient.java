package dev.taskbridge.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A person with a plain HTTP client at one of the simulated systems. */
final class SimClient {
  /** What tells people's requests from the bridge's. */
  static final String AGENT = "person";

  private final HttpClient http = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
  private final String origin;
  private final String authorization;
  private final Optional<String> person;

  SimClient(String origin, String authorization) {
    this(origin, authorization, Optional.empty());
  }

  private SimClient(String origin, String authorization, Optional<String> person) {
    this.origin = origin;
    this.authorization = authorization;
    this.person = person;
  }

  /** The same as done by one of the people that all systems know. */
  SimClient as(String email) {
    return new SimClient(origin, authorization, Optional.of(email));
  }

  static String basic(JsonObject credentials, String secret) {
    String pair = credentials.getString("user") + ":" + credentials.getString(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  JsonObject get(String path) {
    return send("GET", path, "");
  }

  /** For the few resources that answer a list. */
  JsonArray list(String path) {
    return new JsonArray(exchange("GET", path, ""));
  }

  JsonObject send(String method, String path, JsonObject body) {
    return send(method, path, body.encode());
  }

  JsonObject control(String method, String path, JsonObject body) {
    return send(method, path, body.isEmpty() ? "" : body.encode());
  }

  private JsonObject send(String method, String path, String body) {
    String answer = exchange(method, path, body);
    return answer.isBlank() ? new JsonObject() : new JsonObject(answer);
  }

  private String exchange(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .header("Authorization", authorization)
            .header("User-Agent", AGENT)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    person.ifPresent(email -> request.header("X-Sim-User", email));
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new AssertionError(
            method + " " + path + " answered " + response.statusCode() + " " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
