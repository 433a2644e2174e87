package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that a write sets, field by field.
 *
 * @param parts what can be asked for
 * @param refused what cannot, because a value has no counterpart in this instance
 */
record Draft(Map<FieldName, Part> parts, Map<FieldName, Refusal> refused) {

  /**
   * One field's share.
   *
   * @param write stored values by column; the empty text clears
   * @param expect what these columns must hold afterwards; the server says 200 whether it stored a
   *     value or dropped it (documented)
   * @param asked the value for people
   */
  record Part(Map<String, String> write, Map<String, String> expect, String asked) {
    static Part of(String column, String value, String asked) {
      return new Part(Map.of(column, value), Map.of(column, value), asked);
    }
  }

  Draft {
    parts = new LinkedHashMap<>(parts);
    refused = Map.copyOf(refused);
  }

  Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    parts.values().forEach(part -> columns.putAll(part.write()));
    return columns;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The same write without one field, which is refused. */
  Draft without(FieldName field, Refusal why) {
    Map<FieldName, Part> rest = new LinkedHashMap<>(parts);
    rest.remove(field);
    Map<FieldName, Refusal> all = new LinkedHashMap<>(refused);
    all.put(field, why);
    return new Draft(rest, all);
  }

  /** One field alone. */
  Draft only(FieldName field) {
    return new Draft(Map.of(field, parts.get(field)), Map.of());
  }

  /** The fields of this draft that {@code row}, the record after the write, does not hold. */
  Map<FieldName, Refusal> notDone(TableRules rules, Row row) {
    Map<FieldName, Refusal> missing = new LinkedHashMap<>();
    parts.forEach(
        (field, part) ->
            part.expect().entrySet().stream()
                .filter(entry -> !holds(row, entry.getKey(), entry.getValue()))
                .findFirst()
                .ifPresent(
                    entry ->
                        missing.put(
                            field,
                            new Refusal.Rejected(
                                Optional.of(field),
                                Words.notStored(rules, row, field, part, entry.getKey())))));
    return missing;
  }

  private static boolean holds(Row row, String column, String wanted) {
    return plain(row.value(column)).equals(plain(wanted));
  }

  private static String plain(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n').strip();
  }
}
