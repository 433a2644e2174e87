package dev.taskbridge.cli;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Decisions;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides a conflict. */
@Command(
    name = "resolve",
    description = "Keep one side's value of a field that both sides changed.")
final class ResolveCommand extends DecisionCommand {
  @Parameters(
      index = "0",
      paramLabel = "XID",
      description = "A task's xid, or a ticket's key or id.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FIELD", description = "Such as title or dueDate.")
  private String field = "";

  @Option(names = "--keep", required = true, paramLabel = "task|ticket", description = "Whose.")
  private String keep = "";

  @Override
  protected List<Link> decide(Decisions decisions) {
    for (Side side : Side.values()) {
      if (side.word().equals(keep)) {
        return decisions.resolve(name, new FieldName(field), side);
      }
    }
    throw wrong("--keep must be task or ticket, but was \"" + keep + "\"");
  }

  @Override
  protected String nothing() {
    return "no link called \"" + name + "\" has its " + field + " in conflict; see links";
  }

  @Override
  protected String done() {
    return "keeps the " + keep + "'s " + field;
  }
}
