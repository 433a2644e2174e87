package dev.taskbridge.simulator.servicenow;

/** Problems: the state moves through form buttons only, so the Table API's write is lost. */
final class ProblemRules {
  private static final String NEW = "101";

  private ProblemRules() {}

  static void before(Instance instance, Change change) {
    if (!instance.switches.on(Trap.PROBLEM_STATE_FROZEN)) {
      if (!change.insert && change.changes("problem_state") && !change.changes("state")) {
        change.set("state", change.after("problem_state"));
      }
    } else if (change.insert) {
      change.set("state", NEW);
    } else if (!change.session.equals(Session.SYSTEM)) {
      change.revert("state");
    }
    change.set("problem_state", change.after("state"));
  }
}
