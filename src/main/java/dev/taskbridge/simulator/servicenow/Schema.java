package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instance's tables with what they inherit; confined to the simulator's thread. */
final class Schema {
  private static final String EVERY_TABLE = "";
  private static final List<Field> SYSTEM_FIELDS =
      List.of(
          new Field(EVERY_TABLE, "sys_id", "GUID", 32, "", "Sys ID"),
          new Field(EVERY_TABLE, "sys_created_on", "glide_date_time", 0, "", "Created"),
          new Field(EVERY_TABLE, "sys_created_by", "string", 40, "", "Created by"),
          new Field(EVERY_TABLE, "sys_updated_on", "glide_date_time", 0, "", "Updated"),
          new Field(EVERY_TABLE, "sys_updated_by", "string", 40, "", "Updated by"),
          new Field(EVERY_TABLE, "sys_mod_count", "integer", 0, "", "Updates"));

  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Map<String, Field>> fieldsByTable = new HashMap<>();
  private final Map<String, List<String>> heirsByTable = new HashMap<>();

  void add(Table table) {
    tables.put(table.name(), table);
    fieldsByTable.clear();
    heirsByTable.clear();
  }

  /** Adds a column to a table that exists. */
  void add(Field field) {
    table(field.table()).fields().put(field.name(), field);
    fieldsByTable.clear();
  }

  Collection<Table> tables() {
    return tables.values();
  }

  boolean has(String table) {
    return tables.containsKey(table);
  }

  Table table(String name) {
    Table table = tables.get(name);
    if (table == null) {
      throw new IllegalArgumentException("no table " + name);
    }
    return table;
  }

  /** All columns of a table, inherited ones first. */
  Map<String, Field> fields(String table) {
    return fieldsByTable.computeIfAbsent(
        table,
        name -> {
          Map<String, Field> fields = new LinkedHashMap<>();
          List<String> line = new ArrayList<>(lineage(name));
          for (int i = line.size() - 1; i >= 0; i--) {
            fields.putAll(table(line.get(i)).fields());
          }
          SYSTEM_FIELDS.forEach(field -> fields.put(field.name(), field));
          return fields;
        });
  }

  @Nullable Field field(String table, String name) {
    return fields(table).get(name);
  }

  /** The table itself, then its parent, up to the root. */
  List<String> lineage(String table) {
    List<String> line = new ArrayList<>();
    String at = table;
    while (at != null) {
      line.add(at);
      at = table(at).parent();
    }
    return line;
  }

  /** The table itself and every table that extends it, at any depth. */
  List<String> withHeirs(String table) {
    return heirsByTable.computeIfAbsent(
        table, name -> tables.keySet().stream().filter(t -> lineage(t).contains(name)).toList());
  }

  boolean isA(String table, String ancestor) {
    return lineage(table).contains(ancestor);
  }

  /** What people call the column when they look at {@code table}. */
  String label(String table, Field field) {
    for (String name : lineage(table)) {
      String label = table(name).labels().get(field.name());
      if (label != null) {
        return label;
      }
      if (name.equals(field.table())) {
        break;
      }
    }
    return field.label();
  }

  /** The stored values a new record starts with. */
  Map<String, String> defaults(String table) {
    Map<String, String> defaults = new LinkedHashMap<>();
    List<String> line = lineage(table);
    for (int i = line.size() - 1; i >= 0; i--) {
      defaults.putAll(table(line.get(i)).defaults());
    }
    return defaults;
  }

  /** The column whose value stands for the whole record. */
  String displayField(String table) {
    for (String name : lineage(table)) {
      if (!table(name).display().isEmpty()) {
        return table(name).display();
      }
    }
    Map<String, Field> fields = fields(table);
    return fields.containsKey("number") ? "number" : fields.containsKey("name") ? "name" : "sys_id";
  }

  String numberPrefix(String table) {
    return lineage(table).stream()
        .map(name -> table(name).numberPrefix())
        .filter(prefix -> !prefix.isEmpty())
        .findFirst()
        .orElse("");
  }

  boolean isAudited(String table) {
    return Optional.ofNullable(tables.get(table)).map(Table::audited).orElse(false);
  }
}
