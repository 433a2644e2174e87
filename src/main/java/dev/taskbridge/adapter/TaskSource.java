package dev.taskbridge.adapter;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Written;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * ThreatConnect as the engine sees it, reached through {@code direct:threatconnect.<operation>} in
 * the same manner as {@link TicketSystem}: the operation is the method's name, the body its one
 * argument, the answer its result. Thread-safe; expected failures are values.
 */
public interface TaskSource {

  /**
   * Asks for tasks in order of their ids.
   *
   * @param filter TQL as configured, or empty for every task the account sees
   * @param caseTouchedSince only tasks of cases whose clock moved since then
   * @param xids only these tasks; empty does not restrict
   * @param afterId only ids above this one: the keyset of paging
   * @param limit at most this many, up to 10,000
   * @param artifacts whether artifacts are wanted
   */
  record TaskQuery(
      Optional<String> filter,
      Optional<Instant> caseTouchedSince,
      List<String> xids,
      long afterId,
      int limit,
      boolean artifacts) {
    public TaskQuery {
      xids = List.copyOf(xids);
    }
  }

  /**
   * Some tasks, by ascending id.
   *
   * @param more whether there may be tasks above the last id
   * @param highestId the highest id of the page, unreadable rows included; the next page's afterId
   */
  record TaskPage(
      List<Task> tasks, boolean more, long highestId, List<TicketSystem.Unreadable> unreadable) {}

  /** What reading one xid said. */
  sealed interface TaskPresence {
    record Present(Task task) implements TaskPresence {}

    /** A 404 by xid: deleted, or its case was hidden from us, which looks the same. */
    record Missing(String words) implements TaskPresence {}
  }

  /** Tasks to be changed. */
  record UpdateTasks(List<TaskUpdate> updates) {}

  /**
   * One task to be changed.
   *
   * @param changes absolute values for title, description, status, assignee and dueDate; {@link
   *     FieldValue#ABSENT} clears
   */
  record TaskUpdate(Task present, Map<FieldName, FieldValue> changes) {}

  /** Tasks to be made from tickets. */
  record CreateTasks(List<NewTask> tasks) {}

  /**
   * A task to be made.
   *
   * @param xid chosen by us, so that asking for it tells whether an earlier attempt succeeded
   */
  record NewTask(String xid, long caseId, Map<FieldName, FieldValue> fields) {}

  /**
   * What there is once a task was to be made.
   *
   * @param now the task as the server then reports it
   * @param refused the fields that were asked for and not taken, each with the server's words
   * @param wasThere whether a task had the xid before it was asked for: it is as people left it,
   *     and nothing of what was asked for was written
   */
  record MadeTask(Task now, Map<FieldName, Refusal> refused, boolean wasThere) {
    public MadeTask {
      refused = Map.copyOf(refused);
    }

    /** A task that was made just now. */
    public static MadeTask made(Written<Task> written) {
      return new MadeTask(written.now(), written.refused(), false);
    }

    /** A task that was there before. */
    public static MadeTask found(Task task) {
      return new MadeTask(task, Map.of(), true);
    }
  }

  /** Asks for the notes of some tasks, by task id; {@code since} restricts to touched notes. */
  record NotesOf(List<Long> taskIds, Optional<Instant> since) {}

  /** A note to be added, or with {@code noteId} its new text. */
  record WriteNote(long taskId, Optional<String> noteId, String key, String text) {}

  Outcome<TaskPage> tasks(TaskQuery query);

  /**
   * The id of a case.
   *
   * @param nameOrId as configured; all digits are an id
   * @return {@code Rejected} if no case, or more than one, has the name
   */
  Outcome<Long> findCase(String nameOrId);

  /** One task by its xid, from the server itself. */
  Outcome<TaskPresence> read(String xid);

  /** One outcome per update, in that order; the task is read back after its write. */
  List<Outcome<Written<Task>>> update(UpdateTasks update);

  /** One outcome per task, in that order; where a task has the xid already, none is made. */
  List<Outcome<MadeTask>> create(CreateTasks create);

  /** Notes by task id, oldest first; the author is the API user for every note that we wrote. */
  Outcome<Map<Long, List<Comment>>> notes(NotesOf of);

  Outcome<Comment> note(WriteNote note);

  /** Why some people and groups could not be assigned to a task; whoever could is left out. */
  default Outcome<Map<FieldValue, String>> unassignable(List<FieldValue> who) {
    return Outcome.done(Map.of());
  }

  /** Reachability, credentials, clock; {@code filter} is checked against the server's own list. */
  Outcome<SystemDescription> describe(Optional<String> filter);
}
