package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the platform does with incidents behind a client's back. */
class IncidentRulesTest extends WithSimulator {
  private static final String[] RESOLVE = {
    "state", "6", "close_code", "Solution provided", "close_notes", "Replaced the cable"
  };

  @ParameterizedTest(name = "impact {0} and urgency {1} make priority {2}")
  @CsvSource({"1,1,1", "1,2,2", "1,3,3", "2,1,2", "2,2,3", "2,3,4", "3,1,3", "3,2,4", "3,3,5"})
  void impact_and_urgency_decide_the_priority_whatever_was_sent(
      String impact, String urgency, String priority) {
    JsonObject created = incident("impact", impact, "urgency", urgency, "priority", "2");
    assertThat(created.getString("priority")).isEqualTo(priority);

    String id = created.getString("sys_id");
    assertThat(snow.update("incident", id, "priority", "1").record().getString("priority"))
        .isEqualTo(priority);
  }

  @Test
  void without_the_lookup_and_on_other_tables_priority_can_be_written() {
    assertThat(snow.create("sc_task", "priority", "1").getString("priority")).isEqualTo("1");
    assertThat(snow.create("sc_task").getString("priority")).isEqualTo("4");

    snow.switches("{\"priorityLookup\":false}");
    assertThat(incident("priority", "1").getString("priority")).isEqualTo("1");
  }

  @Test
  void state_and_incident_state_mirror_each_other() {
    String id = incidentId("state", "2");
    assertThat(snow.read("incident", id).getString("incident_state")).isEqualTo("2");

    JsonObject byLegacy = snow.update("incident", id, "incident_state", "1").record();
    assertThat(byLegacy.getString("state")).isEqualTo("1");
    assertThat(incident("incident_state", "2").getString("state")).isEqualTo("2");
  }

