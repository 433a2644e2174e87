package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to a task, by its own writes and by what happens around it. */
final class TaskLifeTest {
  private static ThreatConnectSimulator simulator;
  private static Caller api;

  @BeforeAll
  static void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void one_case_with_three_tasks_of_which_the_second_waits_for_the_first() {
    api.control("POST", "/_sim/seed", new JsonObject().put("clear", true));
    api.control(
        "PUT",
        "/_sim/switches",
        new JsonObject()
            .put("caseClock", true)
            .put("closeByPut", true)
            .put("assigneeNone", true)
            .put("uneditableOnPut", "ignore")
            .put("requiredTasksHoldCase", true)
            .put("closingCaseClosesTasks", true)
            .put("hiddenCases", new JsonArray()));
    api.post(
        "/cases",
        new JsonObject().put("name", "Example").put("severity", "High").put("status", "Open"));
    api.post("/tasks", task("First"));
    api.post("/tasks", task("Second").put("dependentOnId", 1));
    api.post("/tasks", task("Third"));
  }

  @Test
  void a_task_that_waits_is_pending_until_its_predecessor_is_closed() {
    assertThat(one(2).getString("status")).isEqualTo("Pending");

    api.put("/tasks/1", status("Closed"));

    assertThat(one(2).getString("status")).isEqualTo("Open");
    assertThat(api.control("GET", "/_sim/requests", null).getJsonObject("byOperation"))
        .as("nobody wrote to the second task")
        .satisfies(counts -> assertThat(counts.toString()).doesNotContain("tasks/2"));
  }

