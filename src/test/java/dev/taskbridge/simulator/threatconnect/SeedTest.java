package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the seeded content promises. */
final class SeedTest {
  private static final String DEMO =
      "status in (\"Open\", \"Reopened\", \"Pending\") and caseSeverity in (\"High\","
          + " \"Critical\")";

  private ThreatConnectSimulator simulator;
  private Caller api;

  @BeforeEach
  void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void a_fresh_simulator_holds_a_small_world() {
    assertThat(api.get("/tasks").ids()).hasSize(12);
    assertThat(api.get("/cases").ids()).hasSizeBetween(3, 6);
    assertThat(api.query("/tasks", DEMO, "").ids()).hasSizeBetween(4, 9);
    assertThat(api.get("/notes").ids()).isNotEmpty();
    assertThat(statuses()).containsOnlyKeys("Open", "Pending", "Reopened", "Closed");
    try (ThreatConnectSimulator other = ThreatConnectSimulator.start(0)) {
      assertThat(new Caller(other).get("/tasks").items()).isEqualTo(api.get("/tasks").items());
    }
  }

  @Test
  void the_same_seed_gives_the_same_content_and_never_the_same_xid_twice() {
    seed(new JsonObject().put("clear", true).put("tasks", 500).put("seed", 42));
    JsonArray first = tasks();
    seed(new JsonObject().put("clear", true).put("tasks", 500).put("seed", 42));
    assertThat(tasks()).isEqualTo(first);

    seed(new JsonObject().put("tasks", 500).put("seed", 42));
    assertThat(tasks()).hasSize(1000);
    assertThat(tasks().stream().map(task -> ((JsonObject) task).getString("xid")))
        .doesNotHaveDuplicates();

    seed(new JsonObject().put("clear", true).put("tasks", 500).put("seed", 43));
    assertThat(tasks()).isNotEqualTo(first);
  }

  @Test
  void a_named_day_fixes_the_dates() {
    JsonObject seed =
        new JsonObject().put("clear", true).put("tasks", 200).put("day", "2026-03-02");
    seed(seed);
    JsonArray first = tasks();
    simulator.clock().advance(Duration.ofDays(40));
    seed(seed);

    assertThat(tasks()).isEqualTo(first);
    assertThat(api.query("/tasks", "dueDate > \"2026-03-02\"", "").ids()).isNotEmpty();
    assertThat(api.query("/tasks", "dueDate > \"2026-04-01\"", "").ids()).isEmpty();
  }

  @Test
  void a_week_of_a_soc_has_some_of_everything() {
    seed(new JsonObject().put("clear", true).put("tasks", 2000).put("seed", 9));

    int all = tasks().size();
    assertThat(all).isEqualTo(2000);
    assertThat(api.query("/tasks", DEMO, "&resultLimit=10000").ids().size())
        .isBetween(all / 4, all * 3 / 4);
    assertThat(statuses().keySet())
        .containsExactlyInAnyOrder("Open", "Pending", "Reopened", "Closed");
    for (String severity : List.of("Low", "Medium", "High", "Critical")) {
      assertThat(api.query("/cases", "severity = \"" + severity + "\"", "").ids()).isNotEmpty();
    }
    for (String kind : List.of("User", "Group", "None")) {
      assertThat(api.query("/tasks", "assignedToUserOrGroup = \"" + kind + "\"", "").ids())
          .as(kind)
          .isNotEmpty();
    }
    assertThat(api.query("/tasks", "dueDate is null", "").ids()).isNotEmpty();
    assertThat(api.query("/tasks", "hasNote(id > 0)", "").ids()).isNotEmpty();
    assertThat(api.query("/tasks", "hasArtifact(id > 0)", "").ids()).isNotEmpty();
    assertThat(tasks().stream().map(task -> ((JsonObject) task).getString("name")))
        .noneMatch(name -> name.contains("{"));
    assertThat(api.get("/cases?resultLimit=1000").items().encode())
        .as("a week has names from all over the world")
        .contains("ü")
        .containsPattern("[\\u3040-\\u30ff]");
  }

