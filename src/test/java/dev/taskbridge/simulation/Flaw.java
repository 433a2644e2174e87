package dev.taskbridge.simulation;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;
import java.time.Duration;

/**
 * A way to build the bridge wrong, made of wrappers around its ports, so that the program itself
 * has no switch for it. One instance belongs to one history.
 */
class Flaw {
  /** The bridge as it is. */
  static Flaw none() {
    return new Flaw();
  }

  TaskSource tasks(TaskSource real, World world) {
    return real;
  }

  TicketSystem tickets(TicketSystem real, World world) {
    return real;
  }

  MemoryLinkStore store(World world, Ledger ledger) {
    return new MemoryLinkStore(world::mayCrash, ledger::stored);
  }

  /** What the program makes of what people configured. */
  Settings read(Settings configured) {
    return configured;
  }

  Duration searchLag(Duration real) {
    return real;
  }

  /** The process died; {@code store} is what it left. */
  void crashed(MemoryLinkStore store) {}
}
