package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists and single records: shapes, pages, headers and what read rules hide. */
class ReadsTest extends WithSimulator {

  private void seed(int incidents) {
    snow.send("POST", "/_sim/seed", "{\"tasks\":" + incidents + ",\"seed\":1}");
  }

  @Test
  void nothing_found_is_404_on_v1_and_an_empty_list_elsewhere() {
    String query = "?sysparm_query=number=INC9999999";

    Answer v1 = snow.get("/api/now/v1/table/incident" + query);
    assertThat(v1.status()).isEqualTo(404);
    assertThat(v1.errorMessage()).isEqualTo("No Record found");
    for (String version : List.of("/v2", "")) {
      Answer answer = snow.get("/api/now" + version + "/table/incident" + query);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.records()).isEmpty();
      assertThat(answer.header("X-Total-Count")).isEqualTo("0");
    }
  }

  @ParameterizedTest(name = "{0} with display {1}, links excluded {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "state       | false | false | \"2\"",
        "state       | true  | false | \"In Progress\"",
        "state       | all   | false | {'display_value':'In Progress','value':'2'}",
        "active      | true  | false | \"true\"",
        "assigned_to | false | false | {'link':'LINKS/sys_user/PAT','value':'PAT'}",
        "assigned_to | false | true  | \"PAT\"",
        "assigned_to | true  | false | {'display_value':'Pat Jones','link':'LINKS/sys_user/PAT'}",
        "assigned_to | true  | true  | \"Pat Jones\"",
        "assigned_to | all   | false"
            + " | {'display_value':'Pat Jones','value':'PAT','link':'LINKS/sys_user/PAT'}",
        "assigned_to | all   | true  | {'display_value':'Pat Jones','value':'PAT'}",
        "problem_id  | false | false | \"\"",
        "problem_id  | true  | false | \"\"",
        "problem_id  | all   | false | {'display_value':'','value':''}",
        "due_date    | false | false | \"2025-01-31 23:05:09\"",
        "due_date    | true  | false | \"2025-01-31 23:05:09\"",
        "work_notes  | false | false | \"\"",
        "sys_class_name | all | false | {'display_value':'Incident','value':'incident'}",
      })
  void every_shape_of_a_value(String field, String display, String exclude, String expected) {
    String id =
        incidentId(
            "short_description", "shapes",
            "state", "2",
            "assigned_to", SmallWorld.userId("pat.jones"),
            "due_date", "2025-01-31 23:05:09",
            "work_notes", "looked at it");

    Answer answer =
        snow.get(
            "/api/now/v2/table/incident/"
                + id
                + "?sysparm_display_value="
                + display
                + "&sysparm_exclude_reference_link="
                + exclude);

    Object value = answer.record().getValue(field);
    String shown = value instanceof JsonObject object ? object.encode() : "\"" + value + "\"";
    assertThat(shown)
        .isEqualTo(
            expected
                .replace('\'', '"')
                .replace("LINKS", simulator.origin() + "/api/now/v2/table")
                .replace("PAT", SmallWorld.userId("pat.jones")));
  }

  @Test
  void display_times_are_in_the_readers_zone_and_format() {
    String id = incidentId("due_date", "2025-01-31 23:05:09");
    admin.update(
        "sys_user",
        SmallWorld.userId("pat.jones"),
        "time_zone",
        "America/New_York",
        "date_format",
        "dd/MM/yyyy");

    JsonObject due =
        person("pat.jones")
            .get("/api/now/table/incident/" + id + "?sysparm_display_value=all")
            .record()
            .getJsonObject("due_date");
    assertThat(due.getString("value")).isEqualTo("2025-01-31 23:05:09");
    assertThat(due.getString("display_value")).isEqualTo("31/01/2025 18:05:09");
  }

  @Test
  void asked_fields_come_alone_dot_walked_ones_under_their_flat_name_and_unknown_ones_not_at_all() {
    String id =
        incidentId(
            "assigned_to", SmallWorld.userId("pat.jones"),
            "assignment_group", SmallWorld.groupId("SOC Team"));

    JsonObject record =
        snow.get(
                "/api/now/table/incident/"
                    + id
                    + "?sysparm_fields=number,assigned_to.email,assignment_group.name,"
                    + "problem_id.number,no_such_field,assigned_to.no_such")
            .record();

    assertThat(record.fieldNames())
        .containsExactly(
            "number", "assigned_to.email", "assignment_group.name", "problem_id.number");
    assertThat(record.getString("assigned_to.email")).isEqualTo("pat.jones@example.com");
    assertThat(record.getString("assignment_group.name")).isEqualTo("SOC Team");
    assertThat(record.getString("problem_id.number")).isEmpty();
  }

  @Test
  void every_value_is_a_string_and_empty_ones_are_there() {
    JsonObject record = incident("short_description", "x");

    assertThat(record.fieldNames())
        .contains("close_code", "due_date", "comments", "correlation_id");
    assertThat(record.getMap().values()).allMatch(String.class::isInstance);
    assertThat(record.getString("close_code")).isEmpty();
  }

  @Test
  void a_table_shows_the_records_of_its_heirs_with_the_fields_it_knows() {
    incidentId("short_description", "as a task");
    snow.create("sn_si_task", "short_description", "as a task");

    Answer tasks = snow.list("task", "short_description=as a task^ORDERBYnumber");

    assertThat(tasks.values("sys_class_name")).containsExactly("incident", "sn_si_task");
    assertThat(tasks.records().get(0).containsKey("caller_id")).isFalse();
    assertThat(tasks.records().get(0).containsKey("close_notes")).isTrue();
  }

  @Test
  void pages_carry_the_total_and_links_whose_commas_are_raw() {
    seed(7); // ten with the three of the small world
    String base = "/api/now/v2/table/incident?sysparm_fields=number,state&sysparm_limit=4";

    Answer first = snow.get(base);
    Answer middle = snow.get(base + "&sysparm_offset=4");
    Answer last = snow.get(base + "&sysparm_offset=8");

    assertThat(Stream.of(first, middle, last).map(a -> a.records().size()))
        .containsExactly(4, 4, 2);
    assertThat(Stream.of(first, middle, last).map(a -> a.header("X-Total-Count")))
        .containsExactly("10", "10", "10");
    assertThat(middle.header("Link"))
        .isEqualTo(
            String.join(
                ",",
                link(base, 0, "first"),
                link(base, 0, "prev"),
                link(base, 8, "next"),
                link(base, 8, "last")));
    assertThat(first.header("Link")).doesNotContain("prev").contains("next");
    assertThat(last.header("Link")).contains("prev").doesNotContain("next");
  }

  private String link(String base, int offset, String relation) {
    return "<"
        + simulator.origin()
        + base
        + "&sysparm_offset="
        + offset
        + ">;rel=\""
        + relation
        + "\"";
  }

  @Test
  void a_single_page_has_no_link_and_headers_can_be_switched_off_by_the_caller() {
    seed(7);

    assertThat(snow.list("incident", "").header("Link")).isNull();
    assertThat(snow.list("incident", "", "sysparm_limit=10").header("Link")).isNull();
    Answer quiet =
        snow.list(
            "incident",
            "",
            "sysparm_limit=4",
            "sysparm_no_count=true",
            "sysparm_suppress_pagination_header=true");
    assertThat(quiet.header("Link")).isNull();
    assertThat(quiet.header("X-Total-Count")).isNull();
    assertThat(snow.list("incident", "", "sysparm_offset=-1").status()).isEqualTo(400);
  }

  @Test
  void the_limit_is_applied_before_read_rules_so_that_a_page_may_come_back_short() {
    for (int i = 1; i <= 6; i++) {
      incidentId("short_description", i <= 3 ? "secret" : "open", "correlation_id", "k" + i);
    }
    snow.switches("{\"hiddenRows\":{\"incident\":\"short_description=secret\"}}");
    String query = "correlation_idSTARTSWITHk^ORDERBYcorrelation_id";

    Answer first = snow.list("incident", query, "sysparm_limit=3");
    Answer second = snow.list("incident", query, "sysparm_limit=3", "sysparm_offset=3");
    assertThat(first.records()).isEmpty();
    assertThat(first.header("X-Total-Count")).isEqualTo("6");
    assertThat(second.values("correlation_id")).containsExactly("k4", "k5", "k6");
    assertThat(admin.list("incident", query).records()).hasSize(6);

    snow.switches("{\"limitBeforeReadRules\":false,\"totalCountIgnoresReadRules\":false}");
    Answer filtered = snow.list("incident", query, "sysparm_limit=3");
    assertThat(filtered.records()).hasSize(3);
    assertThat(filtered.header("X-Total-Count")).isEqualTo("3");
  }

  @Test
  void a_hidden_record_is_404_to_read_change_and_delete() {
    String id = incidentId("short_description", "secret");
    snow.switches("{\"hiddenRows\":{\"incident\":\"short_description=secret\"}}");
    String path = "/api/now/v2/table/incident/" + id;

    assertThat(snow.get(path).status()).isEqualTo(404);
    assertThat(snow.patch(path, SnowClient.object("state", "2")).status()).isEqualTo(404);
    assertThat(snow.delete(path).status()).isEqualTo(404);
    assertThat(admin.get(path).status()).isEqualTo(200);
  }

  @Test
  void an_unreadable_field_is_missing_from_records_and_forbidden_in_queries() {
    snow.switches("{\"unreadableFields\":{\"task\":[\"close_notes\"]}}");

    assertThat(snow.list("incident", "").records())
        .allMatch(record -> !record.containsKey("close_notes"));
    Answer query = snow.list("incident", "close_notes=x");
    assertThat(query.status()).isEqualTo(403);
    assertThat(query.errorMessage()).isEqualTo("Insufficient rights to query records");
    assertThat(query.errorDetail())
        .isEqualTo("Field(s) present in the query do not have permission to be read");
  }

  @Test
  void a_table_without_rights_is_empty_or_forbidden_and_without_its_plugin_invalid() {
    snow.switches(
        "{\"deniedTables\":{\"sys_dictionary\":\"empty\",\"sys_db_object\":\"forbidden\","
            + "\"sys_choice\":\"forbidden-fields\"},\"absentTables\":[\"sn_si_incident\"]}");

    assertThat(snow.list("sys_dictionary", "name=incident").records()).isEmpty();
    assertThat(snow.list("sys_db_object", "").status()).isEqualTo(403);
    assertThat(snow.list("sys_choice", "name=incident").errorDetail())
        .isEqualTo("Field(s) present in the query do not have permission to be read");
    Answer absent = snow.list("sn_si_incident", "");
    assertThat(absent.status()).isEqualTo(400);
    assertThat(absent.errorMessage()).isEqualTo("Invalid table sn_si_incident");
    assertThat(admin.list("sys_dictionary", "name=incident").records()).isNotEmpty();
  }

  @Test
  void a_list_that_breaks_off_has_rows_and_an_error_under_200() {
    snow.switches("{\"partialListAfter\":2}");

    Answer answer = snow.list("incident", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.records()).hasSize(2);
    assertThat(answer.errorMessage()).startsWith("Transaction cancelled");
    assertThat(answer.json().getString("status")).isEqualTo("failure");
  }

  @Test
  void ties_come_in_another_order_every_time_where_that_is_switched_on() {
    seed(60);
    snow.switches("{\"unorderedShuffles\":true}");

    List<String> once = snow.list("incident", "").values("sys_id");
    List<String> again = snow.list("incident", "").values("sys_id");
    assertThat(again).isNotEqualTo(once).containsExactlyInAnyOrderElementsOf(once);
    assertThat(snow.list("incident", "ORDERBYnumber").values("number")).isSorted();
  }

  @Test
  void the_dictionary_and_choices_can_be_read() {
    assertThat(
            snow.list("sys_dictionary", "name=task^element=short_description")
                .records()
                .get(0)
                .getString("max_length"))
        .isEqualTo("160");
    assertThat(
            snow.list(
                    "sys_choice",
                    "name=incident^element=state^inactive=false^language=en^ORDERBYsequence")
                .values("label"))
        .containsExactly("New", "In Progress", "On Hold", "Resolved", "Closed", "Canceled");
    assertThat(
            snow.list("sys_db_object", "name=incident", "sysparm_fields=super_class.name")
                .values("super_class.name"))
        .containsExactly("task");
    assertThat(snow.list("sys_data_policy2", "model_table=incident^active=true").records())
        .hasSize(2);
  }

  @Test
  void security_tables_are_empty_and_closed_to_those_without_a_security_role() {
    String id = snow.create("sn_si_incident", "short_description", "beacon").getString("sys_id");
    SnowClient outsider = person("lars.berg"); // IT Operations only

    assertThat(outsider.list("sn_si_incident", "").records()).isEmpty();
    assertThat(outsider.get("/api/now/table/sn_si_incident/" + id).status()).isEqualTo(404);
    assertThat(
            outsider
                .post("/api/now/table/sn_si_incident", SnowClient.object("state", "16"))
                .errorDetail())
        .isEqualTo("ACL Exception Insert Failed due to security constraints");
    assertThat(person("pat.jones").list("sn_si_incident", "").records()).hasSize(1);

    snow.switches("{\"securityNeedsRole\":false}");
    assertThat(outsider.list("sn_si_incident", "").records()).hasSize(1);
  }
}
