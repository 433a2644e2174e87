package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A sync whose issues go when their tasks do. */
@ParameterizedClass
@EnumSource(Flavour.class)
class DeletedTasksTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Bridge bridge;
  private Link link;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    bridge =
        bench.bridge(
            bench.withJira(text -> text.replace("fields:", "onTaskDeleted: delete\n    fields:")));
    Bench.once(bridge);
    link = Bench.links(bridge).get(0);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private void deleteTask() {
    bench.tasks.send(
        "DELETE", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), new JsonObject());
  }

  private boolean issueIsThere() {
    return bench
        .issues
        .control("GET", "/_sim/state", new JsonObject())
        .getJsonArray("issues")
        .stream()
        .map(JsonObject.class::cast)
        .anyMatch(issue -> String.valueOf(issue.getValue("id")).equals(link.ticketId()));
  }

  private Link now() {
    return Bench.links(bridge).stream()
        .filter(each -> each.key().equals(link.key()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void the_issue_of_a_deleted_task_is_deleted_and_the_link_ends() throws Exception {
    deleteTask();

    Bench.once(bridge);
    assertThat(issueIsThere()).as("only a sweep knows that a task is gone").isTrue();
    Bench.sweep(bridge);

    assertThat(issueIsThere()).isFalse();
    assertThat(now().state()).isEqualTo(LinkState.RETIRED);
    assertThat(now().reason()).contains("is gone");
    assertThat(Bench.links(bridge)).filteredOn(each -> each != now()).isNotEmpty();
  }

  @Test
  void an_issue_that_is_gone_already_is_as_good_as_deleted() throws Exception {
    bench.issues.send("DELETE", bench.issuePath(link), new JsonObject());
    deleteTask();

    Bench.sweep(bridge);

    assertThat(now().state()).isEqualTo(LinkState.RETIRED);
  }

  @Test
  void what_jira_forbids_is_shown_in_its_words_and_nothing_else_stops() throws Exception {
    bench.issues.control("PUT", "/_sim/switches", new JsonObject().put("editIssues", false));
    deleteTask();

    Bench.sweep(bridge);

    assertThat(issueIsThere()).isTrue();
    assertThat(now().state()).isEqualTo(LinkState.FAILING);
    assertThat(now().reason()).contains("is gone", "permission");
    assertThat(bridge.health().states().get("jira-soc").condition())
        .isEqualTo(SystemHealth.Condition.UP);
  }
}
