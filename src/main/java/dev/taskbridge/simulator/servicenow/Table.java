package dev.taskbridge.simulator.servicenow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One table's definition; {@link Schema} adds what it inherits.
 *
 * @param parent the table it extends
 * @param numberPrefix empty when the server assigns no numbers
 * @param display empty when the parent's applies
 * @param fields its own, by name
 * @param labels labels it gives to inherited fields
 * @param defaults stored values of a new record
 */
record Table(
    String name,
    String label,
    @Nullable String parent,
    String numberPrefix,
    String display,
    boolean audited,
    Map<String, Field> fields,
    Map<String, String> labels,
    Map<String, String> defaults) {

  /** A table that an administrator makes. */
  static Table custom(String name, String label, @Nullable String parent) {
    return new Table(
        name, label, parent, "", "", false, new LinkedHashMap<>(), Map.of(), new LinkedHashMap<>());
  }
}
