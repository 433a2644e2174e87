package dev.taskbridge.simulation;

import dev.taskbridge.Arbitrary;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What people do to tasks and tickets, as the dice have it. */
final class People {
  private static final int MOST_TASKS = 8;
  private static final Instant SPRING = Instant.parse("2026-04-01T12:15:00Z");

  private final World world;
  private final ModelTasks tasks;
  private final ModelTickets tickets;
  private final MemoryLinkStore store;
  private final Ledger ledger;
  private final Set<String> deletedTasks = new HashSet<>();
  private final Set<String> deletedTickets = new HashSet<>();
  private int names;

  People(
      World world, ModelTasks tasks, ModelTickets tickets, MemoryLinkStore store, Ledger ledger) {
    this.world = world;
    this.tasks = tasks;
    this.tickets = tickets;
    this.store = store;
    this.ledger = ledger;
  }

  /** The xids of the tasks that somebody deleted. */
  Set<String> deletedTasks() {
    return deletedTasks;
  }

  /** The xids of the tasks whose ticket somebody deleted. */
  Set<String> deletedTickets() {
    return deletedTickets;
  }

  private Random dice() {
    return world.dice();
  }

  void addTask() {
    if (tasks.all().size() >= MOST_TASKS) {
      return;
    }
    long id = tasks.nextId();
    Task task = Arbitrary.aTask(id).withName("Task " + id);
    if (dice().nextBoolean()) {
      task = task.withDueDate(Optional.of(world.now().truncatedTo(ChronoUnit.SECONDS)));
    }
    tasks.put(task);
    String xid = task.xid();
    Settings.FIELDS.forEach(field -> ledger.edited(xid, field, Side.TASK));
    world.tell(() -> "task " + xid + " appears");
  }

  /** Somebody writes a ticket that may become a task. */
  void addTicket() {
    if (tickets.all().size() >= MOST_TASKS) {
      return;
    }
    String id = tickets.appears();
    tickets.change(id, FieldName.TITLE, new Text("Ticket " + names++));
    String xid = tickets.xidOf(id);
    Settings.FIELDS.forEach(field -> ledger.edited(xid, field, Side.TICKET));
    world.tell(() -> "ticket SEC-" + id + " appears");
  }

  /** A person changes one field on one side to something new. */
  void edit() {
    String xid = anybody();
    if (xid.isEmpty()) {
      return;
    }
    FieldName field = Settings.FIELDS.get(dice().nextInt(Settings.FIELDS.size()));
    Optional<Ticket> ticket = tickets.ofTask(xid);
    boolean onTicket = dice().nextBoolean();
    if (ticket.isPresent() && (onTicket || tasks.byXid(xid).isEmpty())) {
      editTicket(xid, ticket.get(), field);
    } else if (tasks.byXid(xid).isPresent()) {
      FieldValue value = taskValue(field);
      world.tell(() -> "person sets " + field + " of task " + xid + " to " + value.shown());
      tasks.change(xid, field, value);
      ledger.edited(xid, field, Side.TASK);
    }
  }

  private void editTicket(String xid, Ticket ticket, FieldName field) {
    FieldValue value = ticketValue(field);
    if (value.equals(FieldValue.ABSENT) && isBeingMade(ticket)) {
      // Not promised: an emptied field of a ticket whose creation was cut short cannot be told
      // from one that the system did not take.
      return;
    }
    world.tell(
        () ->
            "person sets " + field + " of " + ticket.key() + " of " + xid + " to " + value.shown());
    tickets.edit(ticket.id(), field, value, dice().nextInt(4) == 0);
    ledger.edited(xid, field, Side.TICKET);
  }

  private boolean isBeingMade(Ticket ticket) {
    return store.links().stream().noneMatch(link -> link.ticketId().equals(ticket.id()));
  }

  /** Somebody says something, or something else than before. */
  void comment() {
    String xid = anybody();
    Optional<Task> task = tasks.byXid(xid);
    Optional<Ticket> ticket = tickets.ofTask(xid);
    boolean onTicket = dice().nextBoolean();
    if (ticket.isPresent() && onTicket) {
      say(tickets.commentsOf(ticket.get().id()), ticket.get().key(), world.ticketsNow());
      tickets.touch(ticket.get().id());
    } else if (task.isPresent()) {
      say(tasks.notesOf(task.get().id()), "task " + xid, world.tasksNow());
    }
  }

  private void say(Conversation conversation, String where, Instant now) {
    List<Comment> theirs = conversation.byPeople();
    String text = "Said " + names++;
    if (theirs.isEmpty() || dice().nextBoolean()) {
      conversation.add(text, Optional.empty(), false, now);
    } else {
      conversation.edit(theirs.get(dice().nextInt(theirs.size())).id(), text, now);
    }
    world.tell(() -> "person says \"" + text + "\" at " + where);
  }

  void deleteTask() {
    String xid = anybody();
    if (tasks.byXid(xid).isPresent()) {
      world.tell(() -> "person deletes task " + xid);
      tasks.delete(xid);
      deletedTasks.add(xid);
      ledger.forget(xid);
    }
  }

  void deleteTicket() {
    String xid = anybody();
    tickets
        .ofTask(xid)
        .ifPresent(
            ticket -> {
              world.tell(() -> "person deletes " + ticket.key() + " of " + xid);
              tickets.delete(ticket.id());
              deletedTickets.add(xid);
              ledger.forget(xid);
            });
  }

  /** Somebody decides one of the conflicts that are open. */
  void decide(Program program) {
    tasks.all().stream()
        .filter(task -> tickets.ofTask(task.xid()).isPresent())
        .toList()
        .forEach(
            task -> {
              FieldName field = Settings.FIELDS.get(dice().nextInt(Settings.FIELDS.size()));
              Side keep = dice().nextBoolean() ? Side.TASK : Side.TICKET;
              String key = tickets.ofTask(task.xid()).orElseThrow().key();
              boolean decided = true;
              try {
                decided = program.resolve(key, field, keep);
              } finally {
                // Also where the process dies: it may have been stored.
                if (decided) {
                  world.tell(
                      () -> "person keeps the " + keep.word() + "'s " + field + " of " + key);
                  ledger.chosen(task.xid(), field, keep);
                }
              }
            });
  }

  /** The xid of some task or ticket; empty if there is none. */
  private String anybody() {
    Set<String> all = new java.util.TreeSet<>();
    tasks.all().forEach(task -> all.add(task.xid()));
    tickets.all().forEach(ticket -> all.add(tickets.xidOf(ticket.id())));
    return all.isEmpty() ? "" : List.copyOf(all).get(dice().nextInt(all.size()));
  }

  private FieldValue taskValue(FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new Text("Title  " + names++);
    }
    if (field.equals(FieldName.STATUS)) {
      return Choice.named(List.of("Open", "Closed", "Reopened").get(dice().nextInt(3)));
    }
    return dice().nextInt(4) == 0
        ? FieldValue.ABSENT
        : new Moment(SPRING.plus(Duration.ofHours(dice().nextInt(2_000))));
  }

  private FieldValue ticketValue(FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new Text("Title " + names++);
    }
    if (field.equals(FieldName.STATUS)) {
      return Choice.named(ModelTickets.WORKFLOW.get(dice().nextInt(3)));
    }
    return dice().nextInt(4) == 0
        ? FieldValue.ABSENT
        : new Day(LocalDate.parse("2026-04-01").plusDays(dice().nextInt(90)));
  }
}