  @Test
  void a_task_that_waits_stays_pending_whatever_is_put() {
    for (String wanted : List.of("Open", "Reopened", "Closed")) {
      Answer answer = api.put("/tasks/2", status(wanted));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.data().getString("status")).isEqualTo("Pending");
    }
    JsonObject created =
        api.post("/tasks", task("x").put("dependentOnId", 1).put("status", "Open")).data();
    assertThat(created.getString("status")).isEqualTo("Pending");
  }

  @Test
  void a_task_whose_predecessor_is_deleted_waits_no_longer() {
    api.delete("/tasks/1");

    assertThat(one(2).getString("status")).isEqualTo("Open");
    assertThat(one(2).containsKey("dependentOnId")).isFalse();
  }

  @Test
  void a_task_cannot_wait_for_itself_or_for_another_case() {
    simulator.flip("uneditableOnPut", "apply");
    api.post(
        "/cases",
        new JsonObject().put("name", "Other").put("severity", "Low").put("status", "Open"));

    assertThat(api.put("/tasks/1", new JsonObject().put("dependentOnId", 2)).message())
        .isEqualTo("The dependentOnId for this task is invalid, the task would wait for itself");
    assertThat(api.post("/tasks", task("x").put("caseId", 2).put("dependentOnId", 1)).message())
        .isEqualTo(
            "The dependentOnId for this task is invalid, please enter a task of the same case");
  }

  @Test
  void closing_writes_down_who_and_when_and_reopening_forgets_it() {
    Instant before = simulator.clock().instant().minusSeconds(1);
    JsonObject closed =
        api.with("X-Sim-User", "maria.silva@example.com").put("/tasks/1", status("Closed")).data();

    assertThat(closed.getString("completedBy")).isEqualTo("maria.silva@example.com");
    assertThat(Instant.parse(closed.getString("completedDate")))
        .isBetween(before, simulator.clock().instant());
    assertThat(api.put("/tasks/3", status("Closed")).data().getString("completedBy"))
        .isEqualTo(Caller.ACCESS_ID);

    JsonObject reopened = api.put("/tasks/1", status("Reopened")).data();
    assertThat(reopened.getString("status")).isEqualTo("Reopened");
    assertThat(reopened.fieldNames()).doesNotContain("completedBy", "completedDate");
  }

  @Test
  void closing_by_put_may_be_answered_and_not_done() {
    simulator.flip("closeByPut", false);

    Answer answer = api.put("/tasks/1", status("Closed").put("name", "Renamed"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.data().getString("status")).isEqualTo("Open");
    assertThat(answer.data().getString("name")).isEqualTo("Renamed");
  }

  @Test
  void an_assignee_is_named_in_five_ways() {
    JsonObject maria =
        assigned("User", new JsonObject().put("userName", "maria.silva@example.com"));
    assertThat(maria.getString("type")).isEqualTo("User");
    assertThat(maria.getJsonObject("data"))
        .isEqualTo(
            new JsonObject()
                .put("id", 1)
                .put("userName", "maria.silva@example.com")
                .put("firstName", "Maria")
                .put("lastName", "Silva")
                .put("pseudonym", "MariaSilva")
                .put("owner", "Demo Organization"));
    assertThat(assigned("User", new JsonObject().put("id", 2)).getJsonObject("data"))
        .matches(data -> ((JsonObject) data).getString("userName").startsWith("pat."));
    assertThat(assigned("Group", new JsonObject().put("name", "SOC Team")).getString("type"))
        .isEqualTo("Group");
    assertThat(assigned("Group", new JsonObject().put("id", 2)).getJsonObject("data"))
        .matches(data -> ((JsonObject) data).getString("name").equals("IT Operations"));
    assertThat(assigned("None", null)).isNull();
  }

  @Test
  void older_servers_cannot_clear_an_assignee() {
    assigned("Group", new JsonObject().put("id", 2));
    simulator.flip("assigneeNone", false);

    Answer refused =
        api.put("/tasks/1", new JsonObject().put("assignee", new JsonObject().put("type", "None")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(one(1).getJsonObject("assignee").getString("type")).isEqualTo("Group");
  }

  @Test
  void null_empties_description_and_due_date() {
    api.put(
        "/tasks/1",
        new JsonObject().put("description", "text").put("dueDate", "2022-03-29T12:15:00Z"));
    assertThat(one(1).fieldNames()).contains("description", "dueDate");

    api.put("/tasks/1", new JsonObject().putNull("description").putNull("dueDate"));

    assertThat(one(1).fieldNames()).doesNotContain("description", "dueDate");
  }

  @Test
  void what_put_cannot_change_is_ignored_refused_or_applied() {
    JsonObject change =
        new JsonObject().put("dependentOnId", 3).put("completedDate", "2022-03-29T12:15:00Z");

    assertThat(api.put("/tasks/1", change).status()).isEqualTo(200);
    assertThat(one(1).fieldNames()).doesNotContain("dependentOnId", "completedDate");

    simulator.flip("uneditableOnPut", "refuse");
    assertThat(api.put("/tasks/1", change).status()).isEqualTo(400);

    simulator.flip("uneditableOnPut", "apply");
    JsonObject applied = api.put("/tasks/1", change).data();
    assertThat(applied.getLong("dependentOnId")).isEqualTo(3);
    assertThat(applied.getString("status")).isEqualTo("Pending");
    assertThat(applied.getString("completedDate")).isEqualTo("2022-03-29T12:15:00Z");
    JsonObject freed = api.put("/tasks/1", new JsonObject().putNull("dependentOnId")).data();
    assertThat(freed.getString("status")).isEqualTo("Open");
  }

  @Test
  void phase_step_xid_and_case_are_fixed_at_creation() {
    JsonObject before = one(3);

    api.put(
        "/tasks/3",
        new JsonObject()
            .put("workflowPhase", 5)
            .put("workflowStep", 5)
            .put("xid", "another-xid-000")
            .put("caseId", 99)
            .put("owner", "me"));

    assertThat(one(3)).isEqualTo(before);
  }

  @Test
  void nested_notes_and_artifacts_are_appended_each_time() {
    JsonObject nested =
        new JsonObject()
            .put("notes", data(new JsonObject().put("text", "seen")))
            .put(
                "artifacts",
                data(new JsonObject()
                        .put("summary", "bad@example.com")
                        .put("type", "Email Address"))
                    .put("mode", "append"));

    api.put("/tasks/1", nested);
    JsonObject task = api.put("/tasks/1?fields=notes&fields=artifacts", nested).data();

    assertThat(task.getJsonObject("notes").getJsonArray("data")).hasSize(2);
    assertThat(task.getJsonObject("artifacts").getJsonArray("data")).hasSize(2);
    JsonObject created = api.post("/tasks?fields=notes", task("x").mergeIn(nested)).data();
    assertThat(created.getJsonObject("notes").getJsonArray("data")).hasSize(1);
  }

  @Test
  void extra_fields_come_when_asked_for() {
    JsonObject plain = one(1);
    JsonObject full =
        api.get("/tasks/1?fields=caseId&fields=caseXid&fields=parentCase&fields=notes").data();

    assertThat(plain.fieldNames()).doesNotContain("caseId", "caseXid", "parentCase", "notes");
    assertThat(full.getLong("caseId")).isEqualTo(1);
    JsonObject parent = api.get("/cases/1").data();
    assertThat(full.getJsonObject("parentCase")).isEqualTo(parent);
    assertThat(full.getString("caseXid")).isEqualTo(parent.getString("xid"));
    JsonObject listed =
        api.get("/tasks?fields=caseId&fields=caseXid&fields=parentCase&fields=notes&resultLimit=1")
            .items()
            .getJsonObject(0);
    assertThat(listed).isEqualTo(full);
  }

  @Test
  void a_change_of_a_task_moves_the_clock_of_its_case_unless_switched_off() {
    Instant first = lastUpdated();
    simulator.clock().advance(Duration.ofSeconds(5));
    api.put("/tasks/1", new JsonObject().put("name", "Renamed"));
    Instant second = lastUpdated();
    assertThat(second).isAfter(first);

    simulator.flip("caseClock", false);
    simulator.clock().advance(Duration.ofSeconds(5));
    api.put("/tasks/1", new JsonObject().put("name", "Again"));
    api.post("/notes", new JsonObject().put("taskId", 1).put("text", "x"));
    api.delete("/tasks/3");
    assertThat(lastUpdated()).isEqualTo(second);

    api.put("/cases/1", new JsonObject().put("severity", "Low"));
    assertThat(lastUpdated()).as("the case's own change always counts").isAfter(second);
  }

  @Test
  void closing_a_case_closes_what_is_left_but_not_over_a_required_task() {
    api.put("/tasks/3", new JsonObject().put("required", true));

    Answer refused = api.put("/cases/1", status("Closed"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("required task 3");

    api.put("/tasks/3", status("Closed"));
    assertThat(api.put("/cases/1", status("Closed")).status()).isEqualTo(200);
    assertThat(one(1).getString("status")).isEqualTo("Closed");
    assertThat(one(2).getString("status")).isEqualTo("Closed");
    assertThat(api.get("/cases/1").data().fieldNames()).contains("caseCloseTime", "caseCloseUser");
  }

  @Test
  void deleting_a_case_takes_its_tasks_along() {
    api.post("/notes", new JsonObject().put("taskId", 1).put("text", "x"));

    api.delete("/cases/1");

    assertThat(api.get("/tasks").ids()).isEmpty();
    assertThat(api.get("/tasks/1").status()).isEqualTo(404);
    assertThat(api.get("/notes").ids()).isEmpty();
    assertThat(api.get("/workflowEvents").ids()).isEmpty();
  }

  @Test
  void a_hidden_case_hides_all_that_is_in_it() {
    api.post("/notes", new JsonObject().put("taskId", 1).put("text", "x"));
    simulator.flip("hiddenCases", new JsonArray().add(1));

    assertThat(api.get("/tasks").ids()).isEmpty();
    assertThat(api.get("/tasks/1").status()).isEqualTo(404);
    assertThat(api.get("/cases").ids()).isEmpty();
    assertThat(api.get("/notes").ids()).isEmpty();
    assertThat(api.post("/tasks", task("x")).status()).isEqualTo(404);

    simulator.flip("hiddenCases", new JsonArray());
    assertThat(api.get("/tasks").ids()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_search_lags_behind_where_the_fault_says_so_but_reading_by_id_does_not() {
    api.control("PUT", "/_sim/faults", new JsonObject().put("searchLag", "10m"));
    try {
      api.put("/tasks/1", new JsonObject().put("name", "Renamed"));
      api.post("/tasks", task("Fourth").put("xid", "the-fourth-task"));
      api.delete("/tasks/3");

      assertThat(api.get("/tasks/1").data().getString("name")).isEqualTo("Renamed");
      assertThat(api.get("/tasks/the-fourth-task").status()).isEqualTo(200);
      assertThat(api.get("/tasks").ids()).containsExactly(1L, 2L, 3L);
      assertThat(api.query("/tasks", "name = \"First\"", "").ids()).containsExactly(1L);
      assertThat(api.query("/tasks", "xid = \"the-fourth-task\"", "").ids()).isEmpty();

      simulator.clock().advance(Duration.ofMinutes(11));
      assertThat(api.get("/tasks").ids()).containsExactly(1L, 2L, 4L);
      assertThat(api.query("/tasks", "name = \"Renamed\"", "").ids()).containsExactly(1L);

      api.post("/tasks", task("Fifth"));
      api.delete("/cases/1");
      simulator.clock().advance(Duration.ofMinutes(11));
      assertThat(api.get("/tasks?fields=parentCase").ids()).isEmpty();
    } finally {
      api.control("PUT", "/_sim/faults", new JsonObject().put("searchLag", "0s"));
    }
  }

  private static JsonObject assigned(String type, JsonObject data) {
    JsonObject assignee = new JsonObject().put("type", type);
    if (data != null) {
      assignee.put("data", data);
    }
    JsonObject answer = api.put("/tasks/1", new JsonObject().put("assignee", assignee)).data();
    assertThat(answer).isEqualTo(one(1));
    return answer.getJsonObject("assignee");
  }

  private static Instant lastUpdated() {
    return Instant.parse(api.get("/cases/1").data().getString("lastUpdated"));
  }

  private static JsonObject one(long id) {
    return api.get("/tasks/" + id).data();
  }

  private static JsonObject task(String name) {
    return new JsonObject().put("caseId", 1).put("name", name);
  }

  private static JsonObject status(String status) {
    return new JsonObject().put("status", status);
  }

  private static JsonObject data(JsonObject item) {
    return new JsonObject().put("data", new JsonArray().add(item));
  }
}
