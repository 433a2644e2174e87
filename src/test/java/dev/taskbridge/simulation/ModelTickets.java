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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A ticketing system with the traps that matter: a search that lags and shows old values, lost
 * answers, a workflow walked step by step, titles that it rewords.
 */
final class ModelTickets implements TicketSystem {
  private static final List<String> WORKFLOW = List.of("To Do", "In Progress", "Done");

  /** A version of a ticket as the search index will come to see it. */
  private record Version(Instant at, Optional<Ticket> ticket) {}

  private final World world;
  final TreeMap<Integer, Ticket> tickets = new TreeMap<>();
  private final Map<String, List<Version>> versions = new LinkedHashMap<>();
  private final Map<String, String> xids = new HashMap<>();
  private int next = 1;
  int creations;

  ModelTickets(World world) {
    this.world = world;
  }

  Optional<Ticket> byId(String id) {
    return Optional.ofNullable(tickets.get(Integer.parseInt(id)));
  }

  String xidOf(String id) {
    return xids.getOrDefault(id, "");
  }

  /** Somebody changes a field; nothing happens if it already holds the value. */
  void change(String id, FieldName field, FieldValue value, boolean byBridge) {
    Ticket old = byId(id).orElseThrow();
    FieldValue stored = normal(field, value);
    if (!old.value(field).equals(stored)) {
      Ticket changed = old.with(field, stored);
      store(
          new Ticket(
              old.id(),
              old.key(),
              old.url(),
              world.now(),
              old.version() + 1,
              old.idempotencyKeys(),
              changed.value(FieldName.STATUS).shown().equals("Done"),
              changed.fields()));
      world.changes.add(
          new World.Change(world.now(), Side.TICKET, xidOf(id), field, stored, byBridge));
    }
  }

  void delete(String id) {
    tickets.remove(Integer.parseInt(id));
    versions.get(id).add(new Version(world.now(), Optional.empty()));
  }

  private void store(Ticket ticket) {
    tickets.put(Integer.parseInt(ticket.id()), ticket);
    versions
        .computeIfAbsent(ticket.id(), id -> new ArrayList<>())
        .add(new Version(world.now(), Optional.of(ticket)));
  }

  /** This system folds blanks in titles, and knows its statuses by id. */
  private static FieldValue normal(FieldName field, FieldValue value) {
    if (field.equals(FieldName.TITLE) && value instanceof Text text) {
      return new Text(text.text().replaceAll("  +", " "));
    }
    if (value instanceof Choice choice) {
      int index = WORKFLOW.indexOf(choice.label());
      return index < 0 ? value : new Choice("s" + index, choice.label());
    }
    return value;
  }

  /** What the search index shows now: each ticket as it was one lag ago. */
  private List<Ticket> indexed() {
    Instant seen = world.calm() ? world.now() : world.now().minus(world.hazards().searchLag());
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

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("502"));
    }
    Instant asked = world.now();
    Instant from =
        since.cursor().isEmpty() ? asked.minusSeconds(300) : Instant.parse(since.cursor());
    List<Ticket> found =
        indexed().stream().filter(ticket -> !ticket.updatedAt().isBefore(from)).toList();
    world.mayCrash();
    Instant next = asked.minus(world.hazards().searchLag()).minusSeconds(60);
    return Outcome.done(
        new TicketPage(found, (next.isAfter(from) ? next : from).toString(), false, List.of()));
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("timed out"));
    }
    return Outcome.done(
        Found.visible(
            indexed().stream()
                .filter(ticket -> find.keys().stream().anyMatch(ticket.idempotencyKeys()::contains))
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
      found.put(
          id,
          byId(id).<Presence>map(Presence.Present::new).orElse(new Presence.Missing("404 by id")));
    }
    return Outcome.done(found);
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    world.callBegins();
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    boolean busy = world.isBusy();
    boolean refused = world.isRefused();
    boolean lost = world.losesAnswer();
    int cutShortAt = lost ? world.dice.nextInt(create.tickets().size() + 1) : Integer.MAX_VALUE;
    for (int i = 0; i < create.tickets().size(); i++) {
      NewTicket wanted = create.tickets().get(i);
      if (busy) {
        outcomes.add(Outcome.refused(new Refusal.Busy(world.now().plusSeconds(20), "429")));
      } else if (refused) {
        outcomes.add(Outcome.refused(new Refusal.Unreachable("connection refused")));
      } else if (i >= cutShortAt) {
        outcomes.add(Outcome.refused(new Refusal.Unknown("connection reset")));
      } else {
        Ticket ticket = make(wanted);
        world.mayCrash();
        outcomes.add(
            lost
                ? Outcome.refused(new Refusal.Unknown("connection reset"))
                : Outcome.done(new Written<>(ticket, Map.of())));
      }
    }
    return outcomes;
  }

  private Ticket make(NewTicket wanted) {
    String id = String.valueOf(next++);
    creations++;
    xids.put(id, wanted.link().xid());
    Ticket ticket =
        new Ticket(
            id,
            "SEC-" + id,
            "",
            world.now(),
            0,
            Set.of(wanted.key()),
            false,
            Map.of(FieldName.STATUS, new Choice("s0", "To Do")));
    for (Map.Entry<FieldName, FieldValue> field : wanted.fields().entrySet()) {
      if (!field.getKey().equals(FieldName.STATUS)) {
        ticket = ticket.with(field.getKey(), normal(field.getKey(), field.getValue()));
      }
    }
    store(ticket);
    if (wanted.fields().get(FieldName.STATUS) instanceof Choice status) {
      walk(id, status.label());
    }
    return byId(id).orElseThrow();
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
      change(id, FieldName.STATUS, Choice.named(WORKFLOW.get(step)), true);
    }
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    for (TicketUpdate each : update.updates()) {
      world.callBegins();
      String id = each.present().id();
      if (byId(id).isEmpty()) {
        outcomes.add(Outcome.refused(new Refusal.Gone("404")));
      } else if (world.isBusy()) {
        outcomes.add(Outcome.refused(new Refusal.Busy(world.now().plusSeconds(20), "429")));
      } else if (world.isRefused()) {
        outcomes.add(Outcome.refused(new Refusal.Unreachable("connection refused")));
      } else {
        each.changes()
            .forEach(
                (field, value) -> {
                  if (field.equals(FieldName.STATUS)) {
                    walk(id, value.shown());
                  } else {
                    change(id, field, value, true);
                  }
                });
        world.mayCrash();
        outcomes.add(
            world.losesAnswer()
                ? Outcome.refused(new Refusal.Unknown("connection reset"))
                : Outcome.done(new Written<>(byId(id).orElseThrow(), Map.of())));
      }
    }
    return outcomes;
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    return Outcome.done(Map.of());
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    throw new UnsupportedOperationException("this model has no comments");
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    throw new UnsupportedOperationException("the core does not ask");
  }

  Map<IdempotencyKey, Long> ticketsPerKey() {
    Map<IdempotencyKey, Long> counts = new HashMap<>();
    tickets
        .values()
        .forEach(
            ticket -> ticket.idempotencyKeys().forEach(key -> counts.merge(key, 1L, Long::sum)));
    return counts;
  }
}
