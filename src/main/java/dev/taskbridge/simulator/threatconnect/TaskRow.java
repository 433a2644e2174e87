package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of a task. Once it is in a table it does not change any more: a change is a {@link
 * #copy} put in its place, so that a search which lags behind can still see the old one.
 */
final class TaskRow implements Row {
  static final List<String> STATUSES = List.of("Pending", "Open", "Reopened", "Closed");
  static final List<String> DURATION_TYPES = List.of("Days", "Hours", "Minutes");

  private final long id;
  private final String xid;
  private final long caseId;
  String name = "";
  @Nullable String description;
  String status = "Open";
  boolean required;
  @Nullable Instant dueDate;
  @Nullable Instant completedDate;
  @Nullable String completedBy;
  @Nullable Long dependentOnId;
  long phase = 0;
  long step = 1;
  @Nullable Assignee assignee;
  @Nullable String durationType;
  @Nullable Integer duration;

  /** The inputs the task asks for; never changed. */
  @Nullable JsonArray configTask;

  /** This version's JSON without what {@code fields} adds, once somebody asked for it. */
  byte @Nullable [] shown;

  TaskRow(long id, String xid, long caseId) {
    this.id = id;
    this.xid = xid;
    this.caseId = caseId;
  }

  TaskRow copy() {
    return as(id);
  }

  /** The same under another id: a task gets its number when nothing can refuse it any more. */
  TaskRow as(long newId) {
    TaskRow copy = new TaskRow(newId, xid, caseId);
    copy.name = name;
    copy.description = description;
    copy.status = status;
    copy.required = required;
    copy.dueDate = dueDate;
    copy.completedDate = completedDate;
    copy.completedBy = completedBy;
    copy.dependentOnId = dependentOnId;
    copy.phase = phase;
    copy.step = step;
    copy.assignee = assignee;
    copy.durationType = durationType;
    copy.duration = duration;
    copy.configTask = configTask;
    return copy;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String xid() {
    return xid;
  }

  long caseId() {
    return caseId;
  }

  boolean isClosed() {
    return status.equals("Closed");
  }
}
