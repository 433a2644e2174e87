package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The choices of a table's columns. A table with choices of its own hides its parents'
 * (documented). Where {@code sys_choice} cannot be read, the delivered states and the labels seen
 * in records stand in.
 */
final class ChoiceLists {
  private static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final Duration UNREADABLE_FOR = Duration.ofMinutes(10);
  private static final int MOST = 2000;
  private static final int MOST_SEEN = 200;

  /**
   * The choices of one column.
   *
   * @param choices in display order; empty if the column has none
   * @param readable whether the list is the instance's own
   */
  record ChoiceList(List<Choice> choices, boolean readable) {
    ChoiceList {
      choices = List.copyOf(choices);
    }

    /** The choice that configuration or a mapping means, by stored value first, else by label. */
    Optional<Choice> named(Choice wanted) {
      return choices.stream()
          .filter(choice -> choice.id().equals(wanted.id()))
          .findFirst()
          .or(() -> choices.stream().filter(c -> c.isCalled(wanted.id())).findFirst())
          .or(() -> choices.stream().filter(c -> c.isCalled(wanted.label())).findFirst());
    }

    String shown() {
      return choices.stream().map(Choice::label).distinct().collect(Collectors.joining(", "));
    }
  }

  /** The choices of some columns; a column that was not asked for has none. */
  record Lists(Map<String, ChoiceList> byColumn) {
    private static final ChoiceList NONE = new ChoiceList(List.of(), false);

    ChoiceList of(String column) {
      return byColumn.getOrDefault(column, NONE);
    }
  }

  private record Column(String table, String name) {}

  private final Records records;
  private final String language;
  private final Remembered<Column, ChoiceList> lists;
  private final Map<Column, Map<String, String>> seen = new ConcurrentHashMap<>();

  ChoiceLists(Records records, String language, Clock clock) {
    this.records = records;
    this.language = language;
    this.lists = new Remembered<>(clock);
  }

  /** Keeps a label that a record of {@code table} showed. */
  void saw(String table, String column, String value, String label) {
    if (value.isEmpty() || label.equals(value)) {
      return;
    }
    Map<String, String> labels =
        seen.computeIfAbsent(new Column(table, column), c -> new ConcurrentHashMap<>());
    if (labels.size() < MOST_SEEN) {
      labels.put(value, label);
    }
  }

  /** The choices of some columns, all that are not at hand in one request. */
  Outcome<Lists> of(TableRules rules, Collection<String> columns) {
    Map<String, ChoiceList> known = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (String column : columns) {
      Optional<ChoiceList> at = lists.get(new Column(rules.table(), column));
      if (at.isPresent()) {
        known.put(column, at.get());
      } else if (Query.isName(column) && !missing.contains(column)) {
        missing.add(column);
      }
    }
    if (missing.isEmpty()) {
      return Outcome.done(new Lists(known));
    }
    return Verdict.list(
            records.list(
                new Records.Listing(
                    "sys_choice",
                    "nameIN"
                        + String.join(",", rules.chain())
                        + "^elementIN"
                        + String.join(",", missing)
                        + "^inactive=false^language="
                        + language
                        + "^ORDERBYsequence",
                    new Records.Shape(List.of("name", "element", "value", "label"), false),
                    MOST,
                    0,
                    false)))
        .match(
            listed -> {
              known.putAll(keep(rules, missing, listed.rows()));
              return Outcome.done(new Lists(known));
            },
            why -> {
              if (why instanceof Refusal.Denied || why instanceof Refusal.Rejected) {
                known.putAll(keep(rules, missing, List.of()));
                return Outcome.done(new Lists(known));
              }
              return Outcome.refused(why);
            });
  }

  private Map<String, ChoiceList> keep(TableRules rules, List<String> columns, List<Row> rows) {
    Map<String, ChoiceList> lists = new HashMap<>();
    for (String column : columns) {
      List<Choice> own = own(rules, column, rows);
      ChoiceList list =
          own.isEmpty() ? new ChoiceList(standIn(rules, column), false) : new ChoiceList(own, true);
      this.lists.put(
          new Column(rules.table(), column), list, list.readable() ? GOOD_FOR : UNREADABLE_FOR);
      lists.put(column, list);
    }
    return lists;
  }

  private static List<Choice> own(TableRules rules, String column, List<Row> rows) {
    for (String table : rules.chain()) {
      List<Choice> choices =
          rows.stream()
              .filter(row -> row.value("name").equals(table) && row.value("element").equals(column))
              .map(row -> new Choice(row.value("value"), row.value("label")))
              .toList();
      if (!choices.isEmpty()) {
        return choices;
      }
    }
    return List.of();
  }

  private List<Choice> standIn(TableRules rules, String column) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (column.equals("state")) {
      labels.putAll(rules.states());
    } else if (column.equals("priority")) {
      labels.putAll(TableRules.PRIORITIES);
    }
    labels.putAll(seen.getOrDefault(new Column(rules.table(), column), Map.of()));
    return labels.entrySet().stream().map(e -> new Choice(e.getKey(), e.getValue())).toList();
  }
}
