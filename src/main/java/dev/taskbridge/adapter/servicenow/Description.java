package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the instance says about one table and the account, for checks and for people. */
final class Description {
  private static final Duration TOLERABLE_SKEW = Duration.ofSeconds(30);

  /** The Date header has whole seconds, rounded down. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  private static final int MOST_COLUMNS = 2000;

  private final ServiceNowSettings settings;
  private final Records records;
  private final Tables tables;
  private final ChoiceLists choices;
  private final Writes writes;

  Description(
      ServiceNowSettings settings,
      Records records,
      Tables tables,
      ChoiceLists choices,
      Writes writes) {
    this.settings = settings;
    this.records = records;
    this.tables = tables;
    this.choices = choices;
    this.writes = writes;
  }

  Outcome<SystemDescription> of(Scope scope) {
    return tables
        .of(scope)
        .then(
            rules ->
                probe(rules, scope)
                    .then(
                        probe ->
                            columns(rules)
                                .then(
                                    columns ->
                                        choices
                                            .of(rules, wantedChoices(scope))
                                            .map(
                                                lists ->
                                                    described(
                                                        rules, scope, probe, columns, lists)))));
  }

  /** The newest record with every column that a sync or a query needs. */
  private Outcome<Verdict.Listed> probe(TableRules rules, Scope scope) {
    return Verdict.list(
        records.list(
            new Records.Listing(
                rules.table(), "ORDERBYDESCsys_updated_on", Tickets.shape(scope), 10, 0, false)));
  }

  /** Column names by whether they can be written; empty where the dictionary cannot be read. */
  private Outcome<Map<String, Boolean>> columns(TableRules rules) {
    return Verdict.list(
            records.list(
                new Records.Listing(
                    "sys_dictionary",
                    "nameIN" + String.join(",", rules.chain()) + "^elementISNOTEMPTY",
                    new Records.Shape(List.of("name", "element", "read_only"), false),
                    MOST_COLUMNS,
                    0,
                    false)))
        .match(
            listed -> {
              Map<String, Boolean> columns = new java.util.TreeMap<>();
              listed.rows().stream()
                  .filter(row -> rules.chain().contains(row.value("name")))
                  .forEach(
                      row ->
                          columns.put(
                              row.value("element"), !row.value("read_only").equals("true")));
              return Outcome.done(columns);
            },
            why ->
                why instanceof Refusal.Denied || why instanceof Refusal.Rejected
                    ? Outcome.done(Map.of())
                    : Outcome.refused(why));
  }

  private static Set<String> wantedChoices(Scope scope) {
    Set<String> columns = new LinkedHashSet<>(List.of("state", "priority"));
    scope.onEntering().values().forEach(set -> columns.addAll(set.keySet()));
    return columns;
  }

  private SystemDescription described(
      TableRules rules,
      Scope scope,
      Verdict.Listed probe,
      Map<String, Boolean> columns,
      ChoiceLists.Lists lists) {
    List<String> problems = new ArrayList<>();
    Duration ahead =
        probe
            .serverTime()
            .map(server -> Duration.between(probe.received(), server.plus(HALF_A_SECOND)))
            .orElse(Duration.ZERO);
    if (ahead.abs().compareTo(TOLERABLE_SKEW) > 0) {
      problems.add(
          "the instance's clock is "
              + ahead.abs().toSeconds()
              + " s "
              + (ahead.isNegative() ? "behind" : "ahead of")
              + " ours");
    }
    checkColumns(rules, scope, probe.rows(), columns, problems);
    for (String name : List.of("state", "priority")) {
      if (!lists.of(name).readable()) {
        problems.add(
            "sys_choice gives no "
                + name
                + " of "
                + rules.table()
                + " to the account; the delivered values are taken for granted");
      }
    }
    if (writes.isBatchMissing()) {
      problems.add("the Batch API refuses the account; every write is a request of its own");
    }
    Set<String> writable = new LinkedHashSet<>();
    columns.forEach(
        (column, can) -> {
          if (can && !column.startsWith("sys_")) {
            writable.add(column);
          }
        });
    return new SystemDescription(
        "ServiceNow",
        settings.account(),
        labels(lists.of("state")),
        labels(lists.of("priority")),
        List.copyOf(writable),
        ahead,
        "",
        problems);
  }

  private static List<String> labels(ChoiceLists.ChoiceList list) {
    return list.choices().stream().map(Choice::label).distinct().toList();
  }

  /**
   * A column is there if the dictionary or a record shows it; with neither, nothing can be said.
   */
  private static void checkColumns(
      TableRules rules,
      Scope scope,
      List<Row> rows,
      Map<String, Boolean> columns,
      List<String> problems) {
    if (rows.isEmpty()) {
      problems.add(
          "the account sees no record of "
              + rules.table()
              + ": either there is none yet, or access rules hide them");
    }
    Set<String> wanted = new LinkedHashSet<>(List.of("correlation_id"));
    scope.fields().stream()
        .map(
            field -> Optional.ofNullable(Tickets.COLUMN.get(field)).or(() -> Tickets.custom(field)))
        .flatMap(Optional::stream)
        .forEach(wanted::add);
    if (scope.fields().contains(FieldName.LABELS)) {
      problems.add("ServiceNow records have no labels; map them to a column by its name");
    }
    for (String column : wanted) {
      boolean shown = rows.stream().anyMatch(row -> row.has(column));
      boolean listed = columns.containsKey(column);
      if (!shown && !rows.isEmpty()) {
        problems.add(
            listed
                ? "the account may not read " + rules.table() + "." + column
                : rules.table() + " shows the account no column " + column);
      } else if (!shown && !columns.isEmpty() && !listed) {
        problems.add(rules.table() + " has no column " + column);
      }
    }
    scope
        .onEntering()
        .forEach(
            (status, set) ->
                set.keySet().stream()
                    .filter(column -> !columns.isEmpty() && !columns.containsKey(column))
                    .forEach(
                        column ->
                            problems.add(
                                "fields.status.set gives "
                                    + status
                                    + " a "
                                    + column
                                    + ", but "
                                    + rules.table()
                                    + " has no such column")));
  }
}
