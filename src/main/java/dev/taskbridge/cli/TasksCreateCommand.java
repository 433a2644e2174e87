package dev.taskbridge.cli;

import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a task. */
@Command(
    name = "create",
    description = "Make a task; it needs a name and a caseId or caseXid.",
    footer = {"", "  taskbridge tasks create caseId=3 name=\"Call the reporter\" required=true"})
final class TasksCreateCommand extends TasksWriteCommand {
  @Parameters(arity = "0..*", paramLabel = "FIELD=VALUE", description = FIELD_HELP)
  private List<String> pairs = new ArrayList<>();

  @Override
  List<String> pairs() {
    return pairs;
  }

  @Override
  protected void check() {
    super.check();
    if (!object().path("name").isTextual()) {
      throw wrong("A task needs a name: name=\"…\"");
    }
    if (!object().has("caseId") && !object().has("caseXid")) {
      throw wrong("A task needs a case: caseId=… or caseXid=…");
    }
  }

  @Override
  protected Exit run(ThreatConnectApi api) {
    return finish(api.create(Kind.TASKS, object(), fields()), this::showWritten);
  }
}
