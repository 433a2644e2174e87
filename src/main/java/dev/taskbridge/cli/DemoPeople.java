package dev.taskbridge.cli;

import static dev.taskbridge.domain.FieldName.TITLE;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.People.Person;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.store.LinkStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The people of the demo: each works in one system, through its public API, as themselves. */
final class DemoPeople {
  /** A task that was just edited is left alone until the edit has arrived everywhere. */
  private static final Duration MANNERS = Duration.ofSeconds(15);

  private static final String JSON = "application/json";

  /** What somebody did, for the narration. */
  record Edit(String story) {}

  /** What is edited. */
  private enum What {
    STATUS,
    ASSIGNEE,
    DUE_DATE,
    TITLE
  }

  private final DemoClient threatConnect;
  private final DemoClient jira;
  private final DemoClient serviceNow;
  private final Random dice;
  private final Map<String, Instant> lastEdits = new HashMap<>();
  private final Map<String, String> accountIds = new HashMap<>();
  private final Map<String, String> sysIds = new HashMap<>();
  private long openTasks;
  private long edits;

  DemoPeople(Map<Product, SimulatorServer> simulators, Random dice) {
    this.dice = dice;
    SimulatorServer tc = simulator(simulators, Product.THREATCONNECT);
    SimulatorServer ji = simulator(simulators, Product.JIRA);
    SimulatorServer sn = simulator(simulators, Product.SERVICENOW);
    threatConnect =
        new DemoClient(
            tc.origin() + "/api/v3", "TC-Token " + tc.acceptedCredentials().getString("token"));
    jira =
        new DemoClient(
            ji.origin() + "/rest/api/3", basic(ji.acceptedCredentials(), "user", "token"));
    serviceNow =
        new DemoClient(
            sn.origin() + "/api/now/v2/table", basic(sn.acceptedCredentials(), "user", "password"));
  }

  /** Has the simulated ThreatConnect hold {@code howMany} open tasks. */
  void seed(int howMany) throws IOException, InterruptedException {
    openTasks = countOpen();
    if (openTasks < howMany) {
      threatConnect.control(
          "POST",
          "/_sim/seed",
          new JsonObject().put("tasks", howMany - openTasks).put("seed", 42).put("matching", true));
    }
    openTasks = countOpen();
    JsonArray users = jira.control("GET", "/_sim/state", new JsonObject()).getJsonArray("users");
    for (int i = 0; i < users.size(); i++) {
      JsonObject user = users.getJsonObject(i);
      accountIds.put(user.getString("emailAddress"), user.getString("accountId"));
    }
    JsonArray records =
        serviceNow
            .call("GET", "/sys_user?sysparm_fields=sys_id,email&sysparm_limit=100", "", Map.of())
            .getJsonArray("result");
    for (int i = 0; i < records.size(); i++) {
      sysIds.put(
          records.getJsonObject(i).getString("email"),
          records.getJsonObject(i).getString("sys_id"));
    }
  }

  private long countOpen() throws IOException, InterruptedException {
    return threatConnect
        .call(
            "GET", "/tasks?resultLimit=1&count=true&tql=status%20!%3D%20%22Closed%22", "", Map.of())
        .getLong("count");
  }

  long openTasks() {
    return openTasks;
  }

  /** How many edits people made. */
  long edits() {
    return edits;
  }

  /** Somebody changes something on one side; empty if nobody found anything to do. */
  Optional<Edit> edit(LinkStore store) throws IOException, InterruptedException {
    List<Link> linked =
        store.inTransaction(
            rows ->
                rows.page(
                    Optional.empty(),
                    Set.of(LinkState.LINKED),
                    Optional.empty(),
                    Integer.MAX_VALUE));
    if (linked.isEmpty()) {
      return Optional.empty();
    }
    Link link = linked.get(dice.nextInt(linked.size()));
    Instant now = Instant.now();
    Instant last = lastEdits.getOrDefault(link.key().xid(), Instant.MIN);
    if (last.isAfter(now.minus(MANNERS)) || link.task().isEmpty()) {
      return Optional.empty();
    }
    Person person = People.ALL.get(dice.nextInt(People.ALL.size()));
    What what = What.values()[dice.nextInt(What.values().length)];
    Task task = link.task().get().record();
    if (what == What.STATUS && task.dependentOn().isPresent()) {
      // Its status is the workflow's business until its predecessor is closed.
      what = What.TITLE;
    }
    lastEdits.put(link.key().xid(), now);
    int side = dice.nextInt(2);
    String done =
        side == 0
            ? editTask(person, task, what)
            : link.key().sync().endsWith("jira")
                ? editIssue(person, link, what)
                : editIncident(person, link, what);
    edits++;
    return Optional.of(new Edit(Narrator.word("person") + person.fullName() + " " + done));
  }

  private String editTask(Person person, Task task, What what)
      throws IOException, InterruptedException {
    JsonObject change = new JsonObject();
    String story;
    switch (what) {
      case STATUS -> {
        String status = task.status() == TaskStatus.CLOSED ? "Reopened" : "Closed";
        change.put("status", status);
        story = "sets task " + task.id() + " to " + status;
      }
      case ASSIGNEE -> {
        Person other = People.ALL.get(dice.nextInt(People.ALL.size()));
        change.put(
            "assignee",
            new JsonObject()
                .put("type", "User")
                .put("data", new JsonObject().put("userName", other.email())));
        story = "gives task " + task.id() + " to " + other.fullName();
      }
      case DUE_DATE -> {
        Instant due =
            Instant.now()
                .truncatedTo(ChronoUnit.HOURS)
                .plus(Duration.ofHours(24L + dice.nextInt(240)));
        change.put("dueDate", due.toString());
        story = "makes task " + task.id() + " due on " + due;
      }
      default -> {
        String name = revised(task.name());
        change.put("name", name);
        story = "renames task " + task.id() + " to \"" + name + "\"";
      }
    }
    threatConnect.call("PUT", "/tasks/" + task.id(), change.encode(), acting(person));
    return story;
  }

