package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of the error table, each with its code and text; refusals leave nothing behind. */
final class ErrorTableTest {
  private static final String NOT_FOUND = "The requested resource was not found";
  private static final String BAD_PAGING =
      "The resultStart and resultLimit query parameters must be integers and the maximum value for"
          + " resultLimit is 10000";

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
        new JsonObject().put("name", "Example").put("severity", "Low").put("status", "Open"));
    api.post("/tasks", task("First").put("xid", "first-task-xid"));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("rows")
  void answers(String method, String path, String body, int status, String message) {
    JsonObject before = simulator.ask(simulator::state);

    Answer answer = api.signed(method, "/api/v3" + path, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json())
        .isEqualTo(new JsonObject().put("message", message).put("status", "Error"));
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(simulator.ask(simulator::state)).isEqualTo(before);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        get("/tasks?tql=id%20%3D", 400, "Invalid TQL: unexpected '<EOF>' at position 5"),
        get("/tasks?tql=status%20%3D%20Open", 400, "Invalid TQL: unexpected 'Open' at position 10"),
        get("/tasks?tql=foo%20%3D%201", 400, "Invalid TQL: unknown parameter 'foo'"),
        get("/tasks?tql=id%20%3D%20%22x%22", 400, "Invalid TQL: unexpected 'x' at position 6"),
        get(
            "/tasks?tql=hasCase(calScore%20%3D%201)",
            400, "Invalid TQL: parameter 'calScore' is not supported by the simulator"),
        get(
            "/notes?tql=author%20%3D%20%22nobody%22",
            400, "Invalid TQL: unexpected 'nobody' at position 10"),
        get("/tasks/999", 404, NOT_FOUND),
        get("/tasks/99999999999999999999", 404, NOT_FOUND),
        get("/tasks/unknown-xid", 404, NOT_FOUND),
        get("/cases/999", 404, NOT_FOUND),
        get("/notes/999", 404, NOT_FOUND),
        get("/nothing/here", 404, NOT_FOUND),
        get("/tasks?resultLimit=10001", 400, BAD_PAGING),
        get("/tasks?resultLimit=0", 400, BAD_PAGING),
        get("/tasks?resultLimit=ten", 400, BAD_PAGING),
        get("/tasks?resultStart=-1", 400, BAD_PAGING),
        get("/tasks?fields=nonsense", 400, "The field 'nonsense' is not valid for this task"),
        get("/tasks?sorting=nonsense", 400, "Invalid sorting: unknown parameter 'nonsense'"),
        get("/tasks?owner=Nobody", 403, "The requested owner was not found"),
        get("/tasks?owner=Restricted%20Source", 403, "Access Denied"),
        post("{\"caseId\":1}", 400, "Missing required field: name"),
        post("{\"name\":\"x\"}", 400, "Missing required field: caseId or caseXid"),
        post("{\"name\":null,\"caseId\":1}", 400, "Missing required field: name"),
        post("{\"name\":\"x\",\"caseId\":99}", 404, NOT_FOUND),
        post("{\"name\":\"x\",\"caseXid\":\"unknown-case\"}", 404, NOT_FOUND),
        post(
            with("\"status\":\"Done\""),
            400,
            "The status for this task is invalid , please enter one of the following values:"
                + " Pending, Open, Reopened, Closed"),
        post("{\"name\":\"\",\"caseId\":1}", 400, length("name", 1, 255)),
        post("{\"name\":\"" + "x".repeat(256) + "\",\"caseId\":1}", 400, length("name", 1, 255)),
        post(
            with("\"description\":\"" + "x".repeat(1501) + "\""),
            400,
            length("description", 0, 1500)),
        post(with("\"xid\":\"too-short\""), 400, length("xid", 10, 100)),
        post(
            with("\"xid\":\"first-task-xid\""),
            400,
            "The xid for this task is invalid, a task with this xid already exists"),
        post(
            with("\"workflowPhase\":128"),
            400,
            "The workflowPhase for this task is invalid, please enter a number between 0-127"),
        post(
            with("\"workflowStep\":0"),
            400,
            "The workflowStep for this task is invalid, please enter a number between 1-127"),
        post(
            with("\"dueDate\":\"next week\""),
            400,
            "The dueDate for this task is invalid, please enter a date such as"
                + " 2022-03-29T12:15:00Z"),
        post(with("\"assignee\":{\"type\":\"User\",\"data\":{\"id\":77}}"), 400, assignee()),
        post(
            with("\"assignee\":{\"type\":\"User\",\"data\":{\"userName\":\"nobody\"}}"),
            400,
            assignee()),
        post(
            with("\"assignee\":{\"type\":\"Group\",\"data\":{\"name\":\"soc team\"}}"),
            400,
            assignee()),
        post(with("\"assignee\":{\"type\":\"Robot\"}"), 400, assignee()),
        post(with("\"assignee\":{}"), 400, assignee()),
        post(with("\"dependentOnId\":99"), 404, NOT_FOUND),
        post(with("\"notes\":{\"data\":[{}]}"), 400, "Missing required field: text"),
        post(
            with("\"artifacts\":{\"data\":[{\"type\":\"URL\"}]}"),
            400,
            "Missing required field: summary"),
        post(
            with("\"notes\":{\"mode\":\"replace\",\"data\":[{\"text\":\"x\"}]}"),
            400,
            "The mode for this task is invalid, please enter one of the following values: append"),
        post("{\"name\":", 400, "The request was not properly formed"),
        post("[]", 400, "The request was not properly formed"),
        post("\"task\"", 400, "The request was not properly formed"),
        post("{\"name\":5,\"caseId\":1}", 400, "The request was not properly formed"),
        post(with("\"required\":\"yes\""), 400, "The request was not properly formed"),
        post(with("\"workflowStep\":1.5"), 400, "The request was not properly formed"),
        Arguments.of("PUT", "/tasks/999", "{}", 404, NOT_FOUND),
        Arguments.of("PUT", "/tasks/1", "{\"name\":null}", 400, length("name", 1, 255)),
        Arguments.of("PUT", "/tasks/1", "{\"assignee\":null}", 400, assignee()),
        Arguments.of("DELETE", "/tasks/999", null, 404, NOT_FOUND),
        Arguments.of("DELETE", "/tasks", null, 403, "Bulk delete is not enabled on this system"));
  }

  @Test
  void writes_without_the_right_are_denied() {
    simulator.flip("readOnly", true);
    try {
      Answer updated = api.put("/tasks/1", new JsonObject().put("name", "x"));
      assertThat(updated.status()).isEqualTo(401);
      assertThat(updated.message())
          .isEqualTo("The requested task was not updated - access was denied");
      assertThat(api.post("/tasks", task("x")).message())
          .isEqualTo("The requested task was not created - access was denied");
      assertThat(api.delete("/tasks/1").message())
          .isEqualTo("The requested task was not deleted - access was denied");
      assertThat(api.get("/tasks/1").data().getString("name")).isEqualTo("First");
    } finally {
      simulator.flip("readOnly", false);
    }
  }

  @Test
  void an_instance_without_a_licence_answers_503() {
    simulator.flip("licensed", false);
    try {
      assertThat(api.get("/tasks").status()).isEqualTo(503);
      assertThat(api.get("/tasks").message()).startsWith("API access has not been licensed");
    } finally {
      simulator.flip("licensed", true);
    }
  }

  @Test
  void an_unknown_field_is_ignored_unless_the_instance_is_strict() {
    JsonObject body = task("x").put("nonsense", 1).put("id", 77).put("owner", "me");
    assertThat(api.post("/tasks", body).data().getLong("id")).isEqualTo(2);

    simulator.flip("strict", true);
    try {
      Answer refused = api.post("/tasks", body);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.message()).isEqualTo("Unknown field: nonsense");
      assertThat(api.put("/tasks/1", new JsonObject().put("id", 5)).status()).isEqualTo(200);
    } finally {
      simulator.flip("strict", false);
    }
  }

  @Test
  void a_switch_that_does_not_exist_is_named() {
    assertThat(refusedSwitch("bulkdelete", true)).contains("bulkdelete", "bulkDelete");
    assertThat(refusedSwitch("nextScheme", "ftp")).contains("http or https");
    assertThat(refusedSwitch("strict", "yes")).contains("strict", "true or false");
  }

  private static String refusedSwitch(String name, Object value) {
    return api.control("PUT", "/_sim/switches", new JsonObject().put(name, value))
        .getString("error");
  }

  private static Arguments get(String path, int status, String message) {
    return Arguments.of("GET", path, null, status, message);
  }

  private static Arguments post(String body, int status, String message) {
    return Arguments.of("POST", "/tasks", body, status, message);
  }

  private static String with(String field) {
    return "{\"name\":\"x\",\"caseId\":1," + field + "}";
  }

  private static JsonObject task(String name) {
    return new JsonObject().put("caseId", 1).put("name", name);
  }

  private static String length(String field, int shortest, int longest) {
    return "The %s for this task is invalid, please enter a %s between %d-%d characters in length"
        .formatted(field, field, shortest, longest);
  }

  private static String assignee() {
    return "The assignee for this task is invalid, please enter an existing user or group";
  }
}
