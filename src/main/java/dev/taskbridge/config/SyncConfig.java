package dev.taskbridge.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One pairing of tasks and tickets.
 *
 * @param name unique, fit for routes and metrics
 * @param sweep a Quartz cron expression, read in UTC; default every 15 minutes
 * @param create which side's records get a counterpart; default {@link Create#TO_TICKET}
 * @param onTaskDeleted default {@link OnTaskDeleted#CLOSE}
 * @param onTicketDeleted default {@link OnTicketDeleted#UNLINK}
 */
public record SyncConfig(
    String name,
    Tasks tasks,
    Tickets tickets,
    String sweep,
    Create create,
    OnTaskDeleted onTaskDeleted,
    OnTicketDeleted onTicketDeleted,
    FieldsConfig fields) {

  /**
   * Which tasks.
   *
   * @param tql as written; its grammar is checked by whoever sends it
   * @param every how often changes are asked for; default 30 s
   * @param caseName name or id of the case in which tickets become tasks; there if {@code create}
   *     makes tasks
   */
  public record Tasks(String tql, Duration every, Optional<String> caseName) {}

  /**
   * Where the tickets are.
   *
   * @param every how often changes are asked for; default 30 s
   * @param rule a query in the system's own language that selects the tickets to become tasks;
   *     there if {@code create} makes tasks
   * @param match the id of a field that holds the other side's id in pairs that people made by hand
   * @param settings all of the system's own keys, such as {@code project} and {@code type} or
   *     {@code table}, with {@code rule} and {@code match} where given
   */
  public record Tickets(
      String system,
      Duration every,
      Optional<String> rule,
      Optional<String> match,
      Map<String, String> settings) {
    public Tickets {
      settings = Map.copyOf(settings);
    }
  }

  /** Which side's records get a counterpart. */
  public enum Create {
    TO_TICKET,
    TO_TASK,
    BOTH,
    NONE;

    public boolean makesTickets() {
      return this == TO_TICKET || this == BOTH;
    }

    public boolean makesTasks() {
      return this == TO_TASK || this == BOTH;
    }
  }

  /** What happens to the ticket of a deleted task. */
  public enum OnTaskDeleted {
    CLOSE,
    COMMENT,
    DELETE,
    LEAVE
  }

  /** What happens when a ticket was deleted. */
  public enum OnTicketDeleted {
    UNLINK,
    RECREATE,
    CLOSE_TASK
  }
}
