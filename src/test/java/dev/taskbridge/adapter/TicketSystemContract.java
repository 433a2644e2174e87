package dev.taskbridge.adapter;

import static dev.taskbridge.adapter.TicketBench.done;
import static dev.taskbridge.adapter.TicketBench.ids;
import static dev.taskbridge.adapter.TicketBench.isCalled;
import static dev.taskbridge.adapter.TicketBench.key;
import static dev.taskbridge.adapter.TicketBench.only;
import static dev.taskbridge.adapter.TicketBench.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.SimulatorServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every ticket system must do, whatever product answers: each kind of system and each flavour
 * of simulator extends this and says what its world is called.
 */
public abstract class TicketSystemContract {
  /**
   * The product under test.
   *
   * @param firstStatus what a new ticket has
   * @param nextStatus another open status
   * @param closedStatus one that the system counts as closed; {@code scope} has what entering it
   *     wants
   * @param priority one that is not the default
   */
  public record World(
      TicketSystem system,
      Scope scope,
      SimulatorServer simulator,
      String firstStatus,
      String nextStatus,
      String closedStatus,
      String priority) {}

  private static final String MARIA = "maria.silva@example.com";
  private static final String PAT = "pat.jones@example.com";

  private World world;
  private TicketBench bench;
  private TicketSystem system;
  private Scope scope;

  /** A fresh simulator with an adapter that speaks to it; closed by this class. */
  protected abstract World open();

  /** A due date as this product holds it. */
  protected abstract FieldValue due(int day);

  /** An id of the product's form that no record has. */
  protected abstract String missingId();

  @BeforeEach
  final void openWorld() {
    world = open();
    bench = new TicketBench(world.system(), world.scope(), world.simulator());
    system = world.system();
    scope = world.scope();
  }

  @AfterEach
  final void closeWorld() {
    bench.close();
  }

