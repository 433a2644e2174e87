package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The choice lists as {@code sys_choice} holds them; confined to the simulator's thread. */
final class Choices {
  private final Instance instance;
  private final Map<String, List<Row>> cached = new HashMap<>();

  Choices(Instance instance) {
    this.instance = instance;
  }

  /** Must hear of every record that is written. */
  void changed(String table) {
    if (table.equals("sys_choice")) {
      cached.clear();
    }
  }

  /** The list that applies: a table's own hides its parent's. Inactive choices are in it. */
  List<Row> of(String table, String element) {
    return cached.computeIfAbsent(
        table + "." + element,
        key -> {
          for (String name : instance.schema.lineage(table)) {
            List<Row> own = new ArrayList<>();
            for (Row row : instance.rows("sys_choice").withValue("name", name)) {
              if (row.get("element").equals(element)) {
                own.add(row);
              }
            }
            if (!own.isEmpty()) {
              own.sort(Comparator.comparingInt(row -> Integer.parseInt(row.get("sequence"))));
              return own;
            }
          }
          return List.of();
        });
  }

  /** A value's label; the value itself where the list does not know it. */
  String label(String table, String element, String value) {
    return of(table, element).stream()
        .filter(row -> row.get("value").equals(value))
        .findFirst()
        .map(row -> row.get("label"))
        .orElse(value);
  }

  /** The value behind a label, as writes with {@code sysparm_input_display_value=true} bring it. */
  Optional<String> valueOfLabel(String table, String element, String label) {
    return of(table, element).stream()
        .filter(row -> row.get("label").equalsIgnoreCase(label))
        .map(row -> row.get("value"))
        .findFirst();
  }

  /**
   * Whether a field that has a list would keep {@code value}.
   *
   * @param dependsOn the present value of the field that the list hangs on; empty for none
   */
  boolean accepts(String table, String element, String value, String dependsOn) {
    return of(table, element).stream()
        .anyMatch(
            row ->
                row.get("value").equals(value)
                    && !row.get("inactive").equals("true")
                    && (row.get("dependent_value").isEmpty()
                        || row.get("dependent_value").equals(dependsOn)));
  }
}
