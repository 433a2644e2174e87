package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.store.JournalEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bridge between the simulated ThreatConnect and the simulated ServiceNow over one of the
 * transports, and the people on both sides of it.
 */
final class ServiceNowDesk implements AutoCloseable {
  /** What carries the bridge's requests to ServiceNow. */
  enum Transport {
    COMPONENT,
    HTTP;

    private String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Statuses as somebody would map them who wants incidents to end at Resolved. */
  static final String STATUS =
      """
            status:
              direction: both
              map:
                Pending:  [ New ]
                Open:     [ New, In Progress, On Hold ]
                Reopened: [ In Progress, New, On Hold ]
                Closed:   [ Resolved, Closed, Canceled ]
      """;

  static final String RESOLVING =
      """
              set:
                Resolved: { close_code: Solution provided, close_notes: Closed from ThreatConnect. }
                On Hold: { hold_reason: Awaiting Vendor }
      """;

  /** Who takes what. */
  static final String ASSIGNEE =
      """
            assignee:
              direction: both
              groups: { SOC Team: { group: SOC Team }, IT Operations: { group: IT Operations } }
      """;

  static final String PASSWORD =
      "{ kind: basic, user: \"{{env:SNOW_USER}}\", password: \"{{env:SNOW_PASSWORD}}\" }";

  private static final String TITLES =
      """
            title: { direction: both }
            description: { direction: to-ticket }
      """;

  private static final String INCIDENTS = "{ system: snow-it, table: incident, every: 30s }";
  private static final String SOC =
      """
      syncs:
        soc:
          tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 30s, case: "%s" }
          tickets: %s
          sweep: "0 0/15 * * * ?"
      %s    fields:
      """;

  final Bench bench;
  private final Transport transport;
  private @Nullable Bridge bridge;

  ServiceNowDesk(Path folder, Transport transport) {
    this.bench = new Bench(folder);
    this.transport = transport;
  }

  /** Puts a sync of incidents in force: titles, descriptions, and what {@code fields} adds. */
  void runs(String fields) {
    runs(INCIDENTS, "", fields);
  }

  /**
   * Puts a sync in force.
   *
   * @param tickets its {@code tickets:}
   * @param more further lines of the sync
   */
  void runs(String tickets, String more, String fields) {
    close(bridge);
    bridge =
        bench.bridge(bench.load(sync(tickets, more, fields), transport.word(), true, PASSWORD));
  }

  /** The same with other credentials, or without batches. */
  void runs(String fields, String auth, boolean batch) {
    close(bridge);
    bridge = bench.bridge(bench.load(sync(INCIDENTS, "", fields), transport.word(), batch, auth));
  }

  private String sync(String tickets, String more, String fields) {
    String someCase =
        bench.tasks.get("/api/v3/cases").getJsonArray("data").getJsonObject(0).getString("name");
    return SOC.formatted(someCase, tickets, more) + TITLES + fields;
  }

  Bridge bridge() {
    return Optional.ofNullable(bridge).orElseThrow();
  }

