package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.engine.Front.Answer;
import dev.taskbridge.engine.Front.Instead;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An operator decides, in a process of its own, at the very moment when the daemon is writing for
 * the same link: the daemon's own notes of what it did must not write over the decision.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class DecisionDuringALookTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Front tickets;
  private Bridge bridge;
  private LinkStore beside;
  private Decisions operator;
  private Link link;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    tickets = bench.front(bench.jira);
    TaskbridgeConfig config =
        bench.load(
            """
            syncs:
              soc:
                tasks: { tql: 'status in ("Open", "Reopened", "Pending")', every: 1s }
                tickets: { system: jira-soc, project: SEC, type: Task, every: 1s }
                fields:
                  title: { direction: both, conflict: ask }
                  dueDate: { direction: both }
            """);
    bridge = bench.bridge(config);
    Bench.once(bridge);
    beside = JdbcLinkStore.openBeside(StoreSettings.at(config.store().url()));
    operator = new Decisions(beside, bench.clock);
    link = Bench.links(bridge).get(0);
  }

  @AfterEach
  void close() {
    beside.close();
    bridge.close();
    bench.close();
  }

  private Link now() {
    return operator.named(link.key().xid()).get(0);
  }

  private void changeTask(JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), change);
  }

  private String summary() {
    return bench.issue(link).getString("summary");
  }

  /** Lets {@code decision} happen while the next write for the link is under way. */
  private void decideDuringTheNextWrite(Consumer<Decisions> decision) {
    AtomicBoolean decided = new AtomicBoolean();
    tickets.rule(
        asked -> {
          if (asked.isWrite() && decided.compareAndSet(false, true)) {
            decision.accept(operator);
          }
          return new Pass();
        });
  }

  @Test
  void an_unlinked_link_stays_unlinked() throws Exception {
    changeTask(new JsonObject().put("name", "The last thing that was carried"));
    decideDuringTheNextWrite(people -> people.unlink(link.key().xid()));

    Bench.once(bridge);

    assertThat(now().state()).isEqualTo(LinkState.RETIRED);
    changeTask(new JsonObject().put("name", "Nobody else's business"));
    Bench.once(bridge);
    assertThat(summary()).isEqualTo("The last thing that was carried");
  }

  @Test
  void what_is_to_be_tried_again_is_tried_again() throws Exception {
    tickets.rule(
        asked ->
            asked.isWrite() && asked.body().contains("Refused at first")
                ? new Instead(Answer.json(400, "{\"errorMessages\":[\"No.\"],\"errors\":{}}"))
                : new Pass());
    changeTask(new JsonObject().put("name", "Refused at first"));
    Bench.once(bridge);
    assertThat(now().fields().get(FieldName.TITLE).verdict()).isEqualTo(Verdict.FAILING);

    changeTask(new JsonObject().put("dueDate", "2027-01-02T10:00:00Z"));
    decideDuringTheNextWrite(people -> people.retry(Optional.of(link.key().xid())));
    Bench.once(bridge);
    bench.wind(Duration.ofSeconds(1));
    bridge.call("direct:due", "");
    Bench.once(bridge);

    assertThat(summary()).isEqualTo("Refused at first");
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
  }

  @Test
  void a_persons_choice_is_carried_out() throws Exception {
    changeTask(new JsonObject().put("name", "As the task says"));
    bench.editIssue(link, new JsonObject().put("summary", "As the ticket says"));
    Bench.once(bridge);
    assertThat(now().state()).isEqualTo(LinkState.CONFLICT);

    changeTask(new JsonObject().put("dueDate", "2027-01-02T10:00:00Z"));
    decideDuringTheNextWrite(
        people -> people.resolve(link.key().xid(), FieldName.TITLE, Side.TASK));
    Bench.once(bridge);
    bench.wind(Duration.ofSeconds(1));
    bridge.call("direct:due", "");
    Bench.once(bridge);

    assertThat(summary()).isEqualTo("As the task says");
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
  }
}
