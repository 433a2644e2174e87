package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.servicenow.Draft.Part;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns wanted values into columns. What is known by name only is looked up first, for all tickets
 * of a call together; a value that nobody knows is refused by name and never written as a clear.
 */
final class Drafts {
  /** Journals give back nothing, so what was written to one cannot be expected there. */
  private static final Set<String> JOURNALS = Set.of("comments", "work_notes");

  private final ChoiceLists choices;
  private final Assignees assignees;

  Drafts(ChoiceLists choices, Assignees assignees) {
    this.choices = choices;
    this.assignees = assignees;
  }

  /** One draft per set of values, in that order; refused only if nothing could be looked up. */
  Outcome<List<Draft>> of(TableRules rules, Scope scope, List<Map<FieldName, FieldValue>> wanted) {
    List<FieldValue> people = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    for (Map<FieldName, FieldValue> values : wanted) {
      people.addAll(values.values());
      values.forEach(
          (field, value) -> {
            if (value instanceof Choice) {
              columns.add(Tickets.COLUMN.getOrDefault(field, field.word()));
            }
            if (field.equals(FieldName.STATUS)) {
              scope.onEntering().values().forEach(set -> columns.addAll(set.keySet()));
            }
          });
    }
    return choices
        .of(rules, columns)
        .then(
            lists ->
                assignees
                    .find(people)
                    .map(
                        found ->
                            wanted.stream()
                                .map(values -> draft(rules, scope, values, lists, found))
                                .toList()));
  }

  private static Draft draft(
      TableRules rules,
      Scope scope,
      Map<FieldName, FieldValue> values,
      ChoiceLists.Lists lists,
      Map<FieldValue, Assignees.Found> found) {
    Map<FieldName, Part> parts = new LinkedHashMap<>();
    Map<FieldName, Refusal> refused = new LinkedHashMap<>();
    new java.util.TreeMap<>(values)
        .forEach(
            (field, value) ->
                part(rules, scope, field, value, lists, found)
                    .match(
                        part -> parts.put(field, part),
                        why -> {
                          refused.put(field, why);
                          return null;
                        }));
    return new Draft(parts, refused);
  }

  private static Outcome<Part> part(
      TableRules rules,
      Scope scope,
      FieldName field,
      FieldValue value,
      ChoiceLists.Lists lists,
      Map<FieldValue, Assignees.Found> found) {
    if (field.equals(FieldName.ASSIGNEE)) {
      return assignee(value, found);
    }
    if (field.equals(FieldName.LABELS)) {
      return no(field, "ServiceNow records have no labels; map them to a column by its name");
    }
    String column = Tickets.COLUMN.getOrDefault(field, field.word());
    if (!Query.isName(column) || column.startsWith("sys_") || column.startsWith("correlation_")) {
      return no(field, "\"" + column + "\" is not a column that can be written");
    }
    if (value.equals(FieldValue.ABSENT)) {
      return field.equals(FieldName.STATUS) || field.equals(FieldName.PRIORITY)
          ? no(field, "a record always has a " + field + "; it cannot be cleared")
          : Outcome.done(Part.of(column, "", "(nothing)"));
    }
    if (value instanceof Choice choice) {
      return choice(rules, scope, field, column, choice, lists);
    }
    if (value instanceof User || value instanceof Group) {
      return reference(field, value, found).map(id -> Part.of(column, id, value.shown()));
    }
    if (value instanceof Text text) {
      return field.equals(FieldName.STATUS) || field.equals(FieldName.PRIORITY)
          ? choice(rules, scope, field, column, Choice.named(text.text()), lists)
          : Outcome.done(Part.of(column, text.text(), text.text()));
    }
    if (value instanceof Moment moment) {
      return Outcome.done(Part.of(column, Row.stamp(moment.instant()), value.shown()));
    }
    if (value instanceof Day day) {
      String midnight = field.equals(FieldName.DUE_DATE) ? " 00:00:00" : "";
      return Outcome.done(Part.of(column, day.date() + midnight, value.shown()));
    }
    return Outcome.done(Part.of(column, String.join(",", ((Names) value).names()), value.shown()));
  }

