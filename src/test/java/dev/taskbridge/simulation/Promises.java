package dev.taskbridge.simulation;

import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.reconcile.CommentPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What must hold once nobody edits and nothing goes wrong any more. */
final class Promises {
  /** Longer than what failed waits for its next try. */
  private static final Duration LONGEST_RETRY = Duration.ofHours(13);

  private final World world;
  private final ModelTasks tasks;
  private final ModelTickets tickets;
  private final MemoryLinkStore store;
  private final Ledger ledger;
  private final Program program;
  private final People people;
  private final Supplier<Settings> settings;
  private final boolean storeSwapped;

  Promises(
      World world,
      ModelTasks tasks,
      ModelTickets tickets,
      MemoryLinkStore store,
      Ledger ledger,
      Program program,
      People people,
      Supplier<Settings> settings,
      boolean storeSwapped) {
    this.world = world;
    this.tasks = tasks;
    this.tickets = tickets;
    this.store = store;
    this.ledger = ledger;
    this.program = program;
    this.people = people;
    this.settings = settings;
    this.storeSwapped = storeSwapped;
  }

  void check() {
    world.calmDown();
    world.pass(Duration.ofMinutes(20));
    twoCycles();
    checkFields("within one cycle", false, true);
    checkComments();
    world.pass(LONGEST_RETRY);
    twoCycles();
    checkFields("after the last retry", false, false);
    tickets.healPoison();
    program.sweep();
    program.rest();
    world.pass(LONGEST_RETRY);
    twoCycles();
    program.sweep();
    program.rest();
    program.carryComments();
    checkFields("after a sweep", true, false);
    checkComments();
    checkDeleted();
    checkMissed();
    checkNothingWasParked();
    checkIdle();
    if (!world.hazards().caseClockMoves()) {
      checkMissIsFound();
    }
  }

  /** The second one does what the first had to wait a moment for. */
  private void twoCycles() {
    program.cycle();
    world.pass(Duration.ofMinutes(2));
    program.cycle();
  }

  private boolean isTouchedByDeletion(String xid) {
    return people.deletedTasks().contains(xid) || people.deletedTickets().contains(xid);
  }

  /**
   * I2: every mapped field agrees, or is visibly in conflict or failing with good reason.
   *
   * @param swept whether what only a sweep finds is to be found
   * @param retriesWait whether what a system refused lately may wait for its next try
   */
  private void checkFields(String when, boolean swept, boolean retriesWait) {
    boolean seesTasks = swept || world.hazards().caseClockMoves();
    for (Task task : List.copyOf(tasks.all())) {
      String xid = task.xid();
      if (isTouchedByDeletion(xid) || !seesTasks) {
        continue;
      }
      Optional<Ticket> ticket = tickets.ofTask(xid);
      if (ticket.isEmpty()) {
        if (task.status() != TaskStatus.CLOSED) {
          ledger.violated("I2: " + when + ": task " + xid + " has no ticket");
        }
        continue;
      }
      Optional<Link> link = store.link(new LinkKey(Settings.SYNC, xid));
      if (link.isEmpty()) {
        boolean forgotten = storeSwapped && task.status() == TaskStatus.CLOSED;
        if (!forgotten) {
          ledger.violated("I2: " + when + ": no link for " + xid);
        }
        continue;
      }
      if (link.get().state() == LinkState.RETIRED) {
        ledger.violated(
            "I2: " + when + ": the link of " + xid + " has ended: " + link.get().reason());
        continue;
      }
      for (FieldName field : Settings.FIELDS) {
        checkField(when, link.get(), ticket.get(), field, retriesWait);
      }
    }
    if (settings.get().create().makesTasks()) {
      checkTicketsBecameTasks(when);
    }
  }

  private void checkField(
      String when, Link link, Ticket ticket, FieldName field, boolean retriesWait) {
    String xid = link.key().xid();
    if (ledger.agree(xid, field)) {
      return;
    }
    FieldRecord record = link.fields().get(field);
    Verdict verdict = record == null ? Verdict.NEW : record.verdict();
    boolean mayFail =
        tickets.isPoisoned(ticket.id(), field)
            || (retriesWait
                && record != null
                && record.retryAt().filter(world.now()::isBefore).isPresent());
    boolean visible =
        (verdict == Verdict.CONFLICT && ledger.mayBeInConflict(xid, field))
            || (verdict == Verdict.FAILING && mayFail);
    if (!visible) {
      ledger.violated(
          "I2: "
              + when
              + ": "
              + field
              + " of "
              + xid
              + " is "
              + ledger.now(xid, field)
              + ", "
              + verdict
              + (record == null ? "" : " " + record.reason()));
    }
  }

  private void checkTicketsBecameTasks(String when) {
    for (Ticket ticket : tickets.all()) {
      String xid = tickets.xidOf(ticket.id());
      if (ticket.idempotencyKeys().isEmpty()
          && tasks.byXid(xid).isEmpty()
          && !isTouchedByDeletion(xid)) {
        ledger.violated("I2: " + when + ": " + ticket.key() + " has no task");
      }
    }
  }

