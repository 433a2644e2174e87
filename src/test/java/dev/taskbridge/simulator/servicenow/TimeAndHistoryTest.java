package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times, versions, journals and what is kept of the past. */
class TimeAndHistoryTest extends WithSimulator {

  @Test
  void times_have_whole_seconds_and_follow_the_clock() {
    simulator.ask(
        () -> {
          simulator.clock().setOffset(Duration.ZERO);
          return null;
        });
    String before = Times.stored(simulator.clock().instant());
    JsonObject record = incident("short_description", "x");
    String after = Times.stored(simulator.clock().instant());

    assertThat(record.getString("sys_created_on"))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
    assertThat(record.getString("sys_created_on")).isBetween(before, after);
    assertThat(record.getString("sys_updated_on")).isEqualTo(record.getString("sys_created_on"));

    snow.send("PUT", "/_sim/clock", "{\"offsetMillis\":86400000}");
    String id = record.getString("sys_id");
    assertThat(snow.update("incident", id, "urgency", "1").record().getString("sys_updated_on"))
        .isGreaterThanOrEqualTo(
            Times.stored(Times.instant(before).orElseThrow().plus(Duration.ofDays(1))));
  }

  @Test
  void each_effective_update_counts_one_and_one_without_effect_moves_nothing() {
    String id = incidentId("short_description", "x", "urgency", "2");
    wind(Duration.ofSeconds(5));

    JsonObject changed = snow.update("incident", id, "urgency", "1").record();
    wind(Duration.ofSeconds(5));
    JsonObject same =
        snow.update("incident", id, "urgency", "1", "short_description", "x").record();

    assertThat(changed.getString("sys_mod_count")).isEqualTo("1");
    assertThat(same.getString("sys_mod_count")).isEqualTo("1");
    assertThat(same.getString("sys_updated_on")).isEqualTo(changed.getString("sys_updated_on"));
  }

  @Test
  void a_journal_entry_is_a_row_of_its_own_and_bumps_its_record() {
    String id = incidentId("short_description", "x");

    JsonObject record =
        person("pat.jones")
            .update("incident", id, "work_notes", "for us", "comments", "for the caller")
            .record();

    assertThat(record.getString("work_notes")).isEmpty();
    assertThat(record.getString("sys_mod_count")).isEqualTo("1");
    List<JsonObject> rows =
        snow.list(
                "sys_journal_field",
                "element_id=" + id + "^elementINcomments,work_notes^ORDERBYelement")
            .records();
    assertThat(rows)
        .extracting(row -> row.getString("element"))
        .containsExactly("comments", "work_notes");
    assertThat(rows.get(1).getString("value")).isEqualTo("for us");
    assertThat(rows.get(1).getString("name")).isEqualTo("incident");
    assertThat(rows.get(1).getString("sys_created_by")).isEqualTo("pat.jones");
  }

  @Test
  void sending_a_journal_text_twice_makes_two_entries() {
    String id = incidentId("short_description", "x");

    snow.update("incident", id, "comments", "again");
    snow.update("incident", id, "comments", "again");

    assertThat(snow.list("sys_journal_field", "element_id=" + id).records()).hasSize(2);
    assertThat(snow.read("incident", id).getString("sys_mod_count")).isEqualTo("2");
  }

  @Test
  void the_display_text_of_a_journal_has_the_newest_entry_first() {
    String id = incidentId("short_description", "x");
    String first = Times.stored(simulator.clock().instant());
    person("pat.jones").update("incident", id, "work_notes", "first\nof two lines");
    wind(Duration.ofMinutes(1));
    snow.update("incident", id, "work_notes", "second");

    String text =
        snow.get("/api/now/table/incident/" + id + "?sysparm_display_value=all")
            .record()
            .getJsonObject("work_notes")
            .getString("display_value");

    assertThat(text)
        .matches(
            "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d - Taskbridge Service \\(Work notes\\)\n"
                + "second\n\n"
                + "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d - Pat Jones \\(Work notes\\)\n"
                + "first\nof two lines\n\n");
    assertThat(text).contains(first.substring(0, 15));
  }

  @Test
  void updates_of_an_audited_table_and_its_deletions_leave_a_trail() {
    String id = incidentId("short_description", "x", "urgency", "3");
    snow.update("incident", id, "urgency", "1");
    String task = snow.create("sc_task").getString("sys_id");
    snow.update("sc_task", task, "state", "2");
    snow.delete("/api/now/v2/table/incident/" + id);

    JsonObject urgency =
        snow.list("sys_audit", "documentkey=" + id + "^fieldname=urgency").records().get(0);
    assertThat(urgency.getString("tablename")).isEqualTo("incident");
    assertThat(urgency.getString("oldvalue")).isEqualTo("3");
    assertThat(urgency.getString("newvalue")).isEqualTo("1");
    assertThat(urgency.getString("user")).isEqualTo("svc.bridge");
    assertThat(snow.list("sys_audit", "documentkey=" + task).records()).isEmpty();
    assertThat(snow.list("sys_audit_delete", "documentkey=" + id).values("tablename"))
        .containsExactly("incident");
  }

  @Test
  void an_asynchronous_rule_touches_a_written_record_once_more_as_system() {
    snow.switches("{\"asyncRuleMillis\":20}");
    String id = incidentId("short_description", "x");

    await()
        .untilAsserted(
            () ->
                assertThat(snow.read("incident", id).getString("sys_updated_by"))
                    .isEqualTo("system"));
    JsonObject touched = snow.read("incident", id);
    assertThat(touched.getString("sys_mod_count")).isEqualTo("1");
    assertThat(touched.getString("activity_due")).isNotEmpty();
    assertThat(touched.getString("short_description")).isEqualTo("x");
  }
}
