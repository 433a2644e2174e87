package dev.taskbridge.simulator.servicenow;

/** Tables and columns that an administrator adds by writing the rows that describe them. */
final class CustomSchema {
  private CustomSchema() {}

  /** Makes the schema follow a row of {@code sys_db_object} or {@code sys_dictionary}. */
  static void follow(Instance instance, Row row) {
    if (row.table().equals("sys_db_object") && !instance.schema.has(row.get("name"))) {
      Row parent = instance.find("sys_db_object", row.get("super_class"));
      instance.schema.add(
          Table.custom(
              row.get("name"), row.get("label"), parent == null ? null : parent.get("name")));
    }
    if (row.table().equals("sys_dictionary")
        && instance.schema.has(row.get("name"))
        && !row.get("element").isEmpty()) {
      String type = row.get("internal_type").isEmpty() ? "string" : row.get("internal_type");
      instance.schema.add(
          new Field(
              row.get("name"),
              row.get("element"),
              type,
              (int) Numbers.parse(row.get("max_length")).orElse(40),
              type.equals("reference") ? row.get("reference") : "",
              row.get("column_label").isEmpty() ? row.get("element") : row.get("column_label")));
    }
  }
}
