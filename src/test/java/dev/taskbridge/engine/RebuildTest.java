package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is lost or damaged, and what {@code rebuild} makes of the systems. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class RebuildTest {
  private static final String NOTES = "notes: { direction: both, visibility: public }";

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

  private Path store() {
    return folder.resolve("links.db");
  }

  private List<Link> carry(TaskbridgeConfig config) throws Exception {
    try (Bridge bridge = bench.bridge(config)) {
      Bench.once(bridge);
      return Bench.links(bridge);
    }
  }

  private void loseTheStore() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each :
          files.filter(file -> file.getFileName().toString().startsWith("links.db")).toList()) {
        Files.delete(each);
      }
    }
  }

  private JsonObject rebuild(int exit, Path config) {
    bench.forgetRequests();
    Console console = Console.run("rebuild", "--json", "--config", "" + config);
    assertThat(console.exit()).as(console.out() + console.err()).isEqualTo(exit);
    for (SimClient system : List.of(bench.tasks, bench.issues, bench.records)) {
      assertThat(Bench.writes(system)).as("writes while rebuilding").isEmpty();
    }
    return new JsonObject(console.out());
  }

  private static JsonObject found(JsonObject rebuilt) {
    return rebuilt.getJsonObject("syncs").getJsonObject("soc");
  }

  private JsonArray issues() {
    return bench.issues.control("GET", "/_sim/state", new JsonObject()).getJsonArray("issues");
  }

  private JsonObject issue(Link link) {
    return bench.issue(link);
  }

  private JsonObject task(Link link) {
    return bench.tasks.get("/api/v3/tasks/" + id(link)).getJsonObject("data");
  }

  private static long id(Link link) {
    return link.task().orElseThrow().record().id();
  }

  private void editTask(Link link, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + id(link), change);
  }

  private void editIssue(Link link, JsonObject fields) {
    bench.editIssue(link, fields);
  }

  private static Map<LinkKey, String> pairs(List<Link> links) {
    return links.stream()
        .filter(link -> link.state() != LinkState.RETIRED)
        .collect(Collectors.toMap(Link::key, Link::ticketId));
  }

  @Test
  void a_lost_store_comes_back_with_every_pair_and_loses_no_edit() throws Exception {
    bench.seed(200);
    List<Link> before = carry(bench.withJira(NOTES));
    List<Link> plain =
        before.stream()
            .filter(link -> link.task().orElseThrow().record().dependentOn().isEmpty())
            .toList();
    Link leftTheFilter = plain.get(0);
    editTask(leftTheFilter, new JsonObject().put("status", "Closed"));
    bench.tasks.send(
        "POST", "/api/v3/notes", new JsonObject().put("taskId", id(plain.get(1))).put("text", "A"));
    carry(bench.withJira(NOTES));
    int issues = issues().size();
    long comments = comments(plain.get(1));
    assertThat(comments).isPositive();

    editTask(plain.get(2), new JsonObject().put("name", "Renamed in ThreatConnect"));
    editIssue(plain.get(3), new JsonObject().put("summary", "Renamed in Jira"));
    editIssue(leftTheFilter, new JsonObject().put("summary", "Renamed after it was closed"));
    loseTheStore();
    bench.withJira(NOTES);
    Path config = bench.typed();
    JsonObject rebuilt = rebuild(0, config);
    long requests = Bench.requests(bench.tasks) + Bench.requests(bench.issues);

    assertThat(found(rebuilt).getInteger("adopted")).isEqualTo(before.size());
    assertThat(found(rebuilt).getInteger("differing")).isEqualTo(3);
    assertThat(requests).as("requests for %s pairs", before.size()).isLessThan(25);
    List<Link> after = carry(bench.withJira(NOTES));
    assertThat(pairs(after)).isEqualTo(pairs(before));
    assertThat(issues()).hasSize(issues);
    assertThat(comments(plain.get(1))).isEqualTo(comments);
    assertThat(issue(plain.get(2)).getString("summary")).isEqualTo("Renamed in ThreatConnect");
    assertThat(task(plain.get(3)).getString("name")).isEqualTo("Renamed in Jira");
    assertThat(task(leftTheFilter).getString("name")).isEqualTo("Renamed after it was closed");
    assertThat(task(leftTheFilter).getString("status")).isEqualTo("Closed");
    assertThat(Console.run("plan", "--config", "" + config).exit()).isZero();
  }

  private long comments(Link link) {
    return bench
        .issues
        .get(Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment?maxResults=1000")
        .getJsonArray("comments")
        .size();
  }

  @Test
  void records_of_servicenow_are_found_by_their_correlation_id() throws Exception {
    List<Link> before = carry(bench.withServiceNow("http", true));
    editTask(before.get(0), new JsonObject().put("status", "Closed"));
    carry(bench.withServiceNow("http", true));
    loseTheStore();
    bench.withServiceNow("http", true);

    JsonObject rebuilt = rebuild(0, bench.typed());

    assertThat(found(rebuilt).getInteger("adopted")).isEqualTo(before.size());
    assertThat(found(rebuilt).getInteger("differing")).isZero();
    bench.forgetRequests();
    assertThat(pairs(carry(bench.withServiceNow("http", true)))).isEqualTo(pairs(before));
    assertThat(Bench.writes(bench.records)).isEmpty();
  }

  @Test
  void two_tickets_with_one_key_are_named_and_neither_is_touched() throws Exception {
    List<Link> before = carry(bench.withJira());
    Link link = before.get(0);
    String key = IdempotencyKey.of(link.key()).value();
    editIssue(before.get(1), new JsonObject().put("labels", new JsonArray().add("no-key")));
    String other =
        bench
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
                            .put("summary", "Labelled by hand")
                            .put("labels", new JsonArray().add(key)))
                    .put(
                        "properties",
                        new JsonArray()
                            .add(
                                new JsonObject()
                                    .put("key", "taskbridge")
                                    .put("value", new JsonObject().put("key", key)))))
            .getString("key");
    bench.tasks.send("DELETE", "/api/v3/tasks/" + id(before.get(2)), new JsonObject());
    org.awaitility.Awaitility.await()
        .until(() -> bench.search("labels = \"" + key + "\"").size() == 2);
    loseTheStore();
    bench.withJira();

    JsonObject found = found(rebuild(3, bench.typed()));

    assertThat(found.getJsonArray("ambiguous"))
        .singleElement()
        .satisfies(
            each -> {
              JsonObject one = (JsonObject) each;
              assertThat(one.getString("xid")).isEqualTo(link.key().xid());
              assertThat(one.getJsonArray("tickets")).contains(link.ticketKey(), other);
            });
    assertThat(found.getJsonArray("withoutTask")).containsExactly(before.get(2).ticketKey());
    bench.forgetRequests();
    carry(bench.withJira());
    assertThat(issue(link).getString("summary"))
        .isEqualTo(
            link.ticket()
                .orElseThrow()
                .record()
                .value(dev.taskbridge.domain.FieldName.TITLE)
                .shown());
    assertThat(Bench.byOperation(bench.issues).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT "));
  }

  @Test
  void what_cannot_be_read_to_the_end_or_is_in_use_leaves_the_old_store_in_its_place()
      throws Exception {
    List<Link> before = carry(bench.withJira());
    Path config = bench.typed();
    bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("resetRate", 1.0));
    assertThat(Console.run("rebuild", "--config", "" + config).exit()).isEqualTo(5);
    bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("resetRate", 0.0));

    try (Bridge daemon = bench.bridge(bench.withJira())) {
      Console console = Console.run("rebuild", "--config", "" + config);
      assertThat(console.exit()).isEqualTo(1);
      assertThat(console.err()).contains("in use by");
      assertThat(pairs(Bench.links(daemon))).isEqualTo(pairs(before));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("rebuil"));
    }
  }

  @Test
  void a_rebuild_keeps_the_old_store_and_with_sync_the_links_of_the_others() throws Exception {
    List<Link> before = carry(bench.withJira());
    // What another sync left in the same store.
    try (var store = JdbcLinkStore.open(StoreSettings.at("jdbc:sqlite:" + store()))) {
      store.inTransaction(
          rows -> {
            rows.save(
                List.of(
                    Link.proposed(new LinkKey("other", "x"), before.get(0).task().orElseThrow())));
            return true;
          });
    }
    Path config = bench.typed();

    Console console = Console.run("rebuild", "--json", "--sync", "soc", "--config", "" + config);

    assertThat(console.exit()).as(console.err()).isZero();
    Path kept = Path.of(new JsonObject(console.out()).getString("keptOldStore"));
    for (Path each : List.of(kept, store())) {
      try (var store = JdbcLinkStore.openReadOnly(StoreSettings.at("jdbc:sqlite:" + each))) {
        List<Link> links =
            store.inTransaction(
                rows ->
                    rows.page(
                        java.util.Optional.empty(), Set.of(), java.util.Optional.empty(), 9999));
        assertThat(links).anyMatch(link -> link.key().equals(new LinkKey("other", "x")));
        assertThat(links).hasSize(before.size() + 1);
      }
    }
  }

  @Test
  void a_damaged_store_is_put_aside_and_built_again() throws Exception {
    List<Link> before = carry(bench.withJira());
    Files.writeString(store(), "this was a database once");
    Path config = bench.typed();

    JsonObject rebuilt = rebuild(0, config);

    assertThat(Files.readString(Path.of(rebuilt.getString("keptOldStore"))))
        .isEqualTo("this was a database once");
    assertThat(pairs(carry(bench.withJira()))).isEqualTo(pairs(before));
  }
}
