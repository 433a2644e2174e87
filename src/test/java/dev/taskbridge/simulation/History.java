package dev.taskbridge.simulation;

import dev.taskbridge.Arbitrary;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.engine.CycleReport;
import dev.taskbridge.engine.DeltaTrust;
import dev.taskbridge.engine.LinkWorker;
import dev.taskbridge.engine.LookBatch;
import dev.taskbridge.engine.Looks;
import dev.taskbridge.engine.Sweeps;
import dev.taskbridge.engine.SyncDefinition;
import dev.taskbridge.engine.Syncs;
import dev.taskbridge.engine.SystemHealth;
import dev.taskbridge.engine.Systems;
import dev.taskbridge.engine.TaskPolls;
import dev.taskbridge.engine.TicketPolls;
import dev.taskbridge.engine.TicketsOfTasks;
import dev.taskbridge.mapping.DueDateMapping;
import dev.taskbridge.mapping.StatusMapping;
import dev.taskbridge.mapping.TitleMapping;
import dev.taskbridge.reconcile.ConflictPolicy;
import dev.taskbridge.reconcile.Direction;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One history of the world: people edit both sides, systems misbehave, the process dies, and the
 * real polls, creation protocol and merge run against it in one thread.
 */
final class History {
  static final String SYNC = "soc";
  static final ZoneId ZONE = ZoneId.of("America/New_York");
  static final List<FieldName> FIELDS =
      List.of(FieldName.TITLE, FieldName.STATUS, FieldName.DUE_DATE);

  private final World world;
  private final ModelTasks tasks;
  private final ModelTickets tickets;
  private final MemoryLinkStore store;
  private final Syncs syncs;
  private final List<String> log = new ArrayList<>();
  private int names;

  // What a crash forgets.
  private Looks looks;
  private TaskPolls taskPolls;
  private TicketPolls ticketPolls;
  private Sweeps sweeps;
  private LinkWorker worker;
  private final Deque<LookBatch> queue = new ArrayDeque<>();

  History(long seed, World.Hazards hazards, ConflictPolicy policy) {
    world = new World(seed, hazards);
    tasks = new ModelTasks(world);
    tickets = new ModelTickets(world);
    store = new MemoryLinkStore(world::mayCrash);
    syncs = new Syncs(List.of(sync(policy)));
    start();
    world.meanwhile(this::personEdits);
  }

