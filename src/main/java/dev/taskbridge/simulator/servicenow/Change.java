package dev.taskbridge.simulator.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;

/** A write on its way: what the record was, what it is about to be. Rules read and amend it. */
final class Change {
  final String table;
  final boolean insert;
  final Session session;

  /** New journal entries by field. */
  final Map<String, String> journals = new LinkedHashMap<>();

  private final Map<String, String> before;
  private final Map<String, String> after;

  Change(
      String table,
      boolean insert,
      Session session,
      Map<String, String> before,
      Map<String, String> after) {
    this.table = table;
    this.insert = insert;
    this.session = session;
    this.before = before;
    this.after = after;
  }

  String before(String field) {
    return before.getOrDefault(field, "");
  }

  String after(String field) {
    return after.getOrDefault(field, "");
  }

  void set(String field, String value) {
    after.put(field, value);
  }

  boolean changes(String field) {
    return !before(field).equals(after(field));
  }

  boolean changesTo(String field, String value) {
    return changes(field) && after(field).equals(value);
  }

  /** Takes back what was written to {@code field}. */
  void revert(String field) {
    after.put(field, before(field));
  }

  Map<String, String> values() {
    return after;
  }

  /** The fields whose stored value differs, with the value before. */
  Map<String, String> changed() {
    Map<String, String> changed = new LinkedHashMap<>();
    after.forEach(
        (field, value) -> {
          if (!before(field).equals(value)) {
            changed.put(field, before(field));
          }
        });
    return changed;
  }
}
