package dev.taskbridge.domain;

/**
 * A mapped field by the word that configuration, reports and commands use for it: one of the
 * constants here, or the ticket system's own id for a custom field, such as {@code
 * customfield_10042}.
 */
public record FieldName(String word) implements Comparable<FieldName> {
  public static final FieldName TITLE = new FieldName("title");
  public static final FieldName DESCRIPTION = new FieldName("description");
  public static final FieldName STATUS = new FieldName("status");
  public static final FieldName ASSIGNEE = new FieldName("assignee");
  public static final FieldName DUE_DATE = new FieldName("dueDate");
  public static final FieldName PRIORITY = new FieldName("priority");

  /** Free-form tags of a ticket, where phase and step may go. */
  public static final FieldName LABELS = new FieldName("labels");

  /** The ticket of the task that this one waits for. */
  public static final FieldName DEPENDENCY = new FieldName("dependency");

  public FieldName {
    if (word.isBlank()) {
      throw new IllegalArgumentException("a field's name must not be blank");
    }
  }

  @Override
  public int compareTo(FieldName other) {
    return word.compareTo(other.word);
  }

  @Override
  public String toString() {
    return word;
  }
}
