package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.reconcile.Reconciler;
import java.time.Duration;
import java.util.Optional;

/**
 * One configured pairing, ready to run.
 *
 * @param system the name of the ticketing system
 * @param filter the TQL that selects tasks
 * @param create which sides' records are made on the other
 * @param searchLag how long a fresh ticket may stay unfindable
 * @param taskCase the case in which tickets become tasks, by id or name
 */
public record SyncDefinition(
    String name,
    String system,
    String filter,
    Scope scope,
    Reconciler reconciler,
    Create create,
    Optional<String> taskCase,
    OnTaskDeleted onTaskDeleted,
    OnTicketDeleted onTicketDeleted,
    Duration tasksEvery,
    Duration ticketsEvery,
    String sweepCron,
    Duration searchLag) {

  /** Which records are made. */
  public enum Create {
    TO_TICKET,
    TO_TASK,
    BOTH,
    NONE;

    boolean tickets() {
      return this == TO_TICKET || this == BOTH;
    }

    boolean tasks() {
      return this == TO_TASK || this == BOTH;
    }
  }

  /** What becomes of the ticket of a deleted task. */
  public enum OnTaskDeleted {
    CLOSE,
    COMMENT,
    DELETE,
    LEAVE
  }

  /** What becomes of the task of a deleted ticket. */
  public enum OnTicketDeleted {
    RECREATE,
    CLOSE_TASK,
    UNLINK
  }
}
