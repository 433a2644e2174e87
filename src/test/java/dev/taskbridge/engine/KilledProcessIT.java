package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Front.Asked;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreSettings;
import dev.taskbridge.store.StoreVersions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged program as a process, killed with SIGKILL again and again in one world: while it
 * makes its store, carries for the first time, carries people's edits, sweeps, starts, rebuilds its
 * store, migrates it, or puts a changed configuration in force. {@code -Dkills=500} says how often
 * in all, {@code -Dseed=7} which worlds.
 */
class KilledProcessIT {
  private static final int TASKS = 60;
  private static final int KILLS_PER_WORLD = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** As long as a cycle is by default; the worlds here have cycles of a second. */
  private static final Duration ONE_CYCLE = Duration.ofSeconds(30);

  /** How often the program looks at its configuration. */
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(2);

  /** About how many a rebuild of these worlds makes. */
  private static final int REQUESTS_OF_REBUILD = 8;

  private static final Map<String, Integer> INSTANTS = new TreeMap<>();
  private static int edits;
  private static Duration longest = Duration.ZERO;

  @TempDir static Path archives;
  @TempDir Path folder;
  private Bench bench;
  private Front tasks;
  private Front tickets;
  private final Written written = new Written();

  static Stream<Arguments> worlds() {
    int worlds = (Integer.getInteger("kills", 21) + KILLS_PER_WORLD - 1) / KILLS_PER_WORLD;
    int first = Integer.getInteger("seed", 1);
    List<Arguments> arguments = new ArrayList<>();
    for (int seed = first; seed < first + worlds; seed++) {
      arguments.add(Arguments.of(Product.values()[(seed - 1) % Product.values().length], seed));
    }
    return arguments.stream();
  }

