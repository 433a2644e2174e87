package dev.taskbridge.simulator.servicenow;

import java.util.HashMap;
import java.util.Map;

/**
 * One record with its stored values; empty and absent are the same. {@link Rows} changes it, so
 * that the indexes follow.
 */
final class Row {
  private final String table;
  private Map<String, String> values;

  Row(String table, Map<String, String> values) {
    this.table = table;
    this.values = withoutEmpty(values);
  }

  /** The class of the record, not the table it was asked for through. */
  String table() {
    return table;
  }

  String sysId() {
    return get("sys_id");
  }

  /** The stored value; empty when there is none. */
  String get(String field) {
    return values.getOrDefault(field, "");
  }

  Map<String, String> copyOfValues() {
    return new HashMap<>(values);
  }

  void replace(Map<String, String> newValues) {
    values = withoutEmpty(newValues);
  }

  private static Map<String, String> withoutEmpty(Map<String, String> values) {
    Map<String, String> kept = new HashMap<>(values);
    kept.values().removeIf(String::isEmpty);
    return kept;
  }
}