  private SyncDefinition sync(ConflictPolicy policy) {
    StatusMapping status =
        new StatusMapping(
            Map.of(
                TaskStatus.PENDING, List.of("To Do"),
                TaskStatus.OPEN, List.of("To Do", "In Progress"),
                TaskStatus.REOPENED, List.of("To Do", "In Progress"),
                TaskStatus.CLOSED, List.of("Done")),
            Map.of(
                "To Do", TaskStatus.OPEN,
                "In Progress", TaskStatus.OPEN,
                "Done", TaskStatus.CLOSED),
            Optional.of(TaskStatus.REOPENED));
    return new SyncDefinition(
        SYNC,
        "jira",
        "status != \"Closed\"",
        new Scope(Map.of("project", "SEC"), FIELDS, Map.of()),
        new Reconciler(
            List.of(
                new FieldRule(new TitleMapping(255), Direction.BOTH, policy),
                new FieldRule(status, Direction.BOTH, policy),
                new FieldRule(new DueDateMapping(ZONE, false), Direction.BOTH, policy))),
        Create.TO_TICKET,
        Optional.empty(),
        OnTaskDeleted.CLOSE,
        OnTicketDeleted.UNLINK,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        "",
        world.hazards().searchLag().plusSeconds(1),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private void start() {
    looks = new Looks();
    queue.clear();
    SystemHealth health = new SystemHealth(world.clock());
    Systems systems =
        new Systems() {
          @Override
          public TaskSource tasks() {
            return tasks;
          }

          @Override
          public TicketSystem tickets(String system) {
            return tickets;
          }
        };
    CycleReport report = new CycleReport();
    taskPolls =
        new TaskPolls(
            store,
            syncs,
            systems,
            health,
            looks,
            world.clock(),
            report,
            new DeltaTrust(store, world.clock()));
    ticketPolls = new TicketPolls(store, syncs, systems, health, looks, world.clock(), report);
    sweeps = new Sweeps(store, syncs, taskPolls, looks, world.clock());
    worker =
        new LinkWorker(
            store, syncs, systems, health, looks, world.clock(), new TicketsOfTasks(store));
    queue.addAll(sweeps.all());
  }

  World world() {
    return world;
  }

  ModelTickets tickets() {
    return tickets;
  }

  /** Some tasks that were there before the bridge was. */
  void begin(int howMany) {
    for (int i = 0; i < howMany; i++) {
      addTask();
    }
  }

  /** One step: people and the bridge, in an order that the dice choose. */
  void step() {
    switch (world.dice.nextInt(10)) {
      case 0, 1, 2 -> personEdits();
      case 3 -> {
        if (tasks.tasks.size() < 8) {
          addTask();
        }
      }
      case 4 -> world.pass(Duration.ofSeconds(world.dice.nextInt(90)));
      case 5 -> bridge("sweep", () -> queue.addAll(sweeps.sweep(SYNC)));
      case 6 -> bridge("poll tickets", () -> queue.addAll(ticketPolls.poll(SYNC)));
      case 7 -> bridge("poll tasks", () -> queue.addAll(taskPolls.poll(SYNC)));
      case 8 -> bridge("due", () -> queue.addAll(sweeps.due()));
      default -> bridge("look", this::lookOnce);
    }
  }

  /** Edits stop, faults stop: one cycle, and whatever it wakes. */
  void settle() {
    world.calmDown();
    world.pass(Duration.ofMinutes(20));
    cycle();
    // What failed lately waits for its retry, at most the longest of them.
    world.pass(Duration.ofHours(13));
    cycle();
  }

  void cycle() {
    queue.addAll(taskPolls.poll(SYNC));
    queue.addAll(ticketPolls.poll(SYNC));
    queue.addAll(sweeps.due());
    queue.addAll(sweeps.sweep(SYNC));
    int looksLeft = 1_000;
    while (!queue.isEmpty()) {
      lookOnce();
      if (looksLeft-- == 0) {
        throw new AssertionError("the bridge does not come to rest\n" + story());
      }
    }
  }

  private void lookOnce() {
    LookBatch batch = queue.poll();
    if (batch != null) {
      LinkWorker.Looked looked = worker.look(batch);
      looked.happened().forEach(entry -> log(entry.kind() + " " + entry.detail()));
      queue.addAll(looked.again());
    }
  }

  private void bridge(String what, Runnable work) {
    try {
      work.run();
    } catch (Crash crash) {
      log("CRASH during " + what);
      world.pass(Duration.ofSeconds(world.dice.nextInt(120)));
      start();
    }
  }

  private void addTask() {
    long id = tasks.tasks.size() + 1L;
    Task task = Arbitrary.aTask(id).withName("Task " + id);
    if (world.dice.nextBoolean()) {
      task = task.withDueDate(Optional.of(world.now().truncatedTo(ChronoUnit.SECONDS)));
    }
    tasks.put(task);
    log("task " + task.xid() + " appears");
  }

  /** A person changes one field on one side to something new. */
  private void personEdits() {
    List<Task> candidates = new ArrayList<>(tasks.tasks.values());
    if (candidates.isEmpty()) {
      return;
    }
    String xid = candidates.get(world.dice.nextInt(candidates.size())).xid();
    FieldName field = FIELDS.get(world.dice.nextInt(FIELDS.size()));
    Optional<Ticket> ticket =
        tickets.tickets.values().stream()
            .filter(each -> tickets.xidOf(each.id()).equals(xid))
            .findFirst();
    if (ticket.isPresent() && world.dice.nextBoolean()) {
      FieldValue value = ticketValue(field);
      boolean known =
          store.links().stream().anyMatch(link -> link.ticketId().equals(ticket.get().id()));
      if (!known && value.equals(FieldValue.ABSENT)) {
        // Not promised: an emptied field of a ticket whose creation was cut short cannot be told
        // from one that the system did not take.
        return;
      }
      log("person sets " + field + " of ticket " + ticket.get().key() + " to " + value.shown());
      tickets.change(ticket.get().id(), field, value, false);
    } else {
      FieldValue value = taskValue(field);
      log("person sets " + field + " of task " + xid + " to " + value.shown());
      tasks.change(xid, field, value, false);
    }
  }

  private FieldValue taskValue(FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new Text("Title  " + names++);
    }
    if (field.equals(FieldName.STATUS)) {
      return Choice.named(List.of("Open", "Closed", "Reopened").get(world.dice.nextInt(3)));
    }
    return world.dice.nextInt(4) == 0
        ? FieldValue.ABSENT
        : new Moment(
            Instant.parse("2026-04-01T12:15:00Z")
                .plus(Duration.ofHours(world.dice.nextInt(2_000))));
  }

  private FieldValue ticketValue(FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new Text("Title " + names++);
    }
    if (field.equals(FieldName.STATUS)) {
      return Choice.named(List.of("To Do", "In Progress", "Done").get(world.dice.nextInt(3)));
    }
    return world.dice.nextInt(4) == 0
        ? FieldValue.ABSENT
        : new Day(LocalDate.parse("2026-04-01").plusDays(world.dice.nextInt(90)));
  }

  private void log(String what) {
    log.add(world.now() + " " + what);
  }

