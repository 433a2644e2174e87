package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notes, cases, artifacts, the timeline, users, groups and owners. */
final class NeighboursTest {
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
  void one_case_with_one_task() {
    api.control("POST", "/_sim/seed", new JsonObject().put("clear", true));
    api.post(
        "/cases",
        new JsonObject()
            .put("name", "Example")
            .put("severity", "Low")
            .put("status", "Open")
            .put("xid", "example-case-xid"));
    api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "First"));
  }

  @Test
  void a_note_on_a_task_is_written_by_the_api_user_whatever_the_body_says() {
    String text = "Long text ".repeat(30);
    Answer created =
        api.post(
            "/notes", new JsonObject().put("taskId", 1).put("text", text).put("author", "maria"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.message()).isEqualTo("Created");
    JsonObject note = created.data();
    assertThat(note.getString("author")).isEqualTo(Caller.ACCESS_ID);
    assertThat(note.getString("text")).isEqualTo(text);
    assertThat(note.getString("summary")).isEqualTo(text.substring(0, 100));
    assertThat(note.getBoolean("edited")).isFalse();
    assertThat(note.getLong("taskId")).isEqualTo(1);
    assertThat(note.getString("dateAdded")).isEqualTo(note.getString("lastModified"));
    assertThat(note.fieldNames()).doesNotContain("caseId", "task", "parentCase");
  }

  @Test
  void a_note_is_edited_and_deleted_at_its_own_address() {
    api.post("/notes", new JsonObject().put("taskId", 1).put("text", "before"));
    simulator.clock().advance(Duration.ofSeconds(5));

    Answer edited = api.put("/notes/1", new JsonObject().put("text", "after"));

    assertThat(edited.message()).isEqualTo("Updated");
    assertThat(edited.data().getString("text")).isEqualTo("after");
    assertThat(edited.data().getBoolean("edited")).isTrue();
    assertThat(edited.data().getString("lastModified"))
        .isGreaterThan(edited.data().getString("dateAdded"));
    assertThat(api.get("/notes/1").data()).isEqualTo(edited.data());
    assertThat(api.delete("/notes/1").message()).isEqualTo("Deleted");
    assertThat(api.get("/notes/1").status()).isEqualTo(404);
  }

  @Test
  void the_notes_of_a_task_are_found_three_ways() {
    api.post("/notes", new JsonObject().put("taskId", 1).put("text", "[tb:1] on the task"));
    api.post("/notes", new JsonObject().put("caseId", 1).put("text", "on the case"));

    assertThat(api.query("/notes", "taskId = 1", "").ids()).containsExactly(1L);
    assertThat(api.query("/notes", "hasTask(id = 1)", "").ids()).containsExactly(1L);
    assertThat(api.query("/notes", "data contains \"[tb:1]\"", "").ids()).containsExactly(1L);
    assertThat(api.get("/tasks/1?fields=notes").data().getJsonObject("notes").getJsonArray("data"))
        .hasSize(1);
    JsonObject onCase = api.get("/notes/2?fields=parentCase").data();
    assertThat(onCase.getLong("caseId")).isEqualTo(1);
    assertThat(onCase.getString("caseXid")).isEqualTo("example-case-xid");
    assertThat(onCase.getJsonObject("parentCase").getString("name")).isEqualTo("Example");
    assertThat(api.get("/notes/1?fields=task").data().getJsonObject("task").getLong("id"))
        .isEqualTo(1);
  }

  @Test
  void a_note_needs_a_text_within_limits_and_a_place() {
    assertThat(api.post("/notes", new JsonObject().put("taskId", 1)).message())
        .isEqualTo("Missing required field: text");
    assertThat(api.post("/notes", new JsonObject().put("text", "x")).message())
        .isEqualTo("Missing required field: caseId or caseXid");
    assertThat(api.post("/notes", note("x".repeat(65_501))).status()).isEqualTo(400);
    assertThat(api.post("/notes", note("x".repeat(65_500))).status()).isEqualTo(201);
    assertThat(
            api.post("/notes", new JsonObject().put("taskXid", "unknown-task").put("text", "x"))
                .status())
        .isEqualTo(404);
    String xid = api.get("/tasks/1").data().getString("xid");
    assertThat(
            api.post("/notes", new JsonObject().put("taskXid", xid).put("text", "x"))
                .data()
                .getLong("taskId"))
        .isEqualTo(1);
  }

  @Test
  void a_case_is_created_with_what_is_in_it() {
    JsonObject body =
        new JsonObject()
            .put("name", "Whole")
            .put("severity", "Critical")
            .put("status", "Open")
            .put("assignee", user("pat.jones@example.com"))
            .put("tasks", data(new JsonObject().put("name", "Inside").put("workflowPhase", 2)))
            .put("notes", data(new JsonObject().put("text", "hello")))
            .put(
                "artifacts", data(new JsonObject().put("summary", "203.0.113.9").put("type", "IP")))
            .put("tags", data(new JsonObject().put("name", "Phishing")));

    JsonObject created =
        api.post("/cases?fields=tasks&fields=notes&fields=artifacts&fields=tags", body).data();

    assertThat(created.getString("resolution")).isEqualTo("Not Specified");
    assertThat(created.getString("owner")).isEqualTo("Demo Organization");
    assertThat(created.getJsonObject("createdBy").getString("userName"))
        .isEqualTo(Caller.ACCESS_ID);
    for (String list : List.of("tasks", "notes", "artifacts", "tags")) {
      assertThat(created.getJsonObject(list).getJsonArray("data")).as(list).hasSize(1);
    }
    assertThat(api.query("/cases", "hasTask(name = \"Inside\") and tag = \"Phishing\"", "").ids())
        .containsExactly(2L);
    assertThat(api.get("/cases/example-case-xid").data().getLong("id")).isEqualTo(1);
  }

  @Test
  void a_case_that_is_refused_leaves_nothing_behind() {
    JsonObject before = simulator.ask(simulator::state);
    JsonObject body =
        new JsonObject().put("name", "x").put("severity", "Low").put("status", "Open");

    assertThat(api.post("/cases", body.copy().put("severity", "Grave")).message())
        .contains("Low, Medium, High, Critical");
    assertThat(api.post("/cases", body.copy().put("status", "Pending")).status()).isEqualTo(400);
    assertThat(api.post("/cases", new JsonObject().put("name", "x")).message())
        .isEqualTo("Missing required field: severity");
    assertThat(api.post("/cases", body.copy().put("tasks", data(new JsonObject()))).message())
        .isEqualTo("Missing required field: name");
    assertThat(
            api.post("/cases", body.copy().put("notes", data(new JsonObject().put("text", ""))))
                .status())
        .isEqualTo(400);

    assertThat(simulator.ask(simulator::state)).isEqualTo(before);
  }

  @Test
  void an_artifact_belongs_to_a_task_or_a_case() {
    JsonObject body = new JsonObject().put("summary", "203.0.113.9").put("type", "IP Address");

    JsonObject onTask = api.post("/artifacts", body.copy().put("taskId", 1)).data();
    JsonObject onCase =
        api.post("/artifacts", body.copy().put("caseXid", "example-case-xid").put("source", "EDR"))
            .data();

    assertThat(onTask.getLong("taskId")).isEqualTo(1);
    assertThat(onTask.getLong("caseId")).isEqualTo(1);
    assertThat(onCase.fieldNames()).contains("id", "summary", "type", "source", "dateAdded");
    assertThat(api.query("/artifacts", "hasTask(id = 1)", "").ids()).containsExactly(1L);
    assertThat(api.query("/artifacts", "source = \"EDR\"", "").ids()).containsExactly(2L);
    assertThat(api.put("/artifacts/2", new JsonObject().put("summary", "x")).data())
        .matches(data -> ((JsonObject) data).getString("summary").equals("x"));
    assertThat(api.post("/artifacts", body).message())
        .isEqualTo("Missing required field: caseId or caseXid");
    api.post("/notes", new JsonObject().put("artifactId", 1).put("text", "on it"));
    assertThat(api.query("/artifacts", "noteId = 1", "").ids()).containsExactly(1L);
    assertThat(api.delete("/artifacts/1").status()).isEqualTo(200);
    assertThat(api.get("/notes").ids()).isEmpty();
  }

  @Test
  void the_timeline_tells_what_happened_in_a_case() {
    api.put("/tasks/1", new JsonObject().put("status", "Closed"));

    Answer events = api.query("/workflowEvents", "caseId = 1 and systemGenerated = true", "");

    assertThat(events.ids()).hasSize(3);
    JsonObject last = events.items().getJsonObject(2);
    assertThat(last.getString("link")).isEqualTo(simulator.origin() + "/api/v3/tasks/1");
    assertThat(last.getJsonObject("user").getString("userName")).isEqualTo(Caller.ACCESS_ID);
    assertThat(api.query("/workflowEvents", "link = \"task:1\"", "").ids()).hasSize(2);
    assertThat(api.query("/workflowEvents", "dateAdded > \"NOW() + 1 HOUR\"", "").ids()).isEmpty();
  }

  @Test
  void only_events_that_people_entered_can_go_and_only_with_a_reason() {
    JsonObject event =
        api.post(
                "/workflowEvents",
                new JsonObject()
                    .put("caseId", 1)
                    .put("summary", "Called the bank")
                    .put("eventDate", "2026-03-02T08:00:00Z"))
            .data();
    String path = "/workflowEvents/" + event.getLong("id");
    assertThat(event.fieldNames()).doesNotContain("link");

    assertThat(api.delete("/workflowEvents/1").status()).isEqualTo(400);
    assertThat(api.delete(path).message()).isEqualTo("Missing required field: deletedReason");
    Answer deleted = api.signed("DELETE", "/api/v3" + path, "{\"deletedReason\":\"wrong case\"}");
    assertThat(deleted.status()).isEqualTo(200);
    assertThat(api.query("/workflowEvents", "deleted = true", "").ids())
        .containsExactly(event.getLong("id"));
  }

  @Test
  void bulk_delete_works_on_every_kind_and_passes_over_what_cannot_go() {
    api.post("/notes", note("one"));
    api.post("/notes", note("two"));
    api.post(
        "/workflowEvents",
        new JsonObject()
            .put("caseId", 1)
            .put("summary", "Called the bank")
            .put("eventDate", "2026-03-02T08:00:00Z"));
    simulator.flip("bulkDelete", true);
    try {
      api.delete("/notes?tql=" + Caller.encoded("data = \"one\""));
      assertThat(api.get("/notes").ids()).containsExactly(2L);
      assertThat(api.delete("/workflowEvents").status()).isEqualTo(200);
      assertThat(api.query("/workflowEvents", "deleted = true", "").ids()).hasSize(1);
      assertThat(api.query("/workflowEvents", "deleted = false", "").ids()).isNotEmpty();
      api.delete("/cases");
      assertThat(api.get("/tasks").ids()).isEmpty();
    } finally {
      simulator.flip("bulkDelete", false);
    }
  }

  @Test
  void users_and_groups_are_looked_up_by_name_and_by_membership() {
    assertThat(api.get("/security/users").ids()).hasSize(8);
    JsonObject maria =
        api.query("/security/users", "userName = \"maria.silva@example.com\"", "")
            .items()
            .getJsonObject(0);
    assertThat(maria.fieldNames())
        .containsExactlyInAnyOrder("id", "userName", "firstName", "lastName", "pseudonym", "owner");
    assertThat(api.get("/security/users/1").data()).isEqualTo(maria);
    assertThat(api.query("/security/users", "groupId = 2", "").ids())
        .containsExactly(4L, 5L, 6L, 7L);
    assertThat(api.query("/security/userGroups", "name = \"SOC Team\"", "").ids())
        .containsExactly(1L);
    assertThat(
            api.get("/security/userGroups/2?fields=users")
                .data()
                .getJsonObject("users")
                .getJsonArray("data"))
        .hasSize(4);
    assertThat(api.get("/security/users/99").status()).isEqualTo(404);
  }

  @Test
  void owners_tell_what_the_api_user_may_do() {
    JsonObject owner = api.get("/security/owners").items().getJsonObject(0);

    assertThat(owner.getString("name")).isEqualTo("Demo Organization");
    assertThat(owner.getString("type")).isEqualTo("Organization");
    assertThat(owner.getString("permTask")).isEqualTo("FULL");
  }

  @Test
  void every_kind_describes_itself() {
    for (String path : List.of("/cases", "/notes", "/artifacts", "/workflowEvents")) {
      assertThat(api.options(path).json().fieldNames()).as(path).isNotEmpty();
      assertThat(api.options(path + "/fields").items()).as(path).isNotEmpty();
      assertThat(api.options(path + "/tql").items()).as(path).isNotEmpty();
    }
    assertThat(api.options("/security/users/tql").items()).isNotEmpty();
    assertThat(api.get("/openApi").json().getJsonObject("paths").fieldNames())
        .contains("/v3/tasks", "/v3/tasks/{id}", "/v3/security/users");
  }

  private static JsonObject note(String text) {
    return new JsonObject().put("taskId", 1).put("text", text);
  }

  private static JsonObject user(String name) {
    return new JsonObject().put("type", "User").put("data", new JsonObject().put("userName", name));
  }

  private static JsonObject data(JsonObject item) {
    return new JsonObject().put("data", new JsonArray().add(item));
  }
}
