package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.engine.Front.Answer;
import dev.taskbridge.engine.Front.Instead;
import dev.taskbridge.engine.Front.Lose;
import dev.taskbridge.engine.Front.Pass;
import dev.taskbridge.engine.Front.Reset;
import dev.taskbridge.engine.Front.Reword;
import dev.taskbridge.engine.Front.Silence;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.SmallDisk;
import dev.taskbridge.store.StoreSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of the table of faults: what goes wrong at a system, what is done, and that it is
 * caught up with once the fault is gone. One world for each product; each test takes a link of its
 * own and begins two hours after the one before, in which everything has recovered by itself.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Product.class)
@TestInstance(Lifecycle.PER_CLASS)
class FaultTableTest {
  private static final Duration RECOVERY = Duration.ofHours(2);
  private static final String RETRY_DELAY = "taskbridge.http.retryDelay";

  @Parameter Product product;

  private final Set<LinkKey> taken = new HashSet<>();
  private Path folder;
  private Bench bench;
  private SmallDisk disk;
  private Bridge bridge;
  private Front tickets;
  private Front tasks;

  @BeforeParameterizedClassInvocation
  void openWorld() throws Exception {
    taken.clear();
    System.setProperty(RETRY_DELAY, "10");
    folder = Files.createTempDirectory("faults");
    bench = product.bench(folder);
    bench.timeout = "2s";
    tickets = bench.front(product.simulator(bench));
    tasks = bench.front(bench.threatConnect);
    bench.seed(120);
    TaskbridgeConfig config =
        product.isJira() ? bench.withJira() : bench.withServiceNow("component", false);
    disk = new SmallDisk(JdbcLinkStore.open(StoreSettings.at(config.store().url())));
    bridge = bench.bridge(config, disk);
  }

  @BeforeEach
  void everything_has_recovered_by_itself() throws Exception {
    tickets.rule(Front.PASS_ALL);
    tasks.rule(Front.PASS_ALL);
    bench.wind(RECOVERY);
    cycle();
    cycle();
    assertThat(condition(product.system)).isEqualTo(Condition.UP);
    assertThat(condition(Systems.THREATCONNECT)).isEqualTo(Condition.UP);
  }

  @AfterParameterizedClassInvocation
  void close() {
    System.clearProperty(RETRY_DELAY);
    bridge.close();
    bench.close();
  }

  // Given

  /** A link that no other test has touched. */
  private Link link() {
    Link link =
        Bench.links(bridge).stream()
            .filter(each -> each.state() == LinkState.LINKED && !taken.contains(each.key()))
            .filter(each -> each.task().orElseThrow().record().dependentOn().isEmpty())
            .filter(each -> each.task().orElseThrow().record().status() != TaskStatus.REOPENED)
            .findFirst()
            .orElseThrow();
    taken.add(link.key());
    return link;
  }

  private void renameTask(Link link, String name) {
    changeTask(link, new JsonObject().put("name", name));
  }

  private void changeTask(Link link, JsonObject change) {
    bench.tasks.send("PUT", "/api/v3/tasks/" + link.task().orElseThrow().record().id(), change);
  }

  private static Answer refusal(int status) {
    return Answer.json(
        status,
        new JsonObject()
            .put("errorMessages", new JsonArray().add("Somebody's rule says no."))
            .put("errors", new JsonObject())
            .put(
                "error",
                new JsonObject()
                    .put("message", status == 403 ? "Operation Failed" : "It is " + status)
                    .put("detail", "Somebody's rule says no."))
            .put("status", "failure")
            .encode());
  }

  // Then

  private Link now(Link link) {
    return bridge.store().inTransaction(rows -> rows.load(List.of(link.key()))).get(link.key());
  }

  private String ticketTitle(Link link) {
    return product.tickets(bench).stream()
        .filter(ticket -> ticket.id().equals(link.ticketId()))
        .findFirst()
        .orElseThrow()
        .title();
  }

  private String taskName(Link link) {
    return bench
        .tasks
        .get("/api/v3/tasks/" + link.task().orElseThrow().record().id())
        .getJsonObject("data")
        .getString("name");
  }

