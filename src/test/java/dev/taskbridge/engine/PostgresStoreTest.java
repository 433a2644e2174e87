package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.Databases;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge with its store on a server; what the store itself promises has tests of its own. */
class PostgresStoreTest {
  private static final LinkKey OTHERS = new LinkKey("other", "x");

  private final StoreSettings settings = Databases.emptyPostgres();

  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void startTheSystems() {
    bench = new Bench(folder, Flavour.CLOUD);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private TaskbridgeConfig onPostgres() {
    return bench.withJira(
        yaml ->
            yaml.replaceFirst(
                "store: .*",
                "store: { url: \"%s\", user: %s }"
                    .formatted(settings.url(), settings.user().orElseThrow())));
  }

  private List<Link> carry(TaskbridgeConfig config) throws Exception {
    try (Bridge bridge = bench.bridge(config)) {
      Bench.once(bridge);
      return Bench.links(bridge);
    }
  }

  private Link plain(List<Link> links, int which) {
    return links.stream()
        .filter(link -> link.task().orElseThrow().record().dependentOn().isEmpty())
        .toList()
        .get(which);
  }

  private String taskPath(Link link) {
    return "/api/v3/tasks/" + link.task().orElseThrow().record().id();
  }

  private int issues() {
    return bench
        .issues
        .control("GET", "/_sim/state", new JsonObject())
        .getJsonArray("issues")
        .size();
  }

  /** Everything that people can ask the store, of every sync. */
  private List<Object> stored() {
    try (LinkStore store = JdbcLinkStore.openReadOnly(settings)) {
      return store.inTransaction(
          rows -> {
            List<Object> all = new ArrayList<>();
            for (Link link : rows.page(Optional.empty(), Set.of(), Optional.empty(), 9999)) {
              all.add(link);
              all.addAll(rows.story(link.key()));
            }
            for (String name : List.of(TaskPolls.cursor("soc"), TicketPolls.cursorOf("soc"))) {
              all.add(rows.cursor(name));
            }
            return all;
          });
    }
  }

  /** What another sync left in the same store. */
  private void leaveAnotherSync(Link like) {
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      store.inTransaction(
          rows -> {
            rows.save(List.of(Link.proposed(OTHERS, like.task().orElseThrow())));
            rows.setCursor("other/tasks", "2026-01-01T00:00:00Z");
            rows.journal(
                List.of(
                    new JournalEntry(bench.clock.instant(), OTHERS, "observed", "", "by hand")));
            return true;
          });
    }
  }

  @Test
  void edits_on_both_sides_arrive_and_a_restart_makes_nothing_twice() throws Exception {
    List<Link> links = carry(onPostgres());
    int made = issues();
    assertThat(links).isNotEmpty().allMatch(Link::hasTicket);
    Link first = plain(links, 0);
    Link second = plain(links, 1);
    bench.tasks.send(
        "PUT", taskPath(first), new JsonObject().put("name", "Renamed in ThreatConnect"));
    bench.editIssue(second, new JsonObject().put("summary", "Renamed in Jira"));

    carry(onPostgres());

    assertThat(bench.issue(first).getString("summary")).isEqualTo("Renamed in ThreatConnect");
    assertThat(bench.tasks.get(taskPath(second)).getJsonObject("data").getString("name"))
        .isEqualTo("Renamed in Jira");
    bench.forgetRequests();
    carry(onPostgres());
    assertThat(issues()).isEqualTo(made);
    assertThat(Bench.writes(bench.tasks)).isEmpty();
    assertThat(Bench.writes(bench.issues)).isEmpty();
  }

