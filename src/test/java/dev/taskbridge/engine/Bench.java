package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.jira.JiraDescription;
import dev.taskbridge.config.ConfigLoader;
import dev.taskbridge.config.Loaded;
import dev.taskbridge.config.StoreConfig;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.simulator.jira.JiraSimulator;
import dev.taskbridge.simulator.servicenow.ServiceNowSimulator;
import dev.taskbridge.simulator.threatconnect.ThreatConnectSimulator;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The three simulators and, as often as wanted, a bridge between them in this process. */
final class Bench implements AutoCloseable {
  final ThreatConnectSimulator threatConnect = ThreatConnectSimulator.start(0);
  final JiraSimulator jira;
  final ServiceNowSimulator serviceNow = ServiceNowSimulator.start(0);
  final SimClient tasks;
  final SimClient issues;
  final SimClient records;

  /** The REST API of both Jiras in which texts are wiki markup. */
  static final String WIKI_API = "/rest/api/2";

  /** The newest REST API of this Jira: on Cloud its texts are documents. */
  final String jiraApi;

  final WoundClock clock = new WoundClock();

  /** How long an answer of a ticketing system may take in configurations made from now on. */
  String timeout = "30s";

  private final Flavour flavour;
  private final Path folder;
  private final Map<SimulatorServer, Front> fronts = new HashMap<>();

  /** For tests in which Jira has no part. */
  Bench(Path folder) {
    this(folder, Flavour.CLOUD);
  }

  Bench(Path folder, Flavour flavour) {
    this.folder = folder;
    this.jira = JiraSimulator.start(0, flavour);
    this.flavour = flavour;
    this.jiraApi = flavour == Flavour.CLOUD ? "/rest/api/3" : WIKI_API;
    this.tasks =
        new SimClient(
            threatConnect.origin(),
            "TC-Token " + threatConnect.acceptedCredentials().getString("token"));
    this.issues =
        new SimClient(jira.origin(), SimClient.basic(jira.acceptedCredentials(), "token"));
    this.records =
        new SimClient(
            serviceNow.origin(), SimClient.basic(serviceNow.acceptedCredentials(), "password"));
    issues.control("PUT", "/_sim/traffic", new JsonObject().put("recording", true));
  }

  /** A server before {@code simulator}, which configurations name from now on instead of it. */
  Front front(SimulatorServer simulator) {
    return fronts.computeIfAbsent(simulator, each -> new Front(each.origin()));
  }

  private String origin(SimulatorServer simulator) {
    Front front = fronts.get(simulator);
    return front == null ? simulator.origin() : front.origin();
  }

  /** Lets time pass here and in the systems. */
  void wind(Duration by) {
    clock.wind(by);
    for (SimulatorServer simulator : simulators()) {
      simulator.clock().advance(by);
    }
  }

  private List<SimulatorServer> simulators() {
    return List.of(threatConnect, jira, serviceNow);
  }

  /** A configuration of one sync with Jira, called {@code soc}. */
  TaskbridgeConfig withJira() {
    return load(JIRA);
  }

  /** As {@link #withJira}, with further lines under {@code fields}. */
  TaskbridgeConfig withJira(String moreFields) {
    return load(JIRA + "      " + moreFields + "\n");
  }

  /** As {@link #withJira}, after an edit of the whole file. */
  TaskbridgeConfig withJira(UnaryOperator<String> edit) {
    withJira();
    return edited(edit);
  }

