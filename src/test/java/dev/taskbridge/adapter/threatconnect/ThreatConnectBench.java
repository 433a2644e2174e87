package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.adapter.http.HttpRoutes;
import dev.taskbridge.adapter.http.HttpSettings;
import dev.taskbridge.domain.Secret;
import dev.taskbridge.simulator.threatconnect.ThreatConnectSimulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** A simulated ThreatConnect and an adapter that reaches it over the shipped routes, signed. */
final class ThreatConnectBench implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ThreatConnectSimulator simulator = ThreatConnectSimulator.start(0);
  private final CamelContext context = HttpRoutes.started("file:routes/threatconnect.yaml");
  private final HttpClient control = HttpClient.newHttpClient();
  private final CamelHttp http;

  private ThreatConnectBench() {
    JsonNode accepted = get("/_sim/credentials");
    http =
        CamelHttp.connect(
            context,
            HttpSettings.of(
                "threatconnect",
                url(),
                Credentials.hmac(
                    accepted.path("accessId").asText(),
                    new Secret(accepted.path("secretKey").asText()))),
            Clock.systemUTC(),
            HttpObserver.NONE);
  }

  static ThreatConnectBench start() {
    return new ThreatConnectBench();
  }

  ThreatConnectSimulator simulator() {
    return simulator;
  }

  CamelContext context() {
    return context;
  }

  Http http() {
    return http;
  }

  /** A source that remembers nothing yet. */
  ThreatConnectSource source() {
    return source(http);
  }

  ThreatConnectSource source(Http way) {
    return new ThreatConnectSource(
        way,
        new ThreatConnectSettings(
            url(), Optional.of("Demo Organization"), "the tests", Clock.systemUTC()));
  }

  /** Makes the shipped templates into routes to {@code source}, as the wiring does. */
  void route(ThreatConnectSource source) {
    context.getRegistry().bind("threatconnect", source);
    for (String operation :
        List.of("tasks", "read", "update", "create", "notes", "note", "describe", "findCase")) {
      TemplatedRouteBuilder.builder(context, "threatconnect." + operation)
          .routeId("threatconnect." + operation)
          .parameter("system", "threatconnect")
          .add();
    }
  }

  /** Requests since the last look, by operation. */
  Map<String, Integer> requests() {
    Map<String, Integer> counts = new TreeMap<>();
    get("/_sim/requests")
        .path("byOperation")
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
    call("DELETE", "/_sim/requests", "");
    return counts;
  }

  void faults(String json) {
    call("PUT", "/_sim/faults", json);
  }

  void seed(String json) {
    call("POST", "/_sim/seed", json);
  }

  /** Everything the simulator holds. */
  JsonNode state() {
    return get("/_sim/state");
  }

  private URI url() {
    return URI.create(simulator.origin() + "/api");
  }

  private JsonNode get(String path) {
    return call("GET", path, "");
  }

  private JsonNode call(String method, String path, String body) {
    try {
      String answer =
          control
              .send(
                  HttpRequest.newBuilder(URI.create(simulator.origin() + path))
                      .method(method, BodyPublishers.ofString(body))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      JsonNode json = JSON.readTree(answer);
      if (json.has("error")) {
        throw new IllegalArgumentException(answer);
      }
      return json;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
    context.stop();
    simulator.close();
  }
}