  String story() {
    return String.join("\n", log);
  }

  /** What the links, tasks and tickets look like now, checked against the promises. */
  List<String> violations() {
    List<String> violations = new ArrayList<>();
    tickets
        .ticketsPerKey()
        .forEach(
            (key, count) -> {
              if (count > 1) {
                violations.add("I1: " + count + " tickets carry " + key);
              }
            });
    for (Task task : tasks.tasks.values()) {
      Optional<Ticket> ticket =
          tickets.tickets.values().stream()
              .filter(each -> tickets.xidOf(each.id()).equals(task.xid()))
              .findFirst();
      if (ticket.isEmpty()) {
        if (task.status() != TaskStatus.CLOSED) {
          violations.add("I2: task " + task.xid() + " has no ticket");
        }
      } else {
        checkFields(task, ticket.get(), violations);
      }
    }
    int writes = world.changes.size();
    cycle();
    world.pass(Duration.ofMinutes(1));
    cycle();
    for (World.Change change : world.changes.subList(writes, world.changes.size())) {
      violations.add("I4: an idle bridge wrote " + change);
    }
    return violations;
  }

  private void checkFields(Task task, Ticket ticket, List<String> violations) {
    Link link =
        store.links().stream()
            .filter(each -> each.key().equals(new LinkKey(SYNC, task.xid())))
            .findFirst()
            .orElse(null);
    if (link == null) {
      violations.add("I2: no link for " + task.xid());
      return;
    }
    for (FieldRule rule : syncs.get(SYNC).reconciler().rules()) {
      boolean agree = agree(rule, task, ticket);
      boolean visible =
          Optional.ofNullable(link.fields().get(rule.field()))
              .filter(
                  record ->
                      record.verdict() == dev.taskbridge.domain.FieldRecord.Verdict.CONFLICT
                          || record.verdict() == dev.taskbridge.domain.FieldRecord.Verdict.FAILING)
              .isPresent();
      if (!agree && !visible) {
        violations.add(
            "I2: "
                + rule.field()
                + " of "
                + task.xid()
                + ": task "
                + rule.mapping().onTask(task).shown()
                + ", ticket "
                + rule.mapping().onTicket(ticket).shown());
      }
      checkEdits(rule, task, ticket, violations);
    }
  }

  /** Whether the two say the same, given that this ticket system folds blanks in titles. */
  private static boolean agree(FieldRule rule, Task task, Ticket ticket) {
    return rule.field().equals(FieldName.TITLE)
        ? task.name().replaceAll("  +", " ").equals(ticket.value(FieldName.TITLE).shown())
        : rule.mapping().agree(task, ticket);
  }

  /** I3: if only one side was edited since the last time both agreed, its last edit holds. */
  private void checkEdits(FieldRule rule, Task task, Ticket ticket, List<String> violations) {
    List<World.Change> edits =
        world.changes.stream()
            .filter(change -> change.xid().equals(task.xid()))
            .filter(change -> change.field().equals(rule.field()))
            .toList();
    long byPeopleOnTask =
        edits.stream().filter(e -> !e.byBridge() && e.side() == Side.TASK).count();
    long byPeopleOnTicket =
        edits.stream().filter(e -> !e.byBridge() && e.side() == Side.TICKET).count();
    if (byPeopleOnTask > 0 && byPeopleOnTicket == 0) {
      checkLast(edits, Side.TASK, ModelTasks.value(task, rule.field()), rule, violations);
    }
    if (byPeopleOnTicket > 0 && byPeopleOnTask == 0) {
      checkLast(edits, Side.TICKET, ticket.value(rule.field()), rule, violations);
    }
    checkEchoes(edits, rule, violations);
  }

  private void checkLast(
      List<World.Change> edits,
      Side side,
      FieldValue now,
      FieldRule rule,
      List<String> violations) {
    World.Change last =
        edits.stream()
            .filter(e -> !e.byBridge() && e.side() == side)
            .reduce((first, second) -> second)
            .orElseThrow();
    if (!last.to().equals(now)) {
      violations.add(
          "I3: " + rule.field() + " was last set by a person: " + last + ", but is " + now.shown());
    }
  }

  /** I4: the bridge changes a side at most once for each outside edit of the other. */
  private void checkEchoes(List<World.Change> edits, FieldRule rule, List<String> violations) {
    if (rule.mapping().stepwise()) {
      return;
    }
    for (Side side : Side.values()) {
      long writes = edits.stream().filter(e -> e.byBridge() && e.side() == side).count();
      long outside = edits.stream().filter(e -> !e.byBridge()).count();
      if (writes > outside) {
        violations.add(
            "I4: "
                + rule.field()
                + ": "
                + writes
                + " writes to the "
                + side.word()
                + " for "
                + outside
                + " edits: "
                + edits);
      }
    }
  }
}
