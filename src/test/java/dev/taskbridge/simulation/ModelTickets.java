package dev.taskbridge.simulation;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A ticketing system with the traps that matter: a search that lags and shows old values, lost
 * answers, a workflow walked step by step, titles that it rewords, fields that it leaves out.
 */
final class ModelTickets implements TicketSystem {
  static final List<String> WORKFLOW = List.of("To Do", "In Progress", "Done");

  private static final Pattern BLANKS = Pattern.compile("  +");
  private static final Duration OVERLAP = Duration.ofSeconds(60);

  /** A version of a ticket as the search index will come to see it; {@code at} is our clock. */
  private record Version(Instant at, Optional<Ticket> ticket) {}

  private final World world;
  private final TreeMap<Integer, Ticket> tickets = new TreeMap<>();
  private final Map<String, List<Version>> versions = new LinkedHashMap<>();
  private final Map<String, String> xids = new HashMap<>();
  private final Map<String, String> idsByXid = new HashMap<>();
  private final Map<String, Conversation> comments = new HashMap<>();
  private Optional<Ledger> ledger = Optional.empty();
  private final Set<String> lastByOurAccount = new HashSet<>();
  private boolean poisoned;
  private int next = 1;

  ModelTickets(World world) {
    this.world = world;
    this.poisoned = world.hazards().poison().isPresent();
  }

  /** From now on every write is judged. */
  void judgedBy(Ledger judge) {
    ledger = Optional.of(judge);
  }

  Collection<Ticket> all() {
    return tickets.values();
  }

  Optional<Ticket> byId(String id) {
    return Optional.ofNullable(tickets.get(Integer.parseInt(id)));
  }

  /** The xid of the task that a ticket belongs to, or would. */
  String xidOf(String id) {
    return xids.getOrDefault(id, "");
  }

  /** The living ticket of a task. */
  Optional<Ticket> ofTask(String xid) {
    return Optional.ofNullable(idsByXid.get(xid)).flatMap(this::byId);
  }

  Conversation commentsOf(String id) {
    return comments.computeIfAbsent(id, ticket -> new Conversation());
  }

  /** Whether a ticket refuses to have a field written. */
  boolean isPoisoned(String id, FieldName field) {
    return poisoned
        && world.hazards().poison().filter(field::equals).isPresent()
        && Integer.parseInt(id) % 3 == 0;
  }

  void healPoison() {
    poisoned = false;
  }

  /** Whether the account that last touched a ticket is the bridge's, which people use, too. */
  boolean isLastByOurAccount(String id) {
    return lastByOurAccount.contains(id);
  }

  /** A person edits, now and then under the bridge's own account. */
  void edit(String id, FieldName field, FieldValue value, boolean underOurAccount) {
    change(id, field, value);
    if (!underOurAccount) {
      lastByOurAccount.remove(id);
    }
  }

  /** Somebody changes a field; nothing happens if it already holds the value. */
  void change(String id, FieldName field, FieldValue value) {
    Ticket old = byId(id).orElseThrow();
    FieldValue stored = normal(field, value);
    if (!old.value(field).equals(stored)) {
      store(moved(old.with(field, stored)));
    }
  }

  /** Something about a ticket changes that is none of its fields. */
  void touch(String id) {
    store(moved(byId(id).orElseThrow()));
  }

  private Ticket moved(Ticket ticket) {
    return new Ticket(
        ticket.id(),
        ticket.key(),
        ticket.url(),
        world.ticketsNow(),
        world.hazards().versions() ? ticket.version() + 1 : Ticket.UNCOUNTED,
        ticket.idempotencyKeys(),
        ticket.value(FieldName.STATUS).shown().equals("Done"),
        ticket.fields());
  }

  void delete(String id) {
    tickets.remove(Integer.parseInt(id));
    versions.get(id).add(new Version(world.now(), Optional.empty()));
  }

  private void store(Ticket ticket) {
    lastByOurAccount.add(ticket.id());
    tickets.put(Integer.parseInt(ticket.id()), ticket);
    versions
        .computeIfAbsent(ticket.id(), id -> new ArrayList<>())
        .add(new Version(world.now(), Optional.of(ticket)));
  }

