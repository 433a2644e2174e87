package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.ConfigurationWatch;
import dev.taskbridge.web.HealthPage;
import dev.taskbridge.web.HooksPage;
import dev.taskbridge.web.MetricsPage;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;

/** The daemon. */
@Command(
    name = "run",
    description = "Keep both sides in step until told to end.",
    footer = {
      "",
      "SIGTERM finishes what is in flight and ends within 10 s. A system that is down is asked",
      "again by itself; /health/ready says which and why."
    })
final class RunCommand extends ConfiguredCommand {
  @Override
  protected Exit run(TaskbridgeConfig config) throws Exception {
    Termination.watch();
    try (Bridge bridge =
        new Bridge(
            config,
            Path.of("").toAbsolutePath(),
            BridgeCommand.open(config.store()),
            Clock.systemUTC())) {
      bridge.bind("healthPage", new HealthPage(bridge));
      bridge.bind("metricsPage", new MetricsPage(bridge));
      bridge.bind("hooksPage", new HooksPage(bridge));
      bridge.start(true);
      bridge.wakeAll();
      bridge.startSchedules();
      bridge.watchConfiguration(new ConfigurationWatch(loader(), options().config(), bridge));
      output()
          .message(
              "running; http://"
                  + config.web().host()
                  + ":"
                  + config.web().port()
                  + "/health/ready tells how it goes");
      Termination.await();
    }
    return Exit.DONE;
  }
}
