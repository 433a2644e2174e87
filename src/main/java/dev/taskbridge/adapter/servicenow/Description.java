package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the instance says about one table and the account, for checks and for people. */
final class Description {
  private static final Duration TOLERABLE_SKEW = Duration.ofSeconds(30);

  /** The Date header has whole seconds, rounded down. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /** What every sync can map; the names that configuration and people use. */
  private static final List<FieldName> CANONICAL =
      List.of(
          FieldName.TITLE,
          FieldName.DESCRIPTION,
          FieldName.STATUS,
          FieldName.ASSIGNEE,
          FieldName.DUE_DATE,
          FieldName.PRIORITY,
          FieldName.DEPENDENCY);

  private final ServiceNowSettings settings;
  private final Records records;
  private final Tables tables;
  private final Columns columns;
  private final ChoiceLists choices;
  private final Writes writes;

  Description(
      ServiceNowSettings settings,
      Records records,
      Tables tables,
      Columns columns,
      ChoiceLists choices,
      Writes writes) {
    this.settings = settings;
    this.records = records;
    this.tables = tables;
    this.columns = columns;
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
                            columns
                                .of(rules)
                                .then(
                                    known ->
                                        choices
                                            .of(rules, wantedChoices(scope))
                                            .map(
                                                lists ->
                                                    described(
                                                        rules, scope, probe, known, lists)))));
  }

  /** The newest records with every column that a sync or a query needs. */
  private Outcome<Verdict.Listed> probe(TableRules rules, Scope scope) {
    return Verdict.list(
        records.list(
            new Records.Listing(
                rules.table(), "ORDERBYDESCsys_updated_on", Tickets.shape(scope), 10, 0, true)));
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
      Columns.Known known,
      ChoiceLists.Lists lists) {
    Duration ahead =
        probe
            .serverTime()
            .map(server -> Duration.between(probe.received(), server.plus(HALF_A_SECOND)))
            .orElse(Duration.ZERO);
    List<String> problems = new ArrayList<>();
    if (ahead.abs().compareTo(TOLERABLE_SKEW) > 0) {
      problems.add(
          "the instance's clock is "
              + ahead.abs().toSeconds()
              + " s "
              + (ahead.isNegative() ? "behind" : "ahead of")
              + " ours");
    }
    if (probe.rows().isEmpty() && probe.total().orElse(0) > 0) {
      problems.add("access rules hide every record of " + rules.table() + " from the account");
    }
    Selection.problem(scope, rules, known).ifPresent(problems::add);
    checkColumns(rules, scope, probe.rows(), known, problems);
    checkChoices(rules, lists, problems);
    checkSteps(rules, scope, known, lists, problems);
    if (writes.isBatchMissing()) {
      problems.add("the Batch API refuses the account; every write is a request of its own");
    }
    return new SystemDescription(
        "ServiceNow",
        settings.account(),
        labels(lists.of("state")),
        labels(lists.of("priority")),
        fields(known),
        ahead,
        "",
        problems);
  }

  private static List<String> labels(ChoiceLists.ChoiceList list) {
    return list.choices().stream().map(Choice::label).distinct().toList();
  }

  private static List<String> fields(Columns.Known known) {
    Set<String> fields = new LinkedHashSet<>();
    CANONICAL.forEach(field -> fields.add(field.word()));
    known
        .writable()
        .forEach(
            (column, can) -> {
              if (can && !column.startsWith("sys_") && !column.startsWith("correlation_")) {
                fields.add(column);
              }
            });
    return List.copyOf(fields);
  }

  private static void checkColumns(
      TableRules rules, Scope scope, List<Row> rows, Columns.Known known, List<String> problems) {
    Set<String> wanted = new LinkedHashSet<>(List.of("correlation_id"));
    for (FieldName field : scope.fields()) {
      Optional.ofNullable(Tickets.COLUMN.get(field))
          .or(() -> Tickets.custom(field))
          .ifPresent(wanted::add);
    }
    if (scope.fields().contains(FieldName.LABELS)) {
      problems.add("ServiceNow records have no labels; map them to a column by its name");
    }
    for (String column : wanted) {
      if (!known.has(column).orElse(true)) {
        problems.add(rules.table() + " has no column " + column);
      } else if (!rows.isEmpty() && rows.stream().noneMatch(row -> row.has(column))) {
        problems.add("the account may not read " + rules.table() + "." + column);
      } else if (!known.writable().getOrDefault(column, true)) {
        problems.add(rules.table() + "." + column + " is read-only");
      }
    }
  }

  private static void checkChoices(
      TableRules rules, ChoiceLists.Lists lists, List<String> problems) {
    for (String column : List.of("state", "priority")) {
      if (!lists.of(column).readable()) {
        problems.add(
            "sys_choice gives no "
                + column
                + " of "
                + rules.table()
                + " to the account; the delivered values are taken for granted");
      }
    }
  }

  /** What {@code fields.status.set} says must be there to be said. */
  private static void checkSteps(
      TableRules rules,
      Scope scope,
      Columns.Known known,
      ChoiceLists.Lists lists,
      List<String> problems) {
    scope
        .onEntering()
        .forEach(
            (status, set) -> {
              if (lists.of("state").named(Choice.named(status)).isEmpty()) {
                problems.add(
                    "fields.status.set names the status "
                        + Words.quoted(status)
                        + ", which "
                        + rules.table()
                        + " does not have; it has "
                        + lists.of("state").shown());
              }
              set.forEach(
                  (column, value) -> {
                    ChoiceLists.ChoiceList list = lists.of(column);
                    if (!known.has(column).orElse(true)) {
                      problems.add(
                          "fields.status.set gives "
                              + status
                              + " a "
                              + column
                              + ", but "
                              + rules.table()
                              + " has no such column");
                    } else if (list.readable() && list.named(Choice.named(value)).isEmpty()) {
                      problems.add(
                          "fields.status.set gives "
                              + status
                              + " the "
                              + column
                              + " "
                              + Words.quoted(value)
                              + ", which "
                              + rules.table()
                              + " does not have; it has "
                              + list.shown());
                    }
                  });
            });
  }
}
