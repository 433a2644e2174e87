package dev.taskbridge.cli;

import dev.taskbridge.adapter.threatconnect.QueryCheck;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what a query can ask, or checks one. */
@Command(
    name = "tql",
    description = "Show what a query for tasks can ask on this server, or check a query.")
final class TasksTqlCommand extends TasksApiCommand {
  @Parameters(arity = "0..1", paramLabel = "TQL", description = "A query to check, not to run.")
  private @Nullable String query;

  @Override
  protected Exit run(ThreatConnectApi api) {
    return api.parameters(Kind.TASKS)
        .match(
            parameters -> {
              List<String> offered =
                  parameters.data().stream().map(row -> row.path("keyword").asText()).toList();
              if (query != null) {
                return check(query, offered);
              }
              if (output().isJson()) {
                output().json(Map.of("data", parameters.data()));
              } else {
                output()
                    .table(
                        List.of("PARAMETER", "TYPE", "DESCRIPTION"),
                        parameters.data().stream()
                            .map(
                                row ->
                                    List.of(
                                        row.path("keyword").asText(),
                                        row.path("type").asText(),
                                        row.path("description").asText()))
                            .toList());
              }
              return Exit.DONE;
            },
            this::refused);
  }

  private Exit check(String tql, List<String> offered) {
    List<String> problems = QueryCheck.problems(tql, offered);
    if (output().isJson()) {
      output().json(Map.of("problems", problems));
    } else if (problems.isEmpty()) {
      output().line("fine");
    } else {
      problems.forEach(output()::message);
    }
    return problems.isEmpty() ? Exit.DONE : Exit.WRONG;
  }
}
