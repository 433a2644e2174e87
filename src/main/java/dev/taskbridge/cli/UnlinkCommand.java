package dev.taskbridge.cli;

import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.Decisions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends a link. */
@Command(
    name = "unlink",
    description = "End a link: task and ticket stay, and go their own ways from now on.")
final class UnlinkCommand extends DecisionCommand {
  @Parameters(paramLabel = "XID", description = "A task's xid, or a ticket's key or id.")
  private String name = "";

  @Override
  protected List<Link> decide(Decisions decisions) {
    return decisions.unlink(name);
  }

  @Override
  protected String nothing() {
    return "no living link is called \"" + name + "\"; see links";
  }

  @Override
  protected String done() {
    return "unlinked";
  }
}