  @Test
  void a_created_ticket_holds_what_was_asked() {
    NewTicket asked =
        bench.ticket(
            "Isolate host",
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("First line.\nSecond line.\n\n- one\n- two"),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9),
                FieldName.PRIORITY, Choice.named(world.priority())));

    Written<Ticket> written = only(bench.create(asked));

    assertThat(written.refused()).isEmpty();
    Ticket ticket = written.now();
    assertThat(ticket.idempotencyKeys()).containsExactly(asked.key());
    assertThat(ticket.value(FieldName.TITLE)).isEqualTo(FieldValue.text("Isolate host"));
    assertThat(ticket.value(FieldName.DESCRIPTION))
        .isEqualTo(asked.fields().get(FieldName.DESCRIPTION));
    assertThat(ticket.value(FieldName.DUE_DATE)).isEqualTo(due(9));
    assertThat(isCalled(ticket, FieldName.STATUS, world.firstStatus())).isTrue();
    assertThat(isCalled(ticket, FieldName.PRIORITY, world.priority())).isTrue();
    assertThat(((User) ticket.value(FieldName.ASSIGNEE)).email()).isEqualTo(MARIA);
    assertThat(ticket.closed()).isFalse();
    assertThat(ticket.key()).isNotBlank();
    assertThat(ticket.url()).contains(ticket.key());
  }

  @Test
  void many_are_created_in_the_order_asked_and_each_is_found_by_its_key() {
    List<NewTicket> asked =
        IntStream.range(0, 60).mapToObj(i -> bench.ticket("Task " + i, Map.of())).toList();

    List<Ticket> made =
        bench.create(asked.toArray(NewTicket[]::new)).stream().map(Written::now).toList();
    List<Ticket> found = bench.find(asked.stream().map(NewTicket::key).toList());

    for (int i = 0; i < asked.size(); i++) {
      assertThat(made.get(i).idempotencyKeys()).containsExactly(asked.get(i).key());
      assertThat(made.get(i).value(FieldName.TITLE)).isEqualTo(FieldValue.text("Task " + i));
    }
    assertThat(found).extracting(Ticket::id).hasSameElementsAs(ids(made)).hasSize(60);
  }

  @Test
  void a_key_that_nobody_carries_finds_nothing() {
    bench.create(bench.ticket("Some other task", Map.of()));

    assertThat(bench.find(List.of(key("nobody")))).isEmpty();
  }

  @Test
  void a_ticket_can_start_in_another_status_than_the_first() {
    Written<Ticket> written =
        only(
            bench.create(
                bench.ticket(
                    "Already begun", Map.of(FieldName.STATUS, Choice.named(world.nextStatus())))));

    assertThat(written.refused()).isEmpty();
    assertThat(isCalled(written.now(), FieldName.STATUS, world.nextStatus())).isTrue();
  }

  @Test
  void an_unknown_person_is_refused_by_name_and_the_ticket_is_made_all_the_same() {
    Written<Ticket> written =
        only(
            bench.create(
                bench.ticket(
                    "Nobody's task",
                    Map.of(FieldName.ASSIGNEE, User.withEmail("nobody@example.com")))));

    assertThat(written.refused()).containsOnlyKeys(FieldName.ASSIGNEE);
    assertThat(written.refused().get(FieldName.ASSIGNEE).words()).contains("nobody@example.com");
    assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Nobody's task"));
  }

  @Test
  void a_change_reaches_every_field_asked_and_no_other() {
    Ticket before =
        bench.made(
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("As it was."),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        bench.update(
            before,
            Map.of(
                FieldName.TITLE, FieldValue.text("A better title"),
                FieldName.ASSIGNEE, User.withEmail(PAT),
                FieldName.DUE_DATE, due(10),
                FieldName.PRIORITY, Choice.named(world.priority())));

    assertThat(written.refused()).isEmpty();
    Ticket after = bench.present(before.id());
    assertThat(after.value(FieldName.TITLE)).isEqualTo(FieldValue.text("A better title"));
    assertThat(((User) after.value(FieldName.ASSIGNEE)).email()).isEqualTo(PAT);
    assertThat(after.value(FieldName.DUE_DATE)).isEqualTo(due(10));
    assertThat(isCalled(after, FieldName.PRIORITY, world.priority())).isTrue();
    assertThat(after.value(FieldName.DESCRIPTION)).isEqualTo(FieldValue.text("As it was."));
    assertThat(after.value(FieldName.STATUS)).isEqualTo(before.value(FieldName.STATUS));
    assertThat(after.idempotencyKeys()).isEqualTo(before.idempotencyKeys());
    assertThat(written.now().fields()).isEqualTo(after.fields());
  }

  @Test
  void absent_clears() {
    Ticket before =
        bench.made(
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("To be cleared."),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        bench.update(
            before,
            Map.of(
                FieldName.DESCRIPTION, FieldValue.ABSENT,
                FieldName.ASSIGNEE, FieldValue.ABSENT,
                FieldName.DUE_DATE, FieldValue.ABSENT));

    assertThat(written.refused()).isEmpty();
    Ticket after = bench.present(before.id());
    assertThat(after.value(FieldName.DESCRIPTION)).isEqualTo(FieldValue.ABSENT);
    assertThat(after.value(FieldName.ASSIGNEE)).isEqualTo(FieldValue.ABSENT);
    assertThat(after.value(FieldName.DUE_DATE)).isEqualTo(FieldValue.ABSENT);
  }

  @Test
  void a_failed_look_up_clears_nobody_and_holds_up_no_other_field() {
    Ticket before = bench.made(Map.of(FieldName.ASSIGNEE, User.withEmail(MARIA)));

    Written<Ticket> written =
        bench.update(
            before,
            Map.of(
                FieldName.ASSIGNEE, User.withEmail("nobody@example.com"),
                FieldName.TITLE, FieldValue.text("Renamed")));

    assertThat(written.refused()).containsOnlyKeys(FieldName.ASSIGNEE);
    assertThat(((User) written.now().value(FieldName.ASSIGNEE)).email()).isEqualTo(MARIA);
    assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Renamed"));
  }

  @Test
  void a_status_is_walked_to_and_back() {
    Ticket ticket = bench.made(Map.of());

    Written<Ticket> closed = bench.update(ticket, status(world.closedStatus()));
    Written<Ticket> again = bench.update(closed.now(), status(world.nextStatus()));

    assertThat(closed.refused()).isEmpty();
    assertThat(closed.now().closed()).isTrue();
    assertThat(isCalled(closed.now(), FieldName.STATUS, world.closedStatus())).isTrue();
    assertThat(again.refused()).isEmpty();
    assertThat(again.now().closed()).isFalse();
    assertThat(isCalled(again.now(), FieldName.STATUS, world.nextStatus())).isTrue();
  }

  @Test
  void a_status_that_does_not_exist_is_refused_by_name() {
    Ticket ticket = bench.made(Map.of());

    Written<Ticket> written = bench.update(ticket, status("Frobnicated"));

    assertThat(written.refused()).containsOnlyKeys(FieldName.STATUS);
    assertThat(written.refused().get(FieldName.STATUS).words()).contains("Frobnicated");
    assertThat(written.now().value(FieldName.STATUS)).isEqualTo(ticket.value(FieldName.STATUS));
  }

  @Test
  void what_is_there_already_is_not_written_again() {
    Ticket ticket = bench.made(Map.of(FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        bench.update(
            ticket,
            Map.of(
                FieldName.DUE_DATE, due(9),
                FieldName.STATUS, ticket.value(FieldName.STATUS),
                FieldName.TITLE, ticket.value(FieldName.TITLE)));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().updatedAt()).isEqualTo(ticket.updatedAt());
  }

  @Test
  void every_id_asked_for_gets_an_answer_of_its_own() {
    Ticket ticket = bench.made(Map.of());

    Map<String, Presence> answer =
        done(system.read(new ReadById(scope, List.of(ticket.id(), missingId()))));

    assertThat(answer).containsOnlyKeys(ticket.id(), missingId());
    assertThat(answer.get(ticket.id())).isEqualTo(new Presence.Present(ticket));
    assertThat(answer.get(missingId())).isInstanceOf(Presence.Missing.class);
  }

  @Test
  void changed_delivers_each_new_state_and_then_falls_silent() {
    String cursor = bench.drained("").nextCursor();
    List<Ticket> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(bench.made(Map.of()));
    }

    TicketBench.Drained first = bench.drained(cursor);
    TicketBench.Drained second = bench.drained(first.nextCursor());
    Ticket edited =
        bench.update(made.get(1), Map.of(FieldName.TITLE, FieldValue.text("Edited"))).now();
    TicketBench.Drained third = bench.drained(second.nextCursor());

    assertThat(first.tickets()).extracting(Ticket::id).containsAll(ids(made));
    assertThat(second.tickets()).allSatisfy(t -> assertThat(first.tickets()).contains(t));
    assertThat(third.tickets()).contains(edited);
  }

  @Test
  void more_changes_than_a_page_holds_are_all_delivered() {
    String cursor = bench.drained("").nextCursor();
    List<NewTicket> asked =
        IntStream.range(0, 230).mapToObj(i -> bench.ticket("Task " + i, Map.of())).toList();
    List<Ticket> made = new ArrayList<>();
    for (int i = 0; i < asked.size(); i += 50) {
      bench
          .create(asked.subList(i, Math.min(asked.size(), i + 50)).toArray(NewTicket[]::new))
          .forEach(written -> made.add(written.now()));
    }

    TicketBench.Drained drained = bench.drained(cursor);

    assertThat(drained.tickets()).extracting(Ticket::id).containsAll(ids(made));
  }

  @Test
  void a_creation_whose_answer_is_lost_is_unknown_and_is_found_by_its_key() {
    NewTicket asked = bench.ticket("Lost answer", Map.of());
    bench.warmUp();
    bench.faults("{\"lostResponseRate\": 1}");

    List<Outcome<Written<Ticket>>> outcomes =
        system.create(new CreateTickets(scope, List.of(asked)));
    bench.faults("{\"lostResponseRate\": 0}");

    assertThat(outcomes.get(0).refusal()).get().isInstanceOf(Refusal.Unknown.class);
    assertThat(bench.find(List.of(asked.key()))).hasSize(1);
  }

  @Test
  void errors_and_unreadable_answers_are_refusals_and_never_exceptions() {
    Ticket ticket = bench.made(Map.of());
    for (String fault :
        List.of(
            "{\"errorRate\": 1, \"errorStatuses\": [500]}",
            "{\"errorRate\": 1, \"errorStatuses\": [503]}",
            "{\"errorRate\": 1, \"errorStatuses\": [401]}",
            "{\"errorRate\": 0, \"resetRate\": 1}",
            "{\"resetRate\": 0, \"malformedRate\": 1}")) {
      bench.faults(fault);

      assertThat(system.changed(new ChangedSince(scope, "")).refusal()).as(fault).isPresent();
      assertThat(system.find(new FindByKeys(scope, List.of(key("a")))).refusal())
          .as(fault)
          .isPresent();
      assertThat(system.read(new ReadById(scope, List.of(ticket.id()))).refusal())
          .as(fault)
          .isPresent();
      assertThat(system.describe(scope).refusal()).as(fault).isPresent();
      assertThat(
              system
                  .create(new CreateTickets(scope, List.of(bench.ticket("Fault", Map.of()))))
                  .get(0)
                  .refusal())
          .as(fault)
          .isPresent();
    }
  }

  @Test
  void asked_too_often_is_busy_with_a_time_to_come_back() {
    bench.warmUp();
    bench.faults("{\"errorRate\": 1, \"errorStatuses\": [429]}");

    Optional<Refusal> refusal = system.changed(new ChangedSince(scope, "")).refusal();

    assertThat(refusal).get().isInstanceOf(Refusal.Busy.class);
  }

  @Test
  void a_comment_is_added_once_for_ever_per_key_and_edits_arrive_as_edits() {
    Ticket ticket = bench.made(Map.of());

    Comment added = bench.comment(ticket, Optional.empty(), "key-1", "Seen by the analyst.");
    Comment twice = bench.comment(ticket, Optional.empty(), "key-1", "Seen by the analyst.");
    bench.comment(ticket, Optional.empty(), "key-2", "Another.");
    bench.comment(ticket, Optional.of(added.id()), "key-1", "Seen and edited.");

    List<Comment> comments =
        done(system.comments(new CommentsOf(scope, List.of(ticket.id())))).get(ticket.id());
    assertThat(twice.id()).isEqualTo(added.id());
    assertThat(comments).extracting(Comment::text).contains("Seen and edited.", "Another.");
    assertThat(comments).extracting(Comment::key).contains(Optional.of("key-1"));
    assertThat(comments).hasSize(2);
  }

  @Test
  void it_describes_itself() {
    SystemDescription description = done(system.describe(scope));

    assertThat(description.product()).isNotBlank();
    assertThat(description.account()).isNotBlank();
    assertThat(description.statuses())
        .contains(world.firstStatus(), world.nextStatus(), world.closedStatus());
    assertThat(description.priorities()).contains(world.priority());
    assertThat(description.fields()).contains("title", "dueDate");
    assertThat(description.clockAhead().abs()).isLessThan(Duration.ofSeconds(5));
    assertThat(description.problems()).isEmpty();
  }
}
