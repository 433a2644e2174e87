package dev.taskbridge.simulator.servicenow;

import java.util.Set;

/**
 * One column.
 *
 * @param table the table that declares it; heirs see it too
 * @param type ServiceNow's internal type, such as {@code glide_date_time}
 * @param maxLength in characters; 0 where the type has none
 * @param reference the table a reference points into; empty for other types
 */
record Field(
    String table, String name, String type, int maxLength, String reference, String label) {
  private static final Set<String> SERVER_SET =
      Set.of(
          "sys_id",
          "sys_created_on",
          "sys_created_by",
          "sys_updated_on",
          "sys_updated_by",
          "sys_mod_count",
          "sys_class_name");

  boolean isReference() {
    return !reference.isEmpty();
  }

  boolean isJournal() {
    return type.equals("journal_input");
  }

  boolean isDateTime() {
    return type.equals("glide_date_time");
  }

  boolean isDate() {
    return type.equals("glide_date");
  }

  boolean isInteger() {
    return type.equals("integer");
  }

  boolean isBoolean() {
    return type.equals("boolean");
  }

  boolean isText() {
    return type.equals("string");
  }

  /** Whether writes through the API are ignored. */
  boolean isServerSet() {
    return SERVER_SET.contains(name);
  }
}
