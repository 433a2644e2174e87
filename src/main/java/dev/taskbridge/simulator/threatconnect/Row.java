package dev.taskbridge.simulator.threatconnect;

import org.jspecify.annotations.Nullable;

/** Something with an id of its own kind. */
interface Row {
  long id();

  /** The id that clients may choose; null for kinds that have none. */
  default @Nullable String xid() {
    return null;
  }
}
