package dev.taskbridge.simulator.servicenow;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of one class, indexed by what clients search for. */
final class Rows {
  /** Columns with an index on equality, whatever table they are in. */
  static final Set<String> INDEXED =
      Set.of(
          "number",
          "correlation_id",
          "parent",
          "parent_incident",
          "request_item",
          "security_incident",
          "element_id",
          "documentkey",
          "table_sys_id",
          "sys_import_set",
          "user",
          "group",
          "user_name",
          "email",
          "name",
          "element");

  private static final char AFTER_EVERY_ID = '~';

  private final NavigableMap<String, Row> byId = new TreeMap<>();
  private final NavigableMap<String, Row> byUpdate = new TreeMap<>();
  private final Map<String, Map<String, Set<Row>>> byValue = new HashMap<>();

  void add(Row row) {
    byId.put(row.sysId(), row);
    index(row);
  }

  void remove(Row row) {
    unindex(row);
    byId.remove(row.sysId());
  }

  void change(Row row, Map<String, String> values) {
    unindex(row);
    row.replace(values);
    index(row);
  }

  @Nullable Row byId(String sysId) {
    return byId.get(sysId);
  }

  /** All rows by ascending sys_id, as a table without ORDERBY comes out of the database. */
  Collection<Row> all() {
    return byId.values();
  }

  /**
   * Rows whose {@code field} is {@code value} without regard to case.
   *
   * @param field one of {@link #INDEXED}
   */
  Collection<Row> withValue(String field, String value) {
    return byValue
        .getOrDefault(field, Map.of())
        .getOrDefault(value.toLowerCase(Locale.ROOT), Set.of());
  }

  /**
   * Rows updated in a stretch of time, oldest first and by sys_id within a second.
   *
   * @param from first second of the stretch; empty for the beginning
   * @param to last second of the stretch; empty for no end
   */
  Collection<Row> updatedBetween(String from, String to) {
    NavigableMap<String, Row> stretch = byUpdate.tailMap(from, true);
    return to.isEmpty()
        ? stretch.values()
        : from.compareTo(to) > 0 ? Set.of() : stretch.headMap(to + AFTER_EVERY_ID, true).values();
  }

  int size() {
    return byId.size();
  }

  private void index(Row row) {
    byUpdate.put(updateKey(row), row);
    for (String field : INDEXED) {
      String value = row.get(field);
      if (!value.isEmpty()) {
        byValue
            .computeIfAbsent(field, f -> new HashMap<>())
            .computeIfAbsent(value.toLowerCase(Locale.ROOT), v -> new LinkedHashSet<>())
            .add(row);
      }
    }
  }

  private void unindex(Row row) {
    byUpdate.remove(updateKey(row));
    for (String field : INDEXED) {
      String value = row.get(field).toLowerCase(Locale.ROOT);
      Map<String, Set<Row>> values = byValue.get(field);
      Set<Row> rows = values == null ? null : values.get(value);
      if (rows != null) {
        rows.remove(row);
        if (rows.isEmpty() && values != null) {
          values.remove(value);
        }
      }
    }
  }

  private static String updateKey(Row row) {
    return row.get("sys_updated_on") + row.sysId();
  }
}
