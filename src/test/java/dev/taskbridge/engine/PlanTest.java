package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JournalEntry;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code plan} says against what {@code once} then does. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class PlanTest {
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

  private void once() throws Exception {
    try (Bridge bridge =
        bench.bridge(bench.withJira("notes: { direction: both, visibility: public }"))) {
      Bench.once(bridge);
    }
  }

  private List<Link> links() {
    try (Bridge bridge =
        bench.bridge(bench.withJira("notes: { direction: both, visibility: public }"))) {
      return Bench.links(bridge);
    }
  }

  private Path config(String... edits) {
    bench.withJira("notes: { direction: both, visibility: public }");
    return bench.typed(edits);
  }

  private JsonObject plan(int exit, Path config, String... more) {
    List<String> arguments = new ArrayList<>(List.of("plan", "--json", "--config", "" + config));
    arguments.addAll(List.of(more));
    bench.forgetRequests();
    Console console = Console.run(arguments.toArray(String[]::new));
    assertThat(console.exit()).as(console.out() + console.err()).isEqualTo(exit);
    for (SimClient system : List.of(bench.tasks, bench.issues, bench.records)) {
      assertThat(Bench.writes(system)).as("writes while planning").isEmpty();
    }
    return new JsonObject(console.out());
  }

  private static List<JsonObject> writes(JsonObject plan) {
    return plan.getJsonArray("writes").stream().map(JsonObject.class::cast).toList();
  }

  /** Link, kind and field of each write; of a new record only that it is made. */
  private static Set<String> told(JsonObject plan) {
    return writes(plan).stream()
        .filter(
            write ->
                !write.getString("write").equals("create") || write.getString("field").isEmpty())
        .map(
            write ->
                write.getString("xid")
                    + " "
                    + switch (write.getString("write")) {
                      case "create" -> "created";
                      case "comment" -> "comment";
                      default -> "wrote-" + write.getString("side");
                    }
                    + " "
                    + write.getString("field"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What really happens in one cycle, in the same words. */
  private Set<String> done(Path config) throws Exception {
    Set<String> happened = new TreeSet<>();
    Set<String> before = Files.exists(folder.resolve("links.db")) ? journal() : Set.of();
    assertThat(Console.run("once", "--config", "" + config).exit()).isZero();
    Set<String> after = journal();
    after.removeAll(before);
    after.forEach(line -> happened.add(line.substring(line.indexOf(' ') + 1)));
    return happened;
  }

  private Set<String> journal() {
    Set<String> lines = new TreeSet<>();
    bench.withJira("notes: { direction: both, visibility: public }");
    try (var store =
        dev.taskbridge.store.JdbcLinkStore.openReadOnly(
            dev.taskbridge.store.StoreSettings.at("jdbc:sqlite:" + folder.resolve("links.db")))) {
      for (Link link :
          store.inTransaction(
              rows ->
                  rows.page(
                      java.util.Optional.of("soc"), Set.of(), java.util.Optional.empty(), 9999))) {
        for (JournalEntry entry : store.inTransaction(rows -> rows.story(link.key()))) {
          lines.add(entry.at() + " " + link.key().xid() + " " + entry.kind() + " " + entry.field());
        }
      }
    }
    return lines;
  }

  @Test
  void before_anything_was_carried_it_lists_every_ticket_that_would_be_made_and_makes_none()
      throws Exception {
    bench.seed(30);
    Path config = config();

    JsonObject plan = plan(4, config);

    assertThat(Files.exists(folder.resolve("links.db"))).isFalse();
    assertThat(told(plan).stream().filter(line -> line.endsWith("created ")))
        .hasSizeGreaterThanOrEqualTo(30);
    assertThat(done(config)).isEqualTo(told(plan));
    assertThat(plan(0, config).getJsonArray("writes")).isEmpty();
  }

  @Test
  void it_tells_field_by_field_what_once_then_does() throws Exception {
    once();
    List<Link> open =
        links().stream()
            .filter(link -> link.state() == LinkState.LINKED)
            .filter(link -> link.task().orElseThrow().record().status() == TaskStatus.OPEN)
            .toList();
    Link renamed = open.get(0);
    Link moved = open.get(1);
    editTask(
        renamed, new JsonObject().put("name", "Renamed").put("dueDate", "2027-03-29T12:15:00Z"));
    bench.tasks.send(
        "POST",
        "/api/v3/notes",
        new JsonObject().put("taskId", id(renamed)).put("text", "Called the owner."));
    bench.editIssue(moved, new JsonObject().put("summary", "Renamed in Jira"));
    bench.move(moved, "Done");
    String filtered =
        bench
            .tasks
            .send(
                "POST",
                "/api/v3/tasks",
                new JsonObject()
                    .put("name", "Brand new")
                    .put("caseId", moved.task().orElseThrow().record().parentCase().id())
                    .put("status", "Open"))
            .getJsonObject("data")
            .getString("xid");

    Path config = config();
    JsonObject plan = plan(4, config);

    assertThat(told(plan))
        .contains(
            renamed.key().xid() + " wrote-ticket title",
            renamed.key().xid() + " wrote-ticket dueDate",
            renamed.key().xid() + " comment notes",
            moved.key().xid() + " wrote-task title",
            moved.key().xid() + " wrote-task status",
            filtered + " created ");
    assertThat(writes(plan))
        .anySatisfy(
            write -> {
              assertThat(write.getString("record")).isEqualTo("task " + id(moved));
              assertThat(write.getString("from")).isEqualTo("Open");
              assertThat(write.getString("to")).isEqualTo("Closed");
            });
    assertThat(done(config)).isEqualTo(told(plan));
    assertThat(plan(0, config).getJsonArray("writes")).isEmpty();
  }

  @Test
  void with_another_configuration_it_tells_what_the_change_would_do() throws Exception {
    once();
    Path changed = config("High: High, Critical: Highest", "High: Medium, Critical: Highest");

    assertThat(plan(0, config()).getJsonArray("writes")).isEmpty();
    JsonObject plan = plan(4, config(), "--with", changed.toString());

    assertThat(writes(plan))
        .isNotEmpty()
        .allSatisfy(
            write -> {
              assertThat(write.getString("field")).isEqualTo("priority");
              assertThat(write.getString("from")).isEqualTo("High");
              assertThat(write.getString("to")).isEqualTo("Medium");
            });
    assertThat(done(changed)).isEqualTo(told(plan));
  }

  @Test
  void one_task_alone_is_told_of_and_an_unknown_one_is_a_mistake() throws Exception {
    once();
    List<Link> links = links();
    editTask(links.get(0), new JsonObject().put("description", "Edited"));
    editTask(links.get(1), new JsonObject().put("description", "Edited, too"));

    JsonObject plan = plan(4, config(), "--task", links.get(1).key().xid());

    assertThat(told(plan)).containsExactly(links.get(1).key().xid() + " wrote-ticket description");
    Console unknown = Console.run("plan", "--config", "" + config(), "--task", "nobody");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("nobody");
  }

  @Test
  void a_system_that_does_not_answer_makes_it_no_plan() throws Exception {
    once();
    bench.issues.control("PUT", "/_sim/faults", new JsonObject().put("resetRate", 1.0));

    Console console = Console.run("plan", "--config", "" + config());

    assertThat(console.exit()).isEqualTo(5);
    assertThat(console.err()).contains("jira-soc does not answer");
  }

  private static long id(Link link) {
    return link.task().orElseThrow().record().id();
  }

  private void editTask(Link link, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + id(link), change);
  }
}
