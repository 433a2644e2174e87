package dev.taskbridge.cli;

import dev.taskbridge.engine.Bridge;
import dev.taskbridge.engine.Cycle;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;

/** One cycle, until nothing is left to do. */
@Command(
    name = "once",
    description = "Carry over what changed, once, until nothing is left to do.",
    footer = {
      "",
      "Exit 0: everything agrees. 3: some link is in conflict, failing or not finished; see",
      "links. 5: a system could not be reached or refused the credentials."
    })
final class OnceCommand extends BridgeCommand {
  @Override
  protected void work(Bridge bridge, List<String> syncs) throws InterruptedException {
    new Cycle(bridge, Clock.systemUTC()).once(syncs);
  }
}
