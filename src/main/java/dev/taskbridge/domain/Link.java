package dev.taskbridge.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One task-ticket pair inside a sync, as the store holds it.
 *
 * @param reason why it stands where it stands, for people; empty when all is well
 * @param ticketId empty until the ticket is known
 * @param ticketKey what people call the ticket; empty until known
 * @param stateSince when it came into this state
 * @param intent what was about to be created, while that may be under way
 * @param task the task as last seen
 * @param ticket the ticket as last seen
 * @param fields what is remembered of each mapped field
 * @param dueAt when to look again though nothing is known to have changed; empty for never
 * @param attempts how many times in a row the creation failed
 */
public record Link(
    LinkKey key,
    LinkState state,
    String reason,
    String ticketId,
    String ticketKey,
    Instant createdAt,
    Instant stateSince,
    Optional<Intent> intent,
    Optional<Seen<Task>> task,
    Optional<Seen<Ticket>> ticket,
    Map<FieldName, FieldRecord> fields,
    Optional<Instant> dueAt,
    int attempts) {

  public Link {
    fields = Map.copyOf(fields);
  }

  /**
   * A record as it was seen.
   *
   * @param at our clock when the request that read it was sent, so that a later sight wins
   */
  public record Seen<T>(T record, Instant at) {}

  /**
   * A creation that was begun.
   *
   * @param at when the creating call was about to be sent
   * @param task the task at that time, from which the ticket's values were made
   * @param values what the ticket was to hold, by the mapping of that time
   */
  public record Intent(Instant at, Task task, Map<FieldName, FieldValue> values) {
    public Intent {
      values = Map.copyOf(values);
    }

    /** The same creation, as one that may have been sent until {@code later}. */
    public Intent until(Instant later) {
      return new Intent(later, task, values);
    }
  }

  /** A link for a task just seen. */
  public static Link proposed(LinkKey key, Seen<Task> task) {
    return new Link(
        key,
        LinkState.PROPOSED,
        "",
        "",
        "",
        task.at(),
        task.at(),
        Optional.empty(),
        Optional.of(task),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        0);
  }

  /** A link for a ticket just seen that is to become a task. */
  public static Link proposedTask(LinkKey key, Seen<Ticket> ticket) {
    return new Link(
            key,
            LinkState.PROPOSED,
            "",
            "",
            "",
            ticket.at(),
            ticket.at(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            0)
        .withTicket(ticket);
  }

  /** This link in another state, for the given reason; the time of a change is noted. */
  public Link in(LinkState newState, String newReason, Instant now) {
    return new Link(
        key,
        newState,
        newReason,
        ticketId,
        ticketKey,
        createdAt,
        newState == state ? stateSince : now,
        intent,
        task,
        ticket,
        fields,
        dueAt,
        attempts);
  }

  public Link withIntent(Optional<Intent> newIntent) {
    return new Link(
        key,
        state,
        reason,
        ticketId,
        ticketKey,
        createdAt,
        stateSince,
        newIntent,
        task,
        ticket,
        fields,
        dueAt,
        attempts);
  }

  /** This link with the task as just seen. */
  public Link withTask(Seen<Task> seen) {
    return new Link(
        key,
        state,
        reason,
        ticketId,
        ticketKey,
        createdAt,
        stateSince,
        intent,
        Optional.of(seen),
        ticket,
        fields,
        dueAt,
        attempts);
  }

  /** This link with the ticket as just seen, which is its ticket from now on. */
  public Link withTicket(Seen<Ticket> seen) {
    return new Link(
        key,
        state,
        reason,
        seen.record().id(),
        seen.record().key(),
        createdAt,
        stateSince,
        intent,
        task,
        Optional.of(seen),
        fields,
        dueAt,
        attempts);
  }

  /** This link without a ticket, remembering nothing of the one it had. */
  public Link withoutTicket() {
    return new Link(
        key,
        state,
        reason,
        "",
        "",
        createdAt,
        stateSince,
        Optional.empty(),
        task,
        Optional.empty(),
        Map.of(),
        dueAt,
        0);
  }

  public Link withFields(Map<FieldName, FieldRecord> newFields) {
    return new Link(
        key,
        state,
        reason,
        ticketId,
        ticketKey,
        createdAt,
        stateSince,
        intent,
        task,
        ticket,
        newFields,
        dueAt,
        attempts);
  }

  public Link withDue(Optional<Instant> newDue) {
    return new Link(
        key,
        state,
        reason,
        ticketId,
        ticketKey,
        createdAt,
        stateSince,
        intent,
        task,
        ticket,
        fields,
        newDue,
        attempts);
  }

  public Link withAttempts(int newAttempts) {
    return new Link(
        key,
        state,
        reason,
        ticketId,
        ticketKey,
        createdAt,
        stateSince,
        intent,
        task,
        ticket,
        fields,
        dueAt,
        newAttempts);
  }

  /** Whether its ticket is known. */
  public boolean hasTicket() {
    return !ticketId.isEmpty();
  }
}
