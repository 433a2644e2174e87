package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Front.Answer;
import dev.taskbridge.engine.Front.Instead;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
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

/** The link on an issue's page that leads people to its task. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class RemoteLinksTest {
  private static final String REMOTE_LINK =
      "remoteLink: \"https://tc.example.com/#/cases/${case.id}?task=${task.xid}\"";

  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;

  @BeforeEach
  void startTheSystems() {
    bench = new Bench(folder, flavour);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskbridgeConfig linking() {
    return bench.withJira(text -> text.replace("type: Task,", "type: Task, " + REMOTE_LINK + ","));
  }

  private long remoteLinksWritten() {
    return Bench.byOperation(bench.issues).stream()
        .filter(each -> each.getKey().matches("POST .*/remotelink"))
        .mapToLong(each -> ((Number) each.getValue()).longValue())
        .sum();
  }

  private List<Link> thenEachIssueLinksToItsTask(Bridge bridge) {
    List<Link> links = Bench.links(bridge);
    assertThat(links).isNotEmpty().allMatch(link -> link.state() == LinkState.LINKED);
    for (Link link : links) {
      JsonArray remote = bench.issues.list(bench.issuePath(link) + "/remotelink");
      assertThat(remote).as(link.ticketKey()).hasSize(1);
      JsonObject only = remote.getJsonObject(0);
      assertThat(only.getString("globalId")).isEqualTo(IdempotencyKey.of(link.key()).value());
      assertThat(only.getJsonObject("object").getString("url"))
          .isEqualTo(
              "https://tc.example.com/#/cases/"
                  + link.task().orElseThrow().record().parentCase().id()
                  + "?task="
                  + link.key().xid());
    }
    return links;
  }

  private void thenNoneIsWrittenAgain(Bridge bridge) throws Exception {
    bench.forgetRequests();
    Bench.once(bridge);
    Bench.sweep(bridge);
    assertThat(remoteLinksWritten()).isZero();
  }

  /** Issues that have no such links yet, and nothing knows of them any more. */
  private void carryWithoutRemoteLinksAndLoseTheStore() throws Exception {
    try (Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
    }
    assertThat(remoteLinksWritten()).isZero();
    Files.delete(folder.resolve("links.db"));
  }

  @Test
  void each_new_issue_links_to_where_people_find_its_task() throws Exception {
    try (Bridge bridge = bench.bridge(linking())) {
      Bench.once(bridge);

      List<Link> links = thenEachIssueLinksToItsTask(bridge);
      assertThat(remoteLinksWritten()).isEqualTo(links.size());
      thenNoneIsWrittenAgain(bridge);
    }
  }

  @Test
  void an_issue_that_is_found_again_by_its_key_gets_its_link_once() throws Exception {
    carryWithoutRemoteLinksAndLoseTheStore();

    try (Bridge bridge = bench.bridge(linking())) {
      Bench.once(bridge);

      List<Link> links = thenEachIssueLinksToItsTask(bridge);
      assertThat(remoteLinksWritten()).isEqualTo(links.size());
      thenNoneIsWrittenAgain(bridge);
    }
  }

  @Test
  void an_issue_that_a_rebuild_has_found_gets_its_link_by_the_next_look() throws Exception {
    carryWithoutRemoteLinksAndLoseTheStore();
    linking();
    assertThat(Console.run("rebuild", "--config", "" + bench.typed()).exit()).isZero();
    assertThat(remoteLinksWritten()).isZero();

    try (Bridge bridge = bench.bridge(linking())) {
      Bench.once(bridge);

      thenEachIssueLinksToItsTask(bridge);
      thenNoneIsWrittenAgain(bridge);
    }
  }

  @Test
  void an_issue_from_which_a_task_is_made_links_to_that_task() throws Exception {
    bench.issues.send(
        "POST",
        Bench.WIKI_API + "/issue",
        new JsonObject()
            .put(
                "fields",
                new JsonObject()
                    .put("project", new JsonObject().put("key", "SEC"))
                    .put("issuetype", new JsonObject().put("name", "Task"))
                    .put("summary", "Block the sender")
                    .put("labels", new JsonArray().add("for-soc"))));
    String aCase = bench.tasks.get("/api/v3/cases/1").getJsonObject("data").getString("name");
    TaskbridgeConfig config =
        bench.load(
            """
            syncs:
              soc:
                tasks: { tql: 'status = "Pending"', every: 1s, case: "%s" }
                tickets: { system: jira-soc, project: SEC, rule: 'labels = "for-soc"', %s }
                create: to-task
                fields:
                  title: { direction: both }
            """
                .formatted(aCase, REMOTE_LINK));
    try (Bridge bridge = bench.bridge(config)) {
      Bench.once(bridge);

      assertThat(thenEachIssueLinksToItsTask(bridge)).hasSize(1);
      thenNoneIsWrittenAgain(bridge);
    }
  }

  @Test
  void a_link_that_jira_had_no_time_for_is_written_later() throws Exception {
    Front jira = bench.front(bench.jira);
    jira.rule(
        asked ->
            asked.target().contains("/remotelink")
                ? new Instead(Answer.json(429, "{}").with("Retry-After", "600"))
                : new Pass());
    try (Bridge bridge = bench.bridge(linking())) {
      Bench.once(bridge);
      assertThat(remoteLinksWritten()).isZero();

      jira.rule(Front.PASS_ALL);
      bench.wind(Duration.ofMinutes(11));
      Bench.once(bridge);

      List<Link> links = thenEachIssueLinksToItsTask(bridge);
      assertThat(remoteLinksWritten()).isEqualTo(links.size());
      thenNoneIsWrittenAgain(bridge);
    }
  }

  @Test
  void a_link_that_jira_refuses_holds_nothing_up() throws Exception {
    Front jira = bench.front(bench.jira);
    jira.rule(
        asked ->
            asked.target().contains("/remotelink")
                ? new Instead(Answer.json(403, "{\"errorMessages\":[\"Linking is off.\"]}"))
                : new Pass());
    try (Bridge bridge = bench.bridge(linking())) {
      Bench.once(bridge);

      assertThat(Bench.links(bridge))
          .isNotEmpty()
          .allMatch(link -> link.state() == LinkState.LINKED && link.reason().isEmpty());
      jira.rule(Front.PASS_ALL);
      thenNoneIsWrittenAgain(bridge);
    }
  }
}
