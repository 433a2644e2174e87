package dev.taskbridge.simulator.servicenow;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A column, or a walk along references to one, such as {@code assignment_group.name}.
 *
 * @param fields the references in order, the column last; never empty
 */
record FieldPath(Instance instance, List<Field> fields) {

  /** Empty if a name on the way is unknown or no reference. */
  static Optional<FieldPath> of(Instance instance, String table, String dotted) {
    List<Field> fields = new ArrayList<>();
    String at = table;
    for (String name : dotted.split("\\.", -1)) {
      Field field =
          at.isEmpty() || !instance.schema.has(at) ? null : instance.schema.field(at, name);
      if (field == null) {
        return Optional.empty();
      }
      fields.add(field);
      at = field.reference();
    }
    return Optional.of(new FieldPath(instance, fields));
  }

  Field last() {
    return fields.get(fields.size() - 1);
  }

  boolean isDirect() {
    return fields.size() == 1;
  }

  /** The record that holds the column; null if a reference on the way is empty or dangling. */
  @Nullable Row holder(Row row) {
    Row at = row;
    for (int i = 0; i < fields.size() - 1 && at != null; i++) {
      Field reference = fields.get(i);
      String id = at.get(reference.name());
      at = id.isEmpty() ? null : instance.find(reference.reference(), id);
    }
    return at;
  }

  /** The stored value; empty when there is none. */
  String value(Row row) {
    Row holder = holder(row);
    return holder == null ? "" : holder.get(last().name());
  }

  /** What text operators and orders see: a reference's display value, else the stored value. */
  String text(Row row) {
    String value = value(row);
    if (last().isReference() && !value.isEmpty() && instance.schema.has(last().reference())) {
      Row target = instance.find(last().reference(), value);
      return target == null ? value : instance.display(target);
    }
    return value;
  }

  Comparator<Row> comparator() {
    return last().isInteger()
        ? Comparator.comparingLong(row -> Numbers.orLowest(value(row)))
        : last().isDateTime()
            ? Comparator.comparing(this::value)
            : Comparator.comparing(row -> text(row).toLowerCase(Locale.ROOT));
  }
}
