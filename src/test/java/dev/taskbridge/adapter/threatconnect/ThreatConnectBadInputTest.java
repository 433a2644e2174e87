package dev.taskbridge.adapter.threatconnect;

import static dev.taskbridge.adapter.ScriptedServer.cutOff;
import static dev.taskbridge.adapter.ScriptedServer.json;
import static dev.taskbridge.adapter.ScriptedServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.ScriptedServer;
import dev.taskbridge.adapter.ScriptedServer.Script;
import dev.taskbridge.adapter.TaskSource.NotesOf;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TaskSource.TaskUpdate;
import dev.taskbridge.adapter.TaskSource.UpdateTasks;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.adapter.http.CamelHttp;
import dev.taskbridge.adapter.http.Credentials;
import dev.taskbridge.adapter.http.HttpObserver;
import dev.taskbridge.adapter.http.HttpRoutes;
import dev.taskbridge.adapter.http.HttpSettings;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Secret;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no well-behaved server gives: each is a clear refusal, and the rest goes on. */
final class ThreatConnectBadInputTest {
  private static final String GOOD =
      "{\"id\":%d,\"xid\":\"xid-of-%d\",\"name\":\"n\",\"status\":\"Open\",\"required\":false,"
          + "\"workflowPhase\":1,\"workflowStep\":1,\"caseId\":9,"
          + "\"parentCase\":{\"id\":9,\"name\":\"c\",\"severity\":\"High\",\"status\":\"Open\"}%s}";
  private static CamelContext context;

  private ScriptedServer server;
  private CamelHttp http;
  private ThreatConnectSource source;