  private String editIssue(Person person, Link link, What what)
      throws IOException, InterruptedException {
    String path = "/issue/" + link.ticketId();
    JsonObject fields = new JsonObject();
    String story;
    switch (what) {
      case STATUS -> {
        JsonArray transitions =
            jira.call("GET", path + "/transitions", "", acting(person)).getJsonArray("transitions");
        JsonObject chosen = transitions.getJsonObject(dice.nextInt(transitions.size()));
        jira.call(
            "POST",
            path + "/transitions",
            new JsonObject()
                .put("transition", new JsonObject().put("id", chosen.getString("id")))
                .encode(),
            acting(person));
        return "moves " + link.ticketKey() + " to " + chosen.getJsonObject("to").getString("name");
      }
      case ASSIGNEE -> {
        Person other = People.ALL.get(dice.nextInt(People.ALL.size()));
        fields.put("assignee", new JsonObject().put("accountId", accountIds.get(other.email())));
        story = "gives " + link.ticketKey() + " to " + other.fullName();
      }
      case DUE_DATE -> {
        LocalDate due = LocalDate.now(ZoneOffset.UTC).plusDays(1 + dice.nextInt(14));
        fields.put("duedate", due.toString());
        story = "makes " + link.ticketKey() + " due on " + due;
      }
      default -> {
        String title = revised(link.ticket().orElseThrow().record().value(TITLE).shown());
        fields.put("summary", title);
        story = "renames " + link.ticketKey() + " to \"" + title + "\"";
      }
    }
    jira.call("PUT", path, new JsonObject().put("fields", fields).encode(), acting(person));
    return story;
  }

  private String editIncident(Person person, Link link, What what)
      throws IOException, InterruptedException {
    JsonObject change = new JsonObject();
    String story;
    switch (what) {
      case STATUS -> {
        if (link.ticket().orElseThrow().record().closed()) {
          change.put("state", "2");
          story = "takes " + link.ticketKey() + " up again";
        } else {
          change
              .put("state", "6")
              .put("close_code", "Solution provided")
              .put("close_notes", "Done as planned.");
          story = "resolves " + link.ticketKey();
        }
      }
      case ASSIGNEE -> {
        Person other = People.ALL.get(dice.nextInt(People.ALL.size()));
        change.put("assigned_to", sysIds.get(other.email()));
        story = "gives " + link.ticketKey() + " to " + other.fullName();
      }
      case DUE_DATE -> {
        LocalDate due = LocalDate.now(ZoneOffset.UTC).plusDays(1 + dice.nextInt(14));
        change.put("due_date", due + " 15:30:00");
        story = "makes " + link.ticketKey() + " due on " + due + " 15:30";
      }
      default -> {
        String title = revised(link.ticket().orElseThrow().record().value(TITLE).shown());
        change.put("short_description", title);
        story = "renames " + link.ticketKey() + " to \"" + title + "\"";
      }
    }
    serviceNow.call("PATCH", "/incident/" + link.ticketId(), change.encode(), acting(person));
    return story;
  }

  /** How many issues carry each of our keys, as the simulated Jira holds them. */
  Map<String, Long> jiraKeys() {
    Map<String, Long> keys = new HashMap<>();
    JsonArray issues = control(jira).getJsonArray("issues");
    for (int i = 0; i < issues.size(); i++) {
      JsonArray labels =
          issues.getJsonObject(i).getJsonObject("fields").getJsonArray("labels", new JsonArray());
      labels.stream()
          .map(String::valueOf)
          .filter(IdempotencyKey::looksLikeOne)
          .forEach(key -> keys.merge(key, 1L, Long::sum));
    }
    return keys;
  }

  /** How many incidents carry each of our keys, as the simulated ServiceNow holds them. */
  Map<String, Long> serviceNowKeys() {
    Map<String, Long> keys = new HashMap<>();
    JsonArray incidents = control(serviceNow).getJsonObject("tables").getJsonArray("incident");
    for (int i = 0; i < incidents.size(); i++) {
      String key = incidents.getJsonObject(i).getString("correlation_id", "");
      if (IdempotencyKey.looksLikeOne(key)) {
        keys.merge(key, 1L, Long::sum);
      }
    }
    return keys;
  }

  private static JsonObject control(DemoClient client) {
    try {
      return client.control("GET", "/_sim/state", new JsonObject());
    } catch (IOException e) {
      throw new IllegalStateException("a simulator does not tell its state: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private String revised(String title) {
    int mark = title.lastIndexOf(" (rev. ");
    String stem = mark < 0 ? title : title.substring(0, mark);
    return stem + " (rev. " + (100 + dice.nextInt(900)) + ")";
  }

  private static Map<String, String> acting(Person person) {
    return Map.of("X-Sim-User", person.email(), "Content-Type", JSON);
  }

  private static String basic(JsonObject credentials, String user, String password) {
    String pair = credentials.getString(user) + ":" + credentials.getString(password);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static SimulatorServer simulator(
      Map<Product, SimulatorServer> simulators, Product product) {
    SimulatorServer simulator = simulators.get(product);
    if (simulator == null) {
      throw new IllegalArgumentException(product + " is not simulated");
    }
    return simulator;
  }
}
