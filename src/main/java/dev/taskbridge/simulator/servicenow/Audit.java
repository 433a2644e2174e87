package dev.taskbridge.simulator.servicenow;

import java.util.HashMap;
import java.util.Map;

/** Field histories and tombstones of the tables that are audited. */
final class Audit {
  private Audit() {}

  /**
   * @param before the stored values that changed
   */
  static void update(Instance instance, Row row, Map<String, String> before, Session session) {
    if (!instance.schema.isAudited(row.table())) {
      return;
    }
    before.forEach(
        (field, old) -> {
          if (!field.startsWith("sys_")) {
            Map<String, String> values = of(row, session);
            values.put("fieldname", field);
            values.put("oldvalue", old);
            values.put("newvalue", row.get(field));
            values.put("record_checkpoint", row.get("sys_mod_count"));
            place(instance, "sys_audit", values, session);
          }
        });
  }

  static void delete(Instance instance, Row row, Session session) {
    if (instance.schema.isAudited(row.table())) {
      Map<String, String> values = of(row, session);
      values.put("display_value", instance.display(row));
      place(instance, "sys_audit_delete", values, session);
    }
  }

  private static Map<String, String> of(Row row, Session session) {
    Map<String, String> values = new HashMap<>();
    values.put("tablename", row.table());
    values.put("documentkey", row.sysId());
    values.put("user", session.userName());
    return values;
  }

  private static void place(
      Instance instance, String table, Map<String, String> values, Session session) {
    instance.place(table, instance.nextId(), values, session.userName(), instance.now());
  }
}
