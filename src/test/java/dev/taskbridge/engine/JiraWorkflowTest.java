package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Task statuses over a workflow of nine statuses with conditions, required resolutions and a dead
 * end. Every pair of statuses is walked in the test of the adapter.
 */
@ParameterizedClass
@EnumSource(Flavour.class)
class JiraWorkflowTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Bridge bridge;
  private Link link;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    bench.issues.control(
        "PUT",
        "/_sim/switches",
        new JsonObject().put("workflow", "nine-status").put("perIssueWriteLimit", false));
    bridge =
        bench.bridge(
            bench.load(
                """
                syncs:
                  soc:
                    tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s }
                    tickets: { system: jira-soc, project: SEC, type: Task, every: 1s }
                    fields:
                      title: { direction: both }
                      status:
                        direction: both
                        map:
                          Pending:  [ Triage ]
                          Open:     [ New, Triage, Assigned, Investigating, Waiting, Containment ]
                          Reopened: [ Investigating, Waiting, Containment ]
                          Closed:   [ Closed, Resolved, Rejected ]
                        set: { Resolved: { resolution: Done }, Rejected: { resolution: "Won't Do" } }
                      assignee: { direction: both, groups: { SOC Team: { user: maria.silva@example.com }, IT Operations: { user: lars.berg@example.com } } }
                """));
    Bench.once(bridge);
    link =
        Bench.links(bridge).stream()
            .filter(each -> status(each).equals("New"))
            .findFirst()
            .orElseThrow();
    assign();
  }

  private void assign() throws Exception {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject()
            .put(
                "assignee",
                new JsonObject()
                    .put("type", "User")
                    .put("data", new JsonObject().put("userName", "pat.jones@example.com"))));
    Bench.once(bridge);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private JsonObject issue(Link each) {
    return bench.issue(each);
  }

  private String status(Link each) {
    return issue(each).getJsonObject("status").getString("name");
  }

  private void setTask(String status) throws Exception {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("status", status));
    Bench.once(bridge);
  }

  private Link now() {
    return Bench.links(bridge).stream()
        .filter(each -> each.key().equals(link.key()))
        .findFirst()
        .orElseThrow();
  }

  /** A person's way through the workflow. */
  private void move(String... statuses) {
    for (String status : statuses) {
      String path = bench.issuePath(link) + "/transitions";
      String id =
          bench.issues.get(path).getJsonArray("transitions").stream()
              .map(JsonObject.class::cast)
              .filter(each -> each.getJsonObject("to").getString("name").equals(status))
              .findFirst()
              .orElseThrow()
              .getString("id");
      JsonObject body = new JsonObject().put("transition", new JsonObject().put("id", id));
      if (List.of("Resolved", "Rejected").contains(status)) {
        body.put(
            "fields", new JsonObject().put("resolution", new JsonObject().put("name", "Won't Do")));
      }
      bench.issues.send("POST", path, body);
    }
  }

  @Test
  void closing_a_task_walks_the_whole_way_and_fills_in_the_resolution() throws Exception {
    setTask("Closed");

    assertThat(status(link)).isEqualTo("Closed");
    assertThat(issue(link).getJsonObject("resolution").getString("name")).isEqualTo("Done");
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
  }

  @Test
  void a_task_that_is_opened_again_leads_its_issue_back_into_work() throws Exception {
    setTask("Closed");
    setTask("Reopened");

    assertThat(status(link)).isEqualTo("Investigating");
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
  }

  @Test
  void out_of_the_dead_end_there_is_no_way_and_the_link_says_so() throws Exception {
    move("Triage", "Rejected");
    Bench.once(bridge);
    assertThat(now().task().orElseThrow().record().status().word()).isEqualTo("Closed");

    setTask("Reopened");

    assertThat(status(link)).isEqualTo("Rejected");
    assertThat(now().state()).isEqualTo(LinkState.FAILING);
    assertThat(now().fields().get(FieldName.STATUS).reason()).contains("Rejected", "dead end");
  }

  @Test
  void a_status_that_cannot_be_reached_is_refused_with_those_that_can_be() throws Exception {
    move("Triage", "Assigned", "Investigating");
    Bench.once(bridge);

    setTask("Pending");

    assertThat(status(link)).isEqualTo("Investigating");
    assertThat(now().state()).isEqualTo(LinkState.FAILING);
    assertThat(now().fields().get(FieldName.STATUS).reason())
        .contains("Triage", "Investigating", "Waiting", "Containment");
    String config = "" + bench.typed();
    for (Console told :
        List.of(
            Console.run("links", "--config", config),
            Console.run("explain", link.ticketKey(), "--config", config))) {
      assertThat(told.out())
          .contains("no known way", "from \"Investigating\" to \"Triage\"")
          .contains("\"Waiting\"", "\"Containment\"");
    }
  }

  @Test
  void a_condition_that_the_issue_does_not_meet_is_told_and_the_walk_resumed_once_it_does()
      throws Exception {
    bench.editIssue(link, new JsonObject().putNull("assignee"));
    Bench.once(bridge);

    setTask("Closed");
    assertThat(status(link)).isEqualTo("Triage");
    assertThat(now().state()).isEqualTo(LinkState.FAILING);

    assign();
    bench.wind(Duration.ofMinutes(6));
    Bench.once(bridge);

    assertThat(status(link)).isEqualTo("Closed");
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
  }
}
