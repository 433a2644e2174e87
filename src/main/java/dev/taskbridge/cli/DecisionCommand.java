package dev.taskbridge.cli;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.Decisions;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.util.List;

/** A command that tells the store what an operator decided; also while the daemon runs. */
abstract class DecisionCommand extends ConfiguredCommand {

  /**
   * Decides.
   *
   * @return the links that it was decided for
   */
  protected abstract List<Link> decide(Decisions decisions);

  /** What to say when nothing was found to decide. */
  protected abstract String nothing();

  /** What was done to each link, such as {@code tried again}. */
  protected abstract String done();

  @Override
  protected final Exit run(TaskbridgeConfig config) {
    try (LinkStore store = JdbcLinkStore.openBeside(BridgeCommand.settings(config.store()))) {
      List<Link> links = decide(new Decisions(store, Clock.systemUTC()));
      if (output().isJson()) {
        output().json(links.stream().map(link -> link.key().toString()).toList());
      } else {
        links.forEach(link -> output().line(link.key() + " " + link.ticketKey() + "  " + done()));
        if (links.isEmpty()) {
          output().message(nothing());
        } else {
          output().message("The daemon carries it out; without one, run once.");
        }
      }
      return links.isEmpty() ? Exit.WRONG : Exit.DONE;
    }
  }
}