  @BeforeAll
  static void loadTheShippedRoutes() {
    context = HttpRoutes.started();
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    URI url = URI.create(server.origin() + "/api");
    http =
        CamelHttp.connect(
            context,
            HttpSettings.of(
                    "threatconnect",
                    url,
                    Credentials.threatConnectToken(new Secret("APIV2:430:secret-token")))
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)),
            Clock.systemUTC(),
            HttpObserver.NONE);
    source =
        new ThreatConnectSource(
            http, new ThreatConnectSettings(url, Optional.empty(), "tests", Clock.systemUTC()));
    server.then(
        json(
            200,
            "{\"data\":[{\"name\":\"caseId\"},{\"name\":\"parentCase\"}],"
                + "\"status\":\"Success\"}"));
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private static String good(long id, String more) {
    return GOOD.formatted(id, id, more);
  }

  private static Script list(String... rows) {
    return json(200, "{\"data\":[" + String.join(",", rows) + "],\"status\":\"Success\"}");
  }

  private Outcome<TaskPage> asked(long afterId) {
    return source.tasks(
        new TaskQuery(Optional.empty(), Optional.empty(), List.of(), afterId, 100, false));
  }

  private String refused(Script answer) {
    server.otherwise(request -> answer);
    Outcome<TaskPage> outcome = asked(0);
    assertThat(outcome.refusal()).containsInstanceOf(Refusal.Unknown.class);
    return outcome.refusal().get().words();
  }

  @Test
  void malformed_json_is_a_refusal_that_says_where() {
    assertThat(refused(json(200, "{\"data\":[{\"id\":1,}],\"status\":\"Success\"}")))
        .contains("not JSON", "{\"data\"");
  }

  @Test
  void json_that_ends_in_the_middle_is_a_refusal() {
    assertThat(refused(json(200, "{\"data\":[" + good(1, "").substring(0, 40))))
        .contains("cut off at");
  }

  @Test
  void a_connection_that_ends_in_the_middle_is_a_refusal() {
    assertThat(refused(cutOff("{\"data\":[" + good(1, "") + "],\"status\":\"Success\"}")))
        .contains("no answer");
  }

  @Test
  void an_html_page_is_a_refusal_with_its_text() {
    assertThat(
            refused(
                text(
                    200,
                    "text/html",
                    "<html><style>p{}</style><body><p>Please <b>log in</b></p></body></html>")))
        .contains("HTML page", "Please log in");
  }

  @Test
  void an_html_error_page_is_a_refusal_with_its_text() {
    assertThat(refused(text(502, "text/html", "<h1>Bad &amp; ugly gateway</h1>")))
        .contains("HTTP 502", "Bad & ugly gateway");
  }

  @Test
  void an_answer_without_data_is_a_refusal() {
    assertThat(refused(json(200, "{\"status\":\"Success\"}"))).contains("no data");
    assertThat(refused(json(200, "{\"data\":null,\"status\":\"Success\"}"))).contains("no data");
  }

  @Test
  void a_success_whose_status_is_not_success_is_a_refusal_with_its_words() {
    assertThat(refused(json(200, "{\"data\":[],\"status\":\"Error\",\"message\":\"half asleep\"}")))
        .contains("not Success", "half asleep");
    assertThat(refused(json(200, "{\"data\":[]}"))).contains("not Success");
  }

  @Test
  void no_object_at_all_is_a_refusal() {
    assertThat(refused(json(200, "[]"))).contains("no JSON object");
    assertThat(refused(json(200, ""))).contains("no JSON object");
  }

  @Test
  void a_page_that_repeats_is_a_refusal_and_not_an_endless_loop() {
    server.otherwise(
        request ->
            json(
                200,
                "{\"next\":\"https://example.com/next\",\"data\":["
                    + good(1, "")
                    + ","
                    + good(2, "")
                    + "],\"status\":\"Success\"}"));
    TaskPage first = asked(0).value().orElseThrow();
    assertThat(first.more()).isTrue();
    assertThat(first.highestId()).isEqualTo(2);
    assertThat(asked(2).refusal())
        .containsInstanceOf(Refusal.Unknown.class)
        .get()
        .extracting(Refusal::words)
        .asString()
        .contains("task 1 came after 2");
  }

  @Test
  void an_empty_page_that_says_more_follow_is_a_refusal() {
    assertThat(
            refused(
                json(
                    200,
                    "{\"next\":\"https://example.com/next\",\"data\":[],"
                        + "\"status\":\"Success\"}")))
        .contains("says that more tasks follow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"dueDate\":\"next Tuesday\"",
        ",\"status\":\"Dreaming\"",
        ",\"xid\":\"\"",
        ",\"assignee\":{\"type\":\"User\",\"data\":{\"id\":3}}",
        ",\"parentCase\":{\"id\":9,\"lastUpdated\":\"yesterday\"}"
      })
  void a_row_that_cannot_be_understood_is_kept_and_the_others_go_on(String wrong) {
    server.then(list(good(1, ""), good(2, wrong), good(3, "")));
    TaskPage page = asked(0).value().orElseThrow();
    assertThat(page.tasks()).extracting(Task::id).containsExactly(1L, 3L);
    assertThat(page.unreadable()).extracting(Unreadable::where).containsExactly("task 2");
    assertThat(page.highestId()).isEqualTo(3);
  }

  @Test
  void a_last_row_that_cannot_be_understood_does_not_hold_the_cursor_back() {
    server.then(list(good(1, ""), good(2, ",\"status\":7"), "\"not even an object\"", "null"));
    TaskPage page = asked(0).value().orElseThrow();
    assertThat(page.tasks()).hasSize(1);
    assertThat(page.unreadable()).hasSize(3);
    assertThat(page.highestId()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2022-03-29T12:15:00Z",
        "2022-03-29T12:15:00.6Z",
        "2022-03-29T12:15:00.622999123Z",
        "2022-03-29T14:15:00+02:00",
        "2022-03-29T14:15:00+0200",
        "2022-03-29 12:15:00",
        "2022-03-29T12:15:00",
        "2022-03-29T12:15Z"
      })
  void dates_are_read_in_every_form_that_was_seen(String date) {
    server.then(list(good(1, ",\"dueDate\":\"" + date + "\"")));
    assertThat(asked(0).value().orElseThrow().tasks())
        .extracting(Task::dueDate)
        .containsExactly(Optional.of(Instant.parse("2022-03-29T12:15:00Z")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"User\",\"data\":{\"id\":2,\"userName\":\"a@b.c\",\"role\":\"x\"}}",
        "{\"data\":{\"userName\":\"a@b.c\"}}",
        "{\"type\":\"User\",\"data\":[{\"userName\":\"a@b.c\"}]}"
      })
  void a_user_is_read_in_every_form(String assignee) {
    server.then(list(good(1, ",\"assignee\":" + assignee)));
    assertThat(asked(0).value().orElseThrow().tasks())
        .extracting(Task::assignee)
        .containsExactly(new FieldValue.User("a@b.c", "a@b.c", "a@b.c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"type\":\"None\"}"})
  void nobody_is_read_in_every_form(String assignee) {
    server.then(list(good(1, ",\"assignee\":" + assignee + ",\"description\":null")));
    assertThat(asked(0).value().orElseThrow().tasks())
        .extracting(Task::assignee)
        .containsExactly(FieldValue.ABSENT);
  }

  @Test
  void unknown_keys_and_an_upper_case_status_do_no_harm() {
    server.then(
        json(
            200,
            "{\"new\":{},\"data\":[" + good(1, ",\"future\":[1]") + "],\"Status\":\"SUCCESS\"}"));
    assertThat(asked(0).value().orElseThrow().tasks()).hasSize(1);
  }

  @Test
  void an_unreadable_answer_is_asked_for_once_more() {
    server.then(json(200, "{\"data\":["), list(good(1, "")));
    assertThat(asked(0).value().orElseThrow().tasks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refused_credentials_are_denied(int status) {
    server.otherwise(
        request -> json(status, "{\"message\":\"Access Denied\",\"status\":\"Error\"}"));
    assertThat(asked(0).refusal()).containsInstanceOf(Refusal.Denied.class);
  }

  @Test
  void an_address_that_is_not_the_api_s_is_named() {
    server.otherwise(request -> text(404, "text/html", "<h1>Not here</h1>"));
    assertThat(asked(0).refusal())
        .containsInstanceOf(Refusal.Denied.class)
        .get()
        .extracting(Refusal::words)
        .asString()
        .contains("threatconnect.url");
  }

  @Test
  void a_page_that_takes_too_long_is_asked_for_in_smaller_pieces() {
    server.otherwise(
        request ->
            request.target().contains("resultLimit=10000")
                ? json(500, "{\"message\":\"An unknown error occurred\"}")
                : list(good(1, "")));
    Outcome<TaskPage> page =
        source.tasks(
            new TaskQuery(Optional.empty(), Optional.empty(), List.of(), 0, 10_000, false));
    assertThat(page.value().orElseThrow().tasks()).hasSize(1);
    assertThat(server.last().target()).contains("resultLimit=1000&");
  }

  @Test
  void a_write_whose_answer_is_unreadable_may_have_taken_effect() {
    server.otherwise(
        request ->
            request.method().equals("PUT")
                ? text(200, "text/html", "<p>logged out</p>")
                : json(500, "{}"));
    Outcome<?> outcome =
        source
            .update(
                new UpdateTasks(
                    List.of(
                        new TaskUpdate(
                            task(), Map.of(FieldName.TITLE, FieldValue.text("renamed"))))))
            .get(0);
    assertThat(outcome.refusal()).containsInstanceOf(Refusal.Unknown.class);
  }

  @Test
  void a_success_without_an_object_is_read_back() {
    server.otherwise(
        request ->
            request.method().equals("PUT")
                ? json(200, "{\"message\":\"Updated\",\"status\":\"Success\"}")
                : json(
                    200,
                    "{\"data\":["
                        + good(1, ",\"name\":\"renamed\"")
                        + "],\"status\":\"Success\"}"));
    assertThat(
            source
                .update(
                    new UpdateTasks(
                        List.of(
                            new TaskUpdate(
                                task(), Map.of(FieldName.TITLE, FieldValue.text("renamed"))))))
                .get(0)
                .value()
                .orElseThrow()
                .now()
                .name())
        .isEqualTo("renamed");
  }

  @Test
  void after_a_refused_account_the_rest_of_a_batch_is_not_tried() {
    server.otherwise(request -> json(401, "{\"message\":\"Unauthorized\"}"));
    TaskUpdate update = new TaskUpdate(task(), Map.of(FieldName.TITLE, FieldValue.text("x")));
    List<? extends Outcome<?>> outcomes =
        source.update(new UpdateTasks(List.of(update, update, update)));
    assertThat(outcomes)
        .hasSize(3)
        .allSatisfy(
            outcome -> assertThat(outcome.refusal()).containsInstanceOf(Refusal.Denied.class));
    // The fields, then one write and the read that tells what its 401 means, each once more.
    assertThat(server.received()).hasSize(1 + 2 + 2);
  }

  @Test
  void notes_that_do_not_say_their_task_are_refused_unless_one_task_was_asked_for() {
    String note =
        "{\"id\":1,\"text\":\"t\",\"author\":\"a\",\"dateAdded\":\"2022-03-29T12:15:00Z\"}";
    server.otherwise(request -> list(note));
    assertThat(source.notes(new NotesOf(List.of(1L, 2L), Optional.empty())).refusal()).isPresent();
    assertThat(
            source.notes(new NotesOf(List.of(1L), Optional.empty())).value().orElseThrow().get(1L))
        .hasSize(1);
  }

  @Test
  void no_refusal_shows_the_token() {
    server.otherwise(
        request ->
            json(400, "{\"message\":\"bad " + request.headers().get("authorization") + "\"}"));
    assertThat(asked(0).refusal().orElseThrow().words())
        .contains("bad")
        .doesNotContain("secret-token");
  }

  private static Task task() {
    return new Task(
        1,
        "xid-of-1",
        "n",
        "",
        TaskStatus.OPEN,
        false,
        Optional.empty(),
        FieldValue.ABSENT,
        OptionalLong.empty(),
        1,
        1,
        new Task.ParentCase(9, "c", "High", "Open", Optional.empty()),
        List.of(),
        "");
  }
}