  private SystemHealth.State health(String system) {
    return bridge.health().states().get(system);
  }

  private Condition condition(String system) {
    return health(system).condition();
  }

  /** Runs {@code work} and counts what it asks of {@code front}. */
  private static int requests(Front front, Work work) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    front.watch(request -> asked.incrementAndGet());
    work.run();
    front.watch(request -> {});
    return asked.get();
  }

  /** An HTTP client may ask once more by itself after its connection was reset. */
  private void awaitItsPollsPause(Front front) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(requests(front, this::cycle)).as("its polls pause").isZero());
  }

  private interface Work {
    void run() throws Exception;
  }

  private List<String> story(Link link) {
    return bridge.store().inTransaction(rows -> rows.story(link.key())).stream()
        .map(entry -> entry.kind())
        .toList();
  }

  /** What the schedules do in a second, and no waiting for what is due later. */
  private void cycle() throws Exception {
    for (String route : List.of("wake-all", "poll-tasks", "poll-tickets", "due")) {
      bridge.call("direct:" + route, "soc");
      assertThat(bridge.looks().awaitRest(Duration.ofMinutes(1))).isTrue();
    }
  }

  private void sweep() throws Exception {
    bridge.call("direct:sweep", "soc");
    assertThat(bridge.looks().awaitRest(Duration.ofMinutes(1))).isTrue();
  }

  // Connection refused, reset, time-out, 408, 425, 5xx

  enum Trouble {
    REFUSED,
    RESET,
    REQUEST_TIMEOUT,
    TOO_EARLY,
    SERVER_ERROR,
    UNAVAILABLE;

    Front.Rule rule() {
      return asked ->
          switch (this) {
            case REFUSED -> new Pass();
            case RESET -> new Reset();
            case REQUEST_TIMEOUT -> new Instead(refusal(408));
            case TOO_EARLY -> new Instead(refusal(425));
            case SERVER_ERROR -> new Instead(refusal(500));
            case UNAVAILABLE -> new Instead(refusal(503));
          };
    }
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void a_ticketing_system_that_fails_is_left_alone_and_caught_up_with(Trouble trouble)
      throws Exception {
    Link link = link();
    renameTask(link, "Renamed while it failed: " + trouble);
    if (trouble == Trouble.REFUSED) {
      tickets.shut();
    }
    tickets.rule(trouble.rule());

    cycle();

    assertThat(condition(product.system)).isEqualTo(Condition.DOWN);
    assertThat(health(product.system).words()).isNotBlank();
    assertThat(now(link).dueAt()).isPresent();
    assertThat(now(link).reason()).startsWith("waiting");
    awaitItsPollsPause(tickets);

    if (trouble == Trouble.REFUSED) {
      tickets.open();
    }
    tickets.rule(Front.PASS_ALL);
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();
    assertThat(condition(product.system)).isEqualTo(Condition.UP);
    assertThat(ticketTitle(link)).isEqualTo("Renamed while it failed: " + trouble);
    assertThat(now(link).state()).isEqualTo(LinkState.LINKED);
  }

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void threatconnect_that_fails_is_left_alone_and_caught_up_with(Trouble trouble) throws Exception {
    Link link = link();
    product.rename(bench, link.ticketId(), "Renamed while the tasks were away: " + trouble);
    if (trouble == Trouble.REFUSED) {
      tasks.shut();
    }
    tasks.rule(trouble.rule());

    cycle();

    // It says itself that it has not worked on what it answers 408 or 425 to.
    assertThat(condition(Systems.THREATCONNECT))
        .isEqualTo(
            trouble == Trouble.REQUEST_TIMEOUT || trouble == Trouble.TOO_EARLY
                ? Condition.THROTTLED
                : Condition.DOWN);
    assertThat(condition(product.system)).isEqualTo(Condition.UP);
    awaitItsPollsPause(tasks);

    if (trouble == Trouble.REFUSED) {
      tasks.open();
    }
    tasks.rule(Front.PASS_ALL);
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();
    assertThat(condition(Systems.THREATCONNECT)).isEqualTo(Condition.UP);
    assertThat(taskName(link)).isEqualTo("Renamed while the tasks were away: " + trouble);
  }

  @Test
  void a_system_that_never_answers_is_given_up_after_its_timeout_and_caught_up_with()
      throws Exception {
    Link link = link();
    renameTask(link, "Renamed while it was silent");
    tickets.rule(asked -> new Silence());

    cycle();

    assertThat(condition(product.system)).isEqualTo(Condition.DOWN);
    tickets.rule(Front.PASS_ALL);
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();
    assertThat(ticketTitle(link)).isEqualTo("Renamed while it was silent");
  }

  @Test
  void each_further_failure_makes_the_pause_longer_up_to_a_minute() throws Exception {
    tickets.rule(Trouble.RESET.rule());
    Duration before = Duration.ZERO;
    for (int failure = 0; failure < 8; failure++) {
      cycle();
      Duration pause =
          Duration.between(
              bridge.clock().instant(), bridge.health().pausedUntil(product.system).orElseThrow());
      assertThat(pause).isLessThanOrEqualTo(SystemHealth.LONGEST_PAUSE);
      assertThat(pause.plusSeconds(2)).isGreaterThan(before);
      before = pause;
      bench.wind(pause);
    }
    assertThat(before).isGreaterThan(Duration.ofSeconds(50));
  }

  // 429

  @Test
  void a_system_that_asks_for_patience_is_throttled_and_gets_what_it_asked_for() throws Exception {
    Link link = link();
    renameTask(link, "Renamed while it was throttled");
    tickets.rule(asked -> new Instead(refusal(429).with("Retry-After", "600")));

    cycle();

    assertThat(condition(product.system)).isEqualTo(Condition.THROTTLED);
    tickets.rule(Front.PASS_ALL);
    bench.wind(Duration.ofSeconds(590));
    assertThat(requests(tickets, this::cycle)).as("requests before the time").isZero();
    assertThat(condition(product.system)).isEqualTo(Condition.THROTTLED);

    bench.wind(Duration.ofSeconds(15));
    cycle();
    cycle();
    assertThat(condition(product.system)).isEqualTo(Condition.UP);
    assertThat(ticketTitle(link)).isEqualTo("Renamed while it was throttled");
  }

  // 401, and a dead token

  @Test
  void refused_credentials_stop_the_writing_are_probed_gently_and_resumed_by_itself()
      throws Exception {
    Link link = link();
    renameTask(link, "Renamed while we were shut out");
    AtomicInteger writes = new AtomicInteger();
    tickets.rule(
        asked -> {
          if (asked.isWrite()) {
            writes.incrementAndGet();
          }
          return new Instead(refusal(401));
        });

    cycle();

    assertThat(condition(product.system)).isEqualTo(Condition.DENIED);
    assertThat(health(product.system).words()).isNotBlank();
    int probes =
        requests(
            tickets,
            () -> {
              for (int i = 0; i < 60; i++) {
                bench.wind(Duration.ofSeconds(10));
                cycle();
              }
            });
    assertThat(probes).as("requests in 10 minutes").isBetween(5, 40);
    assertThat(writes).hasValue(0);
    assertThat(condition(product.system)).isEqualTo(Condition.DENIED);

    tickets.rule(Front.PASS_ALL);
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();
    assertThat(ticketTitle(link)).isEqualTo("Renamed while we were shut out");
  }

  @Test
  void refused_credentials_of_threatconnect_stop_the_writing_and_are_resumed_by_itself()
      throws Exception {
    Link link = link();
    product.rename(bench, link.ticketId(), "Renamed while the tasks were shut");
    tasks.rule(asked -> new Instead(refusal(401)));

    cycle();

    assertThat(condition(Systems.THREATCONNECT)).isEqualTo(Condition.DENIED);
    tasks.rule(Front.PASS_ALL);
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();
    assertThat(taskName(link)).isEqualTo("Renamed while the tasks were shut");
  }

  @Test
  void an_account_that_is_shown_nothing_with_200_is_not_told_that_everything_was_deleted()
      throws Exception {
    Link link = link();
    product.switches(
        bench,
        product.isJira()
            ? new JsonObject().put("deadToken", "anonymous")
            : new JsonObject().put("deniedTables", new JsonObject().put("incident", "empty")));
    long living = living();

    sweep();
    renameTask(link, "Renamed while nothing was to be seen");
    bench.wind(Duration.ofMinutes(2));
    sweep();

    assertThat(living()).isEqualTo(living);
    product.switches(
        bench,
        product.isJira()
            ? new JsonObject().put("deadToken", "no")
            : new JsonObject().put("deniedTables", new JsonObject()));
    bench.wind(RECOVERY);
    cycle();
    cycle();
    assertThat(ticketTitle(link)).isEqualTo("Renamed while nothing was to be seen");
    assertThat(living()).isEqualTo(living);
  }

  private long living() {
    return Bench.links(bridge).stream().filter(link -> link.state() != LinkState.RETIRED).count();
  }

  // 400, 403, 404, 409, 413, 422 on one item

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 413, 422})
  void a_refused_write_fails_its_field_with_the_systems_words_and_holds_up_no_other(int status)
      throws Exception {
    Link refused = link();
    Link other = link();
    String marked = "Refused with " + status;
    tickets.rule(
        asked ->
            asked.isWrite() && asked.body().contains(marked)
                ? new Instead(refusal(status))
                : new Pass());
    renameTask(refused, marked);
    renameTask(other, "Goes on beside " + status);

    cycle();

    assertThat(now(refused).state()).isEqualTo(LinkState.FAILING);
    assertThat(now(refused).fields().get(FieldName.TITLE).verdict()).isEqualTo(Verdict.FAILING);
    assertThat(now(refused).reason()).startsWith("title").contains("Somebody's rule says no");
    assertThat(ticketTitle(other)).isEqualTo("Goes on beside " + status);
    assertThat(condition(product.system)).isEqualTo(Condition.UP);

    changeTask(refused, new JsonObject().put("dueDate", "2027-02-03T15:00:00Z"));
    AtomicInteger again = new AtomicInteger();
    tickets.watch(asked -> again.addAndGet(asked.body().contains(marked) ? 1 : 0));
    cycle();
    cycle();
    tickets.watch(asked -> {});
    assertThat(again).as("asked again before its time").hasValue(0);
    assertThat(now(refused).fields().get(FieldName.DUE_DATE).verdict()).isEqualTo(Verdict.AGREED);
    assertThat(now(refused).state()).isEqualTo(LinkState.FAILING);

    tickets.rule(Front.PASS_ALL);
    bench.wind(Duration.ofMinutes(6));
    cycle();
    cycle();
    assertThat(ticketTitle(refused)).isEqualTo(marked);
    assertThat(now(refused).state()).isEqualTo(LinkState.LINKED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 413, 422})
  void a_write_that_threatconnect_refuses_fails_its_field_and_holds_up_no_other(int status)
      throws Exception {
    Link refused = link();
    Link other = link();
    String marked = "Refused as a task with " + status;
    tasks.rule(
        asked ->
            asked.isWrite() && asked.body().contains(marked)
                ? new Instead(
                    Answer.json(
                        status, "{\"status\":\"Error\",\"message\":\"Somebody's rule says no.\"}"))
                : new Pass());
    product.rename(bench, refused.ticketId(), marked);
    product.rename(bench, other.ticketId(), "Goes on as a task beside " + status);

    cycle();

    assertThat(now(refused).fields().get(FieldName.TITLE).verdict()).isEqualTo(Verdict.FAILING);
    assertThat(now(refused).reason()).contains("Somebody's rule says no");
    assertThat(taskName(other)).isEqualTo("Goes on as a task beside " + status);

    tasks.rule(Front.PASS_ALL);
    bench.wind(Duration.ofMinutes(6));
    cycle();
    cycle();
    assertThat(taskName(refused)).isEqualTo(marked);
    assertThat(now(refused).state()).isEqualTo(LinkState.LINKED);
  }

  // 2xx that did not do it

  @Test
  void a_2xx_that_did_not_do_it_is_a_refusal() throws Exception {
    Link link = link();
    String before = ticketTitle(link);
    if (product.isJira()) {
      tickets.rule(
          asked ->
              asked.body().contains("Said to be done")
                  ? new Instead(new Answer(204, java.util.Map.of(), ""))
                  : new Pass());
    } else {
      product.switches(
          bench,
          new JsonObject()
              .put(
                  "unwritableFields",
                  new JsonObject().put("incident", new JsonArray().add("short_description"))));
    }
    renameTask(link, "Said to be done");

    cycle();

    assertThat(ticketTitle(link)).isEqualTo(before);
    assertThat(now(link).state()).isEqualTo(LinkState.FAILING);
    assertThat(now(link).reason()).contains("title");
    product.switches(
        bench,
        product.isJira()
            ? new JsonObject()
            : new JsonObject().put("unwritableFields", new JsonObject()));
    tickets.rule(Front.PASS_ALL);
    bench.wind(Duration.ofMinutes(6));
    cycle();
    cycle();
    assertThat(ticketTitle(link)).isEqualTo("Said to be done");
  }

  @Test
  void a_task_that_did_not_change_for_all_its_2xx_is_a_refusal() throws Exception {
    Link link = link();
    JsonObject unchanged =
        bench.tasks.get("/api/v3/tasks/" + link.task().orElseThrow().record().id());
    tasks.rule(
        asked ->
            asked.isWrite() && asked.body().contains("Said to be done here")
                ? new Instead(Answer.json(200, unchanged.encode()))
                : new Pass());
    product.rename(bench, link.ticketId(), "Said to be done here");

    cycle();

    assertThat(now(link).state()).isEqualTo(LinkState.FAILING);
    tasks.rule(Front.PASS_ALL);
    bench.wind(Duration.ofMinutes(6));
    cycle();
    cycle();
    assertThat(taskName(link)).isEqualTo("Said to be done here");
  }

  // The unknown outcome of a create

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_create_whose_answer_is_lost_makes_one_ticket(boolean done) throws Exception {
    AtomicInteger lost = new AtomicInteger();
    tickets.rule(
        asked -> {
          boolean creates =
              asked.method().equals("POST")
                  && (asked.target().contains("/issue/bulk")
                      || asked.target().contains("/table/incident"));
          return creates && lost.incrementAndGet() == 1
              ? done ? new Lose(() -> {}) : new Reset()
              : new Pass();
        });
    bench.seed(1);

    cycle();
    bench.wind(SystemHealth.LONGEST_PAUSE);
    cycle();
    cycle();

    assertThat(lost).hasPositiveValue();
    List<String> keys =
        product.tickets(bench).stream().flatMap(ticket -> ticket.keys().stream()).toList();
    assertThat(keys).doesNotHaveDuplicates().hasSize((int) living());
    assertThat(Bench.links(bridge))
        .noneMatch(
            link -> link.state() == LinkState.CREATING || link.state() == LinkState.PROPOSED);
  }

  // Unreadable or surprising answers

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><body>Please sign in</body></html>",
        "{\"issues\": [{\"id\": \"1",
        "[]",
        "[[[[[[[[",
        "{\"result\": 17, \"issues\": 17, \"data\": 17}",
        "",
        "null",
        "\u0000\u0001"
      })
  void an_answer_that_nobody_can_read_stops_nothing_and_is_no_guess(String body) throws Exception {
    Link link = link();
    String secret = bench.environment().get("JIRA_TOKEN");
    tickets.rule(
        asked -> new Instead(Answer.json(200, body.replace("sign in", "sign in, " + secret))));
    renameTask(link, "Renamed while it talked nonsense " + body.hashCode());
    long living = living();

    cycle();
    sweep();

    assertThat(condition(product.system)).isNotEqualTo(Condition.UP);
    assertThat(health(product.system).words()).isNotBlank().hasSizeLessThan(1_000);
    assertThat(health(product.system).words()).doesNotContain(secret);
    assertThat(living()).isEqualTo(living);
    assertThat(story(link)).doesNotContain("parked");

    tickets.rule(Front.PASS_ALL);
    bench.wind(RECOVERY);
    cycle();
    cycle();
    assertThat(ticketTitle(link)).isEqualTo("Renamed while it talked nonsense " + body.hashCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>Please sign in</html>", "{\"data\": [{\"id\"", "[]", "", "null"})
  void tasks_that_nobody_can_read_stop_nothing_and_are_no_guess(String body) throws Exception {
    Link link = link();
    tasks.rule(asked -> new Instead(Answer.json(200, body)));
    product.rename(bench, link.ticketId(), "Renamed to nonsense " + body.hashCode());
    long living = living();

    cycle();
    sweep();

    assertThat(condition(Systems.THREATCONNECT)).isNotEqualTo(Condition.UP);
    assertThat(living()).isEqualTo(living);
    tasks.rule(Front.PASS_ALL);
    bench.wind(RECOVERY);
    cycle();
    cycle();
    assertThat(taskName(link)).isEqualTo("Renamed to nonsense " + body.hashCode());
  }

  @Test
  void one_row_that_nobody_can_read_is_kept_with_the_cycle_and_the_others_go_on() throws Exception {
    Link odd = link();
    Link other = link();
    product.rename(bench, odd.ticketId(), "The odd one");
    product.rename(bench, other.ticketId(), "The other one");
    String field = product.isJira() ? "fields" : "sys_updated_on";
    tickets.rule(
        asked ->
            asked.isWrite()
                ? new Pass()
                : new Reword(answer -> spoiled(answer, odd.ticketId(), field)));

    cycle();

    assertThat(bridge.report().rows())
        .anySatisfy(row -> assertThat(row.where() + row.what()).isNotBlank());
    assertThat(taskName(other)).isEqualTo("The other one");
    tickets.rule(Front.PASS_ALL);
    bench.wind(RECOVERY);
    sweep();
    assertThat(taskName(odd)).isEqualTo("The odd one");
  }

  /** The answer, in which the row with this id holds a number where its values should be. */
  private static Answer spoiled(Answer answer, String id, String field) {
    if (!answer.body().contains("\"" + id + "\"")) {
      return answer;
    }
    JsonObject body = new JsonObject(answer.body());
    for (String list : List.of("issues", "result")) {
      if (body.getValue(list) instanceof JsonArray rows) {
        for (Object row : rows) {
          if (row instanceof JsonObject object && object.encode().contains("\"" + id + "\"")) {
            object.put(field, new JsonArray().add(17));
          }
        }
      }
    }
    return new Answer(answer.status(), answer.headers(), body.encode());
  }

  // Store busy or full

  @Test
  void a_full_disk_stops_the_polls_is_told_and_loses_nothing() throws Exception {
    Link link = link();
    renameTask(link, "Renamed while the disk was full");
    product.rename(bench, link().ticketId(), "Also renamed, " + "x".repeat(100));
    bench.seed(60);
    disk.fill();
    AtomicInteger writes = new AtomicInteger();
    tickets.watch(asked -> writes.addAndGet(asked.isWrite() ? 1 : 0));

    cycleThatMayFail();

    assertThat(bridge.storeHealth().trouble().orElse("")).contains("the disk is full");
    assertThat(writes).as("writes of what is not stored").hasValue(0);
    assertThat(requests(tickets, this::cycleThatMayFail) + requests(tasks, this::cycleThatMayFail))
        .as("its polls pause")
        .isZero();

    disk.free();
    cycle();
    assertThat(bridge.storeHealth().trouble()).isEmpty();
    assertThat(ticketTitle(link)).isEqualTo("Renamed while the disk was full");
    assertThat(Bench.links(bridge)).noneMatch(each -> each.state() == LinkState.PROPOSED);
  }

  private void cycleThatMayFail() throws Exception {
    for (String route : List.of("direct:poll-tasks", "direct:poll-tickets", "direct:sweep")) {
      try {
        bridge.call(route, "soc");
      } catch (org.apache.camel.CamelExecutionException e) {
        assertThat(e).hasRootCauseInstanceOf(java.sql.SQLException.class);
      }
    }
    bridge.looks().awaitRest(Duration.ofMinutes(1));
  }
}
