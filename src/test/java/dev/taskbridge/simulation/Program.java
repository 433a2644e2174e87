package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Announcements;
import dev.taskbridge.engine.CommentCarrier;
import dev.taskbridge.engine.CycleReport;
import dev.taskbridge.engine.Decisions;
import dev.taskbridge.engine.DeltaTrust;
import dev.taskbridge.engine.LinkWorker;
import dev.taskbridge.engine.LookBatch;
import dev.taskbridge.engine.Looks;
import dev.taskbridge.engine.Sweeps;
import dev.taskbridge.engine.Syncs;
import dev.taskbridge.engine.SystemHealth;
import dev.taskbridge.engine.TaskPolls;
import dev.taskbridge.engine.TicketPolls;
import dev.taskbridge.engine.TicketsOfTasks;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The real polls, creation protocol, merge and comment carrying, in one thread. */
final class Program {
  private static final int MOST_LOOKS = 2_000;
  private static final String SYNC = Settings.SYNC;

  private final World world;
  private final TaskSource tasks;
  private final TicketSystem tickets;
  private final MemoryLinkStore store;
  private final Syncs syncs;
  private final Ledger ledger;

  // What a crash forgets.
  private final Deque<LookBatch> queue = new ArrayDeque<>();
  private TaskPolls taskPolls;
  private TicketPolls ticketPolls;
  private Sweeps sweeps;
  private LinkWorker worker;
  private CommentCarrier comments;
  private DeltaTrust trust;

  Program(
      World world,
      TaskSource tasks,
      TicketSystem tickets,
      MemoryLinkStore store,
      Syncs syncs,
      Ledger ledger) {
    this.world = world;
    this.tasks = tasks;
    this.tickets = tickets;
    this.store = store;
    this.syncs = syncs;
    this.ledger = ledger;
    start();
  }

  /** As after a start: every living link is looked at. */
  void start() {
    queue.clear();
    Looks looks = new Looks();
    SystemHealth health = new SystemHealth(world.clock());
    Watched systems = new Watched(tasks, tickets, "jira", health, world);
    CycleReport report = new CycleReport();
    trust = new DeltaTrust(store, world.clock());
    taskPolls = new TaskPolls(store, syncs, systems, health, looks, world.clock(), report, trust);
    ticketPolls = new TicketPolls(store, syncs, systems, health, looks, world.clock(), report);
    sweeps = new Sweeps(store, syncs, taskPolls, looks, world.clock());
    worker =
        new LinkWorker(
            store, syncs, systems, health, looks, world.clock(), new TicketsOfTasks(store));
    comments =
        new CommentCarrier(store, syncs, systems, health, world.clock(), new Announcements());
    queue.addAll(sweeps.all());
  }

  void pollTasks() {
    queue.addAll(taskPolls.poll(SYNC));
  }

  void pollTickets() {
    queue.addAll(ticketPolls.poll(SYNC));
  }

  void due() {
    queue.addAll(sweeps.due());
  }

  void sweep() {
    queue.addAll(sweeps.sweep(SYNC));
  }

  void carryComments() {
    comments.carry(SYNC);
  }

  /** One batch of links is looked at. */
  void look() {
    LookBatch batch = queue.poll();
    if (batch != null) {
      world.lookBegins();
      LinkWorker.Looked looked = worker.look(batch);
      looked
          .happened()
          .forEach(
              entry ->
                  world.tell(
                      () ->
                          "  "
                              + entry.link().xid()
                              + " "
                              + entry.kind()
                              + " "
                              + entry.field()
                              + " "
                              + entry.detail()));
      queue.addAll(looked.again());
      ledger.lookEnded();
    }
  }

  /** What the schedules do, once, and whatever it wakes. */
  void cycle() {
    pollTasks();
    pollTickets();
    due();
    rest();
    carryComments();
  }

  void rest() {
    int left = MOST_LOOKS;
    while (!queue.isEmpty()) {
      look();
      if (left-- == 0) {
        ledger.violated("the bridge does not come to rest");
        return;
      }
    }
  }

  long missed() {
    return trust.missed(SYNC);
  }

  boolean scans() {
    return trust.scanningUntil(SYNC).isPresent();
  }

  /** A person decides a conflict, and the links it was decided for are due. */
  boolean resolve(String ticketKey, FieldName field, Side keep) {
    return !new Decisions(store, world.clock()).resolve(ticketKey, field, keep).isEmpty();
  }

  void retryAll() {
    List<?> retried = new Decisions(store, world.clock()).retry(Optional.empty());
    world.tell(() -> "an operator retries " + retried.size() + " links");
  }
}
