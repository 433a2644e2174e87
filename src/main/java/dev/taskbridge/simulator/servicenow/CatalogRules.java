package dev.taskbridge.simulator.servicenow;

import java.util.List;
import java.util.Map;

/** Catalogue tasks: when the last one of a requested item closes, the item is complete. */
final class CatalogRules {
  private static final String CLOSED_COMPLETE = "3";

  private CatalogRules() {}

  static void after(Instance instance, RecordWriter writer, Change change, Row row) {
    Row item = instance.find("sc_req_item", row.get("request_item"));
    if (!change.changes("state") || item == null || row.get("active").equals("true")) {
      return;
    }
    List<Row> siblings = instance.search("sc_task", "request_item=" + item.sysId(), Session.SYSTEM);
    if (siblings.stream().noneMatch(task -> task.get("active").equals("true"))
        && item.get("active").equals("true")) {
      writer.updateByRule(item, Map.of("state", CLOSED_COMPLETE), Session.SYSTEM);
    }
  }

  /** Gives Closed Skipped the stored value that the switch says; instances differ. */
  static void renumberSkipped(Instance instance) {
    String value = instance.switches.word(Trap.CATALOG_TASK_SKIPPED);
    for (Row choice : instance.choices.of("sc_task", "state")) {
      if (choice.get("label").equals("Closed Skipped") && choice.get("name").equals("sc_task")) {
        Map<String, String> values = choice.copyOfValues();
        values.put("value", value);
        instance.rows("sys_choice").change(choice, values);
      }
    }
    instance.choices.changed("sys_choice");
  }
}