  @Test
  void resolving_without_code_and_notes_is_refused_by_a_data_policy_that_names_labels() {
    String id = incidentId("state", "2");

    Answer refused = snow.update("incident", id, "state", "6");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorMessage()).isEqualTo("Operation Failed");
    assertThat(refused.errorDetail())
        .isEqualTo(
            "Data Policy Exception: The following fields are mandatory: Resolution code,"
                + " Resolution notes");
    assertThat(snow.update("incident", id, "state", "6", "close_code", "Duplicate").errorDetail())
        .endsWith("mandatory: Resolution notes");
    // An unknown code is dropped first, and then the policy complains of its absence.
    assertThat(
            snow.update(
                    "incident",
                    id,
                    "state",
                    "6",
                    "close_code",
                    "Solved (Permanently)",
                    "close_notes",
                    "x")
                .errorDetail())
        .endsWith("mandatory: Resolution code");
    assertThat(snow.read("incident", id).getString("state")).isEqualTo("2");
  }

  @Test
  void resolving_keeps_the_incident_active_and_notes_who_and_when() {
    String id = incidentId("state", "2");

    JsonObject resolved = snow.update("incident", id, RESOLVE).record();
    assertThat(resolved.getString("active")).isEqualTo("true");
    assertThat(resolved.getString("resolved_at")).isEqualTo(resolved.getString("sys_updated_on"));
    assertThat(resolved.getString("resolved_by")).isEqualTo(SmallWorld.userId("svc.bridge"));
    assertThat(resolved.getString("closed_at")).isEmpty();
  }

  @Test
  void without_the_data_policy_an_incident_resolves_bare() {
    snow.switches("{\"closeDataPolicy\":false}");

    assertThat(snow.update("incident", incidentId(), "state", "6").status()).isEqualTo(200);
  }

  @Test
  void closing_takes_a_role_that_the_integration_lacks() {
    String id = incidentId("state", "2");
    snow.update("incident", id, RESOLVE);

    Answer refused = snow.update("incident", id, "state", "7");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorDetail())
        .isEqualTo("ACL Exception Update Failed due to security constraints");

    JsonObject closed = person("lars.berg").update("incident", id, "state", "7").record();
    assertThat(closed.getString("active")).isEqualTo("false");
    assertThat(closed.getString("closed_at")).isNotEmpty();
    assertThat(closed.getString("closed_by")).isEqualTo(SmallWorld.userId("lars.berg"));
  }

  @Test
  void closing_without_the_role_can_be_dropped_instead_of_refused_or_allowed_to_all() {
    String id = incidentId("state", "2");
    snow.update("incident", id, RESOLVE);

    snow.switches("{\"closeWithoutRole\":\"dropped\"}");
    Answer dropped = snow.update("incident", id, "state", "7");
    assertThat(dropped.status()).isEqualTo(200);
    assertThat(dropped.record().getString("state")).isEqualTo("6");

    snow.switches("{\"closeNeedsRole\":false}");
    assertThat(snow.update("incident", id, "state", "7").record().getString("state"))
        .isEqualTo("7");
  }

  @Test
  void reopening_clears_what_closing_needed_and_counts() {
    String id = incidentId("state", "2");
    snow.update("incident", id, RESOLVE);

    JsonObject reopened = snow.update("incident", id, "state", "2").record();
    assertThat(reopened.getString("close_code")).isEmpty();
    assertThat(reopened.getString("close_notes")).isEmpty();
    assertThat(reopened.getString("resolved_at")).isEmpty();
    assertThat(reopened.getString("reopen_count")).isEqualTo("1");

    snow.switches("{\"reopenClearsCloseFields\":false}");
    snow.update("incident", id, RESOLVE);
    assertThat(snow.update("incident", id, "state", "2").record().getString("close_notes"))
        .isEqualTo("Replaced the cable");
  }

  @Test
  void a_closed_incident_is_read_only_and_comments_to_it_vanish() {
    String id = incidentId("state", "2");
    snow.update("incident", id, RESOLVE);
    admin.update("incident", id, "state", "7");

    Answer reopen = snow.update("incident", id, "state", "2");
    assertThat(reopen.status()).isEqualTo(403);
    Answer comment = snow.update("incident", id, "comments", "anybody there?");
    assertThat(comment.status()).isEqualTo(200);
    assertThat(snow.list("sys_journal_field", "element_id=" + id).records()).isEmpty();

    snow.switches("{\"closedJournalsVanish\":false}");
    snow.update("incident", id, "comments", "anybody there?");
    assertThat(snow.list("sys_journal_field", "element_id=" + id).records()).hasSize(1);
  }

  @Test
  void on_hold_needs_a_reason_which_ends_with_it() {
    String id = incidentId("state", "2");

    assertThat(snow.update("incident", id, "state", "3").errorDetail())
        .endsWith("mandatory: On hold reason");
    JsonObject held = snow.update("incident", id, "state", "3", "hold_reason", "4").record();
    assertThat(held.getString("hold_reason")).isEqualTo("4");
    assertThat(snow.update("incident", id, "state", "2").record().getString("hold_reason"))
        .isEmpty();

    snow.switches("{\"holdNeedsReason\":false}");
    assertThat(snow.update("incident", id, "state", "3").status()).isEqualTo(200);
  }

  @Test
  void the_callers_comment_takes_an_incident_off_hold() {
    String id =
        incidentId("caller_id", SmallWorld.userId("maria.silva"), "state", "3", "hold_reason", "1");

    person("pat.jones").update("incident", id, "comments", "still waiting");
    assertThat(snow.read("incident", id).getString("state")).isEqualTo("3");
    person("maria.silva").update("incident", id, "comments", "here it is");
    assertThat(snow.read("incident", id).getString("state")).isEqualTo("2");
  }

  @Test
  void resolving_a_parent_resolves_its_children() {
    String parent = incidentId("state", "2");
    String child = incidentId("state", "1", "parent_incident", parent);
    snow.update("incident", parent, RESOLVE);
    JsonObject resolved = snow.read("incident", child);
    assertThat(resolved.getString("state")).isEqualTo("6");
    assertThat(resolved.getString("close_notes")).isEqualTo("Replaced the cable");

    snow.switches("{\"resolveChildren\":false}");
    String other = incidentId("state", "2");
    String orphan = incidentId("state", "1", "parent_incident", other);
    snow.update("incident", other, RESOLVE);
    assertThat(snow.read("incident", orphan).getString("state")).isEqualTo("1");
  }

  @Test
  void the_job_closes_what_was_resolved_long_enough_ago_as_system() {
    String id = incidentId("state", "2");
    snow.update("incident", id, RESOLVE);
    snow.switches("{\"autoCloseHours\":24}");

    wind(Duration.ofHours(23));
    assertThat(snow.read("incident", id).getString("state")).isEqualTo("6");
    wind(Duration.ofHours(2));
    JsonObject closed = snow.read("incident", id);
    assertThat(closed.getString("state")).isEqualTo("7");
    assertThat(closed.getString("sys_updated_by")).isEqualTo("system");
  }

  @Test
  void a_local_data_policy_made_by_an_administrator_holds_at_once() {
    String policy =
        admin
            .create(
                "sys_data_policy2",
                "short_description",
                "Caller is needed",
                "model_table",
                "incident",
                "conditions",
                "")
            .getString("sys_id");
    admin.create("sys_data_policy_rule", "sys_data_policy", policy, "field", "caller_id");

    Answer refused =
        snow.post("/api/now/table/incident", SnowClient.object("short_description", "x"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorDetail()).endsWith("mandatory: Caller");
  }
}
