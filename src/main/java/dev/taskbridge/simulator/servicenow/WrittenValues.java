package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a request body into stored values. What cannot be stored is left out without a word: that
 * is what the platform does, and why clients must compare the answer with what they sent.
 */
final class WrittenValues {
  private final Instance instance;

  WrittenValues(Instance instance) {
    this.instance = instance;
  }

  void apply(Change change, JsonObject body, boolean asLabels) {
    Map<String, Field> fields = instance.schema.fields(change.table);
    Set<String> blocked = Access.unwritableFields(instance, change.session, change.table);
    // Choice lists may hang on another field of the same body, so what they hang on goes first.
    for (boolean dependents : new boolean[] {false, true}) {
      for (String name : body.fieldNames()) {
        Field field = fields.get(name);
        if (field != null
            && !field.isServerSet()
            && !blocked.contains(name)
            && hasDependents(change.table, name) == dependents) {
          write(change, field, text(body.getValue(name)), asLabels);
        }
      }
    }
  }

  private boolean hasDependents(String table, String field) {
    return instance.choices.of(table, field).stream()
        .anyMatch(choice -> !choice.get("dependent_value").isEmpty());
  }

  private static String text(Object value) {
    return value == null ? "" : String.valueOf(value);
  }

  private void write(Change change, Field field, String given, boolean asLabels) {
    if (field.isJournal()) {
      if (!given.isBlank()) {
        change.journals.put(field.name(), given);
      }
      return;
    }
    if (given.isEmpty()) {
      if (instance.choices.of(change.table, field.name()).isEmpty()
          || !isMandatoryChoice(field.name())) {
        change.set(field.name(), "");
      }
      return;
    }
    stored(change, field, given, asLabels).ifPresent(value -> change.set(field.name(), value));
  }

  /** A choice field with a default refuses to be emptied and keeps its value. */
  private static boolean isMandatoryChoice(String field) {
    return Set.of("state", "incident_state", "problem_state", "priority", "impact", "urgency")
        .contains(field);
  }

  private Optional<String> stored(Change change, Field field, String given, boolean asLabels) {
    if (field.isReference()) {
      return reference(field, given, asLabels);
    }
    if (field.isBoolean()) {
      return switch (given.toLowerCase(Locale.ROOT)) {
        case "true", "1", "yes" -> Optional.of("true");
        case "false", "0", "no" -> Optional.of("false");
        default -> Optional.empty();
      };
    }
    if (field.isDateTime()) {
      return dateTime(given, asLabels ? change.session : Session.SYSTEM);
    }
    if (field.isDate()) {
      return Times.day(given).map(day -> given);
    }
    if (!instance.choices.of(change.table, field.name()).isEmpty()) {
      return choice(change, field, given, asLabels);
    }
    if (field.isInteger()) {
      return Numbers.parse(given).isPresent() ? Optional.of(given.strip()) : Optional.empty();
    }
    return Optional.of(fitted(change.table, field, given));
  }

  private Optional<String> choice(Change change, Field field, String given, boolean asLabels) {
    String value =
        asLabels
            ? instance.choices.valueOfLabel(change.table, field.name(), given).orElse(given)
            : given;
    return instance.switches.on(Trap.ALLOW_UNKNOWN_CHOICES)
            || instance.choices.accepts(change.table, field.name(), value, change.after("category"))
        ? Optional.of(value)
        : Optional.empty();
  }

  private Optional<String> reference(Field field, String given, boolean asLabels) {
    if (!instance.schema.has(field.reference())) {
      return Optional.empty();
    }
    if (instance.find(field.reference(), given) != null) {
      return Optional.of(given);
    }
    if (!asLabels) {
      return Optional.empty();
    }
    String display = instance.schema.displayField(field.reference());
    return instance
        .first(field.reference(), display + "=" + given.replace("^", "^^"))
        .map(Row::sysId);
  }

  private static Optional<String> dateTime(String given, Session typist) {
    if (Times.day(given).isPresent()) {
      return Times.typed(given + " 00:00:00", typist.zone(), Session.STORED_DATE_FORMAT);
    }
    return Times.typed(given, typist.zone(), typist.dateFormat());
  }

  private String fitted(String table, Field field, String given) {
    if (field.maxLength() == 0 || given.length() <= field.maxLength()) {
      return given;
    }
    if (instance.switches.word(Trap.OVERLONG_TEXT).equals("refused")) {
      throw Errors.insertFailed(
          table, "Data truncation: Data too long for column '" + field.name() + "'");
    }
    return given.substring(0, field.maxLength());
  }
}
