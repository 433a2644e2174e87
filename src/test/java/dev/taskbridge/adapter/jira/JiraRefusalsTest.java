package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.done;
import static dev.taskbridge.adapter.TicketBench.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.jira.Flavour;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fields that Jira will not take: each is refused in words, and the others are written. */
final class JiraRefusalsTest {
  @ParameterizedTest
  @EnumSource(Flavour.class)
  void one_field_that_cannot_be_set_costs_only_itself(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.made(Map.of());
      jira.switches("{\"notOnCreateScreen\": [\"duedate\"]}");
      Map<FieldName, FieldValue> due =
          Map.of(
              FieldName.DUE_DATE,
              new FieldValue.Day(LocalDate.of(2026, 4, 9)),
              FieldName.DESCRIPTION,
              FieldValue.text("Kept."));

      // The screen that was learned before says it can be set; another adapter knows better.
      Written<Ticket> surprised = only(jira.create(jira.ticket("One", due)));
      Written<Ticket> knowing = only(JiraWorld.restarted(jira).create(jira.ticket("Two", due)));

      for (Written<Ticket> written : List.of(surprised, knowing)) {
        assertThat(written.refused()).containsOnlyKeys(FieldName.DUE_DATE);
        assertThat(written.now().value(FieldName.DESCRIPTION)).isEqualTo(FieldValue.text("Kept."));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void in_a_batch_only_the_bad_element_is_refused(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      NewTicket good = jira.ticket("Good", Map.of());
      NewTicket untitled = jira.ticket("x", Map.of(FieldName.TITLE, FieldValue.ABSENT));
      untitled =
          new NewTicket(
              untitled.key(),
              untitled.link(),
              untitled.taskUrl(),
              Map.of(FieldName.DESCRIPTION, FieldValue.text("No title.")));
      NewTicket odd = jira.ticket("Odd", Map.of(FieldName.PRIORITY, Choice.named("Frobnicated")));
      NewTicket alsoGood = jira.ticket("Also good", Map.of());

      List<Outcome<Written<Ticket>>> outcomes =
          jira.system()
              .create(new CreateTickets(jira.scope(), List.of(good, untitled, odd, alsoGood)));

      assertThat(outcomes.get(0).value().orElseThrow().now().value(FieldName.TITLE))
          .isEqualTo(FieldValue.text("Good"));
      assertThat(outcomes.get(1).refusal())
          .get()
          .isInstanceOfSatisfying(
              Refusal.Rejected.class, it -> assertThat(it.field()).contains(FieldName.TITLE));
      assertThat(outcomes.get(2).value().orElseThrow().refused())
          .containsOnlyKeys(FieldName.PRIORITY)
          .extractingByKey(FieldName.PRIORITY)
          .satisfies(it -> assertThat(it.words()).contains("Frobnicated", "\"Highest\""));
      assertThat(outcomes.get(3).value().orElseThrow().now().value(FieldName.TITLE))
          .isEqualTo(FieldValue.text("Also good"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_field_that_every_new_issue_wants_is_refused_in_jiras_words(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.switches("{\"requiredOnCreate\": [\"customfield_10042\"], \"language\": \"de\"}");

      Outcome<Written<Ticket>> outcome =
          only(
              jira.system()
                  .create(new CreateTickets(jira.scope(), List.of(jira.ticket("One", Map.of())))));

      assertThat(outcome.refusal())
          .get()
          .isInstanceOfSatisfying(
              Refusal.Rejected.class, it -> assertThat(it.words()).contains("customfield_10042"));
      assertThat(done(jira.system().describe(jira.scope())).problems())
          .anySatisfy(problem -> assertThat(problem).contains("customfield_10042"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_edit_that_meets_another_is_tried_again(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      jira.switches("{\"editConflicts\": 2}");

      Written<Ticket> written =
          jira.update(ticket, Map.of(FieldName.TITLE, FieldValue.text("Renamed")));

      assertThat(written.refused()).isEmpty();
      assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Renamed"));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_edit_with_one_bad_field_does_the_others(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      jira.switches(
          "{\"notOnEditScreen\": [\"duedate\", \"priority\"], \"unassignedAllowed\": false}");

      Written<Ticket> written =
          jira.update(
              ticket,
              Map.of(
                  FieldName.TITLE, FieldValue.text("Renamed"),
                  FieldName.DUE_DATE, new FieldValue.Day(LocalDate.of(2026, 4, 9)),
                  FieldName.PRIORITY, Choice.named("High")));

      assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Renamed"));
      if (!written.refused().isEmpty()) {
        assertThat(written.refused()).containsOnlyKeys(FieldName.DUE_DATE, FieldName.PRIORITY);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_group_is_no_assignee_in_jira(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());

      Written<Ticket> written =
          jira.update(ticket, Map.of(FieldName.ASSIGNEE, Group.named("SOC Team")));

      assertThat(written.refused().get(FieldName.ASSIGNEE).words())
          .contains("SOC Team", "fields.assignee.groups");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_account_that_may_not_look_people_up_clears_nobody(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket =
          jira.made(
              Map.of(FieldName.ASSIGNEE, FieldValue.User.withEmail("maria.silva@example.com")));
      jira.switches("{\"browseUsers\": false}");

      Written<Ticket> written =
          jira.update(
              ticket,
              Map.of(FieldName.ASSIGNEE, FieldValue.User.withEmail("pat.jones@example.com")));

      assertThat(written.refused()).containsOnlyKeys(FieldName.ASSIGNEE);
      assertThat(written.now().value(FieldName.ASSIGNEE))
          .isEqualTo(ticket.value(FieldName.ASSIGNEE));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void somebody_whom_nobody_knows_is_looked_up_once_for_a_whole_carry(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.made(Map.of());
      jira.countFromZero();
      NewTicket[] tickets = new NewTicket[40];
      for (int i = 0; i < tickets.length; i++) {
        tickets[i] =
            jira.ticket(
                "Task " + i,
                Map.of(FieldName.ASSIGNEE, FieldValue.User.withEmail("nobody@example.com")));
      }

      jira.create(tickets)
          .forEach(written -> assertThat(written.refused()).containsOnlyKeys(FieldName.ASSIGNEE));

      assertThat(jira.requests())
          .containsEntry(
              flavour == Flavour.CLOUD
                  ? "GET /rest/api/3/user/assignable/search"
                  : "GET /rest/api/2/user/assignable/search",
              1);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_field_that_jira_drops_without_a_word_is_refused_with_what_it_holds(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      FieldValue due = new FieldValue.Day(LocalDate.of(2026, 4, 9));
      TicketBench dropping = JiraWorld.ignoring(jira, "duedate");

      Written<Ticket> made =
          only(dropping.create(dropping.ticket("Made", Map.of(FieldName.DUE_DATE, due))));
      Written<Ticket> edited =
          dropping.update(
              made.now(),
              Map.of(FieldName.DUE_DATE, due, FieldName.TITLE, FieldValue.text("Edited")));

      for (Written<Ticket> written : List.of(made, edited)) {
        assertThat(written.refused()).containsOnlyKeys(FieldName.DUE_DATE);
        assertThat(written.refused().get(FieldName.DUE_DATE).words()).contains("2026-04-09");
      }
      assertThat(edited.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Edited"));
    }
  }
}