  @AfterAll
  static void tell() {
    System.out.printf(
        "%d kills, %d edits by people, all in agreement at most %d ms after the first request of"
            + " the restarted program; killed at%n",
        INSTANTS.values().stream().mapToInt(each -> each).sum(), edits, longest.toMillis());
    INSTANTS.forEach((instant, count) -> System.out.printf("  %4d  %s%n", count, instant));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("worlds")
  void a_killed_and_restarted_program_loses_and_doubles_nothing(Product product, int seed)
      throws Exception {
    Random dice = new Random(seed);
    try (Bench world = product.bench(folder)) {
      bench = world;
      tasks = bench.front(bench.threatConnect);
      tickets = bench.front(product.simulator(bench));
      tasks.watch(written::toThreatConnect);
      tickets.watch(written::toTickets);
      bench.seed(TASKS);
      product.configWithNotes(bench);
      sweepOften();
      if (!Files.exists(archives.resolve("classes.jsa"))) {
        Daemon.archiveClasses(bench, folder, archives.resolve("classes.jsa"));
      }
      People people = new People(bench, product, dice);
      for (Life life : lives(seed, dice)) {
        INSTANTS.merge(life.live(people, dice), 1, Integer::sum);
      }
      try (Daemon last = Daemon.start(bench, folder)) {
        awaitAgreement(people);
        thenItWritesNothingMore();
        assertThat(last.end()).isZero();
      }
      edits += people.edits();
    } catch (AssertionError | RuntimeException e) {
      Files.copy(
          log(),
          Path.of("target", "killed-" + product + "-" + seed + ".log"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      throw e;
    }
  }

  private void sweepOften() throws IOException {
    Path file = config();
    Files.writeString(file, Files.readString(file).replace("\"0 0 3 * * ?\"", "\"0/4 * * * * ?\""));
  }

  private Path config() {
    return folder.resolve("taskbridge.yaml");
  }

  private Path log() {
    return folder.resolve("daemon.log");
  }

  private Path store() {
    return folder.resolve("links.db");
  }

  /**
   * The lives of one world. Three worlds, one with each product, have every kind twice at least;
   * nine have every kind with every product. The order is {@code dice}'s.
   */
  private List<Life> lives(int seed, Random dice) {
    int products = Product.values().length;
    List<List<Life>> later =
        new ArrayList<>(
            switch ((seed + (seed - 1) / products) % products) {
              case 0 ->
                  List.of(
                      List.of(this::editing),
                      List.of(this::editing),
                      // Without the old store, all must be in agreement, as a sweep leaves it.
                      List.of(this::sweeping, this::rebuilding),
                      List.of(this::reconfiguring));
              case 1 ->
                  List.of(
                      List.of(this::editing),
                      List.of(this::editing),
                      List.of(this::reconfiguring),
                      List.of(this::migrating),
                      List.of(this::starting));
              default ->
                  List.of(
                      List.of(this::editing),
                      List.of(this::sweeping, this::rebuilding),
                      List.of(this::migrating),
                      List.of(this::starting));
            });
    Collections.shuffle(later, dice);
    List<Life> lives = new ArrayList<>(List.of(this::making, this::carrying));
    later.forEach(lives::addAll);
    return lives;
  }

  /** One life of the program, from its start to its kill. */
  private interface Life {
    /** Returns what it was killed at. */
    String live(People people, Random dice) throws Exception;
  }

  private String making(People people, Random dice) throws Exception {
    try (Daemon started = Daemon.start(bench, folder)) {
      awaitFile(store());
      kill(started, Duration.ofMillis(dice.nextInt(400)));
      return "while the store is made";
    }
  }

  private String carrying(People people, Random dice) throws Exception {
    Trap trap = armed(new Trap(Asked::isWrite, 1 + dice.nextInt(2), dice));
    try (Daemon started = trap.catching(Daemon.start(bench, folder))) {
      return "first carry: " + trap.awaitKill(started);
    }
  }

  private String starting(People people, Random dice) throws Exception {
    arm(Front.PASS_ALL);
    people.edit(10);
    people.remark(2);
    try (Daemon started = Daemon.start(bench, folder)) {
      kill(started, Duration.ofMillis(600 + dice.nextInt(2_500)));
      return "while it starts";
    }
  }

  private String editing(People people, Random dice) throws Exception {
    try (Daemon started = Daemon.start(bench, folder)) {
      awaitAgreement(people);
      Trap trap = armed(new Trap(Asked::isWrite, 1 + dice.nextInt(12), dice));
      trap.catching(started);
      for (int i = 0; i < 10 && started.isAlive(); i++) {
        people.edit(2 + dice.nextInt(3));
        people.remark(dice.nextInt(2));
      }
      return "edits: " + trap.awaitKill(started);
    }
  }

  private String sweeping(People people, Random dice) throws Exception {
    try (Daemon started = Daemon.start(bench, folder)) {
      awaitAgreement(people);
      Trap trap = armed(new Trap(asked -> !asked.isWrite(), 1 + dice.nextInt(20), dice));
      trap.catching(started);
      return "sweep: " + trap.awaitKill(started);
    }
  }

  /** After a killed rebuild either another one is run, or the program as if nothing had been. */
  private String rebuilding(People people, Random dice) throws Exception {
    Map<String, String> pairs = pairs();
    boolean lost = dice.nextBoolean();
    // What left the filter is found by a rebuild alone, and people go on editing it.
    boolean again = dice.nextBoolean() || !ofOpenTasks(pairs).equals(pairs);
    if (lost) {
      loseTheStore();
    }
    Trap trap = armed(new Trap(asked -> true, 1 + dice.nextInt(REQUESTS_OF_REBUILD), dice));
    String where;
    try (Daemon rebuild = trap.catching(Daemon.start(bench, folder, "rebuild"))) {
      where = trap.awaitKill(rebuild);
    }
    arm(Front.PASS_ALL);
    if (again) {
      try (Daemon rebuild = Daemon.start(bench, folder, "rebuild")) {
        assertThat(rebuild.awaitExit()).as("the second rebuild's exit code").isZero();
      }
      assertThat(pairs()).isEqualTo(pairs);
    }
    if (lost && !again) {
      // Without a base nobody could tell which side was edited, so people wait for this start.
      try (Daemon started = Daemon.start(bench, folder)) {
        awaitAgreement(people);
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .pollInterval(Duration.ofMillis(100))
            .untilAsserted(() -> assertThat(pairs()).isEqualTo(pairs));
        assertThat(started.end()).isZero();
      }
    }
    people.edit(10);
    people.remark(2);
    return "rebuild" + (lost ? " of a lost store: " : ": ") + where;
  }

  /** People edit while the configuration is put in force, which takes some milliseconds. */
  private String reconfiguring(People people, Random dice) throws Exception {
    try (Daemon started = Daemon.start(bench, folder)) {
      awaitAgreement(people);
      long before = reloads();
      // The first change tells when it looks at the file, so that the second one can be met.
      change("description: { direction: to-ticket }", "description: { direction: off }");
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> reloads() > before);
      long looked = System.nanoTime();
      change("timeout: 30s", "timeout: 29s");
      change("description: { direction: off }", "description: { direction: to-ticket }");
      people.edit(3);
      long instant =
          looked + LOOKS_EVERY.toNanos() + Duration.ofMillis(dice.nextInt(300) - 200).toNanos();
      kill(started, Duration.ofNanos(instant - System.nanoTime()));
      change("timeout: 29s", "timeout: 30s");
      return "the configuration is changed: "
          + (reloads() > before + 1 ? "in force" : "not in force");
    }
  }

  private String migrating(People people, Random dice) throws Exception {
    arm(Front.PASS_ALL);
    StoreVersions.makeOlder(store());
    people.edit(5);
    try (Daemon started = Daemon.start(bench, folder)) {
      awaitFile(Path.of(store() + "-wal"));
      kill(started, Duration.ofMillis(dice.nextInt(60)));
      return "while the store is migrated";
    }
  }

  private void awaitFile(Path file) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> Files.exists(file));
  }

