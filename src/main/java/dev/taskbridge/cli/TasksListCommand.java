package dev.taskbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.threatconnect.Envelope;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists or counts tasks. */
@Command(
    name = "list",
    description = "List the tasks that a query selects, or count them.",
    footer = {
      "",
      "  taskbridge tasks list --tql 'status in (\"Open\", \"Reopened\")' --sort 'dueDate asc'",
      "  taskbridge tasks list --tql 'hasCase(severity = \"Critical\")' --count"
    })
final class TasksListCommand extends TasksApiCommand {
  @Option(names = "--tql", paramLabel = "TQL", description = "Which tasks (default: all).")
  private @Nullable String tql;

  @Option(
      names = "--fields",
      paramLabel = "NAME",
      split = ",",
      description = "Further fields, as \"tasks fields\" lists them.")
  private List<String> fields = new ArrayList<>();

  @Option(
      names = "--sort",
      paramLabel = "SORTING",
      description = "Such as \"dueDate asc id asc\" (default: \"id asc\").")
  private String sorting = "id asc";

  @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: 100).")
  private int limit = 100;

  @Option(names = "--start", paramLabel = "N", description = "Skip so many first.")
  private int start;

  @Option(names = "--count", description = "Only say how many there are.")
  private boolean count;

  private String query = "";

  @Override
  protected void check() {
    if (limit < 1) {
      throw wrong("--limit must be at least 1, but was " + limit);
    }
    if (start < 0) {
      throw wrong("--start must be at least 0, but was " + start);
    }
    query = checked(tql);
  }

  @Override
  protected Exit run(ThreatConnectApi api) {
    return count ? count(api) : list(api);
  }

  private Exit count(ThreatConnectApi api) {
    return finish(
        api.list(Kind.TASKS, new ListQuery(query, List.of(), "", 0, 1, true)),
        page -> {
          if (page.count().isEmpty()) {
            output().message("ThreatConnect did not say how many there are");
          } else if (output().isJson()) {
            output().json(Map.of("count", page.count().getAsLong()));
          } else {
            output().line(Long.toString(page.count().getAsLong()));
          }
        });
  }

  private Exit list(ThreatConnectApi api) {
    List<JsonNode> tasks = new ArrayList<>();
    boolean more = true;
    while (more && tasks.size() < limit) {
      int size = Math.min(limit - tasks.size(), ThreatConnectApi.MOST_RESULTS);
      Outcome<Envelope> page =
          api.list(
              Kind.TASKS, new ListQuery(query, fields, sorting, start + tasks.size(), size, false));
      if (page.refusal().isPresent()) {
        return refused(page.refusal().get());
      }
      List<JsonNode> rows = page.value().orElseThrow().data();
      tasks.addAll(rows);
      more = page.value().orElseThrow().hasNext() && !rows.isEmpty();
    }
    show(tasks, more);
    return Exit.DONE;
  }

  private void show(List<JsonNode> tasks, boolean more) {
    if (output().isJson()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("data", tasks);
      result.put("more", more);
      output().json(result);
      return;
    }
    List<String> columns = TaskTable.columns(fields);
    output()
        .table(
            TaskTable.headings(columns),
            tasks.stream().map(task -> TaskTable.row(task, columns)).toList());
    output()
        .message(
            tasks.size()
                + (tasks.size() == 1 ? " task" : " tasks")
                + (more ? "; there are more: raise --limit" : ""));
  }
}
