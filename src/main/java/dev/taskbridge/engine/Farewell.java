package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.TaskUpdate;
import dev.taskbridge.adapter.TaskSource.UpdateTasks;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.mapping.Mapped;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what the sync says about a record that is positively gone, and ends or renews the link. */
final class Farewell {
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Systems systems;
  private final Clock clock;

  Farewell(Systems systems, Clock clock) {
    this.systems = systems;
    this.clock = clock;
  }

  /** The task is gone: closes, comments on or leaves its ticket. */
  void taskGone(Work work, Link link, String words) {
    String story = "task " + link.key().xid() + " is gone: " + words;
    if (!link.hasTicket() || link.ticket().isEmpty()) {
      retire(work, link, story);
      return;
    }
    Ticket ticket = link.ticket().orElseThrow().record();
    Optional<Refusal> refusal =
        switch (work.sync().onTaskDeleted()) {
          case LEAVE -> Optional.empty();
          case CLOSE -> closeTicket(work, link, ticket);
          case COMMENT -> comment(work, link, ticket);
          case DELETE -> deleteTicket(work, ticket);
        };
    end(work, link, story, refusal);
  }

  /** The ticket is gone: makes another, closes the task, or ends the link. */
  void ticketGone(Work work, Link link, String words) {
    Instant now = clock.instant();
    String story = "ticket " + link.ticketKey() + " is gone: " + words;
    switch (work.sync().onTicketDeleted()) {
      case UNLINK -> retire(work, link, story);
      case RECREATE -> {
        work.put(
            link.withoutTicket()
                .withDue(Optional.empty())
                .in(LinkTransitions.next(link.state(), LinkEvent.RECORD_WANTED), story, now));
        work.tell(now, link.key(), "recreate", "", story);
        work.lookAgain(link.key());
      }
      case CLOSE_TASK -> end(work, link, story, closeTask(link));
    }
  }

  private Optional<Refusal> closeTicket(Work work, Link link, Ticket ticket) {
    if (ticket.closed()) {
      return Optional.empty();
    }
    Task closed = link.task().orElseThrow().record().withStatus(TaskStatus.CLOSED);
    Optional<FieldMapping> status =
        work.sync().reconciler().rules().stream()
            .map(FieldRule::mapping)
            .filter(mapping -> mapping.field().equals(FieldName.STATUS))
            .findFirst();
    Mapped aim =
        status
            .map(mapping -> mapping.toTicket(closed, ticket))
            .orElse(
                new Mapped.Unmappable("the sync maps no status, so the ticket cannot be closed"));
    return aim.match(
        value ->
            first(
                systems
                    .tickets(work.sync().system())
                    .update(
                        new UpdateTickets(
                            work.sync().scope(),
                            List.of(new TicketUpdate(ticket, Map.of(FieldName.STATUS, value)))))
                    .get(0)),
        reason -> Optional.of(new Refusal.Rejected(Optional.of(FieldName.STATUS), reason)));
  }

  private Optional<Refusal> comment(Work work, Link link, Ticket ticket) {
    return systems
        .tickets(work.sync().system())
        .comment(
            new WriteComment(
                work.sync().scope(),
                ticket.id(),
                Optional.empty(),
                "gone-" + link.key().xid(),
                "The ThreatConnect task of this ticket was deleted.",
                Visibility.INTERNAL))
        .refusal();
  }

  private Optional<Refusal> deleteTicket(Work work, Ticket ticket) {
    return systems
        .tickets(work.sync().system())
        .delete(new TicketSystem.DeleteTicket(work.sync().scope(), ticket.id()))
        .refusal();
  }

  private Optional<Refusal> closeTask(Link link) {
    Task task = link.task().orElseThrow().record();
    return task.status() == TaskStatus.CLOSED
        ? Optional.empty()
        : first(
            systems
                .tasks()
                .update(
                    new UpdateTasks(
                        List.of(
                            new TaskUpdate(
                                task,
                                Map.of(FieldName.STATUS, Choice.named(TaskStatus.CLOSED.word()))))))
                .get(0));
  }

  private static Optional<Refusal> first(
      Outcome<? extends dev.taskbridge.domain.Written<?>> outcome) {
    return outcome
        .refusal()
        .or(
            () ->
                outcome
                    .value()
                    .flatMap(written -> written.refused().values().stream().findFirst()));
  }

  private void end(Work work, Link link, String story, Optional<Refusal> refusal) {
    Instant now = clock.instant();
    if (refusal.isEmpty() || refusal.get() instanceof Refusal.Gone) {
      retire(work, link, story);
      return;
    }
    String reason = story + "; " + refusal.get().words();
    work.put(
        link.withDue(Optional.of(now.plus(RETRY)))
            .in(LinkTransitions.next(link.state(), LinkEvent.FAILURE_SEEN), reason, now));
    if (!link.reason().equals(reason)) {
      work.tell(now, link.key(), "failing", "", reason);
    }
  }

  private void retire(Work work, Link link, String story) {
    Instant now = clock.instant();
    work.put(
        link.withDue(Optional.empty())
            .in(LinkTransitions.next(link.state(), LinkEvent.RECORD_GONE), story, now));
    work.tell(now, link.key(), "retired", "", story);
  }
}
