package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TicketSystem;

/** How the engine reaches the remote systems; in the program, through the routes. Thread-safe. */
public interface Systems {
  /** The name under which ThreatConnect's health and requests are counted. */
  String THREATCONNECT = "threatconnect";

  TaskSource tasks();

  /**
   * A configured ticketing system.
   *
   * @throws IllegalArgumentException if no system has this name
   */
  TicketSystem tickets(String system);

  /** The same systems as one sync reaches them, for whoever wants to know on whose behalf. */
  default Systems onBehalfOf(SyncDefinition sync) {
    return this;
  }
}
