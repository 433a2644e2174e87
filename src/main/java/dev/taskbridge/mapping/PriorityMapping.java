package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.util.Locale;
import java.util.Map;

/**
 * A task has no priority of its own; the ticket's follows the case's severity, or whether the case
 * cannot be closed without the task.
 *
 * @param from where the task's side comes from
 * @param map from the severity, or {@code true} and {@code false} for required, to the ticket's
 *     priority; keys compared without case
 */
public record PriorityMapping(From from, Map<String, String> map) implements FieldMapping {
  /** What a priority can follow. */
  public enum From {
    SEVERITY,
    REQUIRED
  }

  public PriorityMapping {
    map = Map.copyOf(map);
  }

  @Override
  public FieldName field() {
    return FieldName.PRIORITY;
  }

  @Override
  public FieldValue onTask(Task task) {
    String word =
        from == From.SEVERITY ? task.parentCase().severity() : String.valueOf(task.required());
    return word.isBlank() ? FieldValue.ABSENT : Choice.named(word);
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    return onTicket(ticket) instanceof Choice priority
        && onTask(task) instanceof Choice wanted
        && priority.isCalled(counterpart(wanted));
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    if (agree(task, present)) {
      return new Mapped.To(onTicket(present));
    }
    if (!(onTask(task) instanceof Choice wanted)) {
      return new Mapped.Unmappable("the case shows no severity");
    }
    String counterpart = counterpart(wanted);
    return counterpart.isEmpty()
        ? new Mapped.Unmappable(
            (from == From.SEVERITY ? "severity" : "required")
                + " \""
                + wanted.label()
                + "\" has no priority; name one in fields.priority.map")
        : new Mapped.To(Choice.named(counterpart));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    return agree(present, ticket)
        ? new Mapped.To(onTask(present))
        : new Mapped.Unmappable("a ticket's priority cannot change its case's severity");
  }

  private String counterpart(Choice wanted) {
    return map.entrySet().stream()
        .filter(
            entry ->
                entry
                    .getKey()
                    .toLowerCase(Locale.ROOT)
                    .equals(wanted.id().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
