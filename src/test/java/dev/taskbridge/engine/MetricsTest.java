package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.Front.Answer;
import dev.taskbridge.engine.Front.Instead;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreSettings;
import dev.taskbridge.web.MetricsPage;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code /metrics} says after things that have really happened. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class MetricsTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Front tickets;
  private Bridge bridge;
  private MetricsPage page;
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
    bridge =
        new Bridge(
            config,
            Path.of("").toAbsolutePath(),
            JdbcLinkStore.open(StoreSettings.at(config.store().url())),
            bench.clock);
    page = new MetricsPage(bridge);
    bridge.start(false);
    Bench.once(bridge);
    link = Bench.links(bridge).get(0);
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  /** Every sample by its name and labels, as a scrape shows it. */
  private Map<String, Double> scrape() {
    Exchange exchange = new DefaultExchange(bridge.camel());
    page.scrape(exchange);
    Map<String, Double> samples = new TreeMap<>();
    exchange
        .getMessage()
        .getBody(String.class)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int blank = line.lastIndexOf(' ');
              samples.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
            });
    return samples;
  }

  private double value(String name) {
    return Optional.ofNullable(scrape().get(name))
        .orElseThrow(() -> new AssertionError(name + " is not among " + scrape().keySet()));
  }

  private void renameTask(String name) {
    bench.tasks.send(
        "PUT",
        "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
        new JsonObject().put("name", name));
  }

  private void renameIssue(String name) {
    bench.editIssue(link, new JsonObject().put("summary", name));
  }

  @Test
  void links_looks_requests_and_carried_edits_are_counted() throws Exception {
    long links = Bench.links(bridge).size();
    assertThat(value("taskbridge_links{state=\"linked\",sync=\"soc\"}")).isEqualTo(links);
    assertThat(value("taskbridge_links{state=\"failing\",sync=\"soc\"}")).isZero();
    assertThat(value("taskbridge_delta_missed_total{sync=\"soc\"}")).isZero();
    double looks = value("taskbridge_reconcile_seconds_count");
    assertThat(looks).isPositive();
    assertThat(scrape().keySet())
        .anyMatch(
            name ->
                name.startsWith("taskbridge_requests_total{")
                    && name.contains("status=\"200\"")
                    && name.contains("system=\"threatconnect\""));

    renameTask("Renamed by a person");
    Bench.once(bridge);
    renameIssue("Renamed by another person");
    Bench.once(bridge);

    assertThat(value("taskbridge_reconcile_seconds_count")).isGreaterThan(looks);
    for (String direction : new String[] {"to-ticket", "to-task"}) {
      String labels = "{direction=\"" + direction + "\",sync=\"soc\"}";
      assertThat(value("taskbridge_propagation_seconds_count" + labels)).isEqualTo(1);
      assertThat(value("taskbridge_propagation_seconds_sum" + labels)).isBetween(0.0, 60.0);
    }
  }

  @Test
  void a_refused_write_counts_as_a_failure_and_ages_until_it_is_carried() throws Exception {
    assertThat(value("taskbridge_oldest_pending_seconds")).isZero();
    tickets.rule(
        asked ->
            asked.isWrite()
                ? new Instead(Answer.json(400, "{\"errorMessages\":[\"No.\"],\"errors\":{}}"))
                : new Pass());
    renameTask("Refused");
    Bench.once(bridge);

    assertThat(value("taskbridge_failures_total")).isEqualTo(1);
    assertThat(value("taskbridge_links{state=\"failing\",sync=\"soc\"}")).isEqualTo(1);
    bench.wind(Duration.ofHours(1));
    assertThat(value("taskbridge_oldest_pending_seconds")).isBetween(3_600.0, 3_700.0);

    tickets.rule(Front.PASS_ALL);
    bridge.call("direct:due", "");
    Bench.once(bridge);
    assertThat(value("taskbridge_oldest_pending_seconds")).isZero();
    assertThat(value("taskbridge_failures_total")).isEqualTo(1);
  }

  @Test
  void an_edit_that_waits_for_a_system_ages_and_the_time_a_system_asked_for_is_counted()
      throws Exception {
    assertThat(value("taskbridge_throttled_seconds_total{system=\"jira-soc\"}")).isZero();
    tickets.rule(asked -> new Instead(Answer.json(429, "{}").with("Retry-After", "600")));
    renameTask("Held up");
    Bench.once(bridge);
    bench.wind(Duration.ofSeconds(300));

    assertThat(value("taskbridge_throttled_seconds_total{system=\"jira-soc\"}"))
        .isBetween(299.0, 360.0);
    assertThat(value("taskbridge_oldest_pending_seconds")).isBetween(299.0, 360.0);

    tickets.rule(Front.PASS_ALL);
    bench.wind(Duration.ofSeconds(900));
    bridge.call("direct:due", "");
    Bench.once(bridge);
    assertThat(value("taskbridge_throttled_seconds_total{system=\"jira-soc\"}"))
        .isBetween(599.0, 660.0);
    assertThat(value("taskbridge_oldest_pending_seconds")).isZero();
  }

  @Test
  void a_conflict_is_counted_once() throws Exception {
    assertThat(value("taskbridge_conflicts_total")).isZero();
    renameTask("As the task says");
    renameIssue("As the ticket says");
    Bench.once(bridge);
    Bench.once(bridge);
    assertThat(value("taskbridge_conflicts_total")).isEqualTo(1);
  }
}
