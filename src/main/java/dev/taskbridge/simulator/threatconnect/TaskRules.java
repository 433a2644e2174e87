package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.threatconnect.Assignee.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What happens to tasks by themselves when something happens to one of them. */
final class TaskRules {
  private final World world;

  TaskRules(World world) {
    this.world = world;
  }

  /** Whether the task waits for another one that is not closed. */
  boolean waits(TaskRow task) {
    TaskRow predecessor = task.dependentOnId == null ? null : world.tasks.get(task.dependentOnId);
    return predecessor != null && !predecessor.isClosed();
  }

  /** Moves a version that is not in the table yet to a status, or to Pending while it waits. */
  void setStatus(TaskRow task, String wanted, User actor) {
    boolean wasClosed = task.isClosed();
    task.status = waits(task) ? "Pending" : wanted;
    if (task.isClosed() && !wasClosed) {
      task.completedBy = actor.name();
      if (task.completedDate == null) {
        task.completedDate = world.nowInSeconds();
      }
    } else if (!task.isClosed() && wasClosed) {
      task.completedBy = null;
      task.completedDate = null;
    }
  }

  /** Stores a version and lets go the tasks that waited for it. */
  void store(TaskRow task, User actor) {
    world.put(task);
    if (task.isClosed()) {
      release(task.id(), actor);
    }
  }

  /** Deletes a task; those that waited for it wait no longer (assumed). */
  void delete(TaskRow task, User actor) {
    for (TaskRow dependent : List.copyOf(world.tasksByPredecessor.get(task.id()))) {
      TaskRow freed = dependent.copy();
      freed.dependentOnId = null;
      if (freed.status.equals("Pending")) {
        freed.status = "Open";
      }
      world.put(freed);
    }
    world.remove(task);
    world.addEvent(task.caseId(), "cases/" + task.caseId(), actor, "Task deleted: " + task.name);
  }

  /** Closes whatever is still open in a case that was closed (assumed). */
  void closeAll(CaseRow row, User actor) {
    for (TaskRow task : List.copyOf(world.tasksByCase.get(row.id()))) {
      if (!task.isClosed()) {
        TaskRow closed = task.copy();
        closed.status = "Closed";
        closed.completedBy = actor.name();
        closed.completedDate = world.nowInSeconds();
        world.put(closed);
      }
    }
  }

  /** A predecessor that is opened again holds nobody back who was let go (assumed). */
  private void release(long predecessor, User actor) {
    for (TaskRow dependent : List.copyOf(world.tasksByPredecessor.get(predecessor))) {
      if (dependent.status.equals("Pending")) {
        TaskRow released = dependent.copy();
        released.status = "Open";
        if (released.duration != null && released.durationType != null) {
          released.dueDate = due(world.nowInSeconds(), released.duration, released.durationType);
        }
        world.put(released);
        world.addEvent(
            released.caseId(), "tasks/" + released.id(), actor, "Task opened: " + released.name);
      }
    }
  }

  private static Instant due(Instant from, int duration, String unit) {
    return from.plus(
        switch (unit) {
          case "Days" -> Duration.ofDays(duration);
          case "Hours" -> Duration.ofHours(duration);
          default -> Duration.ofMinutes(duration);
        });
  }
}
