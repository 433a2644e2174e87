package dev.taskbridge.simulator.servicenow;

import java.util.Map;
import java.util.Set;

/** What every task table does: who opened it and when, when it is closed, whether it is active. */
final class TaskRules {
  private static final Map<String, Set<String>> CLOSED_STATES =
      Map.of(
          "incident", Set.of("7", "8"),
          "problem", Set.of("107"),
          "problem_task", Set.of("157"),
          "change_request", Set.of("3", "4"),
          "change_task", Set.of("3", "4"),
          "sn_si_incident", Set.of("3", "7"));
  private static final Set<String> USUAL_CLOSED_STATES = Set.of("3", "4", "5", "7");

  private TaskRules() {}

  static boolean isClosed(String table, String state) {
    return CLOSED_STATES.getOrDefault(table, USUAL_CLOSED_STATES).contains(state);
  }

  static void before(Instance instance, Change change) {
    if (change.insert) {
      if (change.after("opened_at").isEmpty()) {
        change.set("opened_at", instance.now());
      }
      if (change.after("opened_by").isEmpty()) {
        change.set("opened_by", change.session.userId());
      }
    } else if (change.changes("assignment_group") && !change.before("assignment_group").isEmpty()) {
      change.set(
          "reassignment_count",
          String.valueOf(Numbers.parse(change.before("reassignment_count")).orElse(0) + 1));
    }
    if (change.changes("assigned_to") || change.changes("assignment_group")) {
      assigneeOutsideGroup(instance, change);
    }
  }

  private static void assigneeOutsideGroup(Instance instance, Change change) {
    String rule = instance.switches.word(Trap.ASSIGNEE_OUTSIDE_GROUP);
    String user = change.after("assigned_to");
    String group = change.after("assignment_group");
    if (rule.equals("kept") || user.isEmpty() || group.isEmpty()) {
      return;
    }
    boolean member =
        instance.rows("sys_user_grmember").withValue("user", user).stream()
            .anyMatch(membership -> membership.get("group").equals(group));
    if (!member && rule.equals("refused")) {
      throw Errors.abortedByRule(change.table, "Assignee must be in assignment group");
    }
    if (!member) {
      change.set("assigned_to", "");
    }
  }

  /** Runs after the table's own rules, which may still move the state. */
  static void closing(Instance instance, Change change) {
    if (!change.insert && !change.changes("state")) {
      return;
    }
    boolean closed = isClosed(change.table, change.after("state"));
    change.set("active", String.valueOf(!closed));
    if (closed && change.after("closed_at").isEmpty()) {
      change.set("closed_at", instance.now());
      change.set("closed_by", change.session.userId());
    } else if (!closed) {
      change.set("closed_at", "");
      change.set("closed_by", "");
    }
  }
}
