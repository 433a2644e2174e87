package dev.taskbridge.simulator.servicenow;

import java.util.Map;
import java.util.Set;

/** Changes: the normal change's state model. */
final class ChangeRules {
  private static final Map<String, Set<String>> NEXT =
      Map.of(
          "-5", Set.of("-4", "4"),
          "-4", Set.of("-5", "-3", "4"),
          "-3", Set.of("-5", "-2", "4"),
          "-2", Set.of("-5", "-1", "4"),
          "-1", Set.of("0", "4"),
          "0", Set.of("3", "4"),
          "3", Set.of(),
          "4", Set.of());

  private ChangeRules() {}

  static void before(Instance instance, Change change) {
    if (!change.insert
        && change.changes("state")
        && change.after("type").equals("normal")
        && instance.switches.on(Trap.CHANGE_STATE_MODEL)
        && !NEXT.getOrDefault(change.before("state"), Set.of()).contains(change.after("state"))) {
      throw Errors.abortedByRule(change.table, "Change Model: Check State Transition");
    }
  }
}
