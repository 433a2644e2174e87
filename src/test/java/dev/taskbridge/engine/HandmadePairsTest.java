package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tickets that people paired with a task before Taskbridge came: {@code tickets.match}. */
class HandmadePairsTest {
  private static final String MATCH = "customfield_10051";

  @TempDir Path folder;

  private static TaskbridgeConfig config(Bench bench, String create) {
    return bench.load(
        """
        syncs:
          soc:
            tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s, case: "1" }
            tickets: { system: jira-soc, project: SEC, type: Task, every: 1s, rule: 'labels = "for-soc"', match: %s }
            create: %s
            fields:
              title: { direction: both }
        """
            .formatted(MATCH, create));
  }

  private static String issue(Bench bench, String summary, String xid) {
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
                        .put(MATCH, xid)))
        .getString("id");
  }

  private static String xid(Bench bench, String name) {
    return Product.stream(
            bench.tasks.control("GET", "/_sim/state", new JsonObject()).getJsonArray("tasks"))
        .filter(task -> task.getString("name").equals(name))
        .findFirst()
        .orElseThrow()
        .getString("xid");
  }

  private static List<String> names(Bench bench) {
    return Product.stream(
            bench.tasks.control("GET", "/_sim/state", new JsonObject()).getJsonArray("tasks"))
        .map(task -> task.getString("name"))
        .toList();
  }

  /** Two cycles of a program that is started and ended; its links by the xids of their tasks. */
  private static Map<String, Link> carry(Bench bench, TaskbridgeConfig config) throws Exception {
    try (Bridge bridge = bench.bridge(config)) {
      Bench.once(bridge);
      Bench.once(bridge);
      return Bench.links(bridge).stream()
          .collect(Collectors.toMap(link -> link.key().xid(), Function.identity()));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_pair_made_by_hand_is_followed_and_its_task_gets_no_second_ticket(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      int others = bench.search("project = SEC").size();
      String first = names(bench).get(0);
      String id = issue(bench, first, xid(bench, first));
      TaskbridgeConfig config = config(bench, "to-ticket");

      Map<String, Link> links = carry(bench, config);

      assertThat(links.get(xid(bench, first)).ticketId()).isEqualTo(id);
      assertThat(bench.search("project = SEC")).hasSize(others + links.size());

      bench.issues.send(
          "PUT",
          bench.jiraApi + "/issue/" + id,
          new JsonObject().put("fields", new JsonObject().put("summary", "Said in Jira")));
      carry(bench, config);
      assertThat(names(bench)).contains("Said in Jira");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_ticket_of_a_task_gets_no_second_task_and_names_one_that_may_come_later(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      List<String> before = names(bench);
      String first = before.get(0);
      issue(bench, first, xid(bench, first));
      issue(bench, "Of a task that is not there", "xid-of-nobody");

      Map<String, Link> links = carry(bench, config(bench, "both"));

      assertThat(names(bench)).isEqualTo(before);
      Link waiting = links.get("xid-of-nobody");
      assertThat(waiting.task()).isEmpty();
      assertThat(waiting.reason()).contains("xid-of-nobody", MATCH, waiting.ticketKey());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_ticket_paired_while_the_program_runs_is_followed_once_its_task_is_there(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      TaskbridgeConfig config = config(bench, "to-ticket");
      int others = bench.search("project = SEC").size();
      carry(bench, config);
      String xid = "7c1e2a90-0000-4000-8000-000000000001";
      String id = issue(bench, "Made first", xid);
      carry(bench, config);

      bench.tasks.send(
          "POST",
          "/api/v3/tasks",
          new JsonObject().put("name", "Made first").put("xid", xid).put("caseId", 1));
      Map<String, Link> links = carry(bench, config);

      assertThat(links.get(xid).ticketId()).isEqualTo(id);
      assertThat(links.get(xid).state()).isEqualTo(LinkState.LINKED);
      assertThat(bench.search("project = SEC")).hasSize(others + links.size());
    }
  }
}
