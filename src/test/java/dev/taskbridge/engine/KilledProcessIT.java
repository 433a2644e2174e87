package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.engine.Front.Asked;
import dev.taskbridge.engine.Front.Fate;
import dev.taskbridge.engine.Front.Lose;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.engine.Front.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packaged program as a process, killed with SIGKILL again and again in one world: while it
 * makes its store, carries for the first time, carries people's edits, sweeps, or starts. {@code
 * -Dkills=500} says how often in all, {@code -Dseed=7} which worlds.
 */
class KilledProcessIT {
  private static final int TASKS = 60;
  private static final int KILLS_PER_WORLD = 7;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** As long as a cycle is by default; the worlds here have cycles of a second. */
  private static final Duration ONE_CYCLE = Duration.ofSeconds(30);

  /** When too few requests come to spring a trap. */
  private static final Duration LONGEST_WORK = Duration.ofSeconds(5);

  private static final Map<String, Integer> INSTANTS = new TreeMap<>();
  private static int edits;
  private static int kills;
  private static Duration longest = Duration.ZERO;

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
        kills, edits, longest.toMillis());
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
      People people = new People(bench, product, dice);
      for (int life = 0; life < KILLS_PER_WORLD; life++) {
        live(people, life, dice);
        kills++;
      }
      try (Daemon last = Daemon.start(bench, folder)) {
        awaitAgreement(people);
        thenItWritesNothingMore();
        assertThat(last.end()).isZero();
      }
      edits += people.edits();
    } catch (AssertionError | RuntimeException e) {
      Files.copy(
          folder.resolve("daemon.log"),
          Path.of("target", "killed-" + product + "-" + seed + ".log"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      throw e;
    }
  }

  private void sweepOften() throws IOException {
    Path file = folder.resolve("taskbridge.yaml");
    Files.writeString(file, Files.readString(file).replace("\"0 0 3 * * ?\"", "\"0/4 * * * * ?\""));
  }

  /** One life of the program, from its start to its kill. */
  private void live(People people, int life, Random dice) throws Exception {
    AtomicReference<Daemon> daemon = new AtomicReference<>();
    if (life == 0) {
      // The first start makes the store.
      try (Daemon started = Daemon.start(bench, folder)) {
        await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(1))
            .until(() -> Files.exists(folder.resolve("links.db")));
        after(dice.nextInt(400), "while the store is made", started);
      }
      return;
    }
    if (life == 1) {
      Trap trap = new Trap("first carry", Asked::isWrite, 1 + dice.nextInt(2), dice, daemon);
      arm(trap);
      try (Daemon started = Daemon.start(bench, folder)) {
        daemon.set(started);
        trap.awaitKill(started);
      }
      return;
    }
    int kind = dice.nextInt(10);
    if (kind < 2) {
      people.edit(10);
      people.remark(2);
      try (Daemon started = Daemon.start(bench, folder)) {
        after(600 + dice.nextInt(2_500), "while it starts", started);
      }
      return;
    }
    try (Daemon started = Daemon.start(bench, folder)) {
      daemon.set(started);
      awaitAgreement(people);
      Trap trap;
      if (kind < 4) {
        trap = new Trap("sweep", asked -> !asked.isWrite(), 1 + dice.nextInt(20), dice, daemon);
        arm(trap);
      } else {
        trap = new Trap("edits", Asked::isWrite, 1 + dice.nextInt(12), dice, daemon);
        arm(trap);
        for (int i = 0; i < 10 && started.isAlive(); i++) {
          people.edit(2 + dice.nextInt(3));
          people.remark(dice.nextInt(2));
        }
      }
      trap.awaitKill(started);
    }
  }

  private void after(int millis, String when, Daemon daemon) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> System.nanoTime() >= end);
    daemon.kill();
    daemon.awaitEnd();
    count(when);
  }

  private static void count(String instant) {
    INSTANTS.merge(instant, 1, Integer::sum);
  }

  private void arm(Front.Rule rule) {
    tasks.rule(rule);
    tickets.rule(rule);
  }

  /** Kills the program at a request of its own: before it is done, once it is done, or answered. */
  private static final class Trap implements Front.Rule {
    private final String work;
    private final java.util.function.Predicate<Asked> counts;
    private final AtomicInteger left;
    private final AtomicReference<Daemon> daemon;
    private final int moment;
    private final int later;
    private volatile String where = "";

    Trap(
        String work,
        java.util.function.Predicate<Asked> counts,
        int number,
        Random dice,
        AtomicReference<Daemon> daemon) {
      this.work = work;
      this.counts = counts;
      this.left = new AtomicInteger(number);
      this.daemon = daemon;
      this.moment = dice.nextInt(3);
      this.later = dice.nextInt(30);
    }

    @Override
    public Fate of(Asked asked) {
      if (!counts.test(asked) || left.decrementAndGet() != 0) {
        return new Pass();
      }
      where = asked.operation();
      Daemon victim = daemon.get();
      if (moment == 0) {
        where += ", not done";
        victim.kill();
        return new Reset();
      }
      if (moment == 1) {
        where += ", done and not answered";
        return new Lose(victim::kill);
      }
      where += ", answered";
      CompletableFuture.delayedExecutor(later, TimeUnit.MILLISECONDS).execute(victim::kill);
      return new Pass();
    }

    /** Waits for the kill; when too few requests come to spring the trap, kills all the same. */
    void awaitKill(Daemon victim) throws InterruptedException {
      long end = System.nanoTime() + LONGEST_WORK.toNanos();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !victim.isAlive() || System.nanoTime() >= end);
      victim.kill();
      victim.awaitEnd();
      count(work + ": " + (where.isEmpty() ? "after it" : where));
    }
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

  private void thenItWritesNothingMore() {
    List<String> writes = new CopyOnWriteArrayList<>();
    AtomicInteger polls = new AtomicInteger();
    Front.Rule rule =
        asked -> {
          if (asked.isWrite()) {
            writes.add(asked.toString());
          }
          polls.incrementAndGet();
          return new Pass();
        };
    arm(rule);
    // A cycle costs four requests at most.
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> polls.get() > 12);
    assertThat(writes).isEmpty();
  }
}
