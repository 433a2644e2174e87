package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Single edits, carried between the simulated systems over real HTTP. */
@ParameterizedClass
@EnumSource(Flavour.class)
class CarryingTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Bridge bridge;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    bridge = bench.bridge(bench.withJira());
    Bench.once(bridge);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  /** A linked open task without a predecessor. */
  private Link link() {
    return Bench.links(bridge).stream()
        .filter(link -> link.state() == LinkState.LINKED)
        .filter(link -> link.task().orElseThrow().record().dependentOn().isEmpty())
        .filter(link -> link.task().orElseThrow().record().status() == TaskStatus.OPEN)
        .findFirst()
        .orElseThrow();
  }

  private JsonObject task(Link link) {
    return bench
        .tasks
        .get("/api/v3/tasks/" + link.task().orElseThrow().record().id())
        .getJsonObject("data");
  }

  private void editTask(Link link, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), change);
  }

  private JsonObject issue(Link link) {
    return bench.issue(link);
  }

  private void editIssue(Link link, JsonObject fields) {
    bench.editIssue(link, fields);
  }

  private void thenASecondRunWritesNothing() throws Exception {
    bench.forgetRequests();
    Bench.once(bridge);
    assertThat(Bench.byOperation(bench.tasks).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT "));
    assertThat(Bench.byOperation(bench.issues).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT ") || operation.contains("transitions"));
  }

  @Test
  void a_due_time_survives_carrying_to_jiras_date_and_back() throws Exception {
    Link link = link();
    editTask(link, new JsonObject().put("dueDate", "2027-03-29T12:15:00Z"));

    Bench.once(bridge);
    assertThat(issue(link).getString("duedate")).isEqualTo("2027-03-29");

    editIssue(link, new JsonObject().put("summary", "The issue changed, its date did not"));
    Bench.once(bridge);

    assertThat(task(link).getString("name")).isEqualTo("The issue changed, its date did not");
    assertThat(task(link).getString("dueDate")).isEqualTo("2027-03-29T12:15:00Z");
    thenASecondRunWritesNothing();
  }

  @Test
  void a_ticket_moving_from_to_do_to_in_progress_leaves_an_open_task_untouched() throws Exception {
    Link link = link();
    bench.forgetRequests();

    bench.move(link, "In Progress");
    Bench.once(bridge);

    assertThat(task(link).getString("status")).isEqualTo("Open");
    assertThat(Bench.byOperation(bench.tasks).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT "));
    assertThat(issue(link).getJsonObject("status").getString("name")).isEqualTo("In Progress");
  }

  @Test
  void a_ticket_that_is_done_closes_its_task_and_reopens_it_when_taken_up_again() throws Exception {
    Link link = link();
    bench.move(link, "Done");
    Bench.once(bridge);
    assertThat(task(link).getString("status")).isEqualTo("Closed");
    thenASecondRunWritesNothing();

    bench.move(link, "In Progress");
    Bench.once(bridge);
    assertThat(task(link).getString("status")).isEqualTo("Reopened");
    thenASecondRunWritesNothing();
  }

  @Test
  void a_value_without_a_counterpart_is_shown_and_guessed_nowhere() throws Exception {
    Link link = link();
    editTask(
        link,
        new JsonObject()
            .put(
                "assignee",
                new JsonObject()
                    .put("type", "User")
                    .put("data", new JsonObject().put("userName", "pat.jones@example.com"))));
    Bench.once(bridge);
    JsonObject assigned = issue(link).getJsonObject("assignee");

    // The API user itself: its user name is no address, and no table names it.
    String accessId = bench.threatConnect.acceptedCredentials().getString("accessId");
    editTask(
        link,
        new JsonObject()
            .put(
                "assignee",
                new JsonObject()
                    .put("type", "User")
                    .put("data", new JsonObject().put("userName", accessId))));
    Bench.once(bridge);

    assertThat(issue(link).getJsonObject("assignee")).isEqualTo(assigned);
    Link shown =
        Bench.links(bridge).stream()
            .filter(each -> each.key().equals(link.key()))
            .findFirst()
            .orElseThrow();
    assertThat(shown.state()).isEqualTo(LinkState.FAILING);
    assertThat(shown.fields().get(FieldName.ASSIGNEE).reason())
        .contains(accessId, "fields.assignee");
  }

  @Test
  void a_system_that_is_down_is_known_and_caught_up_with_when_it_returns() throws Exception {
    Link link = link();
    bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("resetRate", 1.0));
    editTask(link, new JsonObject().put("name", "Renamed while Jira was down"));

    Bench.once(bridge);

    assertThat(bridge.health().states().get("jira-soc").condition()).isEqualTo(Condition.DOWN);
    bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("resetRate", 0.0));
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              Bench.once(bridge);
              assertThat(issue(link).getString("summary")).isEqualTo("Renamed while Jira was down");
            });
    assertThat(bridge.health().states().get("jira-soc").condition()).isEqualTo(Condition.UP);
  }

  @Test
  void a_task_that_waits_for_another_makes_a_ticket_that_is_blocked_by_the_others()
      throws Exception {
    bridge.close();
    Files.delete(folder.resolve("links.db"));
    bridge = bench.bridge(bench.withJira("dependency: { direction: to-ticket, link: Blocks }"));
    Bench.once(bridge);
    Bench.once(bridge);

    List<Link> links = Bench.links(bridge);
    Map<Long, Link> byTask =
        links.stream()
            .collect(
                Collectors.toMap(each -> each.task().orElseThrow().record().id(), each -> each));
    List<Link> waiting =
        links.stream()
            .filter(
                each ->
                    each.task().orElseThrow().record().dependentOn().stream()
                        .anyMatch(byTask::containsKey))
            .toList();
    assertThat(waiting).isNotEmpty();
    for (Link each : waiting) {
      String first =
          byTask.get(each.task().orElseThrow().record().dependentOn().getAsLong()).ticketId();
      assertThat(issue(each).getJsonArray("issuelinks").stream().map(JsonObject.class::cast))
          .as("links of %s", each.ticketKey())
          .anyMatch(
              one ->
                  one.getJsonObject("type").getString("name").equals("Blocks")
                      && one.getJsonObject("inwardIssue", new JsonObject())
                          .getString("id", "")
                          .equals(first));
    }
    thenASecondRunWritesNothing();
  }

  private Link now(Link link) {
    return Bench.links(bridge).stream()
        .filter(each -> each.key().equals(link.key()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_deleted_task_closes_its_ticket_and_ends_the_link() throws Exception {
    Link link = link();
    bench.tasks.send(
        "DELETE", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), new JsonObject());

    Bench.once(bridge);
    assertThat(now(link).state()).isEqualTo(LinkState.LINKED);
    Bench.sweep(bridge);

    assertThat(issue(link).getJsonObject("status").getString("name")).isEqualTo("Done");
    assertThat(now(link).state()).isEqualTo(LinkState.RETIRED);
    assertThat(now(link).reason()).contains("is gone");
  }

  @Test
  void a_deleted_ticket_ends_the_link_and_is_not_made_again() throws Exception {
    Link link = link();
    bench.issues.send("DELETE", bench.issuePath(link), new JsonObject());

    Bench.sweep(bridge);
    Bench.once(bridge);

    assertThat(now(link).state()).isEqualTo(LinkState.RETIRED);
    assertThat(task(link).getString("status")).isEqualTo("Open");
    thenASecondRunWritesNothing();
  }
}
