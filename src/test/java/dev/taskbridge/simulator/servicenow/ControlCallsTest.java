package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The calls under {@code /_sim} that tests and the demo steer the instance with. */
class ControlCallsTest extends WithSimulator {

  @Test
  void the_credentials_it_shows_are_those_it_accepts() {
    JsonObject shown = snow.get("/_sim/credentials").json();

    assertThat(
            SnowClient.bare(simulator)
                .with("Accept", "application/json")
                .basic(shown.getString("user"), shown.getString("password"))
                .get("/api/now/table/incident")
                .status())
        .isEqualTo(200);
    assertThat(shown.fieldNames())
        .contains("clientId", "clientSecret", "apiKey", "adminUser", "adminPassword");
  }

  @Test
  void the_state_shows_stored_values_by_table_and_the_journal() {
    String id = incidentId("short_description", "x", "urgency", "1", "work_notes", "noted");

    JsonObject state = snow.get("/_sim/state").json();
    JsonObject record = find(state.getJsonObject("tables").getJsonArray("incident"), "sys_id", id);
    assertThat(record.getString("urgency")).isEqualTo("1");
    JsonObject entry = find(state.getJsonArray("journal"), "element_id", id);
    assertThat(entry.getString("element")).isEqualTo("work_notes");
    assertThat(entry.getString("value")).isEqualTo("noted");
    assertThat(state.getJsonObject("tables").getJsonArray("sys_user")).hasSize(10);
  }

  private static JsonObject find(JsonArray array, String field, String value) {
    return array.stream()
        .map(JsonObject.class::cast)
        .filter(object -> value.equals(object.getString(field)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void seeding_fills_any_task_table() {
    Answer answer =
        snow.send("POST", "/_sim/seed", "{\"tasks\":4,\"seed\":2,\"table\":\"sn_si_task\"}");
    assertThat(answer.json().encode()).isEqualTo("{\"table\":\"sn_si_task\",\"rows\":4}");
    assertThat(snow.list("sn_si_task", "").values("state")).containsOnly("10");

    Answer wrong = snow.send("POST", "/_sim/seed", "{\"tasks\":4,\"table\":\"sys_user\"}");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.text()).contains("incident");
  }

  @Test
  void every_trap_has_a_switch_and_a_wrong_one_is_refused_without_effect() {
    JsonObject switches = snow.get("/_sim/switches").json();
    assertThat(switches.fieldNames())
        .containsExactlyElementsOf(Arrays.stream(Trap.values()).map(Trap::key).toList())
        .contains("clientSysId", "unknownFieldReturnsNoRows", "maxUrlBytes");

    for (String wrong :
        new String[] {
          "{\"clientSysId\":false,\"noSuchSwitch\":true}",
          "{\"clientSysId\":\"no\"}",
          "{\"overlongText\":\"kept\"}",
          "{\"scriptedFaults\":[{\"fault\":\"explode\"}]}"
        }) {
      Answer refused = snow.send("PUT", "/_sim/switches", wrong);
      assertThat(refused.status()).isEqualTo(400);
    }
    assertThat(snow.get("/_sim/switches").json().getBoolean("clientSysId")).isTrue();
  }

  @Test
  void requests_are_counted_by_operation_with_ids_left_out() {
    snow.send("DELETE", "/_sim/requests", "");
    String id = incidentId("short_description", "x");
    snow.update("incident", id, "urgency", "1");

    JsonObject counts = snow.get("/_sim/requests").json();
    assertThat(counts.getInteger("total")).isEqualTo(2);
    assertThat(counts.getJsonObject("byOperation").fieldNames())
        .noneMatch(name -> name.contains(id));
  }
}
