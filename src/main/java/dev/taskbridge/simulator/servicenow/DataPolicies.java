package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Fields that a record must have in certain states, as {@code sys_data_policy2} and its rules say.
 * Unlike a form's policies they bind API writes, too.
 */
final class DataPolicies {
  private final Instance instance;

  DataPolicies(Instance instance) {
    this.instance = instance;
  }

  /**
   * Refuses a change that leaves a mandatory field empty, naming the fields by their labels.
   *
   * @param importSet whether policies that do not apply to import sets are left out
   */
  void check(Change change, boolean importSet) {
    List<String> missing = new ArrayList<>();
    for (Row policy : instance.rows("sys_data_policy2").all()) {
      if (policy.get("active").equals("true")
          && policy.get("model_table").equals(change.table)
          && (!importSet || policy.get("apply_import_set").equals("true"))
          && applies(policy, change)) {
        for (Row rule : instance.rows("sys_data_policy_rule").all()) {
          Field field = instance.schema.field(change.table, rule.get("field"));
          if (rule.get("sys_data_policy").equals(policy.sysId())
              && rule.get("mandatory").equals("true")
              && field != null
              && change.after(field.name()).isEmpty()) {
            missing.add(instance.schema.label(change.table, field));
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      Collections.sort(missing);
      throw Errors.mandatory(missing);
    }
  }

  /** Lets the delivered policies on closing and holding follow their switches. */
  static void follow(Instance instance) {
    boolean close = instance.switches.on(Trap.CLOSE_DATA_POLICY);
    activate(instance, SmallWorld.INCIDENT_CLOSE_POLICY, close);
    activate(instance, SmallWorld.SECURITY_CLOSE_POLICY, close);
    activate(
        instance, SmallWorld.INCIDENT_HOLD_POLICY, instance.switches.on(Trap.HOLD_NEEDS_REASON));
  }

  private static void activate(Instance instance, String words, boolean active) {
    Row policy = instance.find("sys_data_policy2", SmallWorld.policyId(words));
    if (policy != null) {
      Map<String, String> values = policy.copyOfValues();
      values.put("active", String.valueOf(active));
      instance.rows("sys_data_policy2").change(policy, values);
    }
  }

  private boolean applies(Row policy, Change change) {
    return RowSearch.of(instance, change.table, policy.get("conditions"), change.session)
        .matches(new Row(change.table, change.values()));
  }
}
