package dev.taskbridge.reconcile;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.mapping.FieldMapping;

/** How one field of a sync is carried. */
public record FieldRule(FieldMapping mapping, Direction direction, ConflictPolicy policy) {
  public FieldName field() {
    return mapping.field();
  }
}
