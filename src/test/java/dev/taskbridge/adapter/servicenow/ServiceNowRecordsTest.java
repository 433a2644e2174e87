package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the operations cost and give, the same over both transports. */
final class ServiceNowRecordsTest {
  private Instance instance;

  @AfterEach
  void stop() {
    instance.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_hundred_tickets_are_made_by_two_requests_and_each_carries_its_key(
      Instance.Transport transport) {
    instance = new Instance(transport);

    // Whether the table can hold a key is asked once an hour.
    made(1);

    List<Ticket> made = made(100);

    assertThat(instance.requests()).isEqualTo(2);
    assertThat(made)
        .extracting(ticket -> ticket.idempotencyKeys().iterator().next())
        .containsExactlyElementsOf(Instance.tickets(100).stream().map(NewTicket::key).toList());
    assertThat(
            instance
                .asAdmin("GET", "/api/now/v2/table/incident/" + made.get(7).id(), "")
                .path("correlation_display")
                .asText())
        .isEqualTo("taskbridge high-severity");
  }

  @ParameterizedTest
  @EnumSource
  void a_hundred_keys_and_a_hundred_ids_are_looked_up_by_one_request_each(
      Instance.Transport transport) {
    instance = new Instance(transport);
    List<Ticket> made = made(100);
    instance.forgetRequests();

    List<Ticket> found =
        instance
            .system
            .find(
                new FindByKeys(
                    Instance.incidents(),
                    Instance.tickets(100).stream().map(NewTicket::key).toList()))
            .value()
            .orElseThrow()
            .tickets();
    Map<String, Presence> present =
        instance
            .system
            .read(new ReadById(Instance.incidents(), made.stream().map(Ticket::id).toList()))
            .value()
            .orElseThrow();

    assertThat(found).containsExactlyInAnyOrderElementsOf(made);
    assertThat(present).hasSize(100);
    assertThat(present.values()).allMatch(Presence.Present.class::isInstance);
    assertThat(instance.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void a_first_carry_of_a_thousand_costs_thirty_four_requests(Instance.Transport transport) {
    instance = new Instance(transport);
    List<NewTicket> wanted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      wanted.add(
          Instance.ticket(
              "task-" + i,
              Map.of(
                  FieldName.TITLE, FieldValue.text("Look at host " + i),
                  FieldName.STATUS, Choice.named("In Progress"),
                  FieldName.ASSIGNEE,
                      i % 2 == 0
                          ? User.withEmail("maria.silva@example.com")
                          : Group.named("SOC Team"))));
    }
    instance.forgetRequests();

    for (int from = 0; from < 1000; from += 100) {
      List<NewTicket> some = wanted.subList(from, from + 100);
      List<Ticket> found =
          instance
              .system
              .find(
                  new FindByKeys(Instance.incidents(), some.stream().map(NewTicket::key).toList()))
              .value()
              .orElseThrow()
              .tickets();
      assertThat(found).isEmpty();
      for (int half = 0; half < 100; half += 50) {
        instance
            .system
            .create(new CreateTickets(Instance.incidents(), some.subList(half, half + 50)))
            .forEach(made -> assertThat(made.value().orElseThrow().refused()).isEmpty());
      }
    }

    assertThat(instance.requests()).isEqualTo(34);
  }

  @ParameterizedTest
  @EnumSource
  void what_changed_comes_with_one_request_and_an_idle_poll_costs_one(
      Instance.Transport transport) {
    instance = new Instance(transport);
    made(30);
    instance.forgetRequests();

    TicketPage first = changed("");
    TicketPage second = changed(first.nextCursor());

    assertThat(first.tickets()).hasSize(30);
    assertThat(first.more()).isFalse();
    assertThat(second.more()).isFalse();
    assertThat(instance.requests()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void twenty_updates_cost_one_batch_and_two_look_ups(Instance.Transport transport) {
    instance = new Instance(transport);
    List<Ticket> made = made(20);
    instance.forgetRequests();

    List<Outcome<Written<Ticket>>> updated =
        instance.system.update(
            new UpdateTickets(
                Instance.incidents(),
                made.stream()
                    .map(
                        ticket ->
                            new TicketUpdate(
                                ticket,
                                Map.of(
                                    FieldName.STATUS, Choice.named("In Progress"),
                                    FieldName.ASSIGNEE, User.withEmail("maria.silva@example.com"),
                                    FieldName.PRIORITY, Choice.named("1 - Critical"),
                                    FieldName.DUE_DATE,
                                        new Moment(Instant.parse("2026-03-04T12:15:00Z")))))
                    .toList()));

    assertThat(instance.requests()).isEqualTo(3);
    for (Outcome<Written<Ticket>> outcome : updated) {
      Written<Ticket> written = outcome.value().orElseThrow();
      assertThat(written.refused()).isEmpty();
      assertThat(written.now().value(FieldName.STATUS).shown()).isEqualTo("In Progress");
      assertThat(written.now().value(FieldName.ASSIGNEE).shown())
          .isEqualTo("maria.silva@example.com");
      assertThat(written.now().value(FieldName.PRIORITY).shown()).isEqualTo("1 - Critical");
      assertThat(written.now().value(FieldName.DUE_DATE))
          .isEqualTo(new Moment(Instant.parse("2026-03-04T12:15:00Z")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_refused_status_and_an_unknown_user_leave_the_other_fields_done(
      Instance.Transport transport) {
    instance = new Instance(transport);
    Ticket ticket = made(1).get(0);

    Written<Ticket> written =
        instance
            .system
            .update(
                new UpdateTickets(
                    Instance.incidents(),
                    List.of(
                        new TicketUpdate(
                            ticket,
                            Map.of(
                                FieldName.STATUS, Choice.named("Resolved"),
                                FieldName.TITLE, FieldValue.text("Contained"),
                                FieldName.ASSIGNEE, User.withEmail("nobody@example.com"))))))
            .get(0)
            .value()
            .orElseThrow();

    assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Contained"));
    assertThat(written.now().value(FieldName.STATUS).shown()).isEqualTo("New");
    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("Resolution code")
        .contains("fields.status.set")
        .contains("Resolved");
    assertThat(written.refused().get(FieldName.ASSIGNEE).words()).contains("nobody@example.com");
  }

  private List<Ticket> made(int count) {
    List<NewTicket> wanted = Instance.tickets(count);
    instance.forgetRequests();
    List<Outcome<Written<Ticket>>> made = new ArrayList<>();
    for (int from = 0; from < count; from += 50) {
      made.addAll(
          instance.system.create(
              new CreateTickets(
                  Instance.incidents(), wanted.subList(from, Math.min(count, from + 50)))));
    }
    return made.stream().map(outcome -> outcome.value().orElseThrow().now()).toList();
  }

  private TicketPage changed(String cursor) {
    return instance
        .system
        .changed(new ChangedSince(Instance.incidents(), cursor))
        .value()
        .orElseThrow();
  }
}
