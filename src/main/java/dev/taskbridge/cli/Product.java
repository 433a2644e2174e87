package dev.taskbridge.cli;

import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.simulator.jira.JiraSimulator;
import dev.taskbridge.simulator.servicenow.ServiceNowSimulator;
import dev.taskbridge.simulator.threatconnect.ThreatConnectSimulator;
import java.util.Locale;

/** A system that can be simulated. */
enum Product {
  THREATCONNECT(8101, "/api"),
  JIRA(8102, ""),
  SERVICENOW(8103, "");

  private final int usualPort;
  private final String path;

  Product(int usualPort, String path) {
    this.usualPort = usualPort;
    this.path = path;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it listens unless told otherwise. */
  int usualPort() {
    return usualPort;
  }

  /**
   * Starts it on loopback.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port is taken
   */
  SimulatorServer start(int port, Flavour flavour) {
    return switch (this) {
      case THREATCONNECT -> ThreatConnectSimulator.start(port);
      case JIRA -> JiraSimulator.start(port, flavour);
      case SERVICENOW -> ServiceNowSimulator.start(port);
    };
  }

  /** What a configuration names as its {@code url}. */
  String url(SimulatorServer simulator) {
    return simulator.origin() + path;
  }
}
