package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;

/**
 * How one field of a task and one field of a ticket tell the same story, though one of them may be
 * able to say less. Three laws, each a property test for every implementation:
 *
 * <ul>
 *   <li><i>correct</i>: what {@link #toTicket} gives agrees with the task, and what {@link #toTask}
 *       gives agrees with the ticket;
 *   <li><i>nothing to do, nothing done</i>: where the two sides agree, both functions give back the
 *       present value;
 *   <li><i>total</i>: every value gives a value or a reason, never an exception and never a guess.
 * </ul>
 */
public interface FieldMapping {

  FieldName field();

  /** What the task holds in this field, as the task's side means it. */
  FieldValue onTask(Task task);

  /** What the ticket holds in this field, as the ticket's side means it. */
  default FieldValue onTicket(Ticket ticket) {
    return ticket.value(field());
  }

  /** Whether the two say the same, as far as both can say it. */
  boolean agree(Task task, Ticket ticket);

  /**
   * What the ticket should hold.
   *
   * @param present the ticket as it is, {@link Ticket#NONE} before it exists
   */
  Mapped toTicket(Task task, Ticket present);

  /** What the task should hold. */
  Mapped toTask(Ticket ticket, Task present);

  /**
   * Whether a system reaches a value by steps, so that a write that was cut short leaves a value
   * that nobody asked for.
   */
  default boolean stepwise() {
    return false;
  }
}
