package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.done;
import static dev.taskbridge.adapter.TicketBench.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.jira.Flavour;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What Jira does to clients that trust it. */
final class JiraTroubleTest {
  @ParameterizedTest
  @CsvSource({
    "CLOUD,anonymous", "CLOUD,captcha", "CLOUD,unauthorized",
    "DATA_CENTER,anonymous", "DATA_CENTER,captcha", "DATA_CENTER,unauthorized"
  })
  void a_dead_token_is_denied_everywhere_and_nothing_is_taken_for_deleted(
      Flavour flavour, String kind) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      String cursor = jira.drained("").nextCursor();
      NewTicket another = jira.ticket("Another", Map.of());
      jira.switches("{\"deadToken\": \"" + kind + "\"}");

      assertThat(jira.system().changed(new ChangedSince(jira.scope(), cursor)).refusal())
          .get()
          .isInstanceOf(Refusal.Denied.class);
      assertThat(
              jira.system()
                  .find(new FindByKeys(jira.scope(), List.copyOf(ticket.idempotencyKeys())))
                  .refusal())
          .get()
          .isInstanceOf(Refusal.Denied.class);
      assertThat(jira.system().read(new ReadById(jira.scope(), List.of(ticket.id()))).refusal())
          .get()
          .isInstanceOf(Refusal.Denied.class);
      assertThat(
              only(jira.system().create(new CreateTickets(jira.scope(), List.of(another))))
                  .refusal())
          .get()
          .isInstanceOf(Refusal.Denied.class);

      jira.switches("{\"deadToken\": \"no\"}");

