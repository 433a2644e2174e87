package dev.taskbridge.simulator.servicenow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One company's ServiceNow: its tables, their records, its switches and its clock; confined to the
 * simulator's thread.
 */
final class Instance {
  final Schema schema = new Schema();
  final Switches switches = new Switches();
  final Clock clock;
  final Choices choices = new Choices(this);

  private final Map<String, Rows> rowsByTable = new LinkedHashMap<>();
  private final Map<String, Integer> lastNumber = new HashMap<>();
  private long idsGiven;

  Instance(Clock clock) {
    this.clock = clock;
  }

  /** The platform's present second. */
  String now() {
    return Times.stored(clock.instant());
  }

  /** Whether clients may name this table. */
  boolean hasTable(String table) {
    return schema.has(table)
        && schema.lineage(table).stream().noneMatch(switches.list(Trap.ABSENT_TABLES)::contains);
  }

  Rows rows(String table) {
    return rowsByTable.computeIfAbsent(table, t -> new Rows());
  }

  Map<String, Rows> rowsByTable() {
    return rowsByTable;
  }

  /** The record with this id in {@code table} or a table that extends it. */
  @Nullable Row find(String table, String sysId) {
    for (String heir : schema.withHeirs(table)) {
      Rows rows = rowsByTable.get(heir);
      Row row = rows == null ? null : rows.byId(sysId);
      if (row != null) {
        return row;
      }
    }
    return null;
  }

  /** The records that match, in order. */
  List<Row> search(String table, String encodedQuery, Session session) {
    return RowSearch.of(this, table, encodedQuery, session).run();
  }

  Optional<Row> first(String table, String encodedQuery) {
    return search(table, encodedQuery, Session.SYSTEM).stream().findFirst();
  }

  /** What stands for the record in a list of references. */
  String display(Row row) {
    Field field = schema.field(row.table(), schema.displayField(row.table()));
    if (field == null) {
      return row.sysId();
    }
    String value = row.get(field.name());
    if (!field.isReference()) {
      return value;
    }
    Row target = schema.has(field.reference()) ? find(field.reference(), value) : null;
    return target == null ? value : display(target);
  }

  String nextId() {
    return idOf("record " + ++idsGiven);
  }

  /** A fixed id for something that every fresh instance has. */
  static String idOf(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("MD5").digest(what.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Such as {@code INC0010001}; empty for tables without numbers. */
  String nextNumber(String table) {
    String prefix = schema.numberPrefix(table);
    return prefix.isEmpty()
        ? ""
        : String.format("%s%07d", prefix, lastNumber.merge(prefix, 10_001, (last, x) -> last + 1));
  }

  /**
   * Puts a record in place as it is, without rules, journals or audit.
   *
   * @param by what {@code sys_created_by} and {@code sys_updated_by} say
   * @param at a stored time
   */
  Row place(String table, String sysId, Map<String, String> given, String by, String at) {
    Map<String, String> values = new HashMap<>(schema.defaults(table));
    values.putAll(given);
    values.put("sys_id", sysId);
    values.put("sys_created_by", by);
    values.put("sys_created_on", at);
    values.put("sys_updated_by", by);
    values.put("sys_updated_on", at);
    values.put("sys_mod_count", "0");
    if (schema.field(table, "sys_class_name") != null) {
      values.put("sys_class_name", table);
    }
    Row row = new Row(table, values);
    rows(table).add(row);
    choices.changed(table);
    return row;
  }

  List<String> tablesWithRows() {
    List<String> tables = new ArrayList<>();
    rowsByTable.forEach(
        (table, rows) -> {
          if (rows.size() > 0) {
            tables.add(table);
          }
        });
    return tables;
  }
}