  void cycle() {
    try {
      Bench.once(bridge());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void sweep() {
    try {
      Bench.sweep(bridge());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<Link> links() {
    return Bench.links(bridge());
  }

  /** A linked open task that waits for none. */
  Link link() {
    return links().stream()
        .filter(link -> link.state() == LinkState.LINKED)
        .filter(link -> link.task().orElseThrow().record().dependentOn().isEmpty())
        .filter(link -> link.task().orElseThrow().record().status() == TaskStatus.OPEN)
        .findFirst()
        .orElseThrow();
  }

  /** The link as it stands now. */
  Link now(Link link) {
    return links().stream().filter(each -> each.key().equals(link.key())).findFirst().orElseThrow();
  }

  /** What {@code links} and {@code explain} say of a field: its verdict and why. */
  FieldRecord field(Link link, FieldName field) {
    return Optional.ofNullable(now(link).fields().get(field)).orElseThrow();
  }

  /** What {@code explain} tells of a link. */
  List<String> story(Link link) {
    return new Decisions(bridge().store(), Clock.systemUTC())
        .story(link).stream().map(JournalEntry::detail).toList();
  }

  JsonObject task(Link link) {
    return bench
        .tasks
        .get("/api/v3/tasks/" + link.task().orElseThrow().record().id())
        .getJsonObject("data");
  }

  void editTask(Link link, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), change);
  }

  void setStatus(Link link, String status) {
    editTask(link, new JsonObject().put("status", status));
  }

  void assign(Link link, String type, String name) {
    JsonObject who = new JsonObject().put(type.equals("User") ? "userName" : "name", name);
    editTask(
        link,
        new JsonObject().put("assignee", new JsonObject().put("type", type).put("data", who)));
  }

  /** ServiceNow as one of its people sees it. */
  SimClient servicenow(String email) {
    return bench.records.as(email);
  }

  /** ServiceNow as its administrator sees it. */
  SimClient admin() {
    JsonObject known = bench.serviceNow.acceptedCredentials();
    return new SimClient(
        bench.serviceNow.origin(),
        SimClient.basic(
            new JsonObject()
                .put("user", known.getString("adminUser"))
                .put("password", known.getString("adminPassword")),
            "password"));
  }

  JsonObject record(Link link) {
    return record("incident", link.ticketId());
  }

  JsonObject record(String table, String id) {
    return admin().get("/api/now/v2/table/" + table + "/" + id).getJsonObject("result");
  }

  /** The labels of a record's values. */
  JsonObject shown(String table, String id) {
    return admin()
        .get(
            "/api/now/v2/table/"
                + table
                + "/"
                + id
                + "?sysparm_display_value=true&sysparm_exclude_reference_link=true")
        .getJsonObject("result");
  }

  void editRecord(Link link, JsonObject change) {
    editRecord("lars.berg@example.com", "incident", link.ticketId(), change);
  }

  void editRecord(String email, String table, String id, JsonObject change) {
    servicenow(email).send("PATCH", "/api/now/v2/table/" + table + "/" + id, change);
  }

  /** Every record of a table that an encoded query selects, as the administrator sees them. */
  List<JsonObject> records(String table, String query) {
    JsonArray result =
        admin()
            .get(
                "/api/now/v2/table/"
                    + table
                    + "?sysparm_query="
                    + URLEncoder.encode(query, StandardCharsets.UTF_8))
            .getJsonArray("result");
    return result.stream().map(JsonObject.class::cast).toList();
  }

  void switches(JsonObject changes) {
    admin().control("PUT", "/_sim/switches", changes);
  }

  /** Lets one request go wrong, the next whose method and path fit. */
  void strike(String fault, String method, String path, int after) {
    switches(
        new JsonObject()
            .put(
                "scriptedFaults",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("fault", fault)
                            .put("method", method)
                            .put("path", path)
                            .put("after", after)
                            .put("times", 1))));
  }

  /** Lets a while pass for the bridge, in which it may ask again where it was to be patient. */
  void waits(Duration time) {
    bench.clock.wind(time);
  }

  /** Lets the time in ServiceNow go on, so that what changed is no longer looked back at. */
  void later() {
    bench.serviceNow.clock().advance(Duration.ofMinutes(5));
  }

  /** A further cycle writes nothing on either side. */
  void thenASecondCycleWritesNothing() {
    bench.forgetRequests();
    cycle();
    assertThat(Bench.byOperation(bench.tasks).fieldNames())
        .allMatch(operation -> operation.startsWith("GET ") || operation.startsWith("OPTIONS "));
    assertThat(Bench.byOperation(bench.records).fieldNames())
        .allMatch(operation -> operation.startsWith("GET "));
  }

  /** What an operator does with {@code retry --all}, and the cycle that carries it out. */
  void retry() {
    new Decisions(bridge().store(), Clock.systemUTC()).retry(Optional.empty());
    bridge().call("direct:due", "");
    cycle();
  }

  /** Ends the bridge; the systems go on. */
  void stop() {
    close(bridge);
    bridge = null;
  }

  private static void close(@Nullable Bridge running) {
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void close() {
    close(bridge);
    bench.close();
  }
}