  private static void kill(Daemon daemon, Duration in) throws InterruptedException {
    long end = System.nanoTime() + in.toNanos();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> System.nanoTime() >= end);
    daemon.kill();
    daemon.awaitEnd();
  }

  /** Those whose task the filter selects, which a program without a store finds again by itself. */
  private Map<String, String> ofOpenTasks(Map<String, String> pairs) {
    Set<String> open =
        Product.stream(
                bench.tasks.control("GET", "/_sim/state", new JsonObject()).getJsonArray("tasks"))
            .filter(task -> !task.getString("status").equals("Closed"))
            .map(task -> task.getString("xid"))
            .collect(Collectors.toSet());
    Map<String, String> found = new TreeMap<>(pairs);
    found.keySet().retainAll(open);
    return found;
  }

  /** The tickets of all links by the task's xid. */
  private Map<String, String> pairs() {
    try (LinkStore store = JdbcLinkStore.openReadOnly(StoreSettings.at("jdbc:sqlite:" + store()))) {
      return store
          .inTransaction(rows -> rows.page(Optional.of("soc"), Set.of(), Optional.empty(), 10_000))
          .stream()
          .filter(link -> link.state() != LinkState.RETIRED)
          .collect(Collectors.toMap(link -> link.key().xid(), Link::ticketId));
    }
  }

  private void loseTheStore() throws IOException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(store() + end));
    }
  }

  private void change(String before, String after) {
    bench.edited(yaml -> yaml.replace(before, after));
  }

  private long reloads() throws IOException {
    try (Stream<String> lines = Files.lines(log())) {
      return lines.filter(line -> line.contains("the configuration was changed")).count();
    }
  }

  private void arm(Front.Rule rule) {
    tasks.rule(rule);
    tickets.rule(rule);
  }

  private Trap armed(Trap trap) {
    arm(trap);
    return trap;
  }

  private void awaitAgreement(People people) {
    AtomicLong first = new AtomicLong();
    tasks.rule(
        asked -> {
          first.compareAndSet(0, System.nanoTime());
          return new Pass();
        });
    tickets.rule(Front.PASS_ALL);
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> first.get() != 0);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(people.complaints()).isEmpty());
    Duration took = Duration.ofNanos(System.nanoTime() - first.get());
    assertThat(people.echoes(written)).isEmpty();
    assertThat(took).as("from the restart to agreement").isLessThan(ONE_CYCLE);
    longest = took.compareTo(longest) > 0 ? took : longest;
    people.settled();
    written.clear();
  }

  /** What is left of the simulated world's own notes may still be carried; then it is quiet. */
  private void thenItWritesNothingMore() {
    AtomicInteger sinceTheLastWrite = new AtomicInteger();
    arm(
        asked -> {
          if (asked.isWrite()) {
            sinceTheLastWrite.set(0);
          } else {
            sinceTheLastWrite.incrementAndGet();
          }
          return new Pass();
        });
    // A cycle costs four requests at most.
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> sinceTheLastWrite.get() > 12);
  }
}