  /** Each note and each comment of a person stands once on the other side, as it is now. */
  private void checkComments() {
    if (!settings.get().notes()) {
      return;
    }
    for (Task task : tasks.all()) {
      Optional<Ticket> ticket = tickets.ofTask(task.xid());
      boolean linked =
          store
              .link(new LinkKey(Settings.SYNC, task.xid()))
              .filter(link -> link.hasTicket() && link.state() != LinkState.RETIRED)
              .isPresent();
      if (ticket.isPresent() && linked && !isTouchedByDeletion(task.xid())) {
        Conversation notes = tasks.notesOf(task.id());
        Conversation comments = tickets.commentsOf(ticket.get().id());
        checkCopies(task.xid(), Side.TASK, notes, comments);
        checkCopies(task.xid(), Side.TICKET, comments, notes);
      }
    }
  }

  private void checkCopies(String xid, Side from, Conversation originals, Conversation others) {
    Map<String, Integer> copies = new HashMap<>();
    for (Comment copy : others.all()) {
      if (Conversation.isByBridge(copy)) {
        String said = copy.text().substring(copy.text().lastIndexOf('\n') + 1);
        copies.merge(said, 1, Integer::sum);
      }
    }
    int expected = 0;
    for (Comment original : originals.byPeople()) {
      expected++;
      int count = copies.getOrDefault(original.text(), 0);
      if (count != 1) {
        ledger.violated(
            "comments: \""
                + original.text()
                + "\" ("
                + CommentPlan.key(from, original.id())
                + ") of "
                + xid
                + " stands "
                + count
                + " times on the "
                + from.other().word());
      }
    }
    int all = copies.values().stream().mapToInt(Integer::intValue).sum();
    if (all != expected) {
      ledger.violated(
          "comments: " + all + " copies for " + expected + " originals of " + xid + " " + copies);
    }
  }

  private void checkDeleted() {
    for (String xid : people.deletedTickets()) {
      Optional<Task> task = tasks.byXid(xid);
      boolean wanted =
          settings.get().onTicketDeleted() == OnTicketDeleted.RECREATE
              && task.filter(each -> each.status() != TaskStatus.CLOSED).isPresent();
      boolean living =
          store
              .link(new LinkKey(Settings.SYNC, xid))
              .filter(link -> link.state() != LinkState.RETIRED)
              .isPresent();
      if (wanted && living && tickets.ofTask(xid).isEmpty()) {
        ledger.violated("deleted: the ticket of " + xid + " was not made again");
      }
    }
    for (Link link : store.links()) {
      String xid = link.key().xid();
      boolean bothGone = tasks.byXid(xid).isEmpty() || tickets.ofTask(xid).isEmpty();
      if (bothGone && link.hasTicket() && link.state() != LinkState.RETIRED) {
        ledger.violated("deleted: the link of " + xid + " lives on: " + link.state());
      }
      if (!isTouchedByDeletion(xid) && link.state() == LinkState.RETIRED) {
        ledger.violated("deleted: nothing is gone, and yet " + xid + " ended: " + link.reason());
      }
    }
  }

  /** I7: where the case's clock tells of every change, no cycle misses one. */
  private void checkMissed() {
    if (world.hazards().caseClockMoves() && !storeSwapped && program.missed() > 0) {
      ledger.violated("I7: the cycles missed " + program.missed() + " changes");
    }
  }

  /** A link is parked when the program met an error that should not happen. */
  private void checkNothingWasParked() {
    store.journal().stream()
        .filter(entry -> entry.kind().equals("parked"))
        .findFirst()
        .ifPresent(entry -> ledger.violated("parked: " + entry.link() + " " + entry.detail()));
  }

  /** I4: an idle bridge writes nothing, not even what changes nothing. */
  private void checkIdle() {
    int before = world.writeCalls();
    for (int i = 0; i < 2; i++) {
      program.cycle();
      program.sweep();
      program.rest();
      world.pass(Duration.ofMinutes(1));
    }
    if (world.writeCalls() > before) {
      ledger.violated("I4: an idle bridge asked for " + (world.writeCalls() - before) + " writes");
    }
  }

  /** I7: a change that no clock told of is found by the sweep, and counted. */
  private void checkMissIsFound() {
    world.pass(Duration.ofHours(25));
    twoCycles();
    Optional<Task> some =
        tasks.all().stream()
            .filter(task -> task.status() != TaskStatus.CLOSED)
            .filter(task -> !isTouchedByDeletion(task.xid()))
            .filter(task -> tickets.ofTask(task.xid()).isPresent())
            .findFirst();
    if (some.isEmpty() || settings.get().oneWayFrom(FieldName.TITLE).isPresent()) {
      return;
    }
    String xid = some.get().xid();
    if (program.scans() || !ledger.agree(xid, FieldName.TITLE)) {
      return;
    }
    long before = program.missed();
    tasks.change(xid, FieldName.TITLE, new Text("Late"));
    ledger.edited(xid, FieldName.TITLE, Side.TASK);
    program.cycle();
    program.sweep();
    program.rest();
    if (program.missed() != before + 1) {
      ledger.violated("I7: the sweep counted " + (program.missed() - before) + " misses for one");
    }
    if (!ledger.agree(xid, FieldName.TITLE)) {
      ledger.violated("I7: the sweep did not find " + ledger.now(xid, FieldName.TITLE));
    }
  }
}