      assertThat(jira.present(ticket.id())).isEqualTo(ticket);
      assertThat(jira.find(List.copyOf(ticket.idempotencyKeys()))).containsExactly(ticket);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_account_that_lost_the_project_finds_nothing_believable(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      TicketBench fresh = JiraWorld.restarted(jira);
      jira.switches("{\"browseProjects\": false}");

      assertThat(
              fresh
                  .system()
                  .find(new FindByKeys(jira.scope(), List.copyOf(ticket.idempotencyKeys())))
                  .refusal())
          .isPresent();
      assertThat(
              done(fresh.system().read(new ReadById(jira.scope(), List.of(ticket.id()))))
                  .get(ticket.id()))
          .isInstanceOf(Presence.Invisible.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void deleted_moved_and_archived_are_different_answers(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket deleted = jira.made(Map.of());
      Ticket moved = jira.made(Map.of());
      Ticket archived = jira.made(Map.of());
      Ticket untouched = jira.made(Map.of());
      RawJira raw = new RawJira(jira);
      raw.delete("/rest/api/2/issue/" + deleted.id());
      jira.control(
          "POST", "/_sim/move", "{\"issue\": \"" + moved.key() + "\", \"project\": \"OPS\"}");
      raw.archive(archived.key());

      Map<String, Presence> answer =
          done(
              jira.system()
                  .read(
                      new ReadById(
                          jira.scope(),
                          List.of(deleted.id(), moved.id(), archived.id(), untouched.id()))));

      assertThat(answer.get(deleted.id())).isInstanceOf(Presence.Missing.class);
      // An archived issue is readable, looks like any other and takes no change.
      assertThat(answer.get(archived.id())).isInstanceOf(Presence.Present.class);
      assertThat(
              jira.update(archived, Map.of(FieldName.TITLE, FieldValue.text("New")))
                  .refused()
                  .get(FieldName.TITLE)
                  .words())
          .contains("archived");
      assertThat(answer.get(untouched.id())).isInstanceOf(Presence.Present.class);
      Ticket there = ((Presence.Present) answer.get(moved.id())).ticket();
      assertThat(there.id()).isEqualTo(moved.id());
      assertThat(there.key()).startsWith("OPS-");
      assertThat(there.idempotencyKeys()).isEqualTo(moved.idempotencyKeys());
      assertThat(jira.find(List.copyOf(moved.idempotencyKeys()))).contains(there);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void one_field_that_cannot_be_set_costs_only_itself(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.made(Map.of());
      jira.switches("{\"notOnCreateScreen\": [\"duedate\"]}");
      Map<FieldName, FieldValue> due =
          Map.of(
              FieldName.DUE_DATE,
              new FieldValue.Day(java.time.LocalDate.of(2026, 4, 9)),
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
                  FieldName.DUE_DATE, new FieldValue.Day(java.time.LocalDate.of(2026, 4, 9)),
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
  void error_pages_in_html_and_empty_errors_have_words(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      for (String shape : List.of("html", "empty")) {
        jira.switches("{\"errorBody\": \"" + shape + "\"}");
        jira.faults("{\"errorRate\": 1, \"errorStatuses\": [400]}");

        Outcome<Written<Ticket>> outcome =
            only(
                jira.system()
                    .update(
                        new UpdateTickets(
                            jira.scope(),
                            List.of(
                                new TicketUpdate(
                                    ticket, Map.of(FieldName.TITLE, FieldValue.text("New")))))));
        jira.faults("{\"errorRate\": 0}");

        assertThat(outcome.refusal()).get().satisfies(it -> assertThat(it.words()).contains("400"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void busy_says_when_to_come_back(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      jira.made(Map.of());
      jira.faults("{\"rateLimitPerSecond\": 1}");
      Instant now = Instant.now();
      Optional<Refusal> refusal = Optional.empty();
      for (int i = 0; i < 10 && refusal.isEmpty(); i++) {
        refusal = jira.system().changed(new ChangedSince(jira.scope(), "")).refusal();
      }

      assertThat(refusal)
          .get()
          .isInstanceOfSatisfying(
              Refusal.Busy.class,
              it -> assertThat(it.retryAt()).isBetween(now, now.plusSeconds(60)));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_copy_with_the_same_label_is_not_taken_for_the_original(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket original = jira.made(Map.of());
      String key = original.idempotencyKeys().iterator().next().value();
      new RawJira(jira)
          .post(
              "/rest/api/2/issue",
              "{\"fields\": {\"project\": {\"key\": \"SEC\"}, \"issuetype\": {\"name\": \"Task\"},"
                  + " \"summary\": \"CLONE - A task\", \"labels\": [\""
                  + key
                  + "\"]}}");

      assertThat(jira.find(List.copyOf(original.idempotencyKeys()))).containsExactly(original);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void lost_answers_leave_no_doubt_that_a_second_try_could_not_settle(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      NewTicket created = jira.ticket("Created", Map.of());
      Ticket moved = jira.made(Map.of());
      TicketBench deafToCreates = JiraWorld.losing(jira, "bulkCreate");
      TicketBench deafToSteps = JiraWorld.losing(jira, "transition");
      TicketBench deafToReading =
          JiraWorld.losing(jira, flavour == Flavour.CLOUD ? "bulkRead" : "readIssue");

      Outcome<Written<Ticket>> lost =
          only(deafToCreates.system().create(new CreateTickets(jira.scope(), List.of(created))));
      Outcome<Written<Ticket>> step =
          only(
              deafToSteps
                  .system()
                  .update(
                      new UpdateTickets(
                          jira.scope(),
                          List.of(
                              new TicketUpdate(
                                  moved, Map.of(FieldName.STATUS, Choice.named("Done")))))));
      NewTicket unread = jira.ticket("Made but not read", Map.of());
      Outcome<Written<Ticket>> half =
          only(deafToReading.system().create(new CreateTickets(jira.scope(), List.of(unread))));

      assertThat(lost.refusal()).get().isInstanceOf(Refusal.Unknown.class);
      assertThat(jira.find(List.of(created.key()))).hasSize(1);
      assertThat(step.refusal()).get().isInstanceOf(Refusal.Unknown.class);
      assertThat(jira.update(moved, TicketBench.status("Done")).now().closed()).isTrue();
      assertThat(half.refusal())
          .get()
          .isInstanceOfSatisfying(
              Refusal.Unknown.class, it -> assertThat(it.words()).contains("SEC-"));
      assertThat(jira.find(List.of(unread.key()))).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void what_was_not_sent_is_never_called_unknown(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      TicketBench blind = JiraWorld.losing(jira, "createFields");

      Outcome<Written<Ticket>> outcome =
          only(
              blind
                  .system()
                  .create(new CreateTickets(jira.scope(), List.of(jira.ticket("One", Map.of())))));

      assertThat(outcome.refusal()).get().isInstanceOf(Refusal.Unreachable.class);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Flavour.class, names = "CLOUD")
  void an_issue_written_to_too_often_holds_up_no_other(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket busy = jira.made(Map.of());
      Ticket other = jira.made(Map.of());
      RawJira raw = new RawJira(jira);
      for (int i = 0; i < 20; i++) {
        raw.put("/rest/api/3/issue/" + busy.id(), "{\"fields\": {\"summary\": \"no " + i + "\"}}");
      }
      Map<FieldName, FieldValue> change = Map.of(FieldName.TITLE, FieldValue.text("Renamed"));

      List<Outcome<Written<Ticket>>> outcomes =
          jira.system()
              .update(
                  new UpdateTickets(
                      jira.scope(),
                      List.of(new TicketUpdate(busy, change), new TicketUpdate(other, change))));

      assertThat(outcomes.get(0).refusal()).get().isInstanceOf(Refusal.Busy.class);
      assertThat(outcomes.get(1).value().orElseThrow().now().value(FieldName.TITLE))
          .isEqualTo(FieldValue.text("Renamed"));
    }
  }
}
