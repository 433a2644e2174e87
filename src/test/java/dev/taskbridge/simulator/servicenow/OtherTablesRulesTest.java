package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems, changes, security incidents and catalogue tasks, each with its own idea of a state. */
class OtherTablesRulesTest extends WithSimulator {

  @ParameterizedTest(name = "{0} has {1} as {2}")
  @CsvSource({
    "incident, 3, On Hold",
    "incident, 7, Closed",
    "sn_si_incident, 3, Closed",
    "sn_si_incident, 7, Cancelled",
    "sn_si_incident, 16, Analysis",
    "sn_si_task, 16, Assigned",
    "sc_task, 7, Closed Skipped",
    "sc_req_item, 7, Closed Skipped",
    "problem, 103, Root Cause Analysis",
    "problem_task, 157, Closed",
    "change_request, -1, Implement",
    "task, -5, Pending"
  })
  void the_same_number_means_another_state_in_another_table(
      String table, String value, String label) {
    assertThat(
            simulator.<String>ask(() -> simulator.instance().choices.label(table, "state", value)))
        .isEqualTo(label);
  }

  @ParameterizedTest(name = "a new {0} starts at {1}")
  @CsvSource({
    "incident, 1",
    "sc_task, 1",
    "problem, 101",
    "problem_task, 151",
    "change_request, -5",
    "sn_si_incident, 10",
    "sn_si_task, 10",
    "sc_req_item, 1"
  })
  void each_table_starts_at_its_own_state(String table, String state) {
    assertThat(snow.create(table, "short_description", "x").getString("state")).isEqualTo(state);
  }

  @ParameterizedTest(name = "{0} is inactive at {1}")
  @CsvSource({"sc_task, 3", "sc_task, 4", "sc_task, 7", "sn_si_task, 3", "problem_task, 157"})
  void closing_states_make_a_task_inactive_and_leaving_them_active_again(
      String table, String closed) {
    String id = snow.create(table).getString("sys_id");
    String open = snow.read(table, id).getString("state");

    JsonObject end = snow.update(table, id, "state", closed).record();
    assertThat(end.getString("active")).isEqualTo("false");
    assertThat(end.getString("closed_at")).isNotEmpty();
    JsonObject again = snow.update(table, id, "state", open).record();
    assertThat(again.getString("active")).isEqualTo("true");
    assertThat(again.getString("closed_at")).isEmpty();
  }

  @Test
  void a_problems_state_cannot_be_moved_by_the_table_api() {
    String id =
        snow.create("problem", "short_description", "x", "state", "104").getString("sys_id");
    assertThat(snow.read("problem", id).getString("state")).isEqualTo("101");

    Answer ignored = snow.update("problem", id, "state", "102", "problem_state", "102");
    assertThat(ignored.status()).isEqualTo(200);
    assertThat(ignored.record().getString("state")).isEqualTo("101");
    assertThat(ignored.record().getString("problem_state")).isEqualTo("101");

    snow.switches("{\"problemStateFrozen\":false}");
    assertThat(snow.update("problem", id, "state", "102").record().getString("problem_state"))
        .isEqualTo("102");
  }

  @Test
  void a_change_moves_only_along_its_model() {
    String id = snow.create("change_request").getString("sys_id");

    Answer jump = snow.update("change_request", id, "state", "-1");
    assertThat(jump.status()).isEqualTo(403);
    assertThat(jump.errorDetail())
        .startsWith("Operation against file 'change_request' was aborted by Business Rule '");
    assertThat(snow.update("change_request", id, "state", "-4").status()).isEqualTo(200);

    snow.switches("{\"changeStateModel\":false}");
    assertThat(snow.update("change_request", id, "state", "-1").status()).isEqualTo(200);
  }

  @Test
  void a_security_incident_never_moves_back_unless_its_process_is_open() {
    String id = snow.create("sn_si_incident", "state", "18").getString("sys_id");

    Answer back = snow.update("sn_si_incident", id, "state", "16");
    assertThat(back.status()).isEqualTo(403);
    assertThat(back.errorDetail()).contains("aborted by Business Rule");
    assertThat(snow.update("sn_si_incident", id, "state", "20").status()).isEqualTo(200);
    assertThat(snow.update("sn_si_incident", id, "state", "7").status()).isEqualTo(200);

    snow.switches("{\"securityStateful\":false}");
    assertThat(snow.update("sn_si_incident", id, "state", "16").status()).isEqualTo(200);
  }

  @Test
  void assigning_a_draft_security_incident_moves_it_to_analysis() {
    String id = snow.create("sn_si_incident").getString("sys_id");

    assertThat(
            snow.update("sn_si_incident", id, "assigned_to", SmallWorld.userId("pat.jones"))
                .record()
                .getString("state"))
        .isEqualTo("16");
  }

  @Test
  void closing_a_security_incident_needs_code_and_notes_and_ends_its_tasks() {
    String id = snow.create("sn_si_incident", "state", "100").getString("sys_id");
    String ready = snow.create("sn_si_task", "security_incident", id).getString("sys_id");
    String begun =
        snow.create("sn_si_task", "security_incident", id, "state", "18").getString("sys_id");

    assertThat(snow.update("sn_si_incident", id, "state", "3").errorDetail())
        .isEqualTo(
            "Data Policy Exception: The following fields are mandatory: Close code, Close notes");
    snow.update(
        "sn_si_incident",
        id,
        "state",
        "3",
        "close_code",
        "threat_mitigated",
        "close_notes",
        "done");
    assertThat(snow.read("sn_si_task", ready).getString("state")).isEqualTo("7");
    assertThat(snow.read("sn_si_task", begun).getString("state")).isEqualTo("3");
  }

  @Test
  void assigning_a_ready_response_task_moves_it_to_assigned() {
    String id = snow.create("sn_si_task").getString("sys_id");

    assertThat(
            snow.update("sn_si_task", id, "assigned_to", SmallWorld.userId("chen.wei"))
                .record()
                .getString("state"))
        .isEqualTo("16");
  }

  @Test
  void the_last_closed_task_completes_its_requested_item() {
    String item = snow.create("sc_req_item").getString("sys_id");
    String first = snow.create("sc_task", "request_item", item).getString("sys_id");
    String second = snow.create("sc_task", "request_item", item).getString("sys_id");

    snow.update("sc_task", first, "state", "3");
    assertThat(snow.read("sc_req_item", item).getString("state")).isEqualTo("1");
    snow.update("sc_task", second, "state", "3");
    assertThat(snow.read("sc_req_item", item).getString("state")).isEqualTo("3");
  }

  @Test
  void closed_skipped_is_7_on_one_instance_and_5_on_another() {
    assertThat(snow.create("sc_task", "state", "5").getString("state")).isEqualTo("1");

    snow.switches("{\"catalogTaskSkipped\":\"5\"}");
    JsonObject skipped = snow.create("sc_task", "state", "5");
    assertThat(skipped.getString("state")).isEqualTo("5");
    assertThat(skipped.getString("active")).isEqualTo("false");
    assertThat(
            snow.list("sys_choice", "name=sc_task^element=state^label=Closed Skipped")
                .values("value"))
        .containsExactly("5");
    assertThat(snow.create("sc_task", "state", "7").getString("state")).isEqualTo("1");
  }
}
