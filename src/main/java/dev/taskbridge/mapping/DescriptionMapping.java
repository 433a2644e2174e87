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
 * @param artifacts how the task's artifacts follow its text in the ticket
 */
public record DescriptionMapping(int ticketLimit, ArtifactBlock artifacts) implements FieldMapping {
  /** The longest description of a task (from the server's own description of its fields). */
  static final int TASK_LIMIT = 1500;

  @Override
  public FieldName field() {
    return FieldName.DESCRIPTION;
  }

  @Override
  public FieldValue onTask(Task task) {
    return FieldValue.text(task.description() + artifacts.of(task));
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    String onTask = text(onTask(task));
    String onTicket = text(onTicket(ticket));
    return onTask.equals(onTicket)
        || cutForTicket(onTask, task).equals(onTicket)
        || (hasItsBlock(task, onTicket)
            && cutForTask(ArtifactBlock.without(onTicket), ticket).equals(words(task)));
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
    if (agree(present, ticket)) {
      return new Mapped.To(onTask(present));
    }
    String onTicket = text(onTicket(ticket));
    return hasItsBlock(present, onTicket)
        ? new Mapped.To(FieldValue.text(cutForTask(ArtifactBlock.without(onTicket), ticket)))
        : new Mapped.Unmappable(
            "the ticket's list of artifacts was changed; it is made from the task and is not"
                + " carried back");
  }

  /** Whether the text ends with just the artifacts that the task has. */
  private boolean hasItsBlock(Task task, String onTicket) {
    return ArtifactBlock.in(onTicket).equals(artifacts.of(task).strip());
  }

  private static String words(Task task) {
    return text(FieldValue.text(task.description()));
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
