package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Comments and work notes: append-only rows in {@code sys_journal_field}. */
final class Journals {
  private static final String TABLE = "sys_journal_field";

  private Journals() {}

  static Row append(Instance instance, Row record, String element, String text, String by) {
    Map<String, String> values = new HashMap<>();
    values.put("name", record.table());
    values.put("element", element);
    values.put("element_id", record.sysId());
    values.put("value", text);
    return instance.place(TABLE, instance.nextId(), values, by, instance.now());
  }

  /** The field's display text: entries newest first, each under a line saying when and who. */
  static String history(Instance instance, Session session, Row record, Field field) {
    List<Row> entries = new ArrayList<>();
    for (Row entry : instance.rows(TABLE).withValue("element_id", record.sysId())) {
      if (entry.get("element").equals(field.name())) {
        entries.add(entry);
      }
    }
    // Stable within a second: rows come in the order they were written.
    Collections.reverse(entries);
    entries.sort(Comparator.comparing((Row e) -> e.get("sys_created_on")).reversed());
    StringBuilder text = new StringBuilder();
    for (Row entry : entries) {
      text.append(Times.shown(entry.get("sys_created_on"), session.zone(), session.dateFormat()))
          .append(" - ")
          .append(fullName(instance, entry.get("sys_created_by")))
          .append(" (")
          .append(instance.schema.label(record.table(), field))
          .append(")\n")
          .append(entry.get("value"))
          .append("\n\n");
    }
    return text.toString();
  }

  private static String fullName(Instance instance, String userName) {
    return instance.rows("sys_user").withValue("user_name", userName).stream()
        .findFirst()
        .map(user -> user.get("name"))
        .orElse(userName.equals("system") ? "System" : userName);
  }
}
