package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.IdempotencyKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which records of its table are asked for: all of them, because a linked ticket is followed
 * wherever it goes; or, when candidates for tasks are wanted, those that meet the configured rule
 * or that people paired by hand; or those that carry a key of ours or were paired by hand.
 *
 * @param groups alternatives, each a list of terms without order; none selects everything
 */
record Selection(List<String> groups) {
  private static final Pattern SEPARATOR = Pattern.compile("\\^");

  /**
   * A column, perhaps with a walk along references behind it, and an operator, which is no word.
   */
  private static final Pattern TERM =
      Pattern.compile("(?:OR)?([a-z][a-z0-9_]*)[.a-z0-9_]*[^.a-z0-9_].*");

  static Selection of(Scope scope) {
    List<String> groups = new ArrayList<>();
    if (isNarrow(scope)) {
      if (isSet(scope, "carried")) {
        groups.add("correlation_idSTARTSWITH" + IdempotencyKey.PREFIX);
      } else if (isSet(scope, "candidates")) {
        terms(scope.settings().getOrDefault("rule", ""))
            .forEach(terms -> groups.add(String.join("^", terms)));
      }
      Optional.ofNullable(scope.settings().get("match"))
          .filter(Query::isName)
          .ifPresent(column -> groups.add(column + "ISNOTEMPTY"));
    }
    return new Selection(List.copyOf(groups));
  }

  /** The groups of a rule, an order left out. */
  private static List<List<String>> terms(String rule) {
    List<List<String>> groups = new ArrayList<>();
    groups.add(new ArrayList<>());
    for (String each : SEPARATOR.split(rule)) {
      String term = each;
      if (term.startsWith("NQ")) {
        groups.add(new ArrayList<>());
        term = term.substring("NQ".length());
      }
      if (!term.isBlank() && !term.startsWith("ORDERBY") && !term.equals("EQ")) {
        groups.get(groups.size() - 1).add(term);
      }
    }
    groups.removeIf(List::isEmpty);
    return groups;
  }

  /** Whether the configured names enter the query, so that {@link #problem} must be asked first. */
  static boolean isNarrow(Scope scope) {
    return isSet(scope, "candidates") || isSet(scope, "carried") || isSet(scope, "paired");
  }

  private static boolean isSet(Scope scope, String name) {
    return Boolean.parseBoolean(scope.settings().getOrDefault(name, "false"));
  }

  /** Why the configured rule or match cannot be asked with; empty if they can. */
  static Optional<String> problem(Scope scope, TableRules rules, Columns.Known known) {
    Set<String> columns = new LinkedHashSet<>();
    for (List<String> group : terms(scope.settings().getOrDefault("rule", ""))) {
      for (String term : group) {
        Matcher matcher = TERM.matcher(term);
        if (!matcher.matches()) {
          return Optional.of(
              "tickets.rule has "
                  + Words.quoted(term)
                  + ", which is no condition on a column and cannot be checked");
        }
        columns.add(matcher.group(1));
      }
    }
    Optional.ofNullable(scope.settings().get("match")).ifPresent(columns::add);
    return columns.stream()
        .filter(column -> !known.has(column).orElse(true))
        .findFirst()
        .map(
            column ->
                "tickets.rule or tickets.match asks for "
                    + rules.table()
                    + "."
                    + column
                    + ", and there is no such column; ServiceNow would leave the condition out and"
                    + " select everything");
  }

  /** {@code range} and this, as one query without an order. */
  String within(String range) {
    if (groups.isEmpty()) {
      return range;
    }
    List<String> all = new ArrayList<>();
    groups.forEach(group -> all.add(range + "^" + group));
    return String.join("^NQ", all);
  }
}
