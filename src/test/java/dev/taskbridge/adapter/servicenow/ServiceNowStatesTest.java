package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statuses of each table: what a step wants, who may take it, and what is said if it is refused.
 */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowStatesTest extends ServiceNowBench {
  private static final Map<String, Map<String, String>> RESOLVED =
      Map.of(
          "Resolved", Map.of("close_code", "Solution provided", "close_notes", "Done by the SOC"));
  private static final Scope RESOLVING = Instance.scope("incident", RESOLVED);

  ServiceNowStatesTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void an_incident_is_resolved_with_what_the_step_wants_in_the_same_call() {
    Ticket ticket = incident();

    Written<Ticket> written = updated(RESOLVING, ticket, status("Resolved"));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().closed()).isTrue();
    assertThat(stored(ticket, "close_code")).isEqualTo("Solution provided");
    assertThat(stored(ticket, "close_notes")).isEqualTo("Done by the SOC");
  }

  @Test
  void without_close_notes_it_is_refused_in_words_that_name_the_setting_and_nothing_is_guessed() {
    Ticket ticket = incident();

    Refusal why = refusal(update(Instance.incidents(), ticket, status("Resolved")));

    assertThat(why).isInstanceOf(Refusal.Rejected.class);
    assertThat(((Refusal.Rejected) why).field()).contains(FieldName.STATUS);
    assertThat(why.words())
        .contains("Resolution code, Resolution notes")
        .contains("fields.status.set")
        .contains("Resolved: {");
    assertThat(stored(ticket, "state")).isEqualTo("1");
    assertThat(stored(ticket, "close_code")).isEmpty();
  }

  @Test
  void a_close_code_that_the_instance_does_not_have_is_told_with_what_it_asked_for() {
    Scope legacy =
        Instance.scope(
            "incident",
            Map.of(
                "Resolved",
                Map.of("close_code", "Solved (Permanently)", "close_notes", "Done by the SOC")));

    Refusal why = refusal(update(legacy, incident(), status("Resolved")));
    List<String> problems = done(instance.system.describe(legacy)).problems();

    assertThat(why.words()).contains("Resolution code").contains("fields.status.set");
    assertThat(problems).singleElement().asString().contains("Solved (Permanently)");
  }

  @Test
  void closing_without_the_role_is_refused_and_the_other_fields_of_the_change_are_done() {
    Ticket ticket = updated(RESOLVING, incident(), status("Resolved")).now();

    Written<Ticket> written =
        updated(
            RESOLVING,
            ticket,
            Map.of(
                FieldName.STATUS, Choice.named("Closed"),
                FieldName.TITLE, FieldValue.text("Nearly closed")));

    assertThat(written.refused()).containsOnlyKeys(FieldName.STATUS);
    assertThat(written.refused().get(FieldName.STATUS).words()).contains("ACL Exception");
    assertThat(stored(ticket, "short_description")).isEqualTo("Nearly closed");
    assertThat(stored(ticket, "state")).isEqualTo("6");
  }

  @Test
  void closing_that_is_dropped_without_an_error_is_seen_all_the_same() {
    instance.switches("{\"closeWithoutRole\": \"dropped\"}");
    Ticket ticket = updated(RESOLVING, incident(), status("Resolved")).now();

    Written<Ticket> written = updated(RESOLVING, ticket, status("Closed"));

    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("\"Closed\"")
        .contains("\"Resolved\"")
        .contains("role");
  }

  @Test
  void a_resolved_incident_is_reopened() {
    Ticket ticket = updated(RESOLVING, incident(), status("Resolved")).now();

    Written<Ticket> written = updated(RESOLVING, ticket, status("In Progress"));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().closed()).isFalse();
  }

  @Test
  void a_closed_incident_is_not_reopened_and_the_words_say_that_it_is_closed() {
    Ticket ticket = incident();
    edit(
        ticket,
        "{\"state\": \"7\", \"close_code\": \"Duplicate\", \"close_notes\": \"By an administrator\"}");

    Outcome<Written<Ticket>> outcome = update(RESOLVING, ticket, status("In Progress"));

    assertThat(words(outcome, FieldName.STATUS)).containsIgnoringCase("closed");
    assertThat(stored(ticket, "state")).isEqualTo("7");
  }

  @Test
  void on_hold_wants_a_reason_which_may_be_named_by_its_label() {
    Ticket ticket = incident();
    Scope holding =
        Instance.scope("incident", Map.of("On Hold", Map.of("hold_reason", "Awaiting Vendor")));

    Refusal without = refusal(update(Instance.incidents(), ticket, status("On Hold")));
    Written<Ticket> with = updated(holding, ticket, status("On Hold"));

    assertThat(without.words()).contains("On hold reason").contains("fields.status.set");
    assertThat(with.refused()).isEmpty();
    assertThat(stored(ticket, "hold_reason")).isEqualTo("4");
  }

  @Test
  void a_state_that_the_table_does_not_have_is_refused_with_those_that_it_has() {
    Written<Ticket> written = updated(Instance.incidents(), incident(), status("Work in Progress"));

    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("incident has no state called \"Work in Progress\"")
        .contains("In Progress")
        .contains("On Hold");
  }

  @Test
  void a_new_incident_in_a_status_that_is_refused_is_made_and_only_its_status_fails() {
    Written<Ticket> written =
        done(
            create(
                    Instance.incidents(),
                    List.of(Instance.ticket("resolved at once", status("Resolved"))))
                .get(0));

    assertThat(written.refused()).containsOnlyKeys(FieldName.STATUS);
    assertThat(written.now().value(FieldName.STATUS).shown()).isEqualTo("New");
    assertThat(written.now().idempotencyKeys()).hasSize(1);
  }

  @Test
  void each_table_has_states_of_its_own() {
    for (String[] known :
        List.of(
            new String[] {"sc_task", "Work in Progress", "2"},
            new String[] {"sn_si_incident", "Analysis", "16"},
            new String[] {"sn_si_task", "Work in Progress", "18"},
            new String[] {"task", "Work in Progress", "2"})) {
      Scope scope = Instance.scope(known[0], Map.of());
      Ticket ticket = made(scope, title("A " + known[0]));

      Written<Ticket> written = updated(scope, ticket, status(known[1]));

      assertThat(written.refused()).as(known[0]).isEmpty();
      assertThat(record(known[0], ticket.id()).path("state").asText())
          .as(known[0])
          .isEqualTo(known[2]);
    }
  }

  @Test
  void a_stored_value_that_differs_between_instances_is_taken_from_the_instance() {
    instance.switches("{\"catalogTaskSkipped\": \"5\"}");
    Scope scope = Instance.scope("sc_task", Map.of());

    Written<Ticket> written =
        updated(scope, made(scope, title("To be skipped")), status("Closed Skipped"));

    assertThat(written.refused()).isEmpty();
    assertThat(record("sc_task", written.now().id()).path("state").asText()).isEqualTo("5");
    assertThat(written.now().closed()).isTrue();
  }

  @Test
  void a_security_incident_closes_with_a_close_code_named_by_its_label() {
    Scope scope =
        Instance.scope(
            "sn_si_incident",
            Map.of("Closed", Map.of("close_code", "Threat mitigated", "close_notes", "Contained")));
    Ticket ticket = made(scope, title("A security incident"));

    Written<Ticket> written = updated(scope, ticket, status("Closed"));

    assertThat(written.refused()).isEmpty();
    assertThat(record("sn_si_incident", ticket.id()).path("close_code").asText())
        .isEqualTo("threat_mitigated");
  }

  @Test
  void a_problem_s_state_cannot_be_carried_and_the_words_say_so() {
    Scope scope = Instance.scope("problem", Map.of());
    Ticket ticket = made(scope, title("A problem"));

    Written<Ticket> written = updated(scope, ticket, status("Assess"));

    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("Table API does not move problems");
  }

  @Test
  void where_choices_cannot_be_read_the_delivered_states_are_taken() {
    instance.switches("{\"deniedTables\": {\"sys_choice\": \"forbidden-fields\"}}");
    Ticket ticket = incident();

    Written<Ticket> written = updated(Instance.incidents(), ticket, status("In Progress"));

    assertThat(written.refused()).isEmpty();
    assertThat(stored(ticket, "state")).isEqualTo("2");
  }

  @Test
  void a_record_read_through_task_takes_the_states_of_its_own_table() {
    Ticket ticket = incident();
    Scope tasks = Instance.scope("task", RESOLVED);
    Ticket seen = done(find(tasks, Instance.tickets(1))).get(0);

    Written<Ticket> written = updated(tasks, seen, status("Resolved"));

    assertThat(seen.id()).isEqualTo(ticket.id());
    assertThat(written.refused()).isEmpty();
    assertThat(stored(ticket, "state")).isEqualTo("6");
    assertThat(written.now().closed()).isTrue();
  }

  private static String words(Outcome<Written<Ticket>> outcome, FieldName field) {
    return outcome.match(written -> written.refused().get(field).words(), Refusal::words);
  }
}
