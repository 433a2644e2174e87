package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Labels made of what a task says, among labels that people set. Each word of the template is one
 * label, white space in its values written as {@code _}. A label that a word could have made and
 * does not make any more is taken away; that needs some text of the word's own, such as {@code
 * phase-} in {@code phase-${task.phase}}: a word without any only adds.
 */
public final class LabelsMapping implements FieldMapping {
  /** As long as Jira lets a label be (reported). */
  private static final int LONGEST = 255;

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]+");

  private final List<String> words;
  private final List<Pattern> ours;

  /**
   * A mapping.
   *
   * @param template words with placeholders such as {@code ${task.phase}}
   */
  public LabelsMapping(String template) {
    this.words =
        Arrays.stream(BLANKS.split(template.strip())).filter(word -> !word.isEmpty()).toList();
    this.ours =
        words.stream()
            .filter(word -> !Placeholders.in(word).isEmpty())
            .filter(word -> !Placeholders.literal(word).isEmpty())
            .map(word -> Pattern.compile(Placeholders.pattern(word)))
            .toList();
  }

  @Override
  public FieldName field() {
    return FieldName.LABELS;
  }

  @Override
  public FieldValue onTask(Task task) {
    return names(wanted(task));
  }

  private Set<String> wanted(Task task) {
    return words.stream()
        .map(word -> label(Placeholders.fill(word, task)))
        .filter(label -> !label.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String label(String text) {
    String label = BLANKS.matcher(text.strip()).replaceAll("_");
    return Cut.to(LONGEST, label, "");
  }

  private static Set<String> held(Ticket ticket) {
    return ticket.value(FieldName.LABELS) instanceof Names names ? names.names() : Set.of();
  }

  private boolean isStale(String label, Collection<String> wanted) {
    return !wanted.contains(label)
        && ours.stream().anyMatch(pattern -> pattern.matcher(label).matches());
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    Set<String> wanted = wanted(task);
    Set<String> held = held(ticket);
    return held.containsAll(wanted) && held.stream().noneMatch(label -> isStale(label, wanted));
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    Set<String> wanted = wanted(task);
    Set<String> labels = new TreeSet<>(wanted);
    held(present).stream().filter(label -> !isStale(label, wanted)).forEach(labels::add);
    return new Mapped.To(agree(task, present) ? onTicket(present) : names(labels));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    return agree(present, ticket)
        ? new Mapped.To(onTask(present))
        : new Mapped.Unmappable("a task has no field for the ticket's labels");
  }

  private static FieldValue names(Set<String> labels) {
    return labels.isEmpty() ? FieldValue.ABSENT : new Names(new TreeSet<>(labels));
  }
}
