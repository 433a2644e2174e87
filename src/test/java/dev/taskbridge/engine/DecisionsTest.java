package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an operator decides, carried out by the next cycle. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class DecisionsTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Bridge bridge;
  private Decisions decisions;
  private Link link;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    bridge =
        bench.bridge(
            bench.load(
                """
                syncs:
                  soc:
                    tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s }
                    tickets: { system: jira-soc, project: SEC, type: Task, every: 1s }
                    fields:
                      title: { direction: both, conflict: ask }
                      dueDate: { direction: both }
                """));
    Bench.once(bridge);
    decisions = new Decisions(bridge.store(), Clock.systemUTC());
    link = Bench.links(bridge).get(0);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private String name() {
    return bench
        .tasks
        .get("/api/v3/tasks/" + link.task().orElseThrow().record().id())
        .getJsonObject("data")
        .getString("name");
  }

  private String summary() {
    return bench.issue(link).getString("summary");
  }

  private void renameBoth() throws Exception {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", "As the task says").put("dueDate", "2027-01-02T10:00:00Z"));
    bench.editIssue(link, new JsonObject().put("summary", "As the ticket says"));
    Bench.once(bridge);
  }

  private Link now() {
    return decisions.named(link.key().xid()).get(0);
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_conflict_stops_its_field_only_and_a_persons_choice_ends_it(Side keep) throws Exception {
    renameBoth();
    assertThat(now().state()).isEqualTo(LinkState.CONFLICT);
    assertThat(now().reason()).contains("As the task says", "As the ticket says");
    assertThat(name()).isEqualTo("As the task says");
    assertThat(summary()).isEqualTo("As the ticket says");
    assertThat(bench.issue(link).getString("duedate")).isEqualTo("2027-01-02");

    assertThat(decisions.resolve(link.ticketKey(), FieldName.TITLE, keep)).hasSize(1);
    bridge.call("direct:due", "");
    Bench.once(bridge);

    String kept = keep == Side.TASK ? "As the task says" : "As the ticket says";
    assertThat(name()).isEqualTo(kept);
    assertThat(summary()).isEqualTo(kept);
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
    assertThat(decisions.story(link)).extracting(entry -> entry.kind()).contains("resolved");
  }

  @Test
  void an_unlinked_pair_goes_its_own_ways_and_is_not_begun_again() throws Exception {
    String before = summary();
    assertThat(decisions.unlink(link.key().xid())).hasSize(1);

    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", "Nobody else's business"));
    Bench.once(bridge);
    Bench.sweep(bridge);

    assertThat(summary()).isEqualTo(before);
    assertThat(now().state()).isEqualTo(LinkState.RETIRED);
  }

  @Test
  void retry_makes_every_failing_link_due_at_once() throws Exception {
    bench.editIssue(link, new JsonObject().put("summary", "x"));
    assertThat(decisions.retry(Optional.empty())).isEmpty();
    assertThat(decisions.retry(Optional.of(link.ticketKey()))).hasSize(1);
    assertThat(now().dueAt()).isPresent();
  }
}
