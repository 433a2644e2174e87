package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Writes, and how they quietly do less than they were asked to. */
class WritesTest extends WithSimulator {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @Test
  void numbers_and_booleans_are_taken_and_come_back_as_strings() {
    JsonObject record =
        snow.post(
                "/api/now/table/incident",
                new JsonObject().put("urgency", 2).put("knowledge", true).put("impact", "1"))
            .record();

    assertThat(record.getValue("urgency")).isEqualTo("2");
    assertThat(record.getValue("knowledge")).isEqualTo("true");
  }

  @Test
  void an_empty_string_clears_a_field_but_a_choice_with_a_default_keeps_its_value() {
    String id =
        incidentId(
            "assigned_to", SmallWorld.userId("pat.jones"), "description", "x", "urgency", "2");

    JsonObject record =
        snow.update("incident", id, "assigned_to", "", "description", "", "urgency", "").record();

    assertThat(record.getString("assigned_to")).isEmpty();
    assertThat(record.getString("description")).isEmpty();
    assertThat(record.getString("urgency")).isEqualTo("2");
  }

  @Test
  void put_changes_only_what_it_names_as_patch_does() {
    String id = incidentId("short_description", "keep me", "urgency", "1");

    JsonObject record =
        snow.put("/api/now/v2/table/incident/" + id, SnowClient.object("impact", "1")).record();

    assertThat(record.getString("short_description")).isEqualTo("keep me");
    assertThat(record.getString("urgency")).isEqualTo("1");
    assertThat(record.getString("impact")).isEqualTo("1");
  }

  @Test
  void unknown_fields_invalid_choices_and_references_by_name_are_dropped_with_2xx() {
    Answer created =
        snow.post(
            "/api/now/v2/table/incident",
            SnowClient.object(
                "no_such_field", "x",
                "state", "99",
                "close_code", "Solved (Permanently)",
                "assigned_to", "Pat Jones",
                "due_date", "tomorrow",
                "short_description", "kept"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.record().containsKey("no_such_field")).isFalse();
    assertThat(created.record().getString("state")).isEqualTo("1");
    assertThat(created.record().getString("close_code")).isEmpty();
    assertThat(created.record().getString("assigned_to")).isEmpty();
    assertThat(created.record().getString("due_date")).isEmpty();
    assertThat(created.record().getString("short_description")).isEqualTo("kept");

    Answer changed =
        snow.update(
            "incident", created.record().getString("sys_id"), "urgency", "7", "caller_id", "x");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.record().getString("sys_mod_count")).isEqualTo("0");
  }

  @Test
  void with_the_property_set_unknown_choices_are_stored() {
    snow.switches("{\"allowUnknownChoices\":true}");

    assertThat(incident("close_code", "Solved (Permanently)").getString("close_code"))
        .isEqualTo("Solved (Permanently)");
  }

  @Test
  void a_choice_that_was_made_inactive_or_added_counts_at_once() {
    String choice =
        admin
            .list("sys_choice", "name=incident^element=close_code^value=Duplicate")
            .records()
            .get(0)
            .getString("sys_id");
    admin.update("sys_choice", choice, "inactive", "true");
    admin.create(
        "sys_choice",
        "name",
        "incident",
        "element",
        "close_code",
        "value",
        "Solved",
        "label",
        "Solved");

    assertThat(incident("close_code", "Duplicate").getString("close_code")).isEmpty();
    assertThat(incident("close_code", "Solved").getString("close_code")).isEqualTo("Solved");
  }

  @Test
  void a_dependent_choice_is_dropped_under_the_wrong_parent() {
    JsonObject right = incident("subcategory", "vpn", "category", "network");
    JsonObject wrong = incident("category", "database", "subcategory", "vpn");

    assertThat(right.getString("subcategory")).isEqualTo("vpn");
    assertThat(wrong.getString("subcategory")).isEmpty();
  }

  @Test
  void labels_are_resolved_and_times_read_in_the_writers_zone_only_when_asked_for() {
    admin.update("sys_user", SmallWorld.userId("pat.jones"), "time_zone", "America/New_York");
    JsonObject body =
        SnowClient.object(
            "state", "In Progress", "assigned_to", "Lars Berg", "due_date", "2025-01-31 18:05:09");
    String url = "/api/now/table/incident?sysparm_exclude_reference_link=true";

    JsonObject labels =
        person("pat.jones").post(url + "&sysparm_input_display_value=true", body).record();
    JsonObject stored = person("pat.jones").post(url, body).record();

    assertThat(labels.getString("state")).isEqualTo("2");
    assertThat(labels.getString("assigned_to")).isEqualTo(SmallWorld.userId("lars.berg"));
    assertThat(labels.getString("due_date")).isEqualTo("2025-01-31 23:05:09");
    assertThat(stored.getString("state")).isEqualTo("1");
    assertThat(stored.getString("assigned_to")).isEmpty();
    assertThat(stored.getString("due_date")).isEqualTo("2025-01-31 18:05:09");
  }

  @Test
  void a_field_blocked_for_the_account_is_dropped_and_nothing_moves() {
    String id = incidentId("description", "before");
    snow.switches("{\"unwritableFields\":{\"task\":[\"description\"]}}");

    Answer blocked = snow.update("incident", id, "description", "after");
    assertThat(blocked.status()).isEqualTo(200);
    assertThat(blocked.record().getString("description")).isEqualTo("before");
    assertThat(blocked.record().getString("sys_mod_count")).isEqualTo("0");
    assertThat(
            admin.update("incident", id, "description", "after").record().getString("description"))
        .isEqualTo("after");
  }

