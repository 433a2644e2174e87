package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The four statuses of a task and however many a ticket has.
 *
 * @param map for each task status, the ticket statuses that agree with it; the first is what a
 *     write aims at
 * @param back for a ticket status, the task status that it means where the two do not agree
 * @param reopened what a closed task becomes when its ticket leaves its closing statuses
 */
public record StatusMapping(
    Map<TaskStatus, List<String>> map, Map<String, TaskStatus> back, Optional<TaskStatus> reopened)
    implements FieldMapping {

  public StatusMapping {
    map = Map.copyOf(map);
    back = Map.copyOf(back);
  }

  @Override
  public FieldName field() {
    return FieldName.STATUS;
  }

  @Override
  public FieldValue onTask(Task task) {
    return Choice.named(task.status().word());
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    return onTicket(ticket) instanceof Choice status && means(task.status(), status);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    if (agree(task, present)) {
      return new Mapped.To(onTicket(present));
    }
    List<String> aims = map.getOrDefault(task.status(), List.of());
    return aims.isEmpty()
        ? new Mapped.Unmappable(
            "task status \""
                + task.status().word()
                + "\" has no ticket status; name one in fields.status.map")
        : new Mapped.To(Choice.named(aims.get(0)));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    if (!(onTicket(ticket) instanceof Choice status)) {
      return new Mapped.Unmappable("the ticket shows no status");
    }
    if (means(present.status(), status)) {
      return new Mapped.To(onTask(present));
    }
    Optional<TaskStatus> meant = back(status);
    if (present.status() == TaskStatus.CLOSED && meant.isPresent()) {
      meant = reopened.filter(again -> means(again, status)).or(() -> back(status));
    }
    return meant
        .filter(found -> means(found, status))
        .<Mapped>map(found -> new Mapped.To(Choice.named(found.word())))
        .orElseGet(
            () ->
                new Mapped.Unmappable(
                    "ticket status \""
                        + status.label()
                        + "\" has no task status; name it in fields.status.map and"
                        + " fields.status.back"));
  }

  /** A workflow is walked transition by transition. */
  @Override
  public boolean stepwise() {
    return true;
  }

  private Optional<TaskStatus> back(Choice status) {
    return back.entrySet().stream()
        .filter(entry -> status.isCalled(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private boolean means(TaskStatus status, Choice ticketStatus) {
    return map.getOrDefault(status, List.of()).stream().anyMatch(ticketStatus::isCalled);
  }
}
