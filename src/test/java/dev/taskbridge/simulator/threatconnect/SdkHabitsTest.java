package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the vendor's Python SDK sends and expects, one habit a test. */
final class SdkHabitsTest {
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
  void one_case() {
    api.control("POST", "/_sim/seed", new JsonObject().put("clear", true));
    simulator.flip("nextScheme", "http");
    api.post(
        "/cases",
        new JsonObject().put("name", "Example").put("severity", "Low").put("status", "Open"));
  }

  @Test
  void it_follows_next_as_it_is_when_that_begins_with_https() {
    create("one");
    create("two");
    simulator.flip("nextScheme", "https");

    String next = api.get("/tasks?resultLimit=1").json().getString("next");

    assertThat(next).startsWith("https://");
    String target = next.substring(next.indexOf("/api"));
    assertThat(api.signed("GET", target, null).ids()).containsExactly(2L);
  }

  @Test
  void it_puts_a_long_query_into_the_body_and_gets_it_back_in_a_long_link() {
    create("one");
    create("two");
    create("three");
    String ids =
        LongStream.rangeClosed(1, 3000).mapToObj(Long::toString).collect(Collectors.joining(", "));
    JsonObject data =
        new JsonObject()
            .put("tql", "id in (" + ids + ")")
            .put("resultLimit", 2)
            .put("count", true)
            .put("fields", new JsonArray().add("notes"));

    Answer first = api.signed("GET", "/api/v3/tasks", new JsonObject().put("data", data).encode());

    assertThat(first.ids()).containsExactly(1L, 2L);
    assertThat(first.json().getInteger("count")).isEqualTo(3);
    String next = first.json().getString("next").substring(simulator.origin().length());
    assertThat(next).hasSizeGreaterThan(16 * 1024);
    assertThat(api.signed("GET", next, null).ids()).containsExactly(3L);
  }

