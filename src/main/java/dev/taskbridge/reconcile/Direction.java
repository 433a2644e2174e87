package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Side;
import java.util.Optional;

/** Which way a field is carried. */
public enum Direction {
  BOTH,
  TO_TICKET,
  TO_TASK;

  /** The side whose value always holds, where the field goes one way only. */
  Optional<Side> source() {
    return switch (this) {
      case BOTH -> Optional.empty();
      case TO_TICKET -> Optional.of(Side.TASK);
      case TO_TASK -> Optional.of(Side.TICKET);
    };
  }
}
