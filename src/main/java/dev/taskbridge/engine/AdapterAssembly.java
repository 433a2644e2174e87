package dev.taskbridge.engine;

import dev.taskbridge.config.TaskbridgeConfig;
import java.time.Clock;
import org.apache.camel.CamelContext;

/** Makes the adapters of one configuration and the routes that lead to them. */
final class AdapterAssembly {
  private final Clock clock;

  AdapterAssembly(Clock clock) {
    this.clock = clock;
  }

  void connect(CamelContext camel, RouteFiles routes, TaskbridgeConfig config) {}
}