  @Test
  void a_pending_task_of_a_seed_waits_for_one_that_is_not_closed() {
    for (boolean matching : List.of(false, true)) {
      seed(
          new JsonObject()
              .put("clear", true)
              .put("tasks", 1000)
              .put("seed", 5)
              .put("matching", matching));
      Map<Long, JsonObject> byId =
          tasks().stream()
              .map(JsonObject.class::cast)
              .collect(Collectors.toMap(task -> task.getLong("id"), task -> task));
      for (JsonObject task : byId.values()) {
        if (task.getString("status").equals("Pending")) {
          JsonObject predecessor = byId.get(task.getLong("dependentOnId"));
          assertThat(predecessor).as(task.encode()).isNotNull();
          assertThat(predecessor.getString("status")).isNotEqualTo("Closed");
        }
      }
    }
  }

  @Test
  void a_matching_seed_matches_the_demo_filter_to_the_last_task() {
    seed(
        new JsonObject()
            .put("clear", true)
            .put("tasks", 1000)
            .put("seed", 5)
            .put("matching", true));

    assertThat(api.query("/tasks", DEMO, "&resultLimit=10000").ids()).hasSize(1000);
    assertThat(statuses().keySet()).containsExactlyInAnyOrder("Open", "Pending");
  }

  @Test
  void severities_and_statuses_can_be_restricted() {
    seed(
        new JsonObject()
            .put("clear", true)
            .put("tasks", 300)
            .put("severities", new JsonArray().add("Low"))
            .put("statuses", new JsonArray().add("Open").add("Closed")));

    assertThat(statuses().keySet()).containsExactlyInAnyOrder("Open", "Closed");
    assertThat(api.query("/tasks", "caseSeverity = \"Low\"", "&resultLimit=1000").ids())
        .hasSize(300);
  }

  @Test
  void a_seed_that_is_wrong_says_why_and_changes_nothing() {
    assertThat(refused(new JsonObject().put("task", 5))).contains("unknown key \"task\"", "tasks");
    assertThat(refused(new JsonObject().put("tasks", -1))).contains("-1");
    assertThat(refused(new JsonObject().put("tasks", 1).put("day", "monday"))).contains("monday");
    assertThat(
            refused(new JsonObject().put("tasks", 1).put("statuses", new JsonArray().add("Done"))))
        .contains("Done", "Pending, Open, Reopened, Closed");
    assertThat(
            refused(
                new JsonObject()
                    .put("tasks", 1)
                    .put("matching", true)
                    .put("severities", new JsonArray().add("Low"))))
        .contains("neither severities nor statuses");
    assertThat(api.get("/tasks").ids()).hasSize(12);
  }

  @Test
  void ten_thousand_tasks_with_their_cases_are_listed_in_well_under_a_second() {
    seed(new JsonObject().put("tasks", 20_000).put("seed", 1));
    String list = "&resultLimit=10000&fields=parentCase&fields=caseId";
    api.query("/tasks", "status != \"Closed\"", list);

    long before = cpuMillis();
    assertThat(api.query("/tasks", "id > 10000", list).ids()).hasSize(10_000);

    // The thread's own time, so that whatever else the machine does is no matter.
    assertThat(cpuMillis() - before).isLessThan(1_000);
  }

  private long cpuMillis() {
    return simulator.ask(
        () -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000);
  }

  private String refused(JsonObject seed) {
    return api.control("POST", "/_sim/seed", seed).getString("error");
  }

  private void seed(JsonObject request) {
    api.control("POST", "/_sim/seed", request);
  }

  private JsonArray tasks() {
    return api.get("/tasks?resultLimit=10000").items();
  }

  private Map<String, Long> statuses() {
    return tasks().stream()
        .collect(
            Collectors.groupingBy(
                task -> ((JsonObject) task).getString("status"), Collectors.counting()));
  }
}
