package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;

/**
 * The long text of both sides. What one side cannot hold is cut with a mark that says where the
 * whole text is.
 *
 * @param ticketLimit UTF-16 units that the system takes in a description
 */
public record DescriptionMapping(int ticketLimit) implements FieldMapping {
  /** The longest description of a task (from the server's own description of its fields). */
  static final int TASK_LIMIT = 1500;

  @Override
  public FieldName field() {
    return FieldName.DESCRIPTION;
  }

  @Override
  public FieldValue onTask(Task task) {
    return FieldValue.text(task.description());
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    String onTask = text(onTask(task));
    String onTicket = text(onTicket(ticket));
    return onTask.equals(onTicket)
        || cutForTicket(onTask, task).equals(onTicket)
        || cutForTask(onTicket, ticket).equals(onTask);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    return new Mapped.To(
        agree(task, present)
            ? onTicket(present)
            : FieldValue.text(cutForTicket(text(onTask(task)), task)));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    return new Mapped.To(
        agree(present, ticket)
            ? onTask(present)
            : FieldValue.text(cutForTask(text(onTicket(ticket)), ticket)));
  }

  private String cutForTicket(String text, Task task) {
    return Cut.to(ticketLimit, text, mark("task " + task.id(), task.url()));
  }

  private static String cutForTask(String text, Ticket ticket) {
    return Cut.to(TASK_LIMIT, text, mark("ticket " + ticket.key(), ticket.url()));
  }

  private static String mark(String whole, String url) {
    return "\n\n[cut here; the whole text is in "
        + whole
        + (url.isEmpty() ? "]" : ": " + url + "]");
  }

  private static String text(FieldValue value) {
    return value instanceof FieldValue.Text text ? text.text() : "";
  }
}
