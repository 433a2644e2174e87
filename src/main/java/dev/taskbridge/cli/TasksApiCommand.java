package dev.taskbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.threatconnect.QueryCheck;
import dev.taskbridge.adapter.threatconnect.ThreatConnectApi;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.config.ThreatConnectConfig;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.engine.AdapterAssembly;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that talks to ThreatConnect's API, over the same routes as the daemon. */
abstract class TasksApiCommand extends ConfiguredCommand {
  @Option(
      names = "--owner",
      paramLabel = "NAME",
      description = "Another owner than the configured one.")
  private @Nullable String owner;

  @Option(
      names = "--activity-log",
      description = "Have ThreatConnect note this in the organization's activity log.")
  private boolean activityLog;

  /** Checks the arguments; nothing has been asked of anybody yet. */
  protected void check() {}

  /** Does what the command is for. */
  protected abstract Exit run(ThreatConnectApi api);

  @Override
  protected final Exit run(TaskbridgeConfig config) throws Exception {
    check();
    ThreatConnectConfig threatConnect = config.threatConnect();
    try (CamelContext camel = new DefaultCamelContext()) {
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:routes/http.yaml"));
      camel.start();
      try (CamelHttp http =
          AdapterAssembly.openThreatConnect(camel, threatConnect, Clock.systemUTC())) {
        Optional<String> chosen = Optional.ofNullable(owner).or(threatConnect::owner);
        return run(new ThreatConnectApi(http, chosen, activityLog));
      }
    }
  }

  /** {@code query} as it was typed, refused before any request if it is no query for tasks. */
  protected final String checked(@Nullable String query) {
    String tql = query == null ? "" : query.strip();
    if (!tql.isEmpty()) {
      List<String> problems = QueryCheck.problems(tql, List.of());
      if (!problems.isEmpty()) {
        throw wrong("--tql: " + String.join("\n--tql: ", problems));
      }
    }
    return tql;
  }

  /** Shows a result, or says why there is none. */
  protected final <T> Exit finish(Outcome<T> outcome, Consumer<? super T> show) {
    return outcome.match(
        result -> {
          show.accept(result);
          return Exit.DONE;
        },
        this::refused);
  }

  /** Says why a system did not do it. */
  protected final Exit refused(Refusal refusal) {
    String words =
        refusal instanceof Refusal.Unknown
            ? refusal.words() + " (if this was a write, it may have been done)"
            : refusal.words();
    if (output().isJson()) {
      output()
          .json(
              Map.of(
                  "refused",
                  Map.of(
                      "kind",
                      refusal.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                      "words",
                      words)));
    } else {
      output().message("ThreatConnect: " + words);
    }
    return refusal.concernsSystem() ? Exit.UNREACHABLE : Exit.WRONG;
  }

  /** One task: every field that it has, a line each. */
  protected final void show(JsonNode task) {
    if (output().isJson()) {
      output().json(task);
      return;
    }
    output()
        .table(
            List.of("FIELD", "VALUE"),
            task.properties().stream()
                .map(field -> List.of(field.getKey(), TaskTable.cell(field.getValue())))
                .toList());
  }
}
