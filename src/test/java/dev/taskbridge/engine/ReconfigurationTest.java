package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.ConfigLoader;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.simulator.jira.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A configuration that changes while the program runs, and between two runs. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class ReconfigurationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String ALL = "status in (\"Open\", \"Reopened\", \"Pending\")";
  private static final String NONE = "xid = \"no such task\"";

  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;

  @BeforeEach
  void start() {
    bench = new Bench(folder, flavour);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskbridgeConfig changed(String from, String to) {
    assertThat(Bench.JIRA).contains(from);
    return bench.load(Bench.JIRA.replace(from, to));
  }

  private static void lookAtWhatIsDue(Bridge bridge) throws InterruptedException {
    bridge.call("direct:due", "");
    assertThat(bridge.looks().awaitRest(PATIENCE)).isTrue();
  }

  /** The cases' clocks are long behind what the cycles have read. */
  private static void anHourOfCyclesPasses(Bridge bridge) {
    bridge
        .store()
        .inTransaction(
            rows -> {
              rows.setCursor("soc/tasks", Instant.now().plus(Duration.ofHours(1)).toString());
              return true;
            });
  }

  private String priority(Link link) {
    return bench.issue(link).getJsonObject("priority").getString("name");
  }

  @Test
  void a_changed_mapping_is_carried_out_on_every_link_without_a_restart() throws Exception {
    try (Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
      assertThat(Bench.links(bridge)).extracting(this::priority).contains("High");

      bridge.reconfigure(changed("High: High", "High: Low"));
      lookAtWhatIsDue(bridge);

      assertThat(Bench.links(bridge))
          .isNotEmpty()
          .extracting(this::priority)
          .doesNotContain("High")
          .contains("Low");
    }
  }

  @Test
  void tasks_that_a_changed_filter_selects_are_found_however_old_their_last_change_is()
      throws Exception {
    try (Bridge bridge = bench.bridge(changed(ALL, NONE))) {
      Bench.once(bridge);
      assertThat(Bench.links(bridge)).isEmpty();
      anHourOfCyclesPasses(bridge);

      bridge.reconfigure(bench.withJira());
      Bench.once(bridge);

      assertThat(Bench.links(bridge)).isNotEmpty();
    }
  }

  @Test
  void a_filter_that_was_changed_while_nothing_ran_is_a_changed_filter() throws Exception {
    try (Bridge bridge = bench.bridge(changed(ALL, NONE))) {
      Bench.once(bridge);
      anHourOfCyclesPasses(bridge);
    }
    try (Bridge bridge = bench.bridge(bench.withJira())) {
      Bench.once(bridge);
      assertThat(Bench.links(bridge)).isNotEmpty();
    }
  }

  @Test
  void what_a_mapping_had_refused_is_tried_again_at_once_when_the_mapping_changes()
      throws Exception {
    try (Bridge bridge = bench.bridge(changed("High: High", "High: Urgent"))) {
      Bench.once(bridge);
      Link failing = failing(bridge);
      assertThat(failing.fields().get(FieldName.PRIORITY).reason()).contains("Urgent");

      bridge.reconfigure(bench.withJira());
      lookAtWhatIsDue(bridge);

      assertThat(Bench.links(bridge)).extracting(Link::state).containsOnly(LinkState.LINKED);
    }
  }

  private static Link failing(Bridge bridge) {
    return Bench.links(bridge).stream()
        .filter(link -> link.state() == LinkState.FAILING)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void new_credentials_are_used_at_once() throws Exception {
    TaskbridgeConfig good = bench.withJira();
    String file = Files.readString(folder.resolve("taskbridge.yaml"));
    Files.writeString(folder.resolve("old-token"), "revoked-long-ago");
    Path other =
        Files.writeString(
            folder.resolve("old.yaml"), file.replace("{{env:JIRA_TOKEN}}", "{{file:old-token}}"));
    try (Bridge bridge = bench.bridge(bench.loadFile(other))) {
      Bench.once(bridge);
      assertThat(bridge.health().states().get("jira-soc").condition()).isEqualTo(Condition.DENIED);

      bridge.reconfigure(good);
      Bench.once(bridge);

      assertThat(bridge.health().states().get("jira-soc").condition()).isEqualTo(Condition.UP);
      assertThat(Bench.links(bridge)).extracting(Link::state).containsOnly(LinkState.LINKED);
    }
  }

  @Test
  void a_sync_that_has_links_cannot_move_to_other_tickets() throws Exception {
    TaskbridgeConfig moved =
        changed(
            "{ system: jira-soc, project: SEC, type: Task, every: 1s }",
            "{ system: snow-it, table: incident, every: 1s }");
    TaskbridgeConfig config = bench.withJira();
    try (Bridge bridge = bench.bridge(config)) {
      Bench.once(bridge);

      assertThatThrownBy(() -> bridge.reconfigure(moved))
          .isInstanceOf(RefusedConfiguration.class)
          .hasMessageContainingAll("syncs.soc.tickets", "jira-soc", "snow-it", "a name of its own");

      assertThat(bridge.config()).isEqualTo(config);
      Bench.once(bridge);
      assertThat(Bench.links(bridge)).extracting(Link::state).containsOnly(LinkState.LINKED);
    }
    assertThatThrownBy(() -> bench.bridge(moved).close()).isInstanceOf(RefusedConfiguration.class);
  }

  @Test
  void a_further_sync_begins_and_a_removed_one_rests() throws Exception {
    TaskbridgeConfig one = bench.withJira();
    TaskbridgeConfig two = bench.load(Bench.JIRA + second());
    try (Bridge bridge = bench.bridge(one)) {
      bridge.startSchedules();
      bridge.reconfigure(two);
      await()
          .atMost(PATIENCE)
          .until(() -> bridge.store().inTransaction(rows -> rows.counts()).containsKey("second"));

      bridge.reconfigure(one);

      assertThat(bridge.camel().getRoute("poll-tasks.second")).isNull();
      assertThat(bridge.camel().getRoute("poll-tasks.soc")).isNotNull();
      assertThat(bridge.syncs().find("second")).isEmpty();
    }
  }

  private static String second() {
    return """
          second:
            tasks: { tql: 'status = "Closed"', every: 1s }
            tickets: { system: snow-it, table: incident, every: 1s }
            fields:
              title: { direction: both }
        """;
  }

  @Test
  void the_file_is_watched_and_a_bad_one_or_one_that_needs_a_restart_changes_nothing()
      throws Exception {
    TaskbridgeConfig config = bench.withJira();
    Path file = folder.resolve("taskbridge.yaml");
    String good = Files.readString(file);
    try (Bridge bridge = bench.bridge(config)) {
      ConfigurationWatch watch =
          new ConfigurationWatch(new ConfigLoader(bench.environment()), file, bridge);

      for (String bad :
          List.of(
              good.replace("direction: both", "direction: sideways"),
              good.substring(0, good.length() / 2),
              good.replace("links.db", "other.db"))) {
        Files.writeString(file, bad);
        watch.run();
        assertThat(bridge.config()).isEqualTo(config);
        assertThat(watch.trouble()).isPresent();
      }
      assertThat(watch.trouble().orElseThrow()).contains("store", "restart");

      Files.writeString(file, good.replace("High: High", "High: Low"));
      bridge.startSchedules();
      bridge.watchConfiguration(watch);

      await().atMost(PATIENCE).until(() -> !bridge.config().equals(config));
      assertThat(watch.trouble()).isEmpty();
    }
  }

  @Test
  void a_queue_that_is_not_built_is_refused_and_no_other_taken_in_its_place() {
    TaskbridgeConfig config =
        bench.load("queue: { kind: kafka, brokers: 'b:9092' }\n" + Bench.JIRA);

    assertThatThrownBy(() -> bench.bridge(config).close())
        .isInstanceOf(RefusedConfiguration.class)
        .hasMessageContainingAll("queue.kind", "kafka", "memory");
  }

  @Test
  void sweeps_are_scheduled_in_utc_wherever_the_machine_is() throws Exception {
    try (Bridge bridge = bench.bridge(bench.withJira())) {
      bridge.startSchedules();
      assertThat(bridge.camel().getRoute("sweep.soc").getEndpoint().getEndpointUri())
          .contains("trigger.timeZone=UTC");
    }
  }
}
