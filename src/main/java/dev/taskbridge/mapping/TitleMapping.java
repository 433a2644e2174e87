package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.util.regex.Pattern;

/**
 * A task's name and a ticket's summary: one line on both sides, cut to what the other side takes.
 *
 * @param ticketLimit UTF-16 units that the system takes in a title
 */
public record TitleMapping(int ticketLimit) implements FieldMapping {
  /** The longest name of a task (from the server's own description of its fields). */
  static final int TASK_LIMIT = 255;

  private static final String MARK = "…";
  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  @Override
  public FieldName field() {
    return FieldName.TITLE;
  }

  @Override
  public FieldValue onTask(Task task) {
    return FieldValue.text(task.name());
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    String name = oneLine(task.name());
    String title = title(ticket);
    return name.equals(title)
        || Cut.to(ticketLimit, name, MARK).equals(title)
        || Cut.to(TASK_LIMIT, title, MARK).equals(name);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    if (agree(task, present)) {
      return new Mapped.To(onTicket(present));
    }
    String name = oneLine(task.name());
    return name.isEmpty()
        ? new Mapped.Unmappable("the task's name is blank, and a ticket needs a title")
        : new Mapped.To(new FieldValue.Text(Cut.to(ticketLimit, name, MARK)));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    if (agree(present, ticket)) {
      return new Mapped.To(onTask(present));
    }
    String title = title(ticket);
    return title.isEmpty()
        ? new Mapped.Unmappable("the ticket's title is blank, and a task needs a name")
        : new Mapped.To(new FieldValue.Text(Cut.to(TASK_LIMIT, title, MARK)));
  }

  private String title(Ticket ticket) {
    return onTicket(ticket) instanceof FieldValue.Text text ? oneLine(text.text()) : "";
  }

  private static String oneLine(String text) {
    return LINE_BREAKS.matcher(text).replaceAll(" ").strip();
  }
}
