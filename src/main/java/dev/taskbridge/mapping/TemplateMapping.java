package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field of the ticketing system's own, filled with a configured text about the task.
 *
 * @param field the system's own id of the field
 * @param template with placeholders such as {@code ${case.name}}; see {@link #PLACEHOLDERS}
 */
public record TemplateMapping(FieldName field, String template) implements FieldMapping {
  /** What a template may say about a task. */
  public static final Map<String, Function<Task, String>> PLACEHOLDERS =
      Map.ofEntries(
          Map.entry("task.id", task -> String.valueOf(task.id())),
          Map.entry("task.xid", Task::xid),
          Map.entry("task.name", Task::name),
          Map.entry("task.url", Task::url),
          Map.entry("task.phase", task -> String.valueOf(task.phase())),
          Map.entry("task.step", task -> String.valueOf(task.step())),
          Map.entry("task.required", task -> String.valueOf(task.required())),
          Map.entry("case.id", task -> String.valueOf(task.parentCase().id())),
          Map.entry("case.name", task -> task.parentCase().name()),
          Map.entry("case.severity", task -> task.parentCase().severity()),
          Map.entry("case.status", task -> task.parentCase().status()));

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  @Override
  public FieldValue onTask(Task task) {
    return FieldValue.text(
        filled(template, name -> PLACEHOLDERS.getOrDefault(name, unknown -> "").apply(task)));
  }

  /** The address that {@code template} makes for a task: what is said of it is percent-encoded. */
  public static String address(String template, Task task) {
    return filled(
        template,
        name ->
            name.equals("task.url")
                ? task.url()
                : encoded(PLACEHOLDERS.getOrDefault(name, unknown -> "").apply(task)));
  }

  private static String filled(String template, UnaryOperator<String> said) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(found -> Matcher.quoteReplacement(said.apply(found.group(1))));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
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