  @Test
  void a_rebuild_finds_what_it_finds_for_a_file_and_keeps_the_other_syncs() throws Exception {
    List<Link> links = carry(onPostgres());
    Link leftTheFilter = plain(links, 0);
    bench.tasks.send("PUT", taskPath(leftTheFilter), new JsonObject().put("status", "Closed"));
    carry(onPostgres());
    bench.editIssue(plain(links, 1), new JsonObject().put("summary", "Renamed meanwhile"));
    leaveAnotherSync(leftTheFilter);
    bench.withJira();
    Console inFile = Console.run("rebuild", "--json", "--config", "" + bench.typed());
    Map<LinkKey, List<Object>> expected;
    try (LinkStore file =
        JdbcLinkStore.openReadOnly(StoreSettings.at("jdbc:sqlite:" + folder.resolve("links.db")))) {
      expected = told(file);
    }

    onPostgres();
    Console console = Console.run("rebuild", "--yes", "--json", "--config", "" + bench.typed());

    assertThat(console.exit()).as(console.err()).isZero();
    assertThat(new JsonObject(console.out()).getJsonObject("syncs"))
        .isEqualTo(new JsonObject(inFile.out()).getJsonObject("syncs"));
    try (LinkStore store = JdbcLinkStore.openReadOnly(settings)) {
      assertThat(told(store)).isEqualTo(expected).hasSize(links.size());
      store.inTransaction(
          rows -> {
            assertThat(rows.load(List.of(OTHERS))).hasSize(1);
            assertThat(rows.cursor("other/tasks")).isPresent();
            assertThat(rows.story(OTHERS)).hasSize(1);
            assertThat(rows.story(leftTheFilter.key()))
                .last()
                .hasFieldOrPropertyWithValue("kind", "adopted");
            return true;
          });
    }
    int made = issues();
    carry(onPostgres());
    assertThat(issues()).isEqualTo(made);
    assertThat(bench.tasks.get(taskPath(plain(links, 1))).getJsonObject("data").getString("name"))
        .isEqualTo("Renamed meanwhile");
  }

  /** The links of the sync without the moments at which they were seen and changed. */
  private static Map<LinkKey, List<Object>> told(LinkStore store) {
    Map<LinkKey, List<Object>> told = new TreeMap<>(Comparator.comparing(LinkKey::xid));
    store
        .inTransaction(rows -> rows.page(Optional.of("soc"), Set.of(), Optional.empty(), 9999))
        .forEach(
            link ->
                told.put(
                    link.key(),
                    List.of(
                        link.state(),
                        link.ticketId(),
                        link.ticketKey(),
                        link.task().orElseThrow().record(),
                        link.ticket().map(seen -> seen.record()),
                        verdicts(link))));
    return told;
  }

  private static Map<FieldName, String> verdicts(Link link) {
    Map<FieldName, String> verdicts = new TreeMap<>();
    link.fields()
        .forEach((field, record) -> verdicts.put(field, record.verdict() + " " + record.base()));
    return verdicts;
  }

  @Test
  void a_rebuild_that_ends_midway_leaves_the_store_as_it_was() throws Exception {
    List<Link> links = carry(onPostgres());
    bench.tasks.send("PUT", taskPath(plain(links, 0)), new JsonObject().put("status", "Closed"));
    carry(onPostgres());
    onPostgres();
    // The tickets can be read, and then the tasks cannot.
    Path config = bench.typed("{{file:TC_KEY}}", "{{file:TC_ID}}");
    List<Object> before = stored();

    Console console = Console.run("rebuild", "--yes", "--config", "" + config);

    assertThat(console.exit()).isEqualTo(5);
    assertThat(console.err()).contains("the store is as it was");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_rebuild_that_cannot_be_stored_whole_is_not_stored_at_all() throws Exception {
    carry(onPostgres());
    List<Object> before = stored();
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user().orElseThrow(), null);
        Statement statement = connection.createStatement()) {
      // The story is what is stored last.
      statement.execute("ALTER TABLE journal ADD CHECK (kind <> 'adopted')");
    }

    Console console = Console.run("rebuild", "--yes", "--config", "" + bench.typed());

    assertThat(console.exit()).isEqualTo(1);
    assertThat(console.err()).contains("journal");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_rebuild_touches_no_links_of_a_server_unless_it_is_told_to() throws Exception {
    carry(onPostgres());
    List<Object> before = stored();

    Console console = Console.run("rebuild", "--config", "" + bench.typed());

    assertThat(console.exit()).isEqualTo(1);
    assertThat(console.err()).contains("it holds links").contains("--yes");
    assertThat(stored()).isEqualTo(before);
  }

  @Test
  void a_second_program_on_the_same_store_is_refused_and_the_first_goes_on() throws Exception {
    try (Bridge daemon = bench.bridge(onPostgres())) {
      for (String command : List.of("once", "rebuild")) {
        Console console = Console.run(command, "--config", "" + bench.typed());
        assertThat(console.exit()).as(command).isEqualTo(1);
        assertThat(console.err())
            .contains("in use by taskbridge process " + ProcessHandle.current().pid());
      }
      Bench.once(daemon);
      assertThat(Bench.links(daemon)).anyMatch(link -> link.state() == LinkState.LINKED);
      assertThat(Console.run("links", "--config", "" + bench.typed()).exit()).isZero();
    }
    assertThat(Console.run("once", "--config", "" + bench.typed()).exit()).isZero();
  }
}
