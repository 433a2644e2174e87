package dev.taskbridge.cli;

import dev.taskbridge.adapter.threatconnect.Envelope;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.Kind;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi.ListQuery;
import dev.taskbridge.domain.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes tasks. */
@Command(
    name = "delete",
    description = "Delete tasks: those named, or all that a query selects.",
    footer = {
      "",
      "With --tql it is one bulk delete, which an administrator must have enabled; without --yes it",
      "only says how many tasks it would be. A bulk delete without a query does not exist here."
    })
final class TasksDeleteCommand extends TasksApiCommand {
  @Parameters(arity = "0..*", paramLabel = "ID|XID", description = "Digits alone are an id.")
  private List<String> keys = new ArrayList<>();

  @Option(names = "--tql", paramLabel = "TQL", description = "Which tasks.")
  private @Nullable String tql;

  @Option(names = "--yes", description = "Really do the bulk delete.")
  private boolean yes;

  private String query = "";

  @Override
  protected void check() {
    query = checked(tql);
    if (tql != null && query.isEmpty()) {
      throw wrong("--tql is empty, which ThreatConnect takes for every task: refused");
    }
    if (keys.isEmpty() == query.isEmpty()) {
      throw wrong("Name tasks by id or xid, or give --tql; not both.");
    }
  }

  @Override
  protected Exit run(ThreatConnectApi api) {
    return query.isEmpty() ? deleteNamed(api) : deleteMatching(api);
  }

  private Exit deleteNamed(ThreatConnectApi api) {
    Exit exit = Exit.DONE;
    for (String key : keys) {
      Outcome<Envelope> outcome = api.delete(Kind.TASKS, key);
      Exit one = finish(outcome, answer -> say(Map.of("deleted", key), "deleted " + key));
      exit = one == Exit.DONE ? exit : one;
    }
    return exit;
  }

  private Exit deleteMatching(ThreatConnectApi api) {
    Outcome<Envelope> counted =
        api.list(Kind.TASKS, new ListQuery(query, List.of(), "", 0, 1, true));
    if (counted.refusal().isPresent()) {
      return refused(counted.refusal().get());
    }
    long tasks = counted.value().orElseThrow().count().orElse(-1);
    String many = tasks < 0 ? "an unknown number of tasks" : tasks + " tasks";
    if (!yes) {
      throw wrong("This would delete " + many + " for good; repeat it with --yes to do it.");
    }
    return finish(
        api.deleteMatching(Kind.TASKS, query),
        answer -> say(Map.of("deletedAbout", tasks), "deleted, by the count before, " + many));
  }

  private void say(Map<String, Object> json, String line) {
    if (output().isJson()) {
      output().json(json);
    } else {
      output().line(line);
    }
  }
}
