package dev.taskbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.simulator.SimulatorServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
  private TicketSystem system;
  private Scope scope;

  /** A fresh simulator with an adapter that speaks to it; closed by this class. */
  protected abstract World open();

  /** A due date as this product holds it. */
  protected abstract FieldValue due(int day);

  @BeforeEach
  final void openWorld() {
    world = open();
    system = world.system();
    scope = world.scope();
  }

  @AfterEach
  final void closeWorld() {
    world.simulator().close();
  }

  @Test
  void a_created_ticket_holds_what_was_asked() {
    NewTicket asked =
        ticket(
            "Isolate host",
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("First line.\nSecond line.\n\n- one\n- two"),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9),
                FieldName.PRIORITY, Choice.named(world.priority())));

    Written<Ticket> written = only(create(asked));

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
        IntStream.range(0, 60).mapToObj(i -> ticket("Task " + i, Map.of())).toList();

    List<Ticket> made = create(asked.toArray(NewTicket[]::new)).stream().map(Written::now).toList();
    List<Ticket> found = find(asked.stream().map(NewTicket::key).toList());

    for (int i = 0; i < asked.size(); i++) {
      assertThat(made.get(i).idempotencyKeys()).containsExactly(asked.get(i).key());
      assertThat(made.get(i).value(FieldName.TITLE)).isEqualTo(FieldValue.text("Task " + i));
    }
    assertThat(found).extracting(Ticket::id).hasSameElementsAs(ids(made)).hasSize(60);
  }

  @Test
  void a_key_that_nobody_carries_finds_nothing() {
    create(ticket("Some other task", Map.of()));

    assertThat(find(List.of(key("nobody")))).isEmpty();
  }

  @Test
  void a_ticket_can_start_in_another_status_than_the_first() {
    Written<Ticket> written =
        only(
            create(
                ticket(
                    "Already begun", Map.of(FieldName.STATUS, Choice.named(world.nextStatus())))));

    assertThat(written.refused()).isEmpty();
    assertThat(isCalled(written.now(), FieldName.STATUS, world.nextStatus())).isTrue();
  }

  @Test
  void an_unknown_person_is_refused_by_name_and_the_ticket_is_made_all_the_same() {
    Written<Ticket> written =
        only(
            create(
                ticket(
                    "Nobody's task",
                    Map.of(FieldName.ASSIGNEE, User.withEmail("nobody@example.com")))));

    assertThat(written.refused()).containsOnlyKeys(FieldName.ASSIGNEE);
    assertThat(written.refused().get(FieldName.ASSIGNEE).words()).contains("nobody@example.com");
    assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Nobody's task"));
  }

  @Test
  void a_change_reaches_every_field_asked_and_no_other() {
    Ticket before =
        made(
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("As it was."),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        update(
            before,
            Map.of(
                FieldName.TITLE, FieldValue.text("A better title"),
                FieldName.ASSIGNEE, User.withEmail(PAT),
                FieldName.DUE_DATE, due(10),
                FieldName.PRIORITY, Choice.named(world.priority())));

    assertThat(written.refused()).isEmpty();
    Ticket after = present(before.id());
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
        made(
            Map.of(
                FieldName.DESCRIPTION, FieldValue.text("To be cleared."),
                FieldName.ASSIGNEE, User.withEmail(MARIA),
                FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        update(
            before,
            Map.of(
                FieldName.DESCRIPTION, FieldValue.ABSENT,
                FieldName.ASSIGNEE, FieldValue.ABSENT,
                FieldName.DUE_DATE, FieldValue.ABSENT));

    assertThat(written.refused()).isEmpty();
    Ticket after = present(before.id());
    assertThat(after.value(FieldName.DESCRIPTION)).isEqualTo(FieldValue.ABSENT);
    assertThat(after.value(FieldName.ASSIGNEE)).isEqualTo(FieldValue.ABSENT);
    assertThat(after.value(FieldName.DUE_DATE)).isEqualTo(FieldValue.ABSENT);
  }

  @Test
  void a_failed_look_up_clears_nobody_and_holds_up_no_other_field() {
    Ticket before = made(Map.of(FieldName.ASSIGNEE, User.withEmail(MARIA)));

    Written<Ticket> written =
        update(
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
    Ticket ticket = made(Map.of());

    Written<Ticket> closed = update(ticket, status(world.closedStatus()));
    Written<Ticket> again = update(closed.now(), status(world.nextStatus()));

    assertThat(closed.refused()).isEmpty();
    assertThat(closed.now().closed()).isTrue();
    assertThat(isCalled(closed.now(), FieldName.STATUS, world.closedStatus())).isTrue();
    assertThat(again.refused()).isEmpty();
    assertThat(again.now().closed()).isFalse();
    assertThat(isCalled(again.now(), FieldName.STATUS, world.nextStatus())).isTrue();
  }

  @Test
  void a_status_that_does_not_exist_is_refused_by_name() {
    Ticket ticket = made(Map.of());

    Written<Ticket> written = update(ticket, status("Frobnicated"));

    assertThat(written.refused()).containsOnlyKeys(FieldName.STATUS);
    assertThat(written.refused().get(FieldName.STATUS).words()).contains("Frobnicated");
    assertThat(written.now().value(FieldName.STATUS)).isEqualTo(ticket.value(FieldName.STATUS));
  }

  @Test
  void what_is_there_already_is_not_written_again() {
    Ticket ticket = made(Map.of(FieldName.DUE_DATE, due(9)));

    Written<Ticket> written =
        update(
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
    Ticket ticket = made(Map.of());

    Map<String, Presence> answer =
        done(system.read(new ReadById(scope, List.of(ticket.id(), missingId()))));

    assertThat(answer).containsOnlyKeys(ticket.id(), missingId());
    assertThat(answer.get(ticket.id())).isEqualTo(new Presence.Present(ticket));
    assertThat(answer.get(missingId())).isInstanceOf(Presence.Missing.class);
  }

  @Test
  void changed_delivers_each_new_state_and_then_falls_silent() {
    String cursor = drained("").nextCursor();
    List<Ticket> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(made(Map.of()));
    }

    Drained first = drained(cursor);
    Drained second = drained(first.nextCursor());
    Ticket edited = update(made.get(1), Map.of(FieldName.TITLE, FieldValue.text("Edited"))).now();
    Drained third = drained(second.nextCursor());

    assertThat(first.tickets()).extracting(Ticket::id).containsAll(ids(made));
    assertThat(second.tickets()).allSatisfy(t -> assertThat(first.tickets()).contains(t));
    assertThat(third.tickets()).contains(edited);
  }

  @Test
  void more_changes_than_a_page_holds_are_all_delivered() {
    String cursor = drained("").nextCursor();
    List<NewTicket> asked =
        IntStream.range(0, 230).mapToObj(i -> ticket("Task " + i, Map.of())).toList();
    List<Ticket> made = new ArrayList<>();
    for (int i = 0; i < asked.size(); i += 50) {
      create(asked.subList(i, Math.min(asked.size(), i + 50)).toArray(NewTicket[]::new))
          .forEach(written -> made.add(written.now()));
    }

    Drained drained = drained(cursor);

    assertThat(drained.tickets()).extracting(Ticket::id).containsAll(ids(made));
  }

  @Test
  void a_creation_whose_answer_is_lost_is_unknown_and_is_found_by_its_key() {
    NewTicket asked = ticket("Lost answer", Map.of());
    warmUp();
    faults("{\"lostResponseRate\": 1}");

    List<Outcome<Written<Ticket>>> outcomes =
        system.create(new CreateTickets(scope, List.of(asked)));
    faults("{\"lostResponseRate\": 0}");

    assertThat(outcomes.get(0).refusal()).get().isInstanceOf(Refusal.Unknown.class);
    assertThat(find(List.of(asked.key()))).hasSize(1);
  }

  @Test
  void errors_and_unreadable_answers_are_refusals_and_never_exceptions() {
    Ticket ticket = made(Map.of());
    for (String fault :
        List.of(
            "{\"errorRate\": 1, \"errorStatuses\": [500]}",
            "{\"errorRate\": 1, \"errorStatuses\": [503]}",
            "{\"errorRate\": 1, \"errorStatuses\": [401]}",
            "{\"errorRate\": 0, \"resetRate\": 1}",
            "{\"resetRate\": 0, \"malformedRate\": 1}")) {
      faults(fault);

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
                  .create(new CreateTickets(scope, List.of(ticket("Fault", Map.of()))))
                  .get(0)
                  .refusal())
          .as(fault)
          .isPresent();
    }
  }

  @Test
  void asked_too_often_is_busy_with_a_time_to_come_back() {
    warmUp();
    faults("{\"errorRate\": 1, \"errorStatuses\": [429]}");

    Optional<Refusal> refusal = system.changed(new ChangedSince(scope, "")).refusal();

    assertThat(refusal).get().isInstanceOf(Refusal.Busy.class);
  }

  @Test
  void a_comment_is_added_once_for_ever_per_key_and_edits_arrive_as_edits() {
    Ticket ticket = made(Map.of());

    Comment added = comment(ticket, Optional.empty(), "key-1", "Seen by the analyst.");
    Comment twice = comment(ticket, Optional.empty(), "key-1", "Seen by the analyst.");
    comment(ticket, Optional.empty(), "key-2", "Another.");
    comment(ticket, Optional.of(added.id()), "key-1", "Seen and edited.");

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
    assertThat(description.clockAhead().abs()).isLessThan(java.time.Duration.ofSeconds(5));
    assertThat(description.problems()).isEmpty();
  }

  // What follows is for this class and for those that extend it.

  protected final World world() {
    return world;
  }

  /** An id of the product's form that no record has. */
  protected abstract String missingId();

  protected final NewTicket ticket(String title, Map<FieldName, FieldValue> more) {
    LinkKey link = new LinkKey("contract", UUID.randomUUID().toString());
    Map<FieldName, FieldValue> fields = new HashMap<>(more);
    fields.put(FieldName.TITLE, FieldValue.text(title));
    return new NewTicket(
        IdempotencyKey.of(link), link, "https://tc.example.com/tasks/" + link.xid(), fields);
  }

  protected static IdempotencyKey key(String xid) {
    return IdempotencyKey.of(new LinkKey("contract", xid));
  }

  protected final List<Written<Ticket>> create(NewTicket... tickets) {
    return system.create(new CreateTickets(scope, List.of(tickets))).stream()
        .map(TicketSystemContract::done)
        .toList();
  }

  protected final Ticket made(Map<FieldName, FieldValue> fields) {
    Written<Ticket> written = only(create(ticket("A task", fields)));
    assertThat(written.refused()).isEmpty();
    return written.now();
  }

  protected final Written<Ticket> update(Ticket present, Map<FieldName, FieldValue> changes) {
    return done(
        only(system.update(new UpdateTickets(scope, List.of(new TicketUpdate(present, changes))))));
  }

  protected static Map<FieldName, FieldValue> status(String name) {
    return Map.of(FieldName.STATUS, Choice.named(name));
  }

  protected final Ticket present(String id) {
    Presence presence = done(system.read(new ReadById(scope, List.of(id)))).get(id);
    assertThat(presence).isInstanceOf(Presence.Present.class);
    return ((Presence.Present) presence).ticket();
  }

  protected final List<Ticket> find(List<IdempotencyKey> keys) {
    return done(system.find(new FindByKeys(scope, keys)));
  }

  protected final Comment comment(Ticket ticket, Optional<String> id, String key, String text) {
    return done(
        system.comment(new WriteComment(scope, ticket.id(), id, key, text, Visibility.PUBLIC)));
  }

  /** All pages from a cursor to where nothing more is to be had. */
  protected record Drained(List<Ticket> tickets, String nextCursor, int pages) {}

  protected final Drained drained(String from) {
    List<Ticket> tickets = new ArrayList<>();
    String cursor = from;
    for (int pages = 1; pages < 500; pages++) {
      TicketPage page = done(system.changed(new ChangedSince(scope, cursor)));
      tickets.addAll(page.tickets());
      cursor = page.nextCursor();
      if (!page.more()) {
        return new Drained(tickets, cursor, pages);
      }
    }
    throw new AssertionError("changed never came to an end");
  }

  /** So that a test meets its fault in the call it means and not in a look-up before it. */
  protected final void warmUp() {
    made(Map.of(FieldName.ASSIGNEE, User.withEmail(MARIA)));
    done(system.describe(scope));
  }

  protected final void faults(String json) {
    control("PUT", "/_sim/faults", json);
  }

  protected final String control(String method, String path, String json) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(world.simulator().origin() + path))
                  .method(method, BodyPublishers.ofString(json))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  protected static <T> T done(Outcome<T> outcome) {
    return outcome.match(
        value -> value,
        refusal -> {
          throw new AssertionError("refused: " + refusal);
        });
  }

  protected static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  protected static Set<String> ids(List<Ticket> tickets) {
    Set<String> ids = new HashSet<>();
    tickets.forEach(ticket -> ids.add(ticket.id()));
    return ids;
  }

  protected static boolean isCalled(Ticket ticket, FieldName field, String name) {
    return ticket.value(field) instanceof Choice choice && choice.isCalled(name);
  }
}
