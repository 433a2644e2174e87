package dev.taskbridge.adapter.servicenow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ServiceNow as delivered makes of a table that extends {@code task} (documented; every value
 * can be customised, so {@code sys_choice} goes first wherever it can be read). The same number
 * means different things in different tables.
 *
 * @param chain the table and its parents, nearest first
 * @param states label by stored value, in display order
 * @param done the states in which work is over though the record may still be active
 * @param priorityByLookup whether priority follows impact and urgency, whatever is sent
 */
record TableRules(
    List<String> chain, Map<String, String> states, Set<String> done, boolean priorityByLookup) {

  /** The columns that make a priority, by the delivered lookup (documented). */
  static final Map<String, Map<String, String>> IMPACT_AND_URGENCY =
      Map.of(
          "1", Map.of("impact", "1", "urgency", "1"),
          "2", Map.of("impact", "1", "urgency", "2"),
          "3", Map.of("impact", "2", "urgency", "2"),
          "4", Map.of("impact", "2", "urgency", "3"),
          "5", Map.of("impact", "3", "urgency", "3"));

  static final Map<String, String> PRIORITIES =
      ordered(
          "1", "1 - Critical",
          "2", "2 - High",
          "3", "3 - Moderate",
          "4", "4 - Low",
          "5", "5 - Planning");

  private static final Map<String, String> TASK_STATES =
      ordered(
          "-5", "Pending",
          "1", "Open",
          "2", "Work in Progress",
          "3", "Closed Complete",
          "4", "Closed Incomplete",
          "7", "Closed Skipped");

  private static final Map<String, TableRules> DELIVERED =
      Map.ofEntries(
          delivered("task", TASK_STATES, Set.of("3", "4", "7")),
          delivered("sc_request", TASK_STATES, Set.of("3", "4", "7")),
          delivered("sc_req_item", TASK_STATES, Set.of("3", "4", "7")),
          delivered("sc_task", TASK_STATES, Set.of("3", "4", "7")),
          delivered(
              "incident",
              ordered(
                  "1", "New",
                  "2", "In Progress",
                  "3", "On Hold",
                  "6", "Resolved",
                  "7", "Closed",
                  "8", "Canceled"),
              Set.of("6", "7", "8")),
          delivered(
              "problem",
              ordered(
                  "101", "New",
                  "102", "Assess",
                  "103", "Root Cause Analysis",
                  "104", "Fix in Progress",
                  "106", "Resolved",
                  "107", "Closed"),
              Set.of("106", "107")),
          delivered(
              "problem_task",
              ordered("151", "New", "152", "Assess", "154", "Work in Progress", "157", "Closed"),
              Set.of("157")),
          delivered(
              "change_request",
              ordered(
                  "-5", "New",
                  "-4", "Assess",
                  "-3", "Authorize",
                  "-2", "Scheduled",
                  "-1", "Implement",
                  "0", "Review",
                  "3", "Closed",
                  "4", "Canceled"),
              Set.of("3", "4")),
          delivered(
              "sn_si_incident",
              ordered(
                  "10", "Draft",
                  "16", "Analysis",
                  "18", "Contain",
                  "19", "Eradicate",
                  "20", "Recover",
                  "100", "Review",
                  "3", "Closed",
                  "7", "Cancelled"),
              Set.of("3", "7")),
          delivered(
              "sn_si_task",
              ordered(
                  "1", "Draft",
                  "10", "Ready",
                  "16", "Assigned",
                  "18", "Work in Progress",
                  "3", "Closed Complete",
                  "4", "Closed Incomplete",
                  "7", "Cancelled"),
              Set.of("3", "4", "7")));

  /** Whether the table is one that every instance has, so that its parents are known. */
  static boolean isDelivered(String table) {
    return DELIVERED.containsKey(table);
  }

  /**
   * The rules of a table.
   *
   * @param parents of a table that is not delivered, nearest first, as far as they are known
   */
  static TableRules of(String table, List<String> parents) {
    TableRules delivered = DELIVERED.get(table);
    if (delivered != null) {
      return delivered;
    }
    List<String> chain = new ArrayList<>();
    chain.add(table);
    parents.stream().filter(parent -> !chain.contains(parent)).forEach(chain::add);
    if (!chain.contains("task")) {
      chain.add("task");
    }
    TableRules nearest =
        chain.stream().filter(DELIVERED::containsKey).map(DELIVERED::get).findFirst().orElseThrow();
    return new TableRules(
        List.copyOf(chain), nearest.states, nearest.done, nearest.priorityByLookup);
  }

  String table() {
    return chain.get(0);
  }

  private static Map.Entry<String, TableRules> delivered(
      String table, Map<String, String> states, Set<String> done) {
    return Map.entry(
        table,
        new TableRules(
            table.equals("task") ? List.of(table) : List.of(table, "task"),
            states,
            done,
            table.equals("incident") || table.equals("problem")));
  }

  private static Map<String, String> ordered(String... valuesAndLabels) {
    Map<String, String> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < valuesAndLabels.length; i += 2) {
      map.put(valuesAndLabels[i], valuesAndLabels[i + 1]);
    }
    return java.util.Collections.unmodifiableMap(map);
  }
}
