package dev.taskbridge.engine;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A ticketing product as its people see it: what a test does there by hand, and what it finds. The
 * two Jiras differ in their API, which the bench knows; so what is written below is done in either
 * of them, and ServiceNow has its own way of everything.
 */
enum Product {
  JIRA_CLOUD("jira-soc", Flavour.CLOUD),

  JIRA_DATA_CENTER("jira-soc", Flavour.DATA_CENTER),

  SERVICENOW("snow-it", Flavour.CLOUD) {
    @Override
    TaskbridgeConfig config(Bench bench) {
      return bench.withServiceNow("component", true);
    }

    @Override
    TaskbridgeConfig configWithNotes(Bench bench) {
      return bench.withServiceNow("notes: { direction: both, visibility: internal }");
    }

    @Override
    SimClient client(Bench bench) {
      return bench.records;
    }

    @Override
    List<TicketView> tickets(Bench bench) {
      List<TicketView> tickets = new ArrayList<>();
      for (JsonObject row : list(state(bench).getJsonObject("tables").getJsonArray("incident"))) {
        String key = row.getString("correlation_id", "");
        tickets.add(
            new TicketView(
                row.getString("sys_id"),
                IdempotencyKey.looksLikeOne(key) ? List.of(key) : List.of(),
                row.getString("short_description", ""),
                Integer.parseInt(row.getString("state")) >= 6));
      }
      return tickets;
    }

    @Override
    void rename(Bench bench, String id, String title) {
      bench.records.send(
          "PATCH",
          "/api/now/table/incident/" + id,
          new JsonObject().put("short_description", title));
    }

    @Override
    void finish(Bench bench, String id, boolean done) {
      JsonObject change = new JsonObject().put("state", done ? "6" : "2");
      if (done) {
        change.put("close_code", "Solution provided").put("close_notes", "Done by hand");
      }
      bench.records.send("PATCH", "/api/now/table/incident/" + id, change);
    }

    @Override
    void say(Bench bench, String id, String text) {
      bench.records.send(
          "PATCH", "/api/now/table/incident/" + id, new JsonObject().put("work_notes", text));
    }

    @Override
    List<String> remarks(Bench bench) {
      return stream(state(bench).getJsonArray("journal")).map(JsonObject::encode).toList();
    }
  };

  /** A ticket as the simulator holds it. */
  record TicketView(String id, List<String> keys, String title, boolean done) {}

  /** The configured name. */
  final String system;

  /** Which of the two the simulated Jira is; without meaning beside ServiceNow. */
  final Flavour flavour;

  Product(String system, Flavour flavour) {
    this.system = system;
    this.flavour = flavour;
  }

  boolean isJira() {
    return this != SERVICENOW;
  }

  /** The simulated systems, this product among them. */
  Bench bench(Path folder) {
    return new Bench(folder, flavour);
  }

  SimulatorServer simulator(Bench bench) {
    return isJira() ? bench.jira : bench.serviceNow;
  }

  /** A configuration of one sync, {@code soc}, with this product. */
  TaskbridgeConfig config(Bench bench) {
    return bench.withJira();
  }

  /** The same, and notes and comments are carried both ways. */
  TaskbridgeConfig configWithNotes(Bench bench) {
    return bench.withJira("notes: { direction: both, visibility: public }");
  }

  SimClient client(Bench bench) {
    return bench.issues;
  }

  /** Every ticket there is, whatever the search says. */
  List<TicketView> tickets(Bench bench) {
    List<TicketView> tickets = new ArrayList<>();
    for (JsonObject issue : list(state(bench).getJsonArray("issues"))) {
      JsonObject fields = issue.getJsonObject("fields");
      List<String> keys =
          fields.getJsonArray("labels", new JsonArray()).stream()
              .map(String::valueOf)
              .filter(IdempotencyKey::looksLikeOne)
              .toList();
      tickets.add(
          new TicketView(
              issue.getString("id"),
              keys,
              fields.getString("summary"),
              fields.getJsonObject("status").getString("name").equals("Done")));
    }
    return tickets;
  }

  /** A person writes another title. */
  void rename(Bench bench, String id, String title) {
    bench.issues.send(
        "PUT",
        bench.jiraApi + "/issue/" + id,
        new JsonObject().put("fields", new JsonObject().put("summary", title)));
  }

  /** A person ends the work on a ticket, or takes it up again. */
  void finish(Bench bench, String id, boolean done) {
    String path = bench.jiraApi + "/issue/" + id + "/transitions";
    String wanted = done ? "Done" : "In Progress";
    String transition =
        stream(bench.issues.get(path).getJsonArray("transitions"))
            .filter(each -> each.getJsonObject("to").getString("name").equals(wanted))
            .findFirst()
            .orElseThrow()
            .getString("id");
    bench.issues.send(
        "POST", path, new JsonObject().put("transition", new JsonObject().put("id", transition)));
  }

  /** A person comments on a ticket. */
  void say(Bench bench, String id, String text) {
    bench.issues.send(
        "POST", Bench.WIKI_API + "/issue/" + id + "/comment", new JsonObject().put("body", text));
  }

  /** Every comment there is, as JSON. */
  List<String> remarks(Bench bench) {
    return stream(state(bench).getJsonArray("issues"))
        .flatMap(issue -> stream(issue.getJsonArray("comments")))
        .map(JsonObject::encode)
        .toList();
  }

  JsonObject state(Bench bench) {
    return client(bench).control("GET", "/_sim/state", new JsonObject());
  }

  void faults(Bench bench, JsonObject faults) {
    client(bench).control("PUT", "/_sim/faults", faults);
  }

  void switches(Bench bench, JsonObject switches) {
    client(bench).control("PUT", "/_sim/switches", switches);
  }

  static Stream<JsonObject> stream(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }

  static List<JsonObject> list(JsonArray array) {
    return stream(array).toList();
  }
}
