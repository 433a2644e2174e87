package dev.taskbridge.adapter.threatconnect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.taskbridge.adapter.http.Words;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.TaskStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts the changes of a task into the server's words. Thread-safe. */
final class TaskDrafts {
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_DESCRIPTION = 1500;

  private final People people;

  TaskDrafts(People people) {
    this.people = people;
  }

  /**
   * A write in the server's words.
   *
   * @param parts what can be sent, by field
   * @param refused what cannot
   */
  record Draft(Map<FieldName, Part> parts, Map<FieldName, Refusal> refused) {}

  /** One field of a write. */
  record Part(String key, JsonNode value) {}

  /** What of {@code changes} can be sent, and what not; a refusal if people cannot be looked up. */
  Outcome<Draft> of(Map<FieldName, FieldValue> changes) {
    Map<FieldName, Part> parts = new LinkedHashMap<>();
    Map<FieldName, Refusal> refused = new HashMap<>();
    for (Map.Entry<FieldName, FieldValue> change : changes.entrySet()) {
      Outcome<Part> part = part(change.getKey(), change.getValue());
      Optional<Refusal> refusal = part.refusal();
      if (refusal.filter(Refusal::concernsSystem).isPresent()) {
        return Outcome.refused(refusal.get());
      }
      part.value().ifPresent(value -> parts.put(change.getKey(), value));
      refusal.ifPresent(why -> refused.put(change.getKey(), why));
    }
    return Outcome.done(new Draft(parts, refused));
  }

  private Outcome<Part> part(FieldName field, FieldValue value) {
    if (field.equals(FieldName.TITLE)) {
      return text(field, "name", value, LONGEST_NAME)
          .then(
              part ->
                  part.value().isNull()
                      ? rejected(field, "a task needs a name")
                      : Outcome.done(part));
    }
    if (field.equals(FieldName.DESCRIPTION)) {
      return text(field, "description", value, LONGEST_DESCRIPTION);
    }
    if (field.equals(FieldName.STATUS) && value instanceof FieldValue.Choice choice) {
      return TaskStatus.ofWord(choice.id())
          .or(() -> TaskStatus.ofWord(choice.label()))
          .map(status -> Outcome.done(new Part("status", TextNode.valueOf(status.word()))))
          .orElseGet(
              () ->
                  rejected(
                      field,
                      "a task's status is Pending, Open, Reopened or Closed, not \""
                          + choice.shown()
                          + "\""));
    }
    if (field.equals(FieldName.ASSIGNEE)) {
      return people.written(value).map(json -> new Part("assignee", json));
    }
    if (field.equals(FieldName.DUE_DATE)) {
      if (value instanceof FieldValue.Moment moment) {
        return Outcome.done(new Part("dueDate", TextNode.valueOf(Dates.write(moment.instant()))));
      }
      if (value.equals(FieldValue.ABSENT)) {
        return Outcome.done(new Part("dueDate", NullNode.getInstance()));
      }
    }
    return rejected(
        field, field + " of a task cannot be set to \"" + value.shown() + "\" through the API");
  }

  /** Lengths are documented in characters, in which unit is not: the larger count is kept below. */
  private static Outcome<Part> text(FieldName field, String key, FieldValue value, int longest) {
    if (value.equals(FieldValue.ABSENT)) {
      return Outcome.done(new Part(key, NullNode.getInstance()));
    }
    if (!(value instanceof FieldValue.Text text)) {
      return rejected(field, field + " is a text, not \"" + value.shown() + "\"");
    }
    return text.text().length() > longest
        ? rejected(
            field,
            field + " has " + text.text().length() + " characters, and a task takes " + longest)
        : Outcome.done(new Part(key, TextNode.valueOf(text.text())));
  }

  private static <T> Outcome<T> rejected(FieldName field, String words) {
    return Outcome.refused(new Refusal.Rejected(Optional.of(field), Words.bounded(words)));
  }
}
