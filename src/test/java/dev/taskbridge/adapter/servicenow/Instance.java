package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.adapter.http.HttpSettings;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Secret;
import dev.taskbridge.simulator.servicenow.ServiceNowSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * A simulated instance, the adapter in front of it over one of the transports, and a second way in
 * for what people do there.
 */
final class Instance implements AutoCloseable {
  /** What carries the adapter's requests. */
  enum Transport {
    COMPONENT,
    HTTP
  }

  static final String SYSTEM = "snow-it";
  static final String SYNC = "high-severity";
  private static final ObjectMapper JSON = new ObjectMapper();

  final ServiceNowSimulator simulator = ServiceNowSimulator.start(0);
  final TicketSystem system;
  private final CamelHttp http;
  private final CamelContext camel = new DefaultCamelContext();
  private final HttpClient client = HttpClient.newHttpClient();
  private final JsonNode credentials = get("/_sim/credentials");

  Instance(Transport transport) {
    this(transport, UnaryOperator.identity());
  }

  Instance(Transport transport, UnaryOperator<ServiceNowSettings> changed) {
    this(transport, changed, Optional.empty());
  }

  /**
   * @param way empty for the service account's user name and password
   */
  Instance(
      Transport transport,
      UnaryOperator<ServiceNowSettings> changed,
      Optional<Function<URI, Credentials>> way) {
    this(transport, changed, way, Duration.ZERO);
  }

  /**
   * @param patience how long a request may be tried again; zero where that only takes time
   */
  Instance(
      Transport transport,
      UnaryOperator<ServiceNowSettings> changed,
      Optional<Function<URI, Credentials>> way,
      Duration patience) {
    ServiceNowSettings settings =
        changed.apply(ServiceNowSettings.of(SYSTEM, URI.create(simulator.origin()), known("user")));
    try {
      camel.getShutdownStrategy().setTimeout(1);
      camel.start();
      load("routes/http.yaml");
      http = CamelHttp.connect(camel, reached(way, patience), Clock.systemUTC(), HttpObserver.NONE);
      system =
          transport == Transport.HTTP
              ? ServiceNowSystem.overHttp(settings, http, Clock.systemUTC())
              : ServiceNowSystem.overComponent(settings, camel, http, Clock.systemUTC());
      load("routes/systems/servicenow.yaml");
      if (transport == Transport.COMPONENT) {
        for (String name : List.of("records", "records-try")) {
          camel.addRouteFromTemplate(
              SYSTEM + "." + name, "servicenow." + name, Map.of("system", SYSTEM));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpSettings reached(Optional<Function<URI, Credentials>> way, Duration patience) {
    return new HttpSettings(
        SYSTEM,
        URI.create(simulator.origin()),
        way.map(how -> how.apply(URI.create(simulator.origin())))
            .orElseGet(() -> Credentials.basic(known("user"), new Secret(known("password")))),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ofSeconds(2),
        patience,
        4,
        64L * 1024 * 1024);
  }

  private void load(String file) throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(PluginHelper.getResourceLoader(camel).resolveResource("file:" + Path.of(file)));
  }

  String known(String credential) {
    return credentials.get(credential).asText();
  }

  static Scope incidents() {
    return scope("incident", Map.of());
  }

  static Scope scope(String table, Map<String, Map<String, String>> onEntering) {
    return new Scope(
        Map.of("table", table),
        List.of(
            FieldName.TITLE,
            FieldName.DESCRIPTION,
            FieldName.STATUS,
            FieldName.ASSIGNEE,
            FieldName.DUE_DATE,
            FieldName.PRIORITY),
        onEntering);
  }

  static NewTicket ticket(String xid, Map<FieldName, FieldValue> fields) {
    LinkKey link = new LinkKey(SYNC, xid);
    return new NewTicket(IdempotencyKey.of(link), link, "https://example.com/" + xid, fields);
  }

  static List<NewTicket> tickets(int count) {
    List<NewTicket> tickets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tickets.add(
          ticket("task-" + i, Map.of(FieldName.TITLE, FieldValue.text("Look at host " + i))));
    }
    return tickets;
  }

  JsonNode get(String target) {
    return send("GET", target, "");
  }

  JsonNode put(String target, String body) {
    return send("PUT", target, body);
  }

  /** What an administrator does by hand. */
  JsonNode asAdmin(String method, String target, String body) {
    return send(method, target, body).path("result");
  }

  /** Many things that an administrator does at once; the created records' sys_ids. */
  List<String> asAdminTogether(List<Batch.Item> items) {
    ObjectNode batch = JSON.createObjectNode().put("batch_request_id", "by hand");
    ArrayNode requests = batch.putArray("rest_requests");
    for (int i = 0; i < items.size(); i++) {
      ObjectNode request =
          requests
              .addObject()
              .put("id", String.valueOf(i))
              .put("method", items.get(i).method())
              .put("url", items.get(i).target())
              .put(
                  "body",
                  Base64.getEncoder()
                      .encodeToString(items.get(i).body().getBytes(StandardCharsets.UTF_8)));
      ArrayNode headers = request.putArray("headers");
      headers.addObject().put("name", "Content-Type").put("value", "application/json");
      headers.addObject().put("name", "Accept").put("value", "application/json");
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode served :
        send("POST", "/api/now/v1/batch", batch.toString()).path("serviced_requests")) {
      try {
        ids.add(
            JSON.readTree(Base64.getDecoder().decode(served.path("body").asText()))
                .path("result")
                .path("sys_id")
                .asText());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  /** Records that were all stamped with one and the same second, which is over. */
  Set<String> recordsOfOneSecond(String table, int rows) {
    java.time.Instant second =
        simulator.clock().instant().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    Set<String> ids = new HashSet<>();
    for (int from = 0; from < rows; from += 100) {
      // Held at the second's beginning while each hundred is made.
      simulator.clock().setOffset(Duration.between(java.time.Instant.now(), second));
      List<Batch.Item> items = new ArrayList<>();
      for (int i = from; i < Math.min(rows, from + 100); i++) {
        items.add(
            new Batch.Item(
                "POST",
                "/api/now/v2/table/" + table + "?sysparm_fields=sys_id",
                "{\"short_description\": \"Row " + i + "\"}"));
      }
      ids.addAll(asAdminTogether(items));
    }
    simulator.clock().setOffset(Duration.between(java.time.Instant.now(), second.plusSeconds(3)));
    return ids;
  }

  void switches(String json) {
    put("/_sim/switches", json);
  }

  void faults(String json) {
    put("/_sim/faults", json);
  }

  int requests() {
    return get("/_sim/requests").get("total").asInt();
  }

  JsonNode requestsByOperation() {
    return get("/_sim/requests").get("byOperation");
  }

  void forgetRequests() {
    send("DELETE", "/_sim/requests", "");
  }

  JsonNode send(String method, String target, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.origin() + target))
            .header("Accept", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!target.startsWith("/_sim")) {
      request.header(
          "Authorization",
          basic(credentials.get("adminUser").asText(), credentials.get("adminPassword").asText()));
    }
    try {
      String answer = client.send(request.build(), BodyHandlers.ofString()).body();
      return answer.isBlank() ? JSON.nullNode() : JSON.readTree(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  void stopRoutes() {
    http.close();
    camel.stop();
  }

  @Override
  public void close() {
    stopRoutes();
    simulator.close();
  }
}