  static String folded(String text) {
    return BLANKS.matcher(text).replaceAll(" ");
  }

  /** This system folds blanks in titles, and knows its statuses by id. */
  private static FieldValue normal(FieldName field, FieldValue value) {
    if (field.equals(FieldName.TITLE) && value instanceof Text text) {
      return new Text(folded(text.text()));
    }
    if (value instanceof Choice choice) {
      int index = WORKFLOW.indexOf(choice.label());
      return index < 0 ? value : new Choice("s" + index, choice.label());
    }
    return value;
  }

  /** What the search index shows now: each ticket as it was one lag ago. */
  private Collection<Ticket> indexed() {
    if (world.calm() || world.hazards().searchLag().isZero()) {
      return tickets.values();
    }
    Instant seen = world.now().minus(world.hazards().searchLag());
    List<Ticket> found = new ArrayList<>();
    for (List<Version> history : versions.values()) {
      Optional<Ticket> visible = Optional.empty();
      for (Version version : history) {
        if (!version.at().isAfter(seen)) {
          visible = version.ticket();
        }
      }
      visible.ifPresent(found::add);
    }
    return found;
  }

  /** Where the next page begins: changes that are not yet to be found may be as old as the lag. */
  static String cursorAt(World world) {
    return world.ticketsNow().minus(world.hazards().searchLag()).minus(OVERLAP).toString();
  }

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("502"));
    }
    Instant asked = world.ticketsNow();
    Instant from =
        since.cursor().equals(ChangedSince.BEGINNING)
            ? Instant.EPOCH
            : since.cursor().isEmpty() ? asked.minusSeconds(300) : Instant.parse(since.cursor());
    List<Ticket> found =
        indexed().stream().filter(ticket -> !ticket.updatedAt().isBefore(from)).toList();
    world.mayCrash();
    Instant end = Instant.parse(cursorAt(world));
    return Outcome.done(
        new TicketPage(found, (end.isAfter(from) ? end : from).toString(), false, List.of()));
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("timed out"));
    }
    Set<IdempotencyKey> keys = Set.copyOf(find.keys());
    return Outcome.done(
        Found.visible(
            indexed().stream()
                .filter(ticket -> ticket.idempotencyKeys().stream().anyMatch(keys::contains))
                .toList()));
  }

  @Override
  public Outcome<Map<String, Presence>> read(ReadById read) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("timed out"));
    }
    Map<String, Presence> found = new HashMap<>();
    for (String id : read.ids()) {
      Optional<Ticket> ticket = byId(id);
      ticket.ifPresent(present -> ledger.ifPresent(judge -> judge.read(xidOf(id), present)));
      found.put(
          id,
          ticket.<Presence>map(Presence.Present::new).orElse(new Presence.Missing("404 by id")));
    }
    return Outcome.done(found);
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    world.callBegins();
    world.writeCalled();
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    boolean busy = world.isBusy();
    boolean refused = world.isRefused();
    boolean lost = world.losesAnswer();
    int cutShortAt = lost ? world.dice().nextInt(create.tickets().size() + 1) : Integer.MAX_VALUE;
    for (int i = 0; i < create.tickets().size(); i++) {
      NewTicket wanted = create.tickets().get(i);
      if (busy) {
        outcomes.add(Outcome.refused(new Refusal.Busy(world.now().plusSeconds(20), "429")));
      } else if (refused) {
        outcomes.add(Outcome.refused(new Refusal.Unreachable("connection refused")));
      } else if (i >= cutShortAt) {
        outcomes.add(Outcome.refused(new Refusal.Unknown("connection reset")));
      } else {
        Written<Ticket> written = make(wanted, !lost);
        world.mayCrash();
        outcomes.add(
            lost
                ? Outcome.refused(new Refusal.Unknown("connection reset"))
                : Outcome.done(written));
      }
    }
    return outcomes;
  }

  private Written<Ticket> make(NewTicket wanted, boolean answered) {
    String xid = wanted.link().xid();
    ofTask(xid)
        .ifPresent(
            other ->
                ledger.ifPresent(
                    judge ->
                        judge.violated("I1: a second ticket for " + xid + ": " + other.key())));
    String id = appears(xid, Set.of(wanted.key()));
    Map<FieldName, Refusal> refused = new HashMap<>();
    Ticket ticket = byId(id).orElseThrow();
    Map<FieldName, FieldValue> fields = new TreeMap<>(wanted.fields());
    for (Map.Entry<FieldName, FieldValue> field : fields.entrySet()) {
      if (!field.getKey().equals(FieldName.STATUS)) {
        // No system makes a ticket without its title.
        if (!field.getKey().equals(FieldName.TITLE) && leavesOut(id, field.getKey())) {
          refused.put(field.getKey(), leftOut(field.getKey()));
        } else {
          ticket = ticket.with(field.getKey(), normal(field.getKey(), field.getValue()));
        }
      }
    }
    Ticket made = ticket;
    store(made);
    world.tell(() -> "bridge makes " + made.key() + " for task " + xid);
    ledger.ifPresent(judge -> judge.created(xid, false));
    if (fields.get(FieldName.STATUS) instanceof Choice status) {
      walk(id, status.label());
    }
    ledger.ifPresent(judge -> judge.created(xid, answered));
    Ticket then = byId(id).orElseThrow();
    mayBeEditedBeforeItIsRead();
    Ticket now = byId(id).orElseThrow();
    Set<FieldName> written = new TreeSet<>(fields.keySet());
    written.removeAll(refused.keySet());
    compare(xid, Ticket.NONE, then, now, written, refused);
    // What a new ticket holds beyond what was written may be its system's default.
    Settings.FIELDS.stream()
        .filter(field -> !fields.containsKey(field))
        .filter(field -> !now.value(field).equals(then.value(field)))
        .forEach(field -> ledger.ifPresent(judge -> judge.excused(xid, field)));
    return new Written<>(byId(id).orElseThrow(), refused);
  }

  /**
   * Where changes are counted, the answer is of the write itself; else the ticket is read after it.
   */
  private void mayBeEditedBeforeItIsRead() {
    if (!world.hazards().versions()) {
      world.mayBeEdited();
    }
  }

  /** What an adapter says of fields that hold something else than was written. */
  private void compare(
      String xid,
      Ticket before,
      Ticket then,
      Ticket now,
      Collection<FieldName> written,
      Map<FieldName, Refusal> refused) {
    // What was left out and then edited looks like what was written and then edited.
    refused.keySet().stream()
        .filter(field -> !written.contains(field))
        .filter(field -> !now.value(field).equals(then.value(field)))
        .forEach(field -> ledger.ifPresent(judge -> judge.excused(xid, field)));
    for (FieldName field : written) {
      FieldValue value = now.value(field);
      if (!value.equals(then.value(field)) && !(value instanceof Text)) {
        refused.put(field, leftOut(field));
        if (field.equals(FieldName.STATUS) || value.equals(before.value(field))) {
          // A status that was left on the way looks the same, and so does a write left out.
          ledger.ifPresent(judge -> judge.excused(xid, field));
        }
      }
    }
  }

  /** An empty ticket; a person's has no key. */
  String appears(String xid, Set<IdempotencyKey> keys) {
    String id = String.valueOf(next++);
    xids.put(id, xid);
    idsByXid.put(xid, id);
    store(
        new Ticket(
            id,
            "SEC-" + id,
            "",
            world.ticketsNow(),
            world.hazards().versions() ? 0 : Ticket.UNCOUNTED,
            keys,
            false,
            Map.of(FieldName.STATUS, new Choice("s0", "To Do"))));
    return id;
  }

  /** A person's ticket, which belongs to the task that may be made of it. */
  String appears() {
    return appears(IdempotencyKey.xidForTicket(Settings.SYNC, String.valueOf(next)), Set.of());
  }

  private boolean leavesOut(String id, FieldName field) {
    return isPoisoned(id, field) || world.dropsField();
  }

  private static Refusal leftOut(FieldName field) {
    return new Refusal.Rejected(Optional.of(field), field + " cannot be set");
  }

  /** One transition after the other; the process may die in between. */
  private void walk(String id, String to) {
    int target = WORKFLOW.indexOf(to);
    while (true) {
      int at = WORKFLOW.indexOf(byId(id).orElseThrow().value(FieldName.STATUS).shown());
      if (at == target) {
        return;
      }
      world.mayCrash();
      int step = at < target ? at + 1 : at - 1;
      change(id, FieldName.STATUS, Choice.named(WORKFLOW.get(step)));
    }
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    for (TicketUpdate each : update.updates()) {
      world.callBegins();
      world.writeCalled();
      outcomes.add(update(each));
    }
    return outcomes;
  }

  private Outcome<Written<Ticket>> update(TicketUpdate update) {
    String id = update.present().id();
    String xid = xidOf(id);
    if (byId(id).isEmpty()) {
      return Outcome.refused(new Refusal.Gone("404"));
    }
    Ticket before = byId(id).orElseThrow();
    Map<FieldName, FieldValue> changes = new TreeMap<>(update.changes());
    ledger.ifPresent(
        judge -> changes.forEach((field, value) -> judge.writing(xid, field, Side.TICKET, value)));
    if (world.isBusy()) {
      return Outcome.refused(new Refusal.Busy(world.now().plusSeconds(20), "429"));
    }
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    Map<FieldName, Refusal> refused = new HashMap<>();
    List<FieldName> written = new ArrayList<>();
    changes.forEach(
        (field, value) -> {
          if (leavesOut(id, field)) {
            refused.put(field, leftOut(field));
            ledger.ifPresent(judge -> judge.leftOut(xid, field, Side.TICKET));
          } else {
            world.tell(() -> "bridge sets " + field + " of SEC-" + id + " to " + value.shown());
            if (field.equals(FieldName.STATUS)) {
              walk(id, value.shown());
            } else {
              change(id, field, value);
            }
            ledger.ifPresent(
                judge -> judge.wrote(xid, field, Side.TICKET, byId(id).orElseThrow().value(field)));
            written.add(field);
          }
        });
    Ticket then = byId(id).orElseThrow();
    mayBeEditedBeforeItIsRead();
    world.mayCrash();
    if (world.losesAnswer()) {
      ledger.ifPresent(judge -> written.forEach(field -> judge.unanswered(xid, field)));
      return Outcome.refused(new Refusal.Unknown("connection reset"));
    }
    Ticket now = byId(id).orElseThrow();
    compare(xid, before, then, now, written, refused);
    return Outcome.done(new Written<>(now, refused));
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("timed out"));
    }
    Map<String, List<Comment>> found = new HashMap<>();
    of.ticketIds().stream()
        .filter(id -> byId(id).isPresent())
        .forEach(id -> found.put(id, commentsOf(id).all()));
    return Outcome.done(found);
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    world.callBegins();
    world.writeCalled();
    String id = comment.ticketId();
    if (byId(id).isEmpty()) {
      return Outcome.refused(new Refusal.Gone("404"));
    }
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    Comment written =
        write(
            commentsOf(id), comment.commentId(), comment.key(), comment.text(), world.ticketsNow());
    touch(id);
    world.tell(() -> "bridge comments on SEC-" + id + ": " + comment.key());
    world.mayCrash();
    return world.losesAnswer()
        ? Outcome.refused(new Refusal.Unknown("connection reset"))
        : Outcome.done(written);
  }

  /** What the contract says: a key that is already there changes nothing. */
  static Comment write(
      Conversation all, Optional<String> id, String key, String text, Instant now) {
    return id.flatMap(known -> all.edit(known, text, now))
        .or(() -> all.withKey(key))
        .orElseGet(() -> all.add(text, Optional.of(key).filter(k -> !k.isEmpty()), true, now));
  }

  @Override
  public Outcome<String> delete(DeleteTicket delete) {
    world.callBegins();
    world.writeCalled();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    byId(delete.ticketId()).ifPresent(ticket -> delete(ticket.id()));
    world.mayCrash();
    return world.losesAnswer()
        ? Outcome.refused(new Refusal.Unknown("connection reset"))
        : Outcome.done("deleted");
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    throw new UnsupportedOperationException("the core does not ask");
  }
}
