package dev.taskbridge.simulator.servicenow;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Incidents: priority, the two state fields, resolving, closing and reopening. */
final class IncidentRules {
  static final String ON_HOLD = "3";
  static final String RESOLVED = "6";
  static final String CLOSED = "7";
  private static final String AWAITING_CALLER = "1";
  private static final String IN_PROGRESS = "2";
  private static final Set<String> MAY_CLOSE = Set.of("itil_admin", "admin");

  /** Impact down, urgency across. */
  private static final int[][] PRIORITY = {{1, 2, 3}, {2, 3, 4}, {3, 4, 5}};

  private IncidentRules() {}

  static void before(Instance instance, Change change) {
    mirrorStates(change);
    callerAnswers(change);
    closedIsReadOnly(instance, change);
    closing(instance, change);
    resolving(instance, change);
    if (instance.switches.on(Trap.PRIORITY_LOOKUP)) {
      priority(change);
    }
    if (!change.after("state").equals(ON_HOLD)) {
      change.set("hold_reason", "");
    }
  }

  private static void mirrorStates(Change change) {
    if (change.insert) {
      boolean legacy =
          change.after("state").equals("1") && !change.after("incident_state").equals("1");
      change.set(
          legacy ? "state" : "incident_state", change.after(legacy ? "incident_state" : "state"));
    } else if (change.changes("state")) {
      change.set("incident_state", change.after("state"));
    } else if (change.changes("incident_state")) {
      change.set("state", change.after("incident_state"));
    }
  }

  private static void callerAnswers(Change change) {
    if (!change.insert
        && !change.changes("state")
        && change.before("state").equals(ON_HOLD)
        && change.before("hold_reason").equals(AWAITING_CALLER)
        && change.journals.containsKey("comments")
        && change.session.userId().equals(change.before("caller_id"))) {
      setState(change, IN_PROGRESS);
    }
  }

  private static void closedIsReadOnly(Instance instance, Change change) {
    if (change.insert || !change.before("state").equals(CLOSED)) {
      return;
    }
    if (instance.switches.on(Trap.CLOSED_JOURNALS_VANISH)) {
      change.journals.clear();
    }
    if (!change.changed().isEmpty() && !change.session.isAdmin()) {
      throw Errors.acl("Update");
    }
  }

  private static void closing(Instance instance, Change change) {
    if (!change.changesTo("state", CLOSED)
        || !instance.switches.on(Trap.CLOSE_NEEDS_ROLE)
        || change.session.roles().stream().anyMatch(MAY_CLOSE::contains)) {
      return;
    }
    if (change.insert || instance.switches.word(Trap.CLOSE_WITHOUT_ROLE).equals("forbidden")) {
      throw Errors.acl(change.insert ? "Insert" : "Update");
    }
    change.revert("state");
    change.revert("incident_state");
  }

  private static void resolving(Instance instance, Change change) {
    if (!change.insert && !change.changes("state")) {
      return;
    }
    boolean done = isDone(change.after("state"));
    if (done && change.after("resolved_at").isEmpty()) {
      change.set("resolved_at", instance.now());
      change.set("resolved_by", change.session.userId());
    } else if (!done && isDone(change.before("state"))) {
      change.set("resolved_at", "");
      change.set("resolved_by", "");
      change.set("reopened_time", instance.now());
      change.set(
          "reopen_count",
          String.valueOf(Numbers.parse(change.before("reopen_count")).orElse(0) + 1));
      if (instance.switches.on(Trap.REOPEN_CLEARS_CLOSE_FIELDS)) {
        change.set("close_code", "");
        change.set("close_notes", "");
      }
    }
  }

  private static boolean isDone(String state) {
    return state.equals(RESOLVED) || state.equals(CLOSED);
  }

  private static void priority(Change change) {
    int impact = (int) Numbers.parse(change.after("impact")).orElse(3);
    int urgency = (int) Numbers.parse(change.after("urgency")).orElse(3);
    if (impact >= 1 && impact <= 3 && urgency >= 1 && urgency <= 3) {
      change.set("priority", String.valueOf(PRIORITY[impact - 1][urgency - 1]));
    }
  }

  private static void setState(Change change, String state) {
    change.set("state", state);
    change.set("incident_state", state);
  }

  static void after(Instance instance, RecordWriter writer, Change change, Row row) {
    if (!change.changesTo("state", RESOLVED) || !instance.switches.on(Trap.RESOLVE_CHILDREN)) {
      return;
    }
    for (Row child :
        instance.search("incident", "parent_incident=" + row.sysId(), Session.SYSTEM)) {
      if (!isDone(child.get("state")) && child.get("active").equals("true")) {
        Map<String, String> values = new HashMap<>();
        values.put("state", RESOLVED);
        values.put("close_code", row.get("close_code"));
        values.put("close_notes", row.get("close_notes"));
        writer.updateByRule(child, values, change.session);
      }
    }
  }
}