  private static Outcome<Part> choice(
      TableRules rules,
      Scope scope,
      FieldName field,
      String column,
      Choice wanted,
      ChoiceLists.Lists lists) {
    ChoiceLists.ChoiceList list = lists.of(column);
    Optional<Choice> known = list.named(wanted);
    boolean canonical = field.equals(FieldName.STATUS) || field.equals(FieldName.PRIORITY);
    if (known.isEmpty() && (canonical || !list.choices().isEmpty())) {
      return no(
          field,
          rules.table()
              + " has no "
              + column
              + " called "
              + Words.quoted(wanted.label())
              + (list.choices().isEmpty() ? "" : "; it has " + list.shown())
              + (list.readable() ? "" : " (sys_choice cannot be read, so this list may be short)")
              + ". Name one of them in "
              + setting(field));
    }
    Choice meant = known.orElse(wanted);
    if (field.equals(FieldName.STATUS)) {
      return Outcome.done(entering(scope, meant, lists));
    }
    if (field.equals(FieldName.PRIORITY) && rules.priorityByLookup()) {
      Map<String, String> write = TableRules.IMPACT_AND_URGENCY.get(meant.id());
      return write == null
          ? no(
              field,
              rules.table()
                  + " makes its priority from impact and urgency, and no pair of them is known to"
                  + " give "
                  + Words.quoted(meant.label()))
          : Outcome.done(new Part(write, Map.of(column, meant.id()), meant.label()));
    }
    return Outcome.done(Part.of(column, meant.id(), meant.label()));
  }

  /** A state together with what the configuration says the step into it wants. */
  private static Part entering(Scope scope, Choice state, ChoiceLists.Lists lists) {
    Map<String, String> write = new LinkedHashMap<>();
    Map<String, String> expect = new LinkedHashMap<>();
    write.put("state", state.id());
    expect.put("state", state.id());
    scope
        .onEntering()
        .forEach(
            (status, columns) -> {
              if (state.isCalled(status)) {
                columns.forEach(
                    (column, text) -> {
                      String value =
                          lists.of(column).named(Choice.named(text)).map(Choice::id).orElse(text);
                      write.put(column, value);
                      if (!JOURNALS.contains(column)) {
                        expect.put(column, value);
                      }
                    });
              }
            });
    return new Part(write, expect, state.label());
  }

  /**
   * A user keeps the group; a group has no user, or the ticket would show the user; nobody means
   * neither.
   */
  private static Outcome<Part> assignee(FieldValue value, Map<FieldValue, Assignees.Found> found) {
    if (value.equals(FieldValue.ABSENT)) {
      Map<String, String> neither = Map.of("assigned_to", "", "assignment_group", "");
      return Outcome.done(new Part(neither, neither, "(nobody)"));
    }
    if (value instanceof User) {
      return reference(FieldName.ASSIGNEE, value, found)
          .map(id -> Part.of("assigned_to", id, value.shown()));
    }
    if (value instanceof Group) {
      return reference(FieldName.ASSIGNEE, value, found)
          .map(
              id -> {
                Map<String, String> group = Map.of("assigned_to", "", "assignment_group", id);
                return new Part(group, group, value.shown());
              });
    }
    return no(FieldName.ASSIGNEE, value.shown() + " is neither a user nor a group");
  }

  private static Outcome<String> reference(
      FieldName field, FieldValue value, Map<FieldValue, Assignees.Found> found) {
    Assignees.Found hit =
        found.getOrDefault(value, new Assignees.None(value.shown() + " was not looked up"));
    return hit instanceof Assignees.One one
        ? Outcome.done(one.sysId())
        : no(
            field,
            ((Assignees.None) hit).why()
                + ". Name another in "
                + (field.equals(FieldName.ASSIGNEE)
                    ? "fields.assignee." + (value instanceof User ? "users" : "groups")
                    : setting(field)));
  }

  /** Where the configuration says which value it is to be. */
  private static String setting(FieldName field) {
    boolean mapped = field.equals(FieldName.STATUS) || field.equals(FieldName.PRIORITY);
    return "fields." + field + (mapped ? ".map" : ".value");
  }

  private static <T> Outcome<T> no(FieldName field, String words) {
    return Outcome.refused(new Refusal.Rejected(Optional.of(field), words));
  }
}
