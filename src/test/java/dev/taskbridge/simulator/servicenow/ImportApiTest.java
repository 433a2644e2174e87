package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Import sets: a server-side upsert whose failures come as 201. */
class ImportApiTest extends WithSimulator {
  private static final String IMPORT = "/api/now/import/u_taskbridge_incident";

  private JsonObject imported(String... fieldsAndValues) {
    Answer answer = snow.post(IMPORT, SnowClient.object(fieldsAndValues));
    assertThat(answer.status()).isEqualTo(201);
    return answer.json().getJsonArray("result").getJsonObject(0);
  }

  @Test
  void a_row_is_inserted_then_updated_then_ignored_by_its_coalesce_field() {
    JsonObject inserted = imported("u_correlation_id", "tb:1", "u_short_description", "one");
    JsonObject updated = imported("u_correlation_id", "TB:1", "u_short_description", "two");
    JsonObject ignored = imported("u_correlation_id", "TB:1", "u_short_description", "two");

    assertThat(inserted.getString("status")).isEqualTo("inserted");
    assertThat(updated.getString("status")).isEqualTo("updated");
    assertThat(ignored.getString("status")).isEqualTo("ignored");
    assertThat(updated.getString("sys_id")).isEqualTo(inserted.getString("sys_id"));
    assertThat(inserted.getString("display_value")).matches("INC\\d{7}");
    assertThat(inserted.getString("table")).isEqualTo("incident");
    assertThat(inserted.getString("record_link"))
        .isEqualTo(simulator.origin() + "/api/now/table/incident/" + inserted.getString("sys_id"));
    assertThat(snow.list("incident", "correlation_id=tb:1").values("short_description"))
        .containsExactly("two");
  }

  @Test
  void labels_and_names_are_resolved_on_the_way() {
    String id =
        imported("u_correlation_id", "tb:2", "u_state", "In Progress", "u_assigned_to", "Lars Berg")
            .getString("sys_id");

    JsonObject record = snow.read("incident", id);
    assertThat(record.getString("state")).isEqualTo("2");
    assertThat(record.getString("assigned_to")).isEqualTo(SmallWorld.userId("lars.berg"));
  }

  @Test
  void an_error_is_still_201_and_names_no_record() {
    JsonObject error = imported("u_correlation_id", "tb:3", "u_state", "Resolved");

    assertThat(error.getString("status")).isEqualTo("error");
    assertThat(error.getString("error_message")).startsWith("Data Policy Exception");
    assertThat(error.containsKey("sys_id")).isFalse();
    assertThat(snow.list("incident", "correlation_id=tb:3").records()).isEmpty();
  }

  @Test
  void a_data_policy_may_let_import_sets_pass() {
    String policy =
        admin
            .list("sys_data_policy2", "model_table=incident^conditions=stateIN6,7")
            .records()
            .get(0)
            .getString("sys_id");
    admin.update("sys_data_policy2", policy, "apply_import_set", "false");

    assertThat(imported("u_correlation_id", "tb:4", "u_state", "Resolved").getString("status"))
        .isEqualTo("inserted");
  }

  @Test
  void a_staged_row_can_be_read_again() {
    String target = imported("u_correlation_id", "tb:5").getString("sys_id");
    String staged =
        snow.list("u_taskbridge_incident", "u_correlation_id=tb:5")
            .records()
            .get(0)
            .getString("sys_id");

    JsonObject row = snow.get(IMPORT + "/" + staged).json().getJsonArray("result").getJsonObject(0);
    assertThat(row.getString("status")).isEqualTo("inserted");
    assertThat(row.getString("sys_id")).isEqualTo(target);
    assertThat(snow.get(IMPORT + "/" + "0".repeat(32)).status()).isEqualTo(404);
  }

  @Test
  void many_rows_are_taken_at_once_and_transformed_later_by_column_label() {
    Answer answer =
        snow.post(
            IMPORT + "/insertMultiple",
            new JsonObject()
                .put(
                    "records",
                    SnowClient.array(
                        SnowClient.object("Correlation ID", "tb:6", "Short description", "six"),
                        SnowClient.object(
                            "Correlation ID", "tb:7", "Short description", "seven"))));

    assertThat(answer.json().getString("import_set_id")).matches("[0-9a-f]{32}");
    assertThat(answer.json().getString("multi_import_set_id")).matches("[0-9a-f]{32}");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        snow.list("incident", "correlation_idINtb:6,tb:7^ORDERBYcorrelation_id")
                            .values("short_description"))
                    .containsExactly("six", "seven"));
  }

  @Test
  void a_table_that_is_no_staging_table_is_refused() {
    assertThat(snow.post("/api/now/import/incident", SnowClient.object()).status()).isEqualTo(400);
  }
}
