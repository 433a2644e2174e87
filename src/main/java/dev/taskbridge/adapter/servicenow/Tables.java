package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of the table that a sync names. A table made locally is asked for its parents. */
final class Tables {
  private static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final int DEEPEST = 5;

  private final Records records;
  private final Remembered<String, TableRules> known;

  Tables(Records records, Clock clock) {
    this.records = records;
    this.known = new Remembered<>(clock);
  }

  Outcome<TableRules> of(Scope scope) {
    String table = scope.settings().getOrDefault("table", "");
    if (!Query.isName(table)) {
      return Outcome.refused(
          new Refusal.Rejected(
              Optional.empty(),
              table.isEmpty()
                  ? "the sync's tickets name no table; say for example table: incident"
                  : Words.quoted(table) + " is not the name of a table"));
    }
    if (TableRules.isDelivered(table)) {
      return Outcome.done(TableRules.of(table, List.of()));
    }
    return known
        .get(table)
        .<Outcome<TableRules>>map(Outcome::done)
        .orElseGet(() -> parents(table).then(parents -> checked(table, parents)));
  }

  private Outcome<TableRules> checked(String table, Optional<List<String>> parents) {
    if (parents.isPresent() && !parents.get().contains("task")) {
      return Outcome.refused(
          new Refusal.Rejected(
              Optional.empty(),
              "the table " + table + " does not extend task, so its records are no tickets"));
    }
    return Outcome.done(keep(table, parents.orElse(List.of())));
  }

  private TableRules keep(String table, List<String> parents) {
    TableRules rules = TableRules.of(table, parents);
    known.put(table, rules, GOOD_FOR);
    return rules;
  }

  /** Nearest first; empty where the account may not read the list of tables (seen below itil). */
  private Outcome<Optional<List<String>>> parents(String table) {
    List<String> fields = new ArrayList<>();
    String walk = "name";
    fields.add(walk);
    for (int depth = 1; depth <= DEEPEST; depth++) {
      walk = "super_class." + walk;
      fields.add(walk);
    }
    return Verdict.list(
            records.list(
                new Records.Listing(
                    "sys_db_object",
                    "name=" + table,
                    new Records.Shape(fields, false),
                    2,
                    0,
                    false)))
        .match(
            listed ->
                Outcome.done(
                    listed.rows().stream()
                        .filter(row -> row.value("name").equals(table))
                        // A table without a parent shows an empty one; a hidden one is not shown.
                        .filter(row -> row.has(fields.get(1)))
                        .findFirst()
                        .map(
                            row ->
                                fields.stream()
                                    .skip(1)
                                    .map(row::value)
                                    .filter(Query::isName)
                                    .toList())),
            why ->
                why instanceof Refusal.Denied || why instanceof Refusal.Rejected
                    ? Outcome.done(Optional.empty())
                    : Outcome.refused(why));
  }
}
