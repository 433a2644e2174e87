package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request that the documentation's Tasks page prints, with the answers it prints. */
final class TasksPageTest {
  private static final String XID_1 = "bf710c31-7641-4100-9edf-461c1f6bb354";
  private static final String XID_2 = "93e9aced-7419-4121-bef1-5276737936ab";
  private static final String XID_3 = "559797fc-bb36-45a7-9d4d-c7c865944548";

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
  void an_instance_with_one_case() {
    api.control("POST", "/_sim/seed", new JsonObject().put("clear", true));
    simulator.flip("bulkDelete", false);
    simulator.flip("pageEnvelopes", false);
    api.post(
        "/cases",
        new JsonObject().put("name", "Example").put("severity", "Low").put("status", "Open"));
  }

  @Test
  void create_a_task_with_the_least_it_needs() {
    Answer created =
        api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "Review the alert"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.contentType()).isEqualTo("application/json");
    assertThat(created.json().fieldNames()).containsExactly("data", "message", "status");
    assertThat(created.message()).isEqualTo("Created");
    assertThat(created.json().getString("status")).isEqualTo("Success");
    String xid = created.data().getString("xid");
    assertThat(xid).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(created.data())
        .isEqualTo(
            new JsonObject()
                .put("id", 1)
                .put("xid", xid)
                .put("name", "Review the alert")
                .put("workflowPhase", 0)
                .put("workflowStep", 1)
                .put("required", false)
                .put("status", "Open")
                .put("owner", "Demo Organization"));
  }

  @Test
  void create_a_task_with_phase_step_and_due_date() {
    createTheTwoOfTheList();

    Answer created = api.post("/tasks", third());

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.json())
        .isEqualTo(
            new JsonObject()
                .put("data", shownThird("2022-03-29T12:15:00Z", false))
                .put("message", "Created")
                .put("status", "Success"));
  }

  @Test
  void list_all_tasks() {
    createTheTwoOfTheList();

    Answer list = api.get("/tasks");

    assertThat(list.status()).isEqualTo(200);
    assertThat(list.json().fieldNames()).containsExactly("data", "status");
    JsonObject first = list.items().getJsonObject(0);
    assertThat(first.getJsonObject("assignee").getJsonObject("data").getLong("id")).isEqualTo(2);
    first.remove("assignee");
    assertThat(first)
        .isEqualTo(
            new JsonObject()
                .put("id", 1)
                .put("xid", XID_1)
                .put("name", "First")
                .put("workflowPhase", 1)
                .put("workflowStep", 1)
                .put("dueDate", "2022-03-20T23:59:59Z")
                .put("required", false)
                .put("status", "Open")
                .put("owner", "Demo Organization"));
    JsonObject group =
        new JsonObject()
            .put("id", 1)
            .put("name", "SOC Team")
            .put("description", "Analysts of the security operations center, around the clock");
    assertThat(list.items().getJsonObject(1))
        .isEqualTo(
            new JsonObject()
                .put("id", 2)
                .put("xid", XID_2)
                .put("name", "Second")
                .put("workflowPhase", 1)
                .put("workflowStep", 2)
                .put("required", true)
                .put("dependentOnId", 1)
                .put("status", "Pending")
                .put("assignee", new JsonObject().put("type", "Group").put("data", group))
                .put("owner", "Demo Organization"));
  }

  @Test
  void retrieve_one_task_by_id_and_by_xid() {
    createTheTwoOfTheList();
    api.post("/tasks", third());
    JsonObject expected =
        new JsonObject()
            .put("data", shownThird("2022-03-29T12:15:00Z", false))
            .put("status", "Success");

    assertThat(api.get("/tasks/3").json()).isEqualTo(expected);
    assertThat(api.get("/tasks/" + XID_3).json()).isEqualTo(expected);
    assertThat(api.get("/tasks/3/").json()).isEqualTo(expected);
  }

  @Test
  void update_a_task_with_only_what_changes() {
    createTheTwoOfTheList();
    api.post("/tasks", third());

    Answer updated =
        api.put(
            "/tasks/3",
            new JsonObject().put("dueDate", "2022-04-05T10:30:00Z").put("required", true));

    assertThat(updated.status()).isEqualTo(200);
    assertThat(updated.json())
        .isEqualTo(
            new JsonObject()
                .put("data", shownThird("2022-04-05T10:30:00Z", true))
                .put("message", "Updated")
                .put("status", "Success"));
    assertThat(api.get("/tasks/3").data()).isEqualTo(updated.data());
  }

  @Test
  void delete_a_task() {
    createTheTwoOfTheList();

    Answer deleted = api.delete("/tasks/2");

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json())
        .isEqualTo(new JsonObject().put("message", "Deleted").put("status", "Success"));
    assertThat(api.get("/tasks/2").status()).isEqualTo(404);
    assertThat(api.get("/tasks").ids()).containsExactly(1L);
  }

  @Test
  void delete_many_tasks_where_the_administrator_allows_it() {
    createTheTwoOfTheList();
    api.post("/tasks", third());
    String some = "/tasks?tql=" + Caller.encoded("id in (1, 2)");

    assertThat(api.delete(some).status()).isEqualTo(403);
    assertThat(api.get("/tasks").ids()).containsExactly(1L, 2L, 3L);

    simulator.flip("bulkDelete", true);
    assertThat(api.delete(some).json())
        .isEqualTo(new JsonObject().put("message", "Deleted").put("status", "Success"));
    assertThat(api.get("/tasks").ids()).containsExactly(3L);

    api.delete("/tasks");
    assertThat(api.get("/tasks").ids()).isEmpty();
  }

  @Test
  void options_describe_the_writable_fields() {
    JsonObject fields = api.options("/tasks").json();

    assertThat(fields.fieldNames())
        .containsExactlyInAnyOrder(
            "artifacts",
            "assignee",
            "caseId",
            "caseXid",
            "completedDate",
            "dependentOnId",
            "description",
            "dueDate",
            "durationType",
            "name",
            "notes",
            "required",
            "status",
            "workflowPhase",
            "workflowStep",
            "xid");
    JsonObject name = fields.getJsonObject("name");
    assertThat(name.getString("type")).isEqualTo("String");
    assertThat(name.getBoolean("required")).isTrue();
    assertThat(name.getInteger("minLength")).isEqualTo(1);
    assertThat(name.getInteger("maxLength")).isEqualTo(255);
    assertThat(fields.getJsonObject("status").getJsonArray("allowableValues"))
        .isEqualTo(new JsonArray().add("Pending").add("Open").add("Reopened").add("Closed"));
    assertThat(fields.getJsonObject("workflowPhase").getInteger("maxValue")).isEqualTo(127);
    assertThat(fields.getJsonObject("completedDate").getBoolean("updatable")).isFalse();
    assertThat(fields.getJsonObject("dependentOnId").getBoolean("updatable")).isFalse();
    JsonObject note = fields.getJsonObject("notes").getJsonArray("data").getJsonObject(0);
    assertThat(note.getString("type")).isEqualTo("Note");
    assertThat(note.getInteger("maxSize")).isEqualTo(1000);
  }

  @Test
  void options_with_show_describe_the_read_only_fields_as_well() {
    JsonObject writable = api.options("/tasks").json();
    JsonObject all = api.options("/tasks?show=readonly").json();

    assertThat(all).isEqualTo(api.options("/tasks?show=readOnly").json());
    assertThat(all.fieldNames()).containsAll(writable.fieldNames());
    List<String> readOnly =
        all.fieldNames().stream().filter(name -> !writable.containsKey(name)).toList();
    assertThat(readOnly)
        .containsExactlyInAnyOrder(
            "completedBy", "configPlaybook", "configTask", "duration", "id", "owner", "parentCase");
    assertThat(readOnly).allMatch(name -> all.getJsonObject(name).getBoolean("readOnly"));
  }

  @Test
  void options_list_the_extra_fields() {
    JsonObject fields = api.options("/tasks/fields").json();

    assertThat(fields.fieldNames()).containsExactly("data", "count", "status");
    assertThat(fields.getInteger("count")).isEqualTo(5);
    assertThat(names(fields, "name"))
        .containsExactly("artifacts", "caseId", "caseXid", "notes", "parentCase");
    assertThat(fields.getJsonArray("data").getJsonObject(0).fieldNames())
        .containsExactly("description", "includedByDefault", "name");
    assertThat(names(fields, "includedByDefault")).containsOnly(false);
  }

  @Test
  void options_list_the_tql_parameters() {
    JsonObject tql = api.options("/tasks/tql").json();

    assertThat(tql.getInteger("count")).isEqualTo(25).isEqualTo(tql.getJsonArray("data").size());
    assertThat(tql.getString("status")).isEqualTo("Success");
    assertThat(names(tql, "keyword"))
        .contains("status", "hasCase", "caseSeverity", "assignedToUserOrGroup", "xid")
        .doesNotContain("caseXid", "dependentOnId");
    assertThat(tql.getJsonArray("data").getJsonObject(0).fieldNames())
        .containsExactly("keyword", "name", "type", "description");
  }

  @Test
  void the_envelopes_can_be_those_printed_on_the_page() {
    createTheTwoOfTheList();
    simulator.flip("pageEnvelopes", true);

    JsonObject list = api.get("/tasks").json();
    JsonObject one = api.get("/tasks/1").json();

    assertThat(list.fieldNames()).containsExactly("data", "Status");
    assertThat(one.fieldNames()).containsExactly("data", "Status");
    assertThat(one.getJsonArray("data")).hasSize(1);
    assertThat(one.getJsonArray("data").getJsonObject(0).getString("xid")).isEqualTo(XID_1);
    assertThat(api.put("/tasks/1", new JsonObject().put("required", true)).message())
        .isEqualTo("Created");
  }

  private static void createTheTwoOfTheList() {
    JsonObject user = new JsonObject().put("id", 2);
    api.post(
        "/tasks",
        new JsonObject()
            .put("caseId", 1)
            .put("xid", XID_1)
            .put("name", "First")
            .put("workflowPhase", 1)
            .put("workflowStep", 1)
            .put("dueDate", "2022-03-20T23:59:59Z")
            .put("assignee", new JsonObject().put("type", "User").put("data", user)));
    JsonObject group = new JsonObject().put("name", "SOC Team");
    api.post(
        "/tasks",
        new JsonObject()
            .put("caseId", 1)
            .put("xid", XID_2)
            .put("name", "Second")
            .put("workflowPhase", 1)
            .put("workflowStep", 2)
            .put("required", true)
            .put("dependentOnId", 1)
            .put("assignee", new JsonObject().put("type", "Group").put("data", group)));
  }

  private static JsonObject third() {
    return new JsonObject()
        .put("caseId", 1)
        .put("xid", XID_3)
        .put("name", "Third")
        .put("description", "What to do")
        .put("workflowPhase", 1)
        .put("workflowStep", 3)
        .put("dueDate", "2022-03-29T12:15:00Z");
  }

  private static JsonObject shownThird(String dueDate, boolean required) {
    return new JsonObject()
        .put("id", 3)
        .put("xid", XID_3)
        .put("name", "Third")
        .put("description", "What to do")
        .put("workflowPhase", 1)
        .put("workflowStep", 3)
        .put("dueDate", dueDate)
        .put("required", required)
        .put("status", "Open")
        .put("owner", "Demo Organization");
  }

  private static List<Object> names(JsonObject answer, String key) {
    return answer.getJsonArray("data").stream()
        .map(item -> ((JsonObject) item).getValue(key))
        .toList();
  }
}
