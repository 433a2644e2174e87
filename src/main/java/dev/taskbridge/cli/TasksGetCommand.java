package dev.taskbridge.cli;

import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one task. */
@Command(name = "get", description = "Show one task.")
final class TasksGetCommand extends TasksApiCommand {
  @Parameters(paramLabel = "ID|XID", description = "Digits alone are an id.")
  private String key = "";

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      description = "Further fields, as \"tasks fields\" lists them.")
  private List<String> fields = new ArrayList<>();

  @Override
  protected Exit run(ThreatConnectApi api) {
    return finish(api.one(Kind.TASKS, key, fields), answer -> answer.data().forEach(this::show));
  }
}
