package dev.taskbridge.cli;

import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.Decisions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries again at once what a system refused. */
@Command(name = "retry", description = "Try again at once what was refused.")
final class RetryCommand extends DecisionCommand {
  @Parameters(
      paramLabel = "XID",
      arity = "0..1",
      description = "A task's xid, or a ticket's key or id.")
  private @Nullable String name;

  @Option(names = "--all", description = "Every failing link.")
  private boolean all;

  @Override
  protected List<Link> decide(Decisions decisions) {
    if ((name == null) != all) {
      throw wrong("say which link, or --all");
    }
    return decisions.retry(Optional.ofNullable(name));
  }

  @Override
  protected String nothing() {
    return name == null ? "no link is failing" : "no link is called \"" + name + "\"; see links";
  }

  @Override
  protected String done() {
    return "tried again";
  }
}
