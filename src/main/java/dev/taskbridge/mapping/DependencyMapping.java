package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The task that must be closed first, as the ticket of that task.
 *
 * @param tickets from a task's id to the id of its ticket in the same sync; empty while it has none
 */
public record DependencyMapping(LongFunction<Optional<String>> tickets) implements FieldMapping {
  @Override
  public FieldName field() {
    return FieldName.DEPENDENCY;
  }

  @Override
  public FieldValue onTask(Task task) {
    return task.dependentOn().isEmpty()
        ? FieldValue.ABSENT
        : tickets
            .apply(task.dependentOn().getAsLong())
            .map(FieldValue::text)
            .orElse(FieldValue.ABSENT);
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    return onTask(task).equals(onTicket(ticket));
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    return new Mapped.To(onTask(task));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    return agree(present, ticket)
        ? new Mapped.To(onTask(present))
        : new Mapped.Unmappable("a task's dependency cannot be changed once it is made");
  }
}
