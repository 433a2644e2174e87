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
   */
  public record Intent(Instant at, Task task) {}

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
}