  @Test
  void what_the_server_sets_cannot_be_written() {
    JsonObject record =
        incident(
            "sys_created_on", "2001-01-01 00:00:00",
            "sys_updated_by", "somebody",
            "sys_mod_count", "77",
            "sys_class_name", "problem");

    assertThat(record.getString("sys_created_on")).isNotEqualTo("2001-01-01 00:00:00");
    assertThat(record.getString("sys_updated_by")).isEqualTo("svc.bridge");
    assertThat(record.getString("sys_mod_count")).isEqualTo("0");
    assertThat(record.getString("sys_class_name")).isEqualTo("incident");
  }

  @Test
  void overlong_text_is_cut_at_the_fields_length_or_refused() {
    assertThat(incident("short_description", "x".repeat(200)).getString("short_description"))
        .hasSize(160);
    assertThat(incident("description", "x".repeat(5000)).getString("description")).hasSize(4000);
    assertThat(incident("correlation_id", "x".repeat(101)).getString("correlation_id"))
        .hasSize(100);

    snow.switches("{\"overlongText\":\"refused\"}");
    Answer refused =
        snow.post(
            "/api/now/table/incident", SnowClient.object("short_description", "x".repeat(161)));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorDetail()).startsWith("Error during insert of incident");
  }

  @Test
  void only_the_first_of_several_records_is_created() {
    Answer answer =
        snow.send(
            "POST",
            "/api/now/table/incident",
            "[{\"short_description\":\"first\"},{\"short_description\":\"second\"}]");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(snow.list("incident", "short_description=first").records()).hasSize(1);
    assertThat(snow.list("incident", "short_description=second").records()).isEmpty();
  }

  @Test
  void a_supplied_sys_id_is_honoured_once_and_refused_twice() {
    assertThat(incidentId("sys_id", ID)).isEqualTo(ID);

    Answer again = snow.post("/api/now/table/incident", SnowClient.object("sys_id", ID));
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.errorMessage()).isEqualTo("Operation Failed");
    assertThat(again.errorDetail()).startsWith("Error during insert of incident");
    Answer elsewhere = snow.post("/api/now/table/sc_task", SnowClient.object("sys_id", ID));
    assertThat(elsewhere.status()).isEqualTo(403); // one key space for all tasks
  }

  @Test
  void a_supplied_sys_id_is_ignored_where_the_platform_assigns_its_own() {
    snow.switches("{\"clientSysId\":false}");

    assertThat(incidentId("sys_id", ID)).isNotEqualTo(ID).matches("[0-9a-f]{32}");
  }

  @Test
  void a_caller_who_wants_no_body_gets_none() {
    Answer created =
        snow.with("X-no-response-body", "true")
            .post("/api/now/v2/table/incident", SnowClient.object("short_description", "quiet"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).isEmpty();
    assertThat(created.header("Location")).contains("/table/incident/");
  }

  @Test
  void deleting_can_be_an_administrators_right() {
    String id = incidentId("short_description", "x");
    snow.switches("{\"deleteNeedsAdmin\":true}");

    Answer refused = snow.delete("/api/now/v2/table/incident/" + id);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorDetail())
        .isEqualTo("ACL Exception Delete Failed due to security constraints");
    assertThat(admin.delete("/api/now/v2/table/incident/" + id).status()).isEqualTo(204);
  }

  @Test
  void an_administrator_can_add_a_table_and_columns() {
    String task = admin.list("sys_db_object", "name=task").records().get(0).getString("sys_id");
    admin.create("sys_db_object", "name", "u_hunt", "label", "Hunt", "super_class", task);
    admin.create(
        "sys_dictionary",
        "name",
        "u_hunt",
        "element",
        "u_scope",
        "internal_type",
        "string",
        "max_length",
        "5");

    JsonObject hunt = snow.create("u_hunt", "short_description", "beacons", "u_scope", "network");
    assertThat(hunt.getString("u_scope")).isEqualTo("netwo");
    assertThat(hunt.getString("state")).isEqualTo("1");
    assertThat(snow.list("task", "sys_class_name=u_hunt").records()).hasSize(1);
  }

  @Test
  void users_and_choices_are_an_administrators_to_change() {
    String pat = SmallWorld.userId("pat.jones");

    assertThat(snow.update("sys_user", pat, "title", "Chief").errorDetail())
        .isEqualTo("ACL Exception Update Failed due to security constraints");
    assertThat(snow.post("/api/now/table/sys_choice", SnowClient.object("name", "x")).status())
        .isEqualTo(403);
    assertThat(snow.delete("/api/now/table/sys_user/" + pat).status()).isEqualTo(403);
    assertThat(admin.update("sys_user", pat, "title", "Chief").status()).isEqualTo(200);

    snow.switches("{\"setupNeedsAdmin\":false}");
    assertThat(snow.update("sys_user", pat, "title", "").status()).isEqualTo(200);
  }

  @Test
  void a_local_rule_may_clear_or_refuse_an_assignee_from_outside_the_group() {
    String lars = SmallWorld.userId("lars.berg"); // not in the SOC Team
    String soc = SmallWorld.groupId("SOC Team");
    String id = incidentId("assignment_group", soc, "assigned_to", lars);
    assertThat(snow.read("incident", id).getString("assigned_to")).isEqualTo(lars);

    snow.switches("{\"assigneeOutsideGroup\":\"cleared\"}");
    assertThat(incident("assignment_group", soc, "assigned_to", lars).getString("assigned_to"))
        .isEmpty();
    String pat = SmallWorld.userId("pat.jones");
    assertThat(incident("assignment_group", soc, "assigned_to", pat).getString("assigned_to"))
        .isEqualTo(pat);

    snow.switches("{\"assigneeOutsideGroup\":\"refused\"}");
    Answer refused =
        snow.post(
            "/api/now/table/incident",
            SnowClient.object("assignment_group", soc, "assigned_to", lars));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorDetail()).contains("aborted by Business Rule");
  }
}
