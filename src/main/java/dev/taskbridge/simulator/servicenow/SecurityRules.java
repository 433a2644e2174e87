package dev.taskbridge.simulator.servicenow;

import java.util.List;
import java.util.Map;

/** Security incidents and their response tasks. */
final class SecurityRules {
  private static final String DRAFT = "10";
  private static final String ANALYSIS = "16";
  private static final String CANCELLED = "7";

  /** The NIST process, first to last. */
  private static final List<String> PROCESS = List.of("10", "16", "18", "19", "20", "100", "3");

  private static final String TASK_READY = "10";
  private static final String TASK_ASSIGNED = "16";
  private static final String TASK_IN_PROGRESS = "18";

  private SecurityRules() {}

  static void beforeIncident(Instance instance, Change change) {
    if (!change.insert && change.changes("state") && instance.switches.on(Trap.SECURITY_STATEFUL)) {
      int from = PROCESS.indexOf(change.before("state"));
      int to = PROCESS.indexOf(change.after("state"));
      boolean cancelled = change.after("state").equals(CANCELLED);
      if (change.before("state").equals(CANCELLED) || (to < from && !cancelled)) {
        throw Errors.abortedByRule(change.table, "Process definition: validate state change");
      }
    }
    if (change.changes("assigned_to")
        && !change.after("assigned_to").isEmpty()
        && change.after("state").equals(DRAFT)) {
      change.set("state", ANALYSIS);
    }
  }

  static void beforeTask(Change change) {
    if (change.changes("assigned_to")
        && !change.after("assigned_to").isEmpty()
        && change.after("state").equals(TASK_READY)) {
      change.set("state", TASK_ASSIGNED);
    }
  }

  /** Closing a security incident ends its open tasks: begun ones complete, others cancelled. */
  static void afterIncident(Instance instance, RecordWriter writer, Change change, Row row) {
    if (!change.changes("state") || !TaskRules.isClosed(row.table(), row.get("state"))) {
      return;
    }
    for (Row task :
        instance.search("sn_si_task", "security_incident=" + row.sysId(), Session.SYSTEM)) {
      if (task.get("active").equals("true")) {
        String end = task.get("state").equals(TASK_IN_PROGRESS) ? "3" : CANCELLED;
        writer.updateByRule(task, Map.of("state", end), change.session);
      }
    }
  }
}
