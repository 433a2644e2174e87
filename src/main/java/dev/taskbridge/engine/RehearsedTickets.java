package dev.taskbridge.engine;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A ticketing system that is only read; see {@link Rehearsal}. */
final class RehearsedTickets implements TicketSystem {
  private final TicketSystem real;
  private final World world;
  private final Optional<Rehearsal.Notebook> notebook;

  RehearsedTickets(TicketSystem real, World world, Optional<Rehearsal.Notebook> notebook) {
    this.real = real;
    this.world = world;
    this.notebook = notebook;
  }

  /** What would be different in a system if the writes had been made. Thread-safe. */
  static final class World {
    private final Map<String, Ticket> created = new ConcurrentHashMap<>();
    private final Map<String, Map<FieldName, FieldValue>> changed = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    private Ticket after(Ticket real) {
      Ticket after = real;
      for (Map.Entry<FieldName, FieldValue> each :
          changed.getOrDefault(real.id(), Map.of()).entrySet()) {
        after = after.with(each.getKey(), each.getValue());
      }
      return after;
    }

    private boolean isPlaceholder(String id) {
      return created.containsKey(id);
    }
  }

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    return real.changed(since)
        .map(
            page ->
                new TicketPage(
                    page.tickets().stream().map(world::after).toList(),
                    page.nextCursor(),
                    page.more(),
                    page.unreadable()));
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    return real.find(find)
        .map(
            found -> {
              List<Ticket> all =
                  new ArrayList<>(found.tickets().stream().map(world::after).toList());
              world.created.values().stream()
                  .filter(
                      ticket -> ticket.idempotencyKeys().stream().anyMatch(find.keys()::contains))
                  .map(world::after)
                  .forEach(all::add);
              return new Found(all, found.invisible());
            });
  }

  @Override
  public Outcome<Map<String, Presence>> read(ReadById read) {
    Map<String, Presence> answer = new HashMap<>();
    List<String> asked = new ArrayList<>();
    for (String id : read.ids()) {
      Ticket made = world.created.get(id);
      if (world.deleted.contains(id)) {
        answer.put(id, new Presence.Missing("deleted in the rehearsal"));
      } else if (made != null) {
        answer.put(id, new Presence.Present(world.after(made)));
      } else {
        asked.add(id);
      }
    }
    if (asked.isEmpty()) {
      return Outcome.done(answer);
    }
    return real.read(new ReadById(read.scope(), asked))
        .map(
            found -> {
              found.forEach(
                  (id, presence) ->
                      answer.put(
                          id,
                          presence instanceof Presence.Present present
                              ? new Presence.Present(world.after(present.ticket()))
                              : presence));
              return answer;
            });
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    for (NewTicket one : create.tickets()) {
      notebook.ifPresent(notes -> notes.createTicket(one.link(), one.fields()));
      Map<FieldName, FieldValue> fields = new HashMap<>(one.fields());
      fields.values().removeIf(FieldValue.ABSENT::equals);
      String id = "(the new ticket of " + one.link().xid() + ")";
      Ticket made = new Ticket(id, id, "", Instant.EPOCH, 1, Set.of(one.key()), false, fields);
      world.created.put(id, made);
      outcomes.add(Outcome.done(new Written<>(made, Map.of())));
    }
    return outcomes;
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
    for (TicketUpdate one : update.updates()) {
      one.changes()
          .forEach(
              (field, value) ->
                  notebook.ifPresent(notes -> notes.update(one.present(), field, value)));
      world
          .changed
          .computeIfAbsent(one.present().id(), id -> new ConcurrentHashMap<>())
          .putAll(one.changes());
      outcomes.add(Outcome.done(new Written<>(world.after(one.present()), Map.of())));
    }
    return outcomes;
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    Map<String, List<Comment>> answer = new HashMap<>();
    List<String> asked = new ArrayList<>();
    for (String id : of.ticketIds()) {
      if (world.isPlaceholder(id)) {
        answer.put(id, List.of());
      } else {
        asked.add(id);
      }
    }
    if (asked.isEmpty()) {
      return Outcome.done(answer);
    }
    return real.comments(new CommentsOf(of.scope(), asked))
        .map(
            found -> {
              answer.putAll(found);
              return answer;
            });
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    notebook.ifPresent(
        notes ->
            notes.comment(comment.ticketId(), notes.keyOf(comment.ticketId()), comment.text()));
    return Outcome.done(
        new Comment(
            comment.commentId().orElse("rehearsed " + comment.key()),
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            comment.text(),
            comment.visibility(),
            Optional.of(comment.key())));
  }

  @Override
  public Outcome<String> linkBack(LinkBack link) {
    return Outcome.done(link.ticketId());
  }

  @Override
  public Outcome<String> delete(DeleteTicket delete) {
    notebook.ifPresent(notes -> notes.delete(delete.ticketId(), notes.keyOf(delete.ticketId())));
    world.deleted.add(delete.ticketId());
    return Outcome.done(delete.ticketId());
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    return real.describe(scope);
  }
}
