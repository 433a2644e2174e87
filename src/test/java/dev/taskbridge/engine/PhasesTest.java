package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Task;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workflow's phase and step and the case's severity on the ticket: as labels, and in a field. */
class PhasesTest {
  @TempDir Path folder;

  private static JsonObject fields(Bench bench, Link link) {
    return bench.issue(link);
  }

  private static List<String> labels(Bench bench, Link link) {
    return fields(bench, link).getJsonArray("labels").stream()
        .map(String::valueOf)
        .filter(label -> !label.startsWith("taskbridge-"))
        .sorted()
        .toList();
  }

  private static void changeSeverity(Bench bench, Task task, String severity) {
    bench.tasks.send(
        "PUT",
        "/api/v3/cases/" + task.parentCase().id(),
        new JsonObject().put("severity", severity));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void phase_and_step_follow_the_task_as_labels_beside_those_of_people(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge =
            bench.bridge(
                bench.withJira(
                    "labels: { direction: to-ticket, value: \"phase-${task.phase}"
                        + " severity-${case.severity}\" }"))) {
      Bench.once(bridge);
      Link link = Bench.links(bridge).get(0);
      Task task = link.task().orElseThrow().record();
      String phase = "phase-" + task.phase();
      assertThat(labels(bench, link))
          .containsExactly(phase, "severity-" + task.parentCase().severity());

      bench.issues.send(
          "PUT",
          bench.issuePath(link),
          new JsonObject()
              .put(
                  "update",
                  new JsonObject()
                      .put("labels", new JsonArray().add(new JsonObject().put("add", "urgent")))));
      changeSeverity(bench, task, "Medium");
      Bench.once(bridge);

      assertThat(labels(bench, link)).containsExactly(phase, "severity-Medium", "urgent");
      assertThat(Bench.links(bridge)).extracting(Link::state).containsOnly(LinkState.LINKED);
      bench.forgetRequests();
      Bench.sweep(bridge);
      assertThat(Bench.byOperation(bench.issues).fieldNames())
          .noneMatch(operation -> operation.startsWith("PUT "));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void phase_and_step_follow_the_task_in_a_field_of_the_systems_own(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge =
            bench.bridge(
                bench.withJira(
                    "customfield_10042: { direction: to-ticket, value: \"phase ${task.phase},"
                        + " step ${task.step}\" }"))) {
      Bench.once(bridge);
      Link link = Bench.links(bridge).get(0);
      Task task = link.task().orElseThrow().record();

      assertThat(fields(bench, link).getString("customfield_10042"))
          .isEqualTo("phase " + task.phase() + ", step " + task.step());
    }
  }
}
