package dev.taskbridge.cli;

import dev.taskbridge.cli.DemoPeople.Edit;
import dev.taskbridge.config.ConfigLoader;
import dev.taskbridge.config.Loaded;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.WebConfig;
import dev.taskbridge.engine.Bridge;
import dev.taskbridge.log.KnownSecrets;
import dev.taskbridge.simulator.SimulatorServer;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.web.HealthPage;
import dev.taskbridge.web.HooksPage;
import dev.taskbridge.web.MetricsPage;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Three simulated systems, the daemon, and people who edit both sides: all on this machine. */
@Command(
    name = "demo",
    description = "Watch tasks become tickets and edits flow both ways, on simulated systems.",
    footer = {
      "",
      "Needs nothing but this machine: ThreatConnect listens at 8101, Jira at 8102, ServiceNow at",
      "8103, the daemon at PORT. With --for it ends by itself; exit 0 means that every field agreed",
      "at the end and no ticket was made twice."
    })
final class DemoCommand extends TaskbridgeCommand {
  private static final Path CONFIG = Path.of("config/demo.yaml");
  private static final Duration BETWEEN_EDITS = Duration.ofMillis(700);
  private static final Duration CLOSING_TIME = Duration.ofSeconds(14);
  private static final Duration LONGEST_REST = Duration.ofSeconds(60);

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "End after this time, such as 60s or 2m, with a summary.",
      converter = DurationWord.class)
  private @Nullable Duration time;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "How many tasks there are to begin with (default: ${DEFAULT-VALUE}).")
  private int tasks = 25;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where the daemon listens (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Override
  protected Exit run() throws Exception {
    if (tasks < 1 || tasks > 100_000) {
      throw wrong("--tasks must be between 1 and 100000, but was " + tasks);
    }
    Termination.watch();
    Map<Product, SimulatorServer> simulators = new EnumMap<>(Product.class);
    try {
      for (Product product : Product.values()) {
        simulators.put(product, product.start(product.usualPort(), Flavour.CLOUD));
      }
      return runOn(simulators);
    } catch (IllegalStateException taken) {
      if (Termination.isAsked()) {
        return Exit.DONE;
      }
      output().message(taken.getMessage() + "; end what listens there, or another demo");
      return Exit.WRONG;
    } finally {
      simulators.values().forEach(SimulatorServer::close);
    }
  }

  private Exit runOn(Map<Product, SimulatorServer> simulators) throws Exception {
    Map<String, String> environment = environment(simulators);
    Loaded loaded = new ConfigLoader(environment, RouteFiles.otherKinds()).load(CONFIG);
    if (loaded instanceof Loaded.Invalid invalid) {
      ConfiguredCommand.show(output(), invalid.problems());
      return Exit.WRONG;
    }
    TaskbridgeConfig config = ((Loaded.Valid) loaded).config();
    config = config.withWeb(new WebConfig(config.web().host(), port, config.web().token()));
    KnownSecrets.add(config.secrets());
    removeOldStore(config);
    DemoPeople people = new DemoPeople(simulators, new Random(42));
    people.seed(tasks);
    Narrator narrator = new Narrator(output(), started());
    try (Bridge bridge =
        new Bridge(
            config,
            Path.of("").toAbsolutePath(),
            BridgeCommand.open(config.store()),
            Clock.systemUTC())) {
      bridge.announcements().listen(narrator::tell);
      bridge.bind("healthPage", new HealthPage(bridge));
      bridge.bind("metricsPage", new MetricsPage(bridge));
      bridge.bind("hooksPage", new HooksPage(bridge));
      bridge.start(true);
      narrator.say(
          "demo      "
              + people.openTasks()
              + " open tasks in ThreatConnect; http://"
              + config.web().host()
              + ":"
              + port
              + "/health/ready");
      bridge.wakeAll();
      bridge.startSchedules();
      live(bridge, people, narrator, config);
      if (time == null) {
        return Exit.DONE;
      }
      return DemoSummary.of(bridge, people, narrator, config).show(output());
    }
  }

  /** Lets people edit until it is time to come to an end. */
  private void live(Bridge bridge, DemoPeople people, Narrator narrator, TaskbridgeConfig config)
      throws Exception {
    Instant end = time == null ? Instant.MAX : started().plus(time);
    Instant lastEdit = time == null ? Instant.MAX : end.minus(CLOSING_TIME);
    while (!Termination.isAsked() && Instant.now().isBefore(lastEdit)) {
      narrator.flush();
      if (narrator.hasCarriedAll(people.openTasks() * (long) config.syncs().size())) {
        people.edit(bridge.store()).ifPresent((Edit edit) -> narrator.say(edit.story()));
      }
      Thread.sleep(BETWEEN_EDITS.toMillis());
    }
    if (time != null && !Termination.isAsked()) {
      narrator.say("demo      people go home; the bridge carries over what is left");
      settle(bridge, List.copyOf(config.syncs().keySet()), end);
      narrator.flush();
    }
  }

  /** Waits for a whole sweep after the last edit, and for all it wakes. */
  private static void settle(Bridge bridge, List<String> syncs, Instant end) throws Exception {
    for (String sync : syncs) {
      bridge.call("direct:poll-tasks", sync);
      bridge.call("direct:poll-tickets", sync);
    }
    bridge.looks().awaitRest(LONGEST_REST);
    for (String sync : syncs) {
      bridge.call("direct:sweep", sync);
    }
    bridge.looks().awaitRest(LONGEST_REST);
    Duration left = Duration.between(Instant.now(), end.minusSeconds(2));
    if (!left.isNegative()) {
      Thread.sleep(left.toMillis());
    }
    bridge.looks().awaitRest(LONGEST_REST);
  }

  private static Map<String, String> environment(Map<Product, SimulatorServer> simulators) {
    JsonObject threatConnect = credentials(simulators, Product.THREATCONNECT);
    JsonObject jira = credentials(simulators, Product.JIRA);
    JsonObject serviceNow = credentials(simulators, Product.SERVICENOW);
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("DEMO_TC_ACCESS_ID", threatConnect.getString("accessId"));
    environment.put("DEMO_TC_SECRET", threatConnect.getString("secretKey"));
    environment.put("DEMO_JIRA_USER", jira.getString("user"));
    environment.put("DEMO_JIRA_TOKEN", jira.getString("token"));
    environment.put("DEMO_SNOW_USER", serviceNow.getString("user"));
    environment.put("DEMO_SNOW_PASSWORD", serviceNow.getString("password"));
    environment.putIfAbsent("DEMO_WEB_TOKEN", "demo-page-token");
    return environment;
  }

  private static JsonObject credentials(Map<Product, SimulatorServer> simulators, Product product) {
    SimulatorServer simulator = simulators.get(product);
    if (simulator == null) {
      throw new IllegalStateException(product + " is not simulated");
    }
    return simulator.acceptedCredentials();
  }

  /** The simulators begin anew each time, and so does what is known of them. */
  private static void removeOldStore(TaskbridgeConfig config) throws IOException {
    Path file = Path.of(config.store().url().substring("jdbc:sqlite:".length()));
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
    }
  }

  /** When this process was started. */
  private static Instant started() {
    return Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
  }
}
