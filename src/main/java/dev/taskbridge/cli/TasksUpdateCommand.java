package dev.taskbridge.cli;

import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Changes a task. */
@Command(
    name = "update",
    description = "Change the named fields of a task; the others stay.",
    footer = {
      "",
      "  taskbridge tasks update 42 status=Closed",
      "  taskbridge tasks update 42 assignee= dueDate="
    })
final class TasksUpdateCommand extends TasksWriteCommand {
  @Parameters(index = "0", paramLabel = "ID|XID", description = "Digits alone are an id.")
  private String key = "";

  @Parameters(index = "1..*", arity = "0..*", paramLabel = "FIELD=VALUE", description = FIELD_HELP)
  private List<String> pairs = new ArrayList<>();

  @Override
  List<String> pairs() {
    return pairs;
  }

  @Override
  protected Exit run(ThreatConnectApi api) {
    return finish(api.update(Kind.TASKS, key, object(), fields()), this::showWritten);
  }
}
