package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Ticket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Records as tickets: which columns a sync needs, and what they mean. */
final class Tickets {
  /** The columns that a canonical field lives in. */
  static final Map<FieldName, String> COLUMN =
      Map.of(
          FieldName.TITLE, "short_description",
          FieldName.DESCRIPTION, "description",
          FieldName.STATUS, "state",
          FieldName.DUE_DATE, "due_date",
          FieldName.PRIORITY, "priority",
          FieldName.DEPENDENCY, "parent");

  /** Where a ticket that was read through a parent table says which table it is of. */
  static final FieldName CLASS = new FieldName("sys_class_name");

  private static final List<String> ALWAYS =
      List.of(
          "sys_id",
          "number",
          "sys_class_name",
          "sys_updated_on",
          "sys_mod_count",
          "active",
          "correlation_id",
          "short_description",
          "description",
          "state",
          "priority",
          "assigned_to",
          "assigned_to.email",
          "assignment_group",
          "due_date");

  private final URI site;
  private final ChoiceLists choices;

  Tickets(URI site, ChoiceLists choices) {
    this.site = site;
    this.choices = choices;
  }

  /** What to ask for, so that a record becomes a ticket of this sync. */
  static Records.Shape shape(Scope scope) {
    Set<String> columns = new LinkedHashSet<>(ALWAYS);
    for (FieldName field : fields(scope)) {
      custom(field).ifPresent(columns::add);
      if (field.equals(FieldName.DEPENDENCY)) {
        columns.add("parent");
      }
    }
    return new Records.Shape(List.copyOf(columns), true);
  }

  /** What a sync maps, and where people's own pairs say their task. */
  private static Set<FieldName> fields(Scope scope) {
    Set<FieldName> fields = new LinkedHashSet<>(scope.fields());
    Optional.ofNullable(scope.settings().get("match"))
        .filter(Query::isName)
        .map(FieldName::new)
        .ifPresent(fields::add);
    return fields;
  }

  /** The column of a field that is not one of the canonical ones. */
  static Optional<String> custom(FieldName field) {
    return COLUMN.containsKey(field)
            || field.equals(FieldName.ASSIGNEE)
            || field.equals(FieldName.LABELS)
            || !Query.isName(field.word())
        ? Optional.empty()
        : Optional.of(field.word());
  }

  /** The rows that are tickets; the others are told about. */
  List<Ticket> read(
      TableRules rules, Scope scope, List<Row> rows, Consumer<Unreadable> unreadable) {
    List<Ticket> tickets = new ArrayList<>();
    for (Row row : rows) {
      read(rules, scope, row)
          .ifPresentOrElse(
              tickets::add,
              () ->
                  unreadable.accept(
                      new Unreadable(
                          rules.table() + " " + row.sysId(),
                          "a record without a readable sys_id and sys_updated_on; grant the"
                              + " account read access to both")));
    }
    return tickets;
  }

  Optional<Ticket> read(TableRules rules, Scope scope, Row row) {
    Optional<Instant> updated = row.time("sys_updated_on");
    if (updated.isEmpty() || !Query.isSysId(row.sysId())) {
      return Optional.empty();
    }
    String state = row.value("state");
    choices.saw(rules.table(), "state", state, row.label("state"));
    Map<FieldName, FieldValue> fields = new HashMap<>();
    put(fields, FieldName.TITLE, FieldValue.text(row.value("short_description")));
    put(fields, FieldName.DESCRIPTION, FieldValue.text(row.value("description")));
    put(fields, FieldName.STATUS, choice(row, "state"));
    put(fields, FieldName.PRIORITY, choice(row, "priority"));
    put(fields, FieldName.ASSIGNEE, assignee(row));
    put(
        fields,
        FieldName.DUE_DATE,
        row.time("due_date").<FieldValue>map(Moment::new).orElse(FieldValue.ABSENT));
    String type = row.value("sys_class_name");
    if (!type.isEmpty() && !type.equals(rules.table())) {
      // A row read through a parent table: writing it takes the rules of its own.
      put(fields, CLASS, FieldValue.text(type));
    }
    for (FieldName field : fields(scope)) {
      if (field.equals(FieldName.DEPENDENCY)) {
        put(fields, field, FieldValue.text(row.value("parent")));
      } else {
        custom(field).ifPresent(column -> put(fields, field, custom(row, column)));
      }
    }
    String key = row.value("correlation_id");
    return Optional.of(
        new Ticket(
            row.sysId(),
            row.value("number"),
            url(rules, row),
            updated.get(),
            version(row),
            IdempotencyKey.looksLikeOne(key) ? Set.of(new IdempotencyKey(key)) : Set.of(),
            row.value("active").equals("false") || rules(rules, row).done().contains(state),
            fields));
  }

  /** By sys_id, because numbers are not unique; the number follows for people. */
  private String url(TableRules rules, Row row) {
    String type = row.value("sys_class_name");
    return site
        + "/"
        + (Query.isName(type) ? type : rules.table())
        + ".do?sys_id="
        + row.sysId()
        + "#"
        + TableApi.encode(row.value("number"));
  }

  private static TableRules rules(TableRules asked, Row row) {
    return rules(asked, row.value("sys_class_name"));
  }

  /** A row read through a parent table follows the rules of its own. */
  static TableRules rules(TableRules asked, String type) {
    return type.equals(asked.table()) || !Query.isName(type)
        ? asked
        : TableRules.of(type, asked.chain());
  }

  private static long version(Row row) {
    try {
      // Numbers may come with separators where labels are asked for; the value does not.
      return Long.parseLong(row.value("sys_mod_count"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static FieldValue choice(Row row, String column) {
    String value = row.value(column);
    return value.isEmpty() ? FieldValue.ABSENT : new Choice(value, row.label(column));
  }

  static FieldValue assignee(Row row) {
    String user = row.value("assigned_to");
    if (!user.isEmpty()) {
      return new User(user, row.value("assigned_to.email"), row.label("assigned_to"));
    }
    String group = row.value("assignment_group");
    return group.isEmpty() ? FieldValue.ABSENT : new Group(group, row.label("assignment_group"));
  }

  private static FieldValue custom(Row row, String column) {
    String value = row.value(column);
    if (value.isBlank()) {
      return FieldValue.ABSENT;
    }
    // A date's label is the same time in the account's own zone, not a name for it.
    return row.label(column).equals(value) || row.time(column).isPresent()
        ? new Text(value)
        : new Choice(value, row.label(column));
  }

  private static void put(Map<FieldName, FieldValue> fields, FieldName field, FieldValue value) {
    if (!value.equals(FieldValue.ABSENT)) {
      fields.put(field, value);
    }
  }
}
