package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.List;

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
      throw Errors.mandatory(missing);
    }
  }

  private boolean applies(Row policy, Change change) {
    return RowSearch.of(instance, change.table, policy.get("conditions"), change.session)
        .matches(new Row(change.table, change.values()));
  }
}
