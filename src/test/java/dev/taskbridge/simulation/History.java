package dev.taskbridge.simulation;

import dev.taskbridge.engine.Syncs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One history of the world, all of it from one seed: people edit both sides, systems misbehave, the
 * configuration is edited, the process dies, the store is lost, and the real bridge runs against it
 * in one thread. In the end everybody rests, and the promises are checked.
 */
final class History {
  private final World world;
  private final ModelTasks tasks;
  private final ModelTickets tickets;
  private final Ledger ledger;
  private final Flaw flaw;
  private final MemoryLinkStore store;
  private final Syncs syncs;
  private final Program program;
  private final People people;
  private final int steps;
  private Settings settings;
  private Optional<MemoryLinkStore.Contents> backup = Optional.empty();
  private boolean storeSwapped;

  /**
   * A history that has not begun.
   *
   * @param tells whether its story is kept
   */
  History(long seed, Flaw flaw, boolean tells) {
    this.flaw = flaw;
    world = new World(seed, tells);
    settings = Settings.drawn(world.dice());
    tasks = new ModelTasks(world);
    tickets = new ModelTickets(world);
    ledger = new Ledger(world, () -> settings, tasks::byXid, tickets::ofTask);
    tasks.judgedBy(ledger);
    tickets.judgedBy(ledger);
    store = flaw.store(world, ledger);
    syncs = new Syncs(List.of());
    configure();
    program =
        new Program(
            world, flaw.tasks(tasks, world), flaw.tickets(tickets, world), store, syncs, ledger);
    people = new People(world, tasks, tickets, store, ledger);
    world.meanwhile(people::edit);
    int atFirst = 1 + world.dice().nextInt(4);
    steps = 10 + world.dice().nextInt(60);
    world.tell(() -> world.hazards() + "\n" + settings);
    for (int i = 0; i < atFirst; i++) {
      people.addTask();
    }
  }

  /** How many steps it has before everybody rests. */
  int steps() {
    return steps;
  }

  private void configure() {
    syncs.replace(
        List.of(flaw.read(settings).definition(flaw.searchLag(world.hazards().searchLag()))));
  }

  /** Runs the given steps and what follows them, and checks the promises. */
  List<String> run(List<Integer> chosen) {
    for (int step : chosen) {
      world.throwFor(step);
      step();
    }
    world.throwFor(-1);
    new Promises(
            world, tasks, tickets, store, ledger, program, people, () -> settings, storeSwapped)
        .check();
    return ledger.violations();
  }

  String story() {
    return world.story();
  }

  /** One step: people and the bridge, in an order that the dice choose. */
  private void step() {
    int what = world.dice().nextInt(100);
    if (what < 28) {
      people.edit();
    } else if (what < 33) {
      people.addTask();
    } else if (what < 38) {
      people.comment();
    } else if (what < 40) {
      bridge("a decision", () -> people.decide(program));
    } else if (what < 47) {
      world.pass(Duration.ofSeconds(world.dice().nextInt(90)));
    } else if (what < 57) {
      bridge("a sweep", program::sweep);
    } else if (what < 66) {
      bridge("a poll of tickets", program::pollTickets);
    } else if (what < 75) {
      bridge("a poll of tasks", program::pollTasks);
    } else if (what < 81) {
      bridge("looking what is due", program::due);
    } else if (what < 92) {
      bridge("a look", program::look);
    } else if (what < 95) {
      bridge("carrying comments", program::carryComments);
    } else {
      seldom();
    }
  }

  private void seldom() {
    switch (world.dice().nextInt(16)) {
      case 0, 1 -> people.deleteTask();
      case 2, 3 -> people.deleteTicket();
      case 4, 5 -> reconfigure();
      case 6, 7 -> {
        if (settings.create().makesTasks()) {
          people.addTicket();
        }
      }
      case 8, 9 -> world.pass(Duration.ofMinutes(5 + world.dice().nextInt(30)));
      case 10, 11 -> world.setClocks();
      case 12 -> bridge("a retry", program::retryAll);
      case 13 -> backup = Optional.of(store.contents());
      case 14 -> loseStore();
      default -> restoreStore();
    }
  }

  /** Somebody edits the configuration, and the program is started with it. */
  private void reconfigure() {
    settings = settings.edited(world.dice());
    world.tell(() -> "configured: " + settings);
    ledger.rulesChanged();
    configure();
    restart();
  }

  /** It takes a while to put another store in place: longer than the search lags. */
  private void loseStore() {
    world.pass(world.hazards().searchLag().plusSeconds(1));
    world.tell(() -> "the store is lost");
    store.lose();
    ledger.storeSwapped();
    backup = Optional.empty();
    storeSwapped = true;
    restart();
  }

  private void restoreStore() {
    backup.ifPresent(
        old -> {
          world.pass(world.hazards().searchLag().plusSeconds(1));
          world.tell(() -> "an old backup of the store is restored");
          store.restore(old);
          ledger.storeSwapped();
          storeSwapped = true;
          restart();
        });
  }

  private void bridge(String what, Runnable work) {
    try {
      world.lookBegins();
      work.run();
    } catch (Crash crash) {
      world.tell(() -> "CRASH during " + what);
      ledger.crashed();
      flaw.crashed(store);
      world.pass(Duration.ofSeconds(world.dice().nextInt(120)));
      restart();
    }
  }

  private void restart() {
    program.start();
  }
}
