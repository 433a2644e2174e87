package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Front.Answer;
import dev.taskbridge.engine.Front.Instead;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.store.JournalEntry;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One link in a thousand that its ticketing system refuses to write. */
@ParameterizedClass(name = "{0}")
@EnumSource(value = Product.class, names = "JIRA_.*", mode = Mode.MATCH_ANY)
class PoisonedLinkTest {
  private static final String POISON = "The poisoned one";

  @TempDir Path folder;
  @Parameter Product jira;
  private Bench bench;
  private Front tickets;
  private Bridge bridge;
  private Link poisoned;

  @BeforeEach
  void open() {
    bench = jira.bench(folder);
    tickets = bench.front(bench.jira);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private void carry(int links) throws Exception {
    bench.seed(links);
    bridge = bench.bridge(bench.withJira());
    Bench.once(bridge);
  }

  /** A link whose title the system refuses from now on. */
  private void poison() throws Exception {
    poisoned = Bench.links(bridge).get(0);
    tickets.rule(
        asked ->
            asked.isWrite() && asked.body().contains(POISON)
                ? new Instead(
                    Answer.json(
                        400, "{\"errorMessages\":[],\"errors\":{\"summary\":\"It is poisoned.\"}}"))
                : new Pass());
    rename(poisoned, POISON);
  }

  private void rename(Link link, String name) {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", name));
  }

  private void thePoisonIsGone() {
    tickets.rule(Front.PASS_ALL);
  }

  private Link now() {
    return bridge
        .store()
        .inTransaction(rows -> rows.load(List.of(poisoned.key())))
        .get(poisoned.key());
  }

  private void thenItIsHealed(String title) {
    assertThat(now().state()).isEqualTo(LinkState.LINKED);
    assertThat(bench.issue(poisoned).getString("summary")).isEqualTo(title);
  }

  @Test
  void the_other_999_agree_within_a_cycle_and_the_poisoned_one_says_why() throws Exception {
    carry(1_000);
    poison();
    List<Link> others = Bench.links(bridge).subList(1, 1_000);
    for (int i = 0; i < 40; i++) {
      rename(others.get(i * 24), "Renamed beside the poison " + i);
    }

    Bench.once(bridge);

    assertThat(new People(bench, jira, new java.util.Random(1)).complaints())
        .hasSize(1)
        .allMatch(complaint -> complaint.contains(POISON));
    assertThat(bridge.store().inTransaction(rows -> rows.counts()).get("soc"))
        .containsEntry(LinkState.FAILING, 1L);
    assertThat(now().reason()).contains("title", "It is poisoned.");
    List<JournalEntry> story = bridge.store().inTransaction(rows -> rows.story(poisoned.key()));
    assertThat(story)
        .anySatisfy(
            entry -> {
              assertThat(entry.kind()).isEqualTo("failing");
              assertThat(entry.field()).isEqualTo(FieldName.TITLE.word());
              assertThat(entry.detail()).contains("It is poisoned.");
            });
  }

  @Test
  void it_heals_by_itself_once_the_cause_is_gone() throws Exception {
    carry(1);
    poison();
    for (int refusals = 1; refusals <= 3; refusals++) {
      Bench.once(bridge);
      assertThat(now().fields().get(FieldName.TITLE).attempts()).isEqualTo(refusals);
      bench.wind(Duration.ofMinutes(5L << (refusals - 1)));
      bridge.call("direct:due", "");
    }
    thePoisonIsGone();
    bench.wind(Duration.ofHours(1));
    bridge.call("direct:due", "");
    Bench.once(bridge);
    thenItIsHealed(POISON);
  }

  @Test
  void it_heals_at_once_when_an_operator_asks_for_it() throws Exception {
    carry(1);
    poison();
    Bench.once(bridge);
    thePoisonIsGone();
    Bench.once(bridge);
    assertThat(now().state()).isEqualTo(LinkState.FAILING);

    new Decisions(bridge.store(), bench.clock).retry(Optional.of(poisoned.ticketKey()));
    bridge.call("direct:due", "");
    Bench.once(bridge);

    thenItIsHealed(POISON);
  }

  @Test
  void it_heals_at_once_when_its_task_is_edited() throws Exception {
    carry(1);
    poison();
    Bench.once(bridge);
    rename(poisoned, "No longer poisoned");
    Bench.once(bridge);
    thenItIsHealed("No longer poisoned");
  }

  @Test
  void it_is_looked_at_at_once_when_its_ticket_is_edited() throws Exception {
    carry(1);
    poison();
    Bench.once(bridge);
    assertThat(now().state()).isEqualTo(LinkState.FAILING);
    bench.editIssue(poisoned, new JsonObject().put("summary", "What the ticket's people say"));

    Bench.once(bridge);
    Bench.once(bridge);

    thenItIsHealed("What the ticket's people say");
  }

  @Test
  void it_heals_at_once_when_the_configuration_changes() throws Exception {
    carry(1);
    poison();
    Bench.once(bridge);
    thePoisonIsGone();
    bridge.close();

    bridge = bench.bridge(bench.withJira("notes: { direction: both, visibility: public }"));
    Bench.once(bridge);

    thenItIsHealed(POISON);
  }
}
