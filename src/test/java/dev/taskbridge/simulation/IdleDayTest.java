package dev.taskbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.Arbitrary;
import dev.taskbridge.config.SyncConfig.Create;
import dev.taskbridge.config.SyncConfig.OnTaskDeleted;
import dev.taskbridge.config.SyncConfig.OnTicketDeleted;
import dev.taskbridge.engine.Syncs;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the bridge does when there is nothing to do. */
class IdleDayTest {
  private static final int LINKS = 10_000;
  private static final Duration CYCLE = Duration.ofMinutes(1);

  private final World world = new World(Hazards.NONE);
  private final ModelTasks tasks = new ModelTasks(world);
  private final ModelTickets tickets = new ModelTickets(world);
  private final Settings settings =
      new Settings(
          Map.of(),
          Map.of(),
          false,
          ZoneId.of("America/New_York"),
          255,
          Create.BOTH,
          OnTaskDeleted.CLOSE,
          OnTicketDeleted.UNLINK,
          true);
  private final Ledger ledger = new Ledger(world, () -> settings, tasks::byXid, tickets::ofTask);
  private final MemoryLinkStore store = new MemoryLinkStore(() -> {}, key -> {});
  private final Program program =
      new Program(
          world,
          tasks,
          tickets,
          store,
          new Syncs(List.of(settings.definition(Duration.ofSeconds(30)))),
          ledger);

  @Test
  void a_day_with_ten_thousand_links_and_no_edit_passes_without_a_write() {
    for (int id = 1; id <= LINKS; id++) {
      Instant due = world.now().plus(Duration.ofHours(id % 1_000));
      tasks.put(Arbitrary.aTask(id).withName("Task  " + id).withDueDate(Optional.of(due)));
    }
    for (int id = 1; id <= LINKS; id += 100) {
      tasks.notesOf(id).add("Seen", Optional.empty(), false, world.tasksNow());
    }
    program.cycle();
    world.pass(CYCLE);
    program.cycle();
    assertThat(tickets.all()).hasSize(LINKS);
    int written = world.writeCalls();

    Instant end = world.now().plus(Duration.ofDays(1));
    Instant sweep = world.now();
    while (world.now().isBefore(end)) {
      program.cycle();
      if (!world.now().isBefore(sweep)) {
        program.sweep();
        program.rest();
        sweep = sweep.plus(Duration.ofHours(6));
      }
      world.pass(CYCLE);
    }

    assertThat(world.writeCalls() - written).as("writes that were asked for").isZero();
    assertThat(ledger.violations()).isEmpty();
  }
}