  /** The configuration that was loaded last, after an edit of the whole file. */
  TaskbridgeConfig edited(UnaryOperator<String> edit) {
    Path file = folder.resolve("taskbridge.yaml");
    try {
      String before = Files.readString(file);
      String after = edit.apply(before);
      if (after.equals(before)) {
        throw new IllegalArgumentException("the edit of the configuration changed nothing");
      }
      return loadFile(Files.writeString(file, after));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The sync of {@link #withJira}, for variations of it. */
  static final String JIRA =
      """
        syncs:
          soc:
            tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s }
            tickets: { system: jira-soc, project: SEC, type: Task, every: 1s }
            sweep: "0 0 3 * * ?"
            fields:
              title: { direction: both }
              description: { direction: to-ticket }
              status:
                direction: both
                map:
                  Pending:  [ To Do ]
                  Open:     [ To Do, In Progress ]
                  Reopened: [ To Do, In Progress ]
                  Closed:   [ Done ]
                back: { To Do: Open, In Progress: Open, Done: Closed, reopened: Reopened }
              assignee:
                direction: both
                groups: { SOC Team: { user: maria.silva@example.com }, IT Operations: { user: lars.berg@example.com } }
              dueDate: { direction: both, zone: America/New_York }
              priority: { direction: to-ticket, from: severity, map: { Low: Low, Medium: Medium, High: High, Critical: Highest } }
        """;

  /** A configuration of one sync with ServiceNow's incidents, called {@code soc}. */
  TaskbridgeConfig withServiceNow(String transport, boolean batch) {
    return load(SERVICENOW, transport, batch);
  }

  /** As {@link #withServiceNow(String, boolean)}, with further lines under {@code fields}. */
  TaskbridgeConfig withServiceNow(String moreFields) {
    return load(SERVICENOW + "      " + moreFields + "\n", "component", true);
  }

  private static final String SERVICENOW =
      """
        syncs:
          soc:
            tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s }
            tickets: { system: snow-it, table: incident, every: 1s }
            sweep: "0 0 3 * * ?"
            fields:
              title: { direction: both }
              description: { direction: to-ticket }
              status:
                direction: both
                map:
                  Pending:  [ New ]
                  Open:     [ New, In Progress, On Hold ]
                  Reopened: [ In Progress, New, On Hold ]
                  Closed:   [ Resolved, Closed, Canceled ]
                set: { Resolved: { close_code: Solution provided, close_notes: Closed in ThreatConnect } }
              assignee:
                direction: both
                groups: { SOC Team: { group: SOC Team }, IT Operations: { group: IT Operations } }
              dueDate: { direction: both }
              priority: { direction: to-ticket, from: severity, map: { Low: 4 - Low, Medium: 3 - Moderate, High: 2 - High, Critical: 1 - Critical } }
        """;

  TaskbridgeConfig load(String syncs) {
    return load(syncs, "component", true);
  }

  private TaskbridgeConfig load(String syncs, String transport, boolean batch) {
    return load(
        syncs,
        transport,
        batch,
        "{ kind: basic, user: \"{{env:SNOW_USER}}\", password: \"{{env:SNOW_PASSWORD}}\" }");
  }

  /** The same with the {@code auth} of the ServiceNow system as given. */
  TaskbridgeConfig load(String syncs, String transport, boolean batch, String serviceNowAuth) {
    String yaml =
        """
        threatconnect:
          url: %s/api
          auth: { kind: hmac, accessId: "{{env:TC_ID}}", secretKey: "{{env:TC_KEY}}" }
          owner: Demo Organization
        store: { url: "jdbc:sqlite:%s" }
        web: { port: 0 }
        systems:
          jira-soc:
            kind: jira
            url: %s
            auth: { kind: basic, user: "{{env:JIRA_USER}}", token: "{{env:JIRA_TOKEN}}" }
            searchLag: 1s
            timeout: %s
          snow-it:
            kind: servicenow
            url: %s
            auth: %s
            searchLag: 1s
            timeout: %s
            transport: %s
            batch: %s
        """
            .formatted(
                origin(threatConnect),
                folder.resolve("links.db"),
                origin(jira),
                timeout,
                origin(serviceNow),
                serviceNowAuth,
                timeout,
                transport,
                batch);
    try {
      return loadFile(Files.writeString(folder.resolve("taskbridge.yaml"), yaml + syncs));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  TaskbridgeConfig loadFile(Path file) {
    Loaded loaded = new ConfigLoader(environment()).load(file);
    if (loaded instanceof Loaded.Invalid invalid) {
      throw new AssertionError("the test's configuration is wrong: " + invalid.problems());
    }
    return ((Loaded.Valid) loaded).config();
  }

  /**
   * The configuration that was loaded last as a file for the command line, its secrets in files
   * beside it.
   *
   * @param edits what to replace by what, in pairs
   */
  Path typed(String... edits) {
    try {
      String yaml =
          Files.readString(folder.resolve("taskbridge.yaml")).replace("{{env:", "{{file:");
      for (Map.Entry<String, String> secret : environment().entrySet()) {
        Files.writeString(folder.resolve(secret.getKey()), secret.getValue());
      }
      for (int i = 0; i < edits.length; i += 2) {
        if (!yaml.contains(edits[i])) {
          throw new AssertionError("the configuration has no " + edits[i]);
        }
        yaml = yaml.replace(edits[i], edits[i + 1]);
      }
      return Files.writeString(Files.createTempFile(folder, "typed", ".yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The operations of a system that are no reading, with how often they were asked for. */
  static Map<String, Object> writes(SimClient client) {
    return byOperation(client).stream()
        .filter(entry -> !entry.getKey().startsWith("GET "))
        .filter(entry -> !entry.getKey().startsWith("OPTIONS "))
        .filter(entry -> !entry.getKey().matches("POST .*/(search.*|issue/bulkfetch|comment/list)"))
        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  Map<String, String> environment() {
    JsonObject tc = threatConnect.acceptedCredentials();
    JsonObject ji = jira.acceptedCredentials();
    JsonObject sn = serviceNow.acceptedCredentials();
    return Map.of(
        "TC_ID", tc.getString("accessId"),
        "TC_KEY", tc.getString("secretKey"),
        "JIRA_USER", ji.getString("user"),
        "JIRA_TOKEN", ji.getString("token"),
        "SNOW_USER", sn.getString("user"),
        "SNOW_PASSWORD", sn.getString("password"),
        "SNOW_CLIENT", sn.getString("clientId"),
        "SNOW_SECRET", sn.getString("clientSecret"));
  }

  /** A bridge on the bench's store, started, without schedules and web. */
  Bridge bridge(TaskbridgeConfig config) {
    StoreConfig store = config.store();
    return bridge(
        config, JdbcLinkStore.open(new StoreSettings(store.url(), store.user(), store.password())));
  }

  /** A bridge on {@code store}, which it closes, without schedules and web. */
  Bridge bridge(TaskbridgeConfig config, LinkStore store) {
    Bridge bridge = new Bridge(config, Path.of("").toAbsolutePath(), store, clock);
    bridge.start(false);
    return bridge;
  }

  static void once(Bridge bridge) throws InterruptedException {
    new Cycle(bridge, bridge.clock()).once(List.of("soc"));
  }

  static void sweep(Bridge bridge) throws InterruptedException {
    new Cycle(bridge, bridge.clock()).sweep(List.of("soc"));
  }

  static List<Link> links(Bridge bridge) {
    return bridge
        .store()
        .inTransaction(rows -> rows.page(Optional.of("soc"), Set.of(), Optional.empty(), 100_000));
  }

  void seed(int howMany) {
    tasks.control(
        "POST",
        "/_sim/seed",
        new JsonObject().put("tasks", howMany).put("seed", 42).put("matching", true));
  }

  /** Where people's clients find a link's issue. */
  String issuePath(Link link) {
    return jiraApi + "/issue/" + link.ticketId();
  }

  /** The fields of a link's issue as people see them. */
  JsonObject issue(Link link) {
    return issues.get(issuePath(link)).getJsonObject("fields");
  }

  /** What people find by a query. */
  JsonArray search(String jql) {
    String resource = flavour == Flavour.CLOUD ? "/search/jql" : "/search";
    return issues
        .send("POST", jiraApi + resource, new JsonObject().put("jql", jql))
        .getJsonArray("issues");
  }

  /** Somebody edits fields of a link's issue. */
  void editIssue(Link link, JsonObject fields) {
    issues.send("PUT", issuePath(link), new JsonObject().put("fields", fields));
  }

  /** Somebody moves a Jira issue to a status that one transition leads to. */
  void move(Link link, String status) {
    String path = issuePath(link) + "/transitions";
    String id =
        issues.get(path).getJsonArray("transitions").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getJsonObject("to").getString("name").equals(status))
            .findFirst()
            .orElseThrow()
            .getString("id");
    issues.send("POST", path, new JsonObject().put("transition", new JsonObject().put("id", id)));
  }

  void forgetRequests() {
    for (SimClient client : List.of(tasks, issues, records)) {
      client.control("DELETE", "/_sim/requests", new JsonObject());
    }
  }

  static long requests(SimClient client) {
    return client.control("GET", "/_sim/requests", new JsonObject()).getLong("total");
  }

  static JsonObject byOperation(SimClient client) {
    return client.control("GET", "/_sim/requests", new JsonObject()).getJsonObject("byOperation");
  }

  /**
   * Closes the simulators, and fails if anything was sent to Jira that is not in its description.
   */
  @Override
  public void close() {
    JsonArray sent =
        issues.control("GET", "/_sim/traffic", new JsonObject()).getJsonArray("requests");
    fronts.values().forEach(Front::close);
    simulators().forEach(SimulatorServer::close);
    assertThat(JiraDescription.of(flavour).complaints(sent, SimClient.AGENT))
        .as("requests to Jira that its published description does not know")
        .isEmpty();
  }
}
