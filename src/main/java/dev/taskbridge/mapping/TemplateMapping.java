package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;

/**
 * A field of the ticketing system's own, filled with a configured text about the task.
 *
 * @param field the system's own id of the field
 * @param template with placeholders such as {@code ${case.name}}; see {@link Placeholders}
 */
public record TemplateMapping(FieldName field, String template) implements FieldMapping {
  @Override
  public FieldValue onTask(Task task) {
    return FieldValue.text(Placeholders.fill(template, task));
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    FieldValue wanted = onTask(task);
    FieldValue held = onTicket(ticket);
    if (wanted instanceof Text text) {
      if (held instanceof Choice choice) {
        return choice.isCalled(text.text());
      }
      if (held instanceof Names names) {
        return names.names().contains(text.text());
      }
    }
    return wanted.equals(held);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    return new Mapped.To(agree(task, present) ? onTicket(present) : onTask(task));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    return agree(present, ticket)
        ? new Mapped.To(onTask(present))
        : new Mapped.Unmappable("a task has no field for the ticket's " + field);
  }
}
