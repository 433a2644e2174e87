package dev.taskbridge.simulation;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.List;
import java.util.Map;

/** Something around a ticket system that changes some of what it does. */
class TicketsAround implements TicketSystem {
  final TicketSystem inner;

  TicketsAround(TicketSystem inner) {
    this.inner = inner;
  }

  @Override
  public Outcome<TicketPage> changed(ChangedSince since) {
    return inner.changed(since);
  }

  @Override
  public Outcome<Found> find(FindByKeys find) {
    return inner.find(find);
  }

  @Override
  public Outcome<Map<String, Presence>> read(ReadById read) {
    return inner.read(read);
  }

  @Override
  public List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    return inner.create(create);
  }

  @Override
  public List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    return inner.update(update);
  }

  @Override
  public Outcome<Map<String, List<Comment>>> comments(CommentsOf of) {
    return inner.comments(of);
  }

  @Override
  public Outcome<Comment> comment(WriteComment comment) {
    return inner.comment(comment);
  }

  @Override
  public Outcome<String> delete(DeleteTicket delete) {
    return inner.delete(delete);
  }

  @Override
  public Outcome<SystemDescription> describe(Scope scope) {
    return inner.describe(scope);
  }
}
