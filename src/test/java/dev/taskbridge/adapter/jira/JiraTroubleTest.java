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
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.jira.Flavour;
import java.time.Duration;
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
      // Quiet times, in which account and project were last seen a moment ago.
      jira.find(List.of(another.key()));
      jira.simulator().clock().advance(Duration.ofHours(1));
      cursor = jira.drained(jira.drained(cursor).nextCursor()).nextCursor();
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

      assertThat(outcomes.get(0).refusal()).get().isInstanceOf(Refusal.Later.class);
      assertThat(outcomes.get(1).value().orElseThrow().now().value(FieldName.TITLE))
          .isEqualTo(FieldValue.text("Renamed"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Flavour.class, names = "CLOUD")
  void an_issue_that_people_gave_anothers_label_is_not_taken_for_it(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket gone = jira.made(Map.of());
      Ticket other = jira.made(Map.of());
      String key = gone.idempotencyKeys().iterator().next().value();
      RawJira raw = new RawJira(jira);
      raw.put(
          "/rest/api/2/issue/" + other.id(),
          "{\"update\": {\"labels\": [{\"add\": \"" + key + "\"}]}}");
      raw.delete("/rest/api/2/issue/" + gone.id());

      assertThat(jira.find(List.copyOf(gone.idempotencyKeys()))).isEmpty();
      assertThat(jira.present(other.id()).idempotencyKeys()).isEqualTo(other.idempotencyKeys());
    }
  }
}
