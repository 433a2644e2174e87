package dev.taskbridge.cli;

import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Cycle;
import dev.taskbridge.store.JournalEntry;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** One full reconciliation, telling every difference it met. */
@Command(
    name = "sweep",
    description = "Read both sides of every link afresh and report every difference.",
    footer = {"", "Exit codes as for once."})
final class SweepCommand extends BridgeCommand {
  @Override
  protected void work(Bridge bridge, List<String> syncs) throws InterruptedException {
    new Cycle(bridge, Clock.systemUTC()).sweep(syncs);
  }

  @Override
  protected void told(JournalEntry entry) {
    if (!output().isJson()) {
      output()
          .line(
              entry.link()
                  + "  "
                  + entry.kind()
                  + "  "
                  + (entry.field().isEmpty() ? "" : entry.field() + ": ")
                  + Output.oneLine(entry.detail()));
    }
  }
}