  @Test
  void it_sends_parameters_nobody_knows_beside_those_that_count() {
    create("one");
    create("two");

    Answer answer = api.get("/tasks?result_limit=7&resultLimit=1&count=True&foo=bar");

    assertThat(answer.ids()).hasSize(1);
    assertThat(answer.json().getInteger("count")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "2022-03-29T12:15:00Z",
    "2022-03-29T12:15:00+00:00",
    "2022-03-29T14:15:00+02:00",
    "2022-03-29T12:15:00.123456",
    "2022-03-29T12:15:00.999999+00:00",
    "2022-03-29T12:15:00",
    "2022-03-29 12:15:00",
  })
  void it_writes_one_date_in_many_forms(String date) {
    Answer created =
        api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "x").put("dueDate", date));

    assertThat(created.data().getString("dueDate")).isEqualTo("2022-03-29T12:15:00Z");
  }

  @Test
  void it_resends_what_it_last_read_when_it_updates_one_field() {
    create("one");
    api.put(
        "/tasks/1",
        new JsonObject()
            .put(
                "assignee",
                new JsonObject().put("type", "User").put("data", new JsonObject().put("id", 1))));
    JsonObject stale =
        new JsonObject()
            .put("name", "one")
            .put("description", "old")
            .put("dueDate", "2022-03-29T12:15:00+00:00")
            .put("required", false)
            .put("status", "Open");
    api.put("/tasks/1", new JsonObject().put("description", "new").put("required", true));

    JsonObject after = api.put("/tasks/1", stale.put("name", "renamed")).data();

    assertThat(after.getString("name")).isEqualTo("renamed");
    assertThat(after.getString("description")).isEqualTo("old");
    assertThat(after.getBoolean("required")).isFalse();
    assertThat(after.getJsonObject("assignee").getString("type")).isEqualTo("User");
  }

  @Test
  void it_finds_artifacts_beside_notes_under_the_same_rules() {
    create("one");
    JsonObject artifact =
        new JsonObject()
            .put("taskId", 1)
            .put("summary", "badguy@bad.com")
            .put("type", "Email Address")
            .put("description", "seen")
            .put("source", "mail");
    api.post("/artifacts", artifact);
    api.post("/artifacts", artifact);

    Answer list = api.query("/artifacts", "hasTask(id = 1)", "&count=true&resultLimit=1");

    assertThat(list.json().fieldNames()).containsExactly("next", "data", "count", "status");
    assertThat(list.json().getInteger("count")).isEqualTo(2);
    assertThat(list.items().getJsonObject(0).fieldNames())
        .contains(
            "id", "summary", "type", "source", "caseId", "taskId", "dateAdded", "description");
  }

  @ParameterizedTest
  @CsvSource({
    "with space 0001, with%20space%200001",
    "percent%41-0001, percent%2541-0001",
    "plus+and&and=0001, plus+and&and=0001",
    "ümläut-0000001, %C3%BCml%C3%A4ut-0000001",
    "slash/inside/01, slash%2Finside%2F01",
    "1234567890x, 1234567890x",
  })
  void it_puts_the_xid_into_the_path_and_expects_one_decoding(String xid, String segment) {
    api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "x").put("xid", xid));

    assertThat(api.get("/tasks/" + segment).data().getString("xid")).isEqualTo(xid);
    assertThat(api.put("/tasks/" + segment, new JsonObject().put("name", "y")).status())
        .isEqualTo(200);
    assertThat(api.delete("/tasks/" + segment).status()).isEqualTo(200);
    assertThat(api.get("/tasks/" + segment).status()).isEqualTo(404);
  }

  @Test
  void it_wants_exactly_application_json_and_sends_empty_objects() {
    create("one");

    assertThat(api.signed("GET", "/api/v3/tasks/1", "{}").contentType())
        .isEqualTo("application/json");
    assertThat(api.get("/tasks/99").contentType()).isEqualTo("application/json");
    assertThat(api.get("/tasks").contentType()).isEqualTo("application/json");
    assertThat(api.options("/tasks").contentType()).isEqualTo("application/json");
    assertThat(api.signed("DELETE", "/api/v3/tasks/1", "{}").contentType())
        .isEqualTo("application/json");
  }

  @Test
  void its_generator_refuses_descriptors_with_words_it_does_not_know() {
    Set<String> keys =
        Set.of(
            "type",
            "required",
            "requiredAltField",
            "readOnly",
            "updatable",
            "description",
            "minLength",
            "maxLength",
            "minValue",
            "maxValue",
            "maxSize",
            "allowableValues",
            "default");
    Set<String> types =
        Set.of(
            "String",
            "Integer",
            "Long",
            "Boolean",
            "Date",
            "JsonNode",
            "Assignee",
            "Case",
            "Artifact",
            "Note");
    JsonObject fields = api.options("/tasks?show=readOnly").json();

    for (String name : fields.fieldNames()) {
      JsonObject field = fields.getJsonObject(name);
      JsonObject descriptor =
          field.containsKey("data") ? field.getJsonArray("data").getJsonObject(0) : field;
      assertThat(keys).as(name).containsAll(descriptor.fieldNames());
      assertThat(types).as(name).contains(descriptor.getString("type"));
    }
    Set<String> tqlTypes =
        Set.of("String", "Integer", "Boolean", "Date", "Enum", "User", "Assignee");
    for (Object item : api.options("/tasks/tql").items()) {
      assertThat(tqlTypes).contains(((JsonObject) item).getString("type"));
    }
    for (Object item : api.options("/tasks/fields").items()) {
      assertThat(fields.fieldNames()).contains(((JsonObject) item).getString("name"));
    }
  }

  @Test
  void it_tells_a_user_from_a_group_by_the_user_name() {
    create("one");
    for (String type : List.of("User", "Group")) {
      JsonObject assignee =
          new JsonObject().put("type", type).put("data", new JsonObject().put("id", 1));
      JsonObject data =
          api.put("/tasks/1", new JsonObject().put("assignee", assignee))
              .data()
              .getJsonObject("assignee")
              .getJsonObject("data");
      assertThat(data.containsKey("userName")).as(type).isEqualTo(type.equals("User"));
      assertThat(data.containsKey("name")).as(type).isEqualTo(type.equals("Group"));
    }
  }

  private static void create(String name) {
    api.post("/tasks", new JsonObject().put("caseId", 1).put("name", name));
  }
}
