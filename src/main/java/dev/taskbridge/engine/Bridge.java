package dev.taskbridge.engine;

import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.store.LinkStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.support.FileWatcherResourceReloadStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running program: Camel with the routes of {@code routes/}, the systems and syncs of one
 * configuration, and the store. The daemon starts its schedules and its web server; the one-shot
 * commands call its routes themselves. One instance a process.
 */
public final class Bridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private static final long LAST_WAIT_MILLIS = 1_000;
  private static final String WEB_ROUTES = "web.yaml";
  private static final String HTTP_ROUTES = "http.yaml";

  private final Path home;
  private final Clock clock;
  private final LinkStore store;
  private final SystemHealth health;
  private final StoreHealth storeHealth;
  private final DeltaTrust trust;
  private final TicketsOfTasks ticketsOfTasks;
  private final Syncs syncs;
  private final Looks looks = new Looks();
  private final CycleReport report = new CycleReport();
  private final Announcements announcements = new Announcements();
  private final Main main = new Main();
  private final AdapterAssembly adapters;
  private final Map<String, Object> beans = new HashMap<>();
  private volatile TaskbridgeConfig config;
  private volatile HttpObserver requestObserver = HttpObserver.NONE;
  private final Redefinition redefinition;
  private @Nullable RouteFiles routeFiles;
  private @Nullable Schedules schedules;
  private volatile @Nullable ConfigurationWatch configurationWatch;
  private @Nullable ProducerTemplate producer;
  private UnaryOperator<Systems> between = UnaryOperator.identity();
  private @Nullable Systems reached;

  /**
   * A bridge that is not started yet.
   *
   * @param home the folder that holds {@code routes/} and {@code config/}
   * @param store open and empty or from an earlier run; closed with the bridge
   */
  public Bridge(TaskbridgeConfig config, Path home, LinkStore store, Clock clock) {
    this.config = config;
    this.home = home;
    this.store = store;
    this.clock = clock;
    this.health = new SystemHealth(clock);
    this.storeHealth = new StoreHealth(store);
    this.redefinition = new Redefinition(store, clock);
    this.trust = new DeltaTrust(store, clock);
    this.ticketsOfTasks = new TicketsOfTasks(store);
    this.syncs = new Syncs(SyncAssembly.all(config, ticketsOfTasks));
    this.adapters = new AdapterAssembly(clock, new Requests());
  }

  /**
   * Starts Camel and connects the systems, without schedules.
   *
   * @param withWeb whether to listen as {@code web} is configured
   * @throws IllegalStateException if a route file is wrong or the port is taken, saying which
   * @throws RefusedConfiguration if the store holds links that the configuration would lose
   */
  public void start(boolean withWeb) {
    List<String> reasons = new ArrayList<>(notBuilt(config));
    reasons.addAll(redefinition.objections(config));
    refuseIfAny(reasons);
    redefinition.take(config);
    Path routes = home.resolve("routes");
    List<String> files = new ArrayList<>();
    for (Path file : RouteFiles.in(routes)) {
      String name = file.getFileName().toString();
      if (withWeb || !name.equals(WEB_ROUTES)) {
        files.add("file:" + file);
      }
    }
    main.setPropertyPlaceholderLocations("file:" + home.resolve("config/application.properties"));
    main.addInitialProperty("taskbridge.lanes", String.valueOf(config.queue().lanes()));
    main.configure().withRoutesIncludePattern(String.join(",", files));
    main.configure().addConfiguration(new Beans());
    // Who starts the bridge ends it; Camel's own hook would hold up a command's SIGTERM for 20 s.
    main.setShutdownStrategy(new SimpleMainShutdownStrategy());
    if (withWeb) {
      main.configure()
          .httpServer()
          .withEnabled(true)
          .withHost(config.web().host())
          .withPort(config.web().port());
    }
    try {
      main.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start: " + rootMessage(e), e);
    }
    routeFiles = new RouteFiles(camel());
    adapters.connectAll(camel(), routeFiles, config);
    health.register(Systems.THREATCONNECT);
    config.systems().keySet().forEach(health::register);
  }

  /** Starts the schedules: from now on it runs by itself. */
  public synchronized void startSchedules() {
    RouteFiles files = routeFiles();
    schedules = new Schedules(files);
    schedules.start(syncs.all());
    watch(files);
    LOG.info("running {} syncs", syncs.all().size());
  }

  /** Lets {@code watch} look every few seconds; after {@link #startSchedules}. */
  public void watchConfiguration(ConfigurationWatch watch) {
    configurationWatch = watch;
    camel().getRegistry().bind("configuration", watch);
    routeFiles().make("schedule.look-at-configuration", "look-at-configuration", Map.of());
  }

  /** Why the configuration file is not in force as it is now; empty if it is. */
  public Optional<String> configurationTrouble() {
    ConfigurationWatch watch = configurationWatch;
    return watch == null ? Optional.empty() : watch.trouble();
  }

  /** The configuration in force. */
  public TaskbridgeConfig config() {
    return config;
  }

  /**
   * Puts a changed configuration in force while everything runs, whole or not at all. Links of
   * syncs that mean something else now are looked at again; those of a sync that is no longer
   * configured rest until it is.
   *
   * @throws RefusedConfiguration if it needs a restart, or the store holds links that it would lose
   */
  public synchronized void reconfigure(TaskbridgeConfig changed) {
    TaskbridgeConfig before = config;
    List<String> reasons = new ArrayList<>(needingRestart(before, changed));
    reasons.addAll(redefinition.objections(changed));
    refuseIfAny(reasons);
    List<SyncDefinition> definitions = SyncAssembly.all(changed, ticketsOfTasks);
    if (schedules != null) {
      schedules.stopOthers(definitions);
    }
    adapters
        .connectChanged(camel(), routeFiles(), before, changed)
        .forEach(system -> health.forget(system));
    health.register(Systems.THREATCONNECT);
    changed.systems().keySet().forEach(health::register);
    config = changed;
    // Polls that still read with a former definition do not move its cursors any more.
    syncs.replace(definitions);
    List<String> redefined = redefinition.take(changed);
    if (schedules != null) {
      schedules.start(definitions);
    }
    LOG.info(
        "the configuration was changed; syncs that mean something else now: {}",
        redefined.isEmpty() ? "none" : String.join(", ", redefined));
  }

  /** Better no start than another queue than the one that was asked for. */
  private static List<String> notBuilt(TaskbridgeConfig config) {
    return config
        .queue()
        .match(
            memory -> List.of(),
            kafka ->
                List.of(
                    "queue.kind: \"kafka\" is not in this version yet; write memory, which one"
                        + " process needs nothing else for"));
  }

  private static List<String> needingRestart(TaskbridgeConfig before, TaskbridgeConfig changed) {
    List<String> keys = new ArrayList<>();
    if (!changed.store().equals(before.store())) {
      keys.add("store");
    }
    if (!changed.queue().equals(before.queue())) {
      keys.add("queue");
    }
    if (!changed.web().host().equals(before.web().host())) {
      keys.add("web.host");
    }
    if (changed.web().port() != before.web().port()) {
      keys.add("web.port");
    }
    return keys.stream().map(key -> key + ": a change of it needs a restart").toList();
  }

  private static void refuseIfAny(List<String> reasons) {
    if (!reasons.isEmpty()) {
      throw new RefusedConfiguration(reasons);
    }
  }

  /** Puts a changed route file in force without a restart; a wrong one changes nothing. */
  private void watch(RouteFiles files) {
    FileWatcherResourceReloadStrategy watcher =
        new FileWatcherResourceReloadStrategy(home.resolve("routes").toString(), true);
    watcher.setResourceReload(
        (name, resource) -> {
          Path file = Path.of(resource.getURI());
          if (name.endsWith(".yaml")
              && files.reload(file)
              && file.getFileName().toString().equals(HTTP_ROUTES)) {
            adapters.connectAll(camel(), files, config);
          }
        });
    try {
      camel().addService(watcher);
    } catch (Exception e) {
      throw new IllegalStateException("cannot watch " + home.resolve("routes"), e);
    }
  }

  /** Hears of every request to a system; before the start. */
  public void requests(HttpObserver observer) {
    requestObserver = observer;
  }

  /** What every request tells. */
  private final class Requests implements HttpObserver {
    @Override
    public void tried(String system, String operation, String outcome) {
      requestObserver.tried(system, operation, outcome);
    }

    @Override
    public void clockMeasured(String system, Duration ahead) {
      health.clockMeasured(system, ahead);
    }
  }

  /** Puts something between the engine and the systems, such as a rehearsal; before the start. */
  public void between(UnaryOperator<Systems> decorator) {
    between = decorator;
  }

  /** The systems as the engine reaches them. */
  public Systems systems() {
    if (reached == null) {
      throw new IllegalStateException("the bridge is not started");
    }
    return reached;
  }

  /** Makes a bean known to the routes by name; before the start. */
  public void bind(String name, Object bean) {
    beans.put(name, bean);
  }

  /** Wakes every living link: what was seen before a crash may not have been done. */
  public void wakeAll() {
    call("direct:wake-all", "");
  }

  /** Sends {@code body} into a route and waits for its end; what it woke is queued by then. */
  public void call(String endpoint, Object body) {
    producer().requestBody(endpoint, body);
  }

  private RouteFiles routeFiles() {
    if (routeFiles == null) {
      throw new IllegalStateException("the bridge is not started");
    }
    return routeFiles;
  }

  private ProducerTemplate producer() {
    if (producer == null) {
      throw new IllegalStateException("the bridge is not started");
    }
    return producer;
  }

  public DeltaTrust trust() {
    return trust;
  }

  /** What the cycles of this process could not understand. */
  public CycleReport cycleReport() {
    return report;
  }

  public StoreHealth storeHealth() {
    return storeHealth;
  }

  public Announcements announcements() {
    return announcements;
  }

  public SystemHealth health() {
    return health;
  }

  public LinkStore store() {
    return store;
  }

  public Syncs syncs() {
    return syncs;
  }

  public Looks looks() {
    return looks;
  }

  CycleReport report() {
    return report;
  }

  /** The time everything here goes by. */
  public Clock clock() {
    return clock;
  }

  CamelContext camel() {
    return main.getCamelContext();
  }

  /** Lets what is in flight end, for at most the configured shutdown time, and stops. */
  @Override
  public void close() {
    try {
      Ending.of(main);
    } finally {
      store.close();
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  /** What the routes call by name. */
  private final class Beans implements CamelConfiguration {
    @Override
    public void configure(CamelContext camel) {
      // Lanes whose requests hang are waited for by the routes' shutdown already.
      camel.getExecutorServiceManager().setShutdownAwaitTermination(LAST_WAIT_MILLIS);
      ProducerTemplate routes = camel.createProducerTemplate();
      producer = routes;
      Systems systems = between.apply(new RoutedSystems(routes, health));
      reached = systems;
      TaskPolls taskPolls =
          new TaskPolls(store, syncs, systems, health, looks, clock, report, trust);
      beans.put("taskPolls", taskPolls);
      beans.put(
          "ticketPolls", new TicketPolls(store, syncs, systems, health, looks, clock, report));
      beans.put("sweeps", new Sweeps(store, syncs, taskPolls, looks, clock));
      beans.put(
          "linkWorker",
          new LinkWorker(store, syncs, systems, health, looks, clock, ticketsOfTasks));
      beans.put("hints", new Hints(store, syncs, looks));
      beans.put("announcements", announcements);
      beans.put(
          "commentCarrier",
          new CommentCarrier(store, syncs, systems, health, clock, announcements));
      beans.put("storeHealth", storeHealth);
      beans.put("parking", new Parking(storeHealth));
      beans.forEach(camel.getRegistry()::bind);
    }
  }
}
