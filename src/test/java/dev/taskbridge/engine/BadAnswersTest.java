package dev.taskbridge.engine;

import static dev.taskbridge.adapter.ScriptedServer.cutOff;
import static dev.taskbridge.adapter.ScriptedServer.json;
import static dev.taskbridge.adapter.ScriptedServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.ScriptedServer;
import dev.taskbridge.adapter.ScriptedServer.Received;
import dev.taskbridge.adapter.ScriptedServer.Script;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * ThreatConnect's answers spoilt on their way: what comes of it through the whole bridge, and that
 * nothing is lost once they are whole again.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class BadAnswersTest {
  private static final String RETRY_DELAY = "taskbridge.http.retryDelay";
  private static final Set<String> PASSED_ON =
      Set.of("authorization", "timestamp", "content-type", "accept");

  @TempDir Path folder;
  @Parameter Flavour flavour;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScriptedServer between = new ScriptedServer();
  private Bench bench;
  private volatile String spoiltPath = "";
  private volatile UnaryOperator<Script> spoil = UnaryOperator.identity();

  /** A way to spoil an answer, and words that tell of it. */
  private record Spoilt(String name, UnaryOperator<Script> how, String words) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Spoilt> wholePages() {
    return Stream.of(
        new Spoilt("malformed JSON", page -> json(200, "{\"data\": [}{"), "JSON"),
        new Spoilt(
            "an HTML error page",
            page -> text(200, "text/html", "<html><body>Gateway maintenance</body></html>"),
            "Gateway maintenance"),
        new Spoilt("a body cut off in the middle", page -> cutOff(body(page)), ""),
        new Spoilt("data missing", page -> json(200, "{\"status\":\"Success\"}"), "data"),
        new Spoilt(
            "a 200 that is no success",
            page -> json(200, "{\"status\":\"Failure\",\"message\":\"the shelf is empty\"}"),
            "the shelf is empty"),
        new Spoilt("a next link that repeats", BadAnswersTest::withNext, ""));
  }

  private static String body(Script page) {
    return new String(page.body(), StandardCharsets.UTF_8);
  }

  private static Script withNext(Script page) {
    return json(
        200, new JsonObject(body(page)).put("next", "https://example.com/api/v3/tasks").encode());
  }

  @BeforeEach
  void start() {
    System.setProperty(RETRY_DELAY, "10");
    bench = new Bench(folder, flavour);
    between.otherwise(this::passOn);
  }

  @AfterEach
  void close() {
    System.clearProperty(RETRY_DELAY);
    between.close();
    bench.close();
  }

  private Script passOn(Received request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(URI.create(bench.threatConnect.origin() + request.target()))
            .method(request.method(), BodyPublishers.ofString(request.body()));
    request.headers().entrySet().stream()
        .filter(header -> PASSED_ON.contains(header.getKey()))
        .forEach(header -> onward.header(header.getKey(), header.getValue()));
    try {
      HttpResponse<String> answer = http.send(onward.build(), BodyHandlers.ofString());
      Script whole = json(answer.statusCode(), answer.body());
      return request.method().equals("GET")
              && !spoiltPath.isEmpty()
              && request.target().startsWith(spoiltPath + "?")
          ? spoil.apply(whole)
          : whole;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void spoil(String path, UnaryOperator<Script> how) {
    spoil = how;
    spoiltPath = path;
  }

  private Bridge bridge(String moreFields) throws Exception {
    bench.withJira(moreFields);
    Path file = folder.resolve("taskbridge.yaml");
    Files.writeString(
        file, Files.readString(file).replace(bench.threatConnect.origin(), between.origin()));
    TaskbridgeConfig config = bench.loadFile(file);
    return bench.bridge(config);
  }

  private static Optional<String> cursor(Bridge bridge) {
    return bridge.store().inTransaction(rows -> rows.cursor("soc/tasks"));
  }

  private long openTasks() {
    return bench
        .tasks
        .get("/api/v3/tasks?resultLimit=1&count=true&tql=status%20!%3D%20%22Closed%22")
        .getLong("count");
  }

  /** The answers are whole again, and the system that was in trouble is asked again. */
  private void thenAllIsCarried(Bridge bridge, long links) throws Exception {
    allIsWhole(bridge);
    assertThat(Bench.links(bridge)).hasSize((int) links).allMatch(Link::hasTicket);
    assertThat(cursor(bridge)).isPresent();
  }

  private void allIsWhole(Bridge bridge) throws Exception {
    spoil("", UnaryOperator.identity());
    bench.wind(SystemHealth.LONGEST_PAUSE);
    Bench.once(bridge);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholePages")
  void a_page_of_tasks_that_cannot_be_read_moves_no_cursor_and_loses_nothing(Spoilt spoilt)
      throws Exception {
    try (Bridge bridge = bridge("")) {
      spoil("/api/v3/tasks", spoilt.how());
      Bench.once(bridge);

      assertThat(cursor(bridge)).isEmpty();
      assertThat(bridge.health().states().get("threatconnect"))
          .satisfies(
              state -> {
                assertThat(state.condition()).isEqualTo(Condition.DOWN);
                assertThat(state.words()).isNotBlank().contains(spoilt.words());
              });

      thenAllIsCarried(bridge, openTasks());
    }
  }

  @Test
  void a_row_with_a_date_that_nobody_can_read_is_told_of_and_the_others_go_on() throws Exception {
    try (Bridge bridge = bridge("")) {
      spoil("/api/v3/tasks", BadAnswersTest::withAnOddDate);
      Bench.once(bridge);

      assertThat(Bench.links(bridge)).hasSize((int) openTasks() - 1).allMatch(Link::hasTicket);
      assertThat(cursor(bridge)).contains(Instant.EPOCH.toString());
      assertThat(bridge.cycleReport().rows())
          .singleElement()
          .satisfies(row -> assertThat(row.what()).contains("the day after never"));

      thenAllIsCarried(bridge, openTasks());
      assertThat(cursor(bridge))
          .hasValueSatisfying(
              at -> assertThat(Instant.parse(at)).isAfter(Instant.now().minusSeconds(60)));
    }
  }

  private static Script withAnOddDate(Script page) {
    JsonObject answer = new JsonObject(body(page));
    if (!answer.getJsonArray("data").isEmpty()) {
      answer.getJsonArray("data").getJsonObject(0).put("dueDate", "the day after never");
    }
    return json(200, answer.encode());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholePages")
  void notes_that_cannot_be_read_are_carried_once_when_they_can_be(Spoilt spoilt) throws Exception {
    try (Bridge bridge = bridge("notes: { direction: both, visibility: public }")) {
      Bench.once(bridge);
      Link link = Bench.links(bridge).get(0);
      spoil("/api/v3/notes", spoilt.how());
      bench.tasks.send(
          "POST",
          "/api/v3/notes",
          new JsonObject()
              .put("taskId", link.task().orElseThrow().record().id())
              .put("text", "Written while notes were unreadable"));
      Bench.once(bridge);

      allIsWhole(bridge);
      assertThat(comments(link)).hasSize(1);
      Bench.once(bridge);
      assertThat(comments(link)).hasSize(1);
    }
  }

  private List<String> comments(Link link) {
    return bench
        .issues
        .get(Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment")
        .getJsonArray("comments")
        .stream()
        .map(comment -> ((JsonObject) comment).getString("body"))
        .filter(text -> text.contains("Written while notes were unreadable"))
        .toList();
  }
}
