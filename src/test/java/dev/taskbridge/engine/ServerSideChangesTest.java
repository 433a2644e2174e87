package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What ThreatConnect changes by itself, with nobody having written it. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class ServerSideChangesTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;

  private static Link linkOf(Bridge bridge, long taskId) {
    return Bench.links(bridge).stream()
        .filter(link -> link.task().orElseThrow().record().id() == taskId)
        .findFirst()
        .orElseThrow();
  }

  private static String status(Bench bench, Link link) {
    return bench.issue(link).getJsonObject("status").getString("name");
  }

  @Test
  void a_task_that_opens_because_its_predecessors_ticket_is_done_moves_its_own_ticket()
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      TaskbridgeConfig config =
          bench.load(
              Bench.JIRA
                  .replace("Open:     [ To Do, In Progress ]", "Open:     [ In Progress ]")
                  .replace("Reopened: [ To Do, In Progress ]", "Reopened: [ In Progress ]")
                  .replace("{ To Do: Open,", "{ To Do: Pending,"));
      long first = create(bench, new JsonObject().put("name", "Contain the host"));
      long second =
          create(
              bench, new JsonObject().put("name", "Rebuild the host").put("dependentOnId", first));
      try (Bridge bridge = bench.bridge(config)) {
        Bench.once(bridge);
        assertThat(status(bench, linkOf(bridge, first))).isEqualTo("In Progress");
        assertThat(status(bench, linkOf(bridge, second))).isEqualTo("To Do");

        bench.move(linkOf(bridge, first), "Done");
        Bench.once(bridge);
        Bench.once(bridge);

        assertThat(status(bench, linkOf(bridge, second))).isEqualTo("In Progress");
      }
    }
  }

  private static long create(Bench bench, JsonObject task) {
    return bench
        .tasks
        .send("POST", "/api/v3/tasks", task.put("caseId", 1))
        .getJsonObject("data")
        .getLong("id");
  }
}
