package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets that a sync's rule selects become tasks. */
class TicketsToTasksTest {
  @TempDir Path folder;

  private static TaskbridgeConfig both(Bench bench, String caseName) {
    return bench.load(
        """
        syncs:
          soc:
            tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s, case: "%s" }
            tickets: { system: jira-soc, project: SEC, type: Task, every: 1s, rule: 'labels = "for-soc"' }
            create: both
            fields:
              title: { direction: both }
              description: { direction: both }
              dueDate: { direction: both }
        """
            .formatted(caseName));
  }

  private static String issue(Bench bench, String summary, JsonArray labels) {
    return bench
        .issues
        .send(
            "POST",
            Bench.WIKI_API + "/issue",
            new JsonObject()
                .put(
                    "fields",
                    new JsonObject()
                        .put("project", new JsonObject().put("key", "SEC"))
                        .put("issuetype", new JsonObject().put("name", "Task"))
                        .put("summary", summary)
                        .put("description", "As told on the phone.")
                        .put("duedate", "2027-05-04")
                        .put("labels", labels)))
        .getString("id");
  }

  private static JsonArray tasksNamed(Bench bench, String name) {
    return bench
        .tasks
        .get("/api/v3/tasks?fields=caseId&tql=name%20%3D%20%22" + name.replace(" ", "%20") + "%22")
        .getJsonArray("data");
  }

  private static JsonObject aCase(Bench bench) {
    return bench.tasks.get("/api/v3/cases").getJsonArray("data").getJsonObject(0);
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_selected_ticket_becomes_a_task_in_the_named_case_once_and_is_followed_from_then_on(
      Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      JsonObject wantedCase = aCase(bench);
      String selected = issue(bench, "Block the sender", new JsonArray().add("for-soc"));
      issue(bench, "Nothing for the SOC", new JsonArray());
      TaskbridgeConfig config = both(bench, wantedCase.getString("name"));

      try (Bridge bridge = bench.bridge(config)) {
        Bench.once(bridge);
        Bench.once(bridge);

        JsonArray tasks = tasksNamed(bench, "Block the sender");
        assertThat(tasks).hasSize(1);
        JsonObject task = tasks.getJsonObject(0);
        assertThat(task.getString("xid")).isEqualTo(IdempotencyKey.xidForTicket("soc", selected));
        assertThat(task.getLong("caseId")).isEqualTo(wantedCase.getLong("id"));
        assertThat(task.getString("dueDate")).isEqualTo("2027-05-04T23:59:59Z");
        assertThat(task.getString("description")).isEqualTo("As told on the phone.");
        assertThat(tasksNamed(bench, "Nothing for the SOC")).isEmpty();
        assertThat(Bench.links(bridge)).allMatch(link -> link.state() == LinkState.LINKED);

        bench.tasks.send(
            "PUT",
            "/api/v3/tasks/" + task.getLong("id"),
            new JsonObject().put("name", "Block the sender now"));
        Bench.once(bridge);
        assertThat(
                bench
                    .issues
                    .get(bench.jiraApi + "/issue/" + selected)
                    .getJsonObject("fields")
                    .getString("summary"))
            .isEqualTo("Block the sender now");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void neither_a_lost_answer_nor_the_loss_of_the_store_makes_a_second_task_or_ticket(
      Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      String name = aCase(bench).getString("name");
      String selected = issue(bench, "Block the sender", new JsonArray().add("for-soc"));
      TaskbridgeConfig config = both(bench, name);
      try (Bridge bridge = bench.bridge(config)) {
        bench.tasks.control("PUT", "/_sim/faults", new JsonObject().put("lostResponseRate", 0.5));
        Bench.once(bridge);
        bench.tasks.control("PUT", "/_sim/faults", new JsonObject().put("lostResponseRate", 0.0));
        await()
            .atMost(Duration.ofSeconds(90))
            .untilAsserted(
                () -> {
                  Bench.once(bridge);
                  // The one that was selected, and the tasks that were there before.
                  assertThat(Bench.links(bridge))
                      .hasSizeGreaterThan(1)
                      .allMatch(link -> link.state() == LinkState.LINKED);
                });
      }
      long issues = issues(bench);

      Files.delete(folder.resolve("links.db"));
      try (Bridge bridge = bench.bridge(config)) {
        Bench.once(bridge);
        Bench.once(bridge);
        List<Link> links = Bench.links(bridge);
        assertThat(links).anyMatch(link -> link.ticketId().equals(selected));
      }

      assertThat(tasksNamed(bench, "Block the sender")).hasSize(1);
      assertThat(issues(bench)).isEqualTo(issues);
    }
  }

  private static long issues(Bench bench) {
    return bench
        .issues
        .control("GET", "/_sim/state", new JsonObject())
        .getJsonArray("issues")
        .size();
  }
}
