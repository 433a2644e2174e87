package dev.taskbridge.adapter.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TaskSource.CreateTasks;
import dev.taskbridge.adapter.TaskSource.MadeTask;
import dev.taskbridge.adapter.TaskSource.NewTask;
import dev.taskbridge.adapter.TaskSource.NotesOf;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TaskSource.TaskUpdate;
import dev.taskbridge.adapter.TaskSource.UpdateTasks;
import dev.taskbridge.adapter.TaskSource.WriteNote;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is particular to ThreatConnect, against the simulator. */
final class ThreatConnectSourceTest {
  private static ThreatConnectBench bench;
  private ThreatConnectSource source;

  @BeforeAll
  static void start() {
    bench = ThreatConnectBench.start();
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void fresh() {
    source = bench.source();
    bench.requests();
  }

  @AfterEach
  void behave() {
    bench.faults("{\"errorRate\":0,\"resetRate\":0,\"lostResponseRate\":0,\"malformedRate\":0}");
    for (String name : List.of("caseClock", "closeByPut", "assigneeNone")) {
      bench.simulator().flip(name, true);
    }
    bench.simulator().flip("pageEnvelopes", false);
    bench.simulator().flip("readOnly", false);
    bench.simulator().flip("hiddenCases", new io.vertx.core.json.JsonArray());
    bench.simulator().clock().setOffset(Duration.ZERO);
  }

  private static TaskQuery query(String filter, int limit) {
    return new TaskQuery(Optional.of(filter), Optional.empty(), List.of(), 0, limit, false);
  }

  private static TaskQuery query(List<String> xids) {
    return new TaskQuery(Optional.empty(), Optional.empty(), xids, 0, 10_000, false);
  }

  private TaskPage page(TaskQuery query) {
    return source.tasks(query).value().orElseThrow();
  }

  private Task made(String name) {
    return source
        .create(
            new CreateTasks(
                List.of(
                    new NewTask(
                        UUID.randomUUID().toString(),
                        1,
                        Map.of(FieldName.TITLE, FieldValue.text(name))))))
        .get(0)
        .value()
        .orElseThrow()
        .now();
  }

  private Outcome<Written<Task>> update(Task task, FieldName field, FieldValue value) {
    return source
        .update(new UpdateTasks(List.of(new TaskUpdate(task, Map.of(field, value)))))
        .get(0);
  }

  @Test
  void an_idle_poll_costs_one_request_per_query_once_the_fields_are_known() {
    page(query("status = \"Open\"", 10_000));
    bench.requests();
    source.tasks(
        new TaskQuery(
            Optional.of("status = \"Open\""),
            Optional.of(Instant.now()),
            List.of(),
            0,
            10_000,
            false));
    assertThat(bench.requests()).isEqualTo(Map.of("GET /api/v3/tasks", 1));
  }

  @Test
  void cases_are_read_beside_their_tasks_where_the_server_does_not_show_them() {
    List<Task> shown = page(query("id > 0", 10_000)).tasks();
    bench.requests();
    ThreatConnectSource other =
        bench.source(
            request ->
                request.target().startsWith("/v3/tasks/fields")
                    ? answer("{\"data\":[{\"name\":\"caseId\"}],\"status\":\"Success\"}")
                    : bench.http().send(request));
    assertThat(other.tasks(query("id > 0", 10_000)).value().orElseThrow().tasks()).isEqualTo(shown);
    assertThat(bench.requests()).isEqualTo(Map.of("GET /api/v3/tasks", 1, "GET /api/v3/cases", 1));
  }

  private static Http.Response answer(String json) {
    return new Http.Response(
        200,
        Map.of("content-type", "application/json"),
        json.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        Instant.now());
  }

  @Test
  void many_tasks_come_in_whole_pages_with_none_missed_or_doubled() {
    bench.seed("{\"tasks\": 2500, \"seed\": 7}");
    Set<Long> held = new HashSet<>();
    bench.state().path("tasks").forEach(task -> held.add(task.path("id").asLong()));
    List<Long> seen = new ArrayList<>();
    long afterId = 0;
    boolean more = true;
    int pages = 0;
    while (more) {
      TaskPage page =
          page(new TaskQuery(Optional.empty(), Optional.empty(), List.of(), afterId, 1000, false));
      page.tasks().forEach(task -> seen.add(task.id()));
      afterId = page.highestId();
      more = page.more();
      pages++;
    }
    assertThat(seen).doesNotHaveDuplicates().hasSameElementsAs(held);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void twenty_five_thousand_tasks_are_read_in_three_pages_while_others_come_and_go() {
    bench.seed("{\"tasks\": 25000, \"seed\": 11, \"clear\": true}");
    ThreatConnectApi api = new ThreatConnectApi(bench.http(), Optional.empty());
    Set<Long> steady = new HashSet<>();
    bench.state().path("tasks").forEach(task -> steady.add(task.path("id").asLong()));
    Set<Long> deleted = new HashSet<>();
    bench.requests();
    List<Long> seen = new ArrayList<>();
    long afterId = 0;
    boolean more = true;
    int pages = 0;
    while (more) {
      TaskPage page =
          page(
              new TaskQuery(Optional.empty(), Optional.empty(), List.of(), afterId, 10_000, false));
      page.tasks().forEach(task -> seen.add(task.id()));
      afterId = page.highestId();
      more = page.more();
      pages++;
      for (long id = 1 + pages; id < 24_000; id += 997) {
        if (steady.contains(id)
            && api.delete(ThreatConnectApi.Kind.TASKS, "" + id).value().isPresent()) {
          deleted.add(id);
        }
      }
      for (int i = 0; i < 20; i++) {
        made("came meanwhile");
      }
    }
    assertThat(pages).isEqualTo(3);
    assertThat(deleted).hasSizeGreaterThan(50);
    steady.removeAll(deleted);
    assertThat(seen).doesNotHaveDuplicates().containsAll(steady);
  }

  @Test
  void a_long_list_of_xids_goes_into_a_body_and_costs_one_request() {
    List<Task> all = page(query("id > 0", 300)).tasks();
    List<String> xids = all.stream().map(Task::xid).toList();
    bench.requests();
    assertThat(page(query(xids)).tasks()).isEqualTo(all);
    assertThat(bench.requests()).isEqualTo(Map.of("GET /api/v3/tasks", 1));
  }

  @Test
  void bodies_that_do_not_arrive_are_noticed_and_never_taken_for_an_answer() {
    List<String> xids = page(query("id > 0", 60)).tasks().stream().map(Task::xid).toList();
    ThreatConnectSource behindProxy =
        bench.source(
            request ->
                bench
                    .http()
                    .send(
                        request.method().equals("GET") && !request.body().isEmpty()
                            ? Http.Request.get(request.operation(), request.target())
                            : request));
    bench.requests();
    for (int i = 0; i < 2; i++) {
      assertThat(behindProxy.tasks(query(xids)).value().orElseThrow().tasks())
          .extracting(Task::xid)
          .containsExactlyElementsOf(xids);
    }
    // A body that got lost and an address; then two addresses of fifty xids at most.
    assertThat(bench.requests().get("GET /api/v3/tasks")).isEqualTo(2 + 2);
  }

  @Test
  void an_update_costs_one_request_and_a_status_one_more_to_see_what_came_of_it() {
    Task task = made("to be renamed");
    bench.requests();
    assertThat(
            update(task, FieldName.TITLE, FieldValue.text("renamed"))
                .value()
                .orElseThrow()
                .now()
                .name())
        .isEqualTo("renamed");
    assertThat(bench.requests()).isEqualTo(Map.of("PUT /api/v3/tasks/{id}", 1));
    update(task, FieldName.STATUS, FieldValue.Choice.named("Closed"));
    assertThat(bench.requests())
        .isEqualTo(Map.of("PUT /api/v3/tasks/{id}", 1, "GET /api/v3/tasks/{id}", 1));
  }

  @Test
  void a_close_that_was_answered_with_success_and_not_done_is_a_refusal() {
    bench.simulator().flip("closeByPut", false);
    Task task = made("to be closed");
    Written<Task> written =
        update(task, FieldName.STATUS, FieldValue.Choice.named("Closed")).value().orElseThrow();
    assertThat(written.now().status()).isEqualTo(TaskStatus.OPEN);
    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("\"Closed\"", "success", "\"Open\"");
  }

  @Test
  void a_task_that_waits_for_another_says_so_when_it_cannot_be_opened() {
    Task waiting =
        page(query("status = \"Pending\"", 100)).tasks().stream()
            .filter(task -> task.dependentOn().isPresent())
            .findFirst()
            .orElseThrow();
    Written<Task> written =
        update(waiting, FieldName.STATUS, FieldValue.Choice.named("Open")).value().orElseThrow();
    assertThat(written.refused().get(FieldName.STATUS).words())
        .contains("waits for task " + waiting.dependentOn().getAsLong());
  }

  @Test
  void an_older_server_that_cannot_clear_an_assignee_refuses_that_field_alone() {
    bench.simulator().flip("assigneeNone", false);
    Task task = made("assigned");
    task =
        update(task, FieldName.ASSIGNEE, FieldValue.Group.named("SOC Team"))
            .value()
            .orElseThrow()
            .now();
    Written<Task> written =
        source
            .update(
                new UpdateTasks(
                    List.of(
                        new TaskUpdate(
                            task,
                            Map.of(
                                FieldName.ASSIGNEE,
                                FieldValue.ABSENT,
                                FieldName.TITLE,
                                FieldValue.text("renamed all the same"))))))
            .get(0)
            .value()
            .orElseThrow();
    assertThat(written.refused().keySet()).containsExactly(FieldName.ASSIGNEE);
    assertThat(written.now().name()).isEqualTo("renamed all the same");
    assertThat(written.now().assignee()).isEqualTo(FieldValue.Group.named("SOC Team"));
  }

  @Test
  void people_are_looked_up_once() {
    Task task = made("to be assigned");
    bench.requests();
    for (String name : List.of("lars.berg@example.com", "Lars.Berg@Example.com")) {
      assertThat(
              update(task, FieldName.ASSIGNEE, new FieldValue.User(name, name, ""))
                  .value()
                  .orElseThrow()
                  .refused())
          .isEmpty();
    }
    update(task, FieldName.ASSIGNEE, new FieldValue.User("lars.berg@example.com", "", ""));
    assertThat(bench.requests().get("GET /api/v3/security/users")).isEqualTo(2);
  }

  @Test
  void a_task_we_may_not_change_fails_alone_while_the_account_is_fine() {
    Task task = made("read only");
    bench.simulator().flip("readOnly", true);
    Written<Task> written =
        update(task, FieldName.TITLE, FieldValue.text("no")).value().orElseThrow();
    assertThat(written.refused().get(FieldName.TITLE).words()).contains("access was denied");
  }

  @Test
  void a_task_in_a_hidden_case_is_missing_and_its_update_gone() {
    Task task = made("soon hidden");
    bench.simulator().flip("hiddenCases", new io.vertx.core.json.JsonArray().add(1));
    assertThat(source.read(task.xid()).value()).containsInstanceOf(TaskPresence.Missing.class);
    assertThat(update(task, FieldName.TITLE, FieldValue.text("no")).refusal())
        .containsInstanceOf(Refusal.Gone.class);
  }

  @Test
  void the_page_literal_envelopes_are_read_as_well() {
    Task task = made("enveloped");
    bench.simulator().flip("pageEnvelopes", true);
    assertThat(((TaskPresence.Present) source.read(task.xid()).value().orElseThrow()).task())
        .isEqualTo(task);
    assertThat(page(query(List.of(task.xid()))).tasks()).containsExactly(task);
  }

  @Test
  void a_creation_whose_answer_was_lost_is_found_by_its_xid() {
    bench.source().tasks(query("id > 0", 1));
    page(query("id > 0", 1));
    String xid = UUID.randomUUID().toString();
    ThreatConnectSource flaky =
        bench.source(
            request -> {
              Http.Answer answer = bench.http().send(request);
              return request.method().equals("POST")
                  ? new Http.NoAnswer(new Refusal.Unknown("the answer was lost"))
                  : answer;
            });
    Outcome<MadeTask> outcome =
        flaky
            .create(
                new CreateTasks(
                    List.of(new NewTask(xid, 1, Map.of(FieldName.TITLE, FieldValue.text("lost"))))))
            .get(0);
    assertThat(outcome.value().orElseThrow().now().xid()).isEqualTo(xid);
    assertThat(outcome.value().orElseThrow().wasThere()).isFalse();
  }

  @Test
  void a_creation_that_the_search_does_not_show_yet_is_not_made_twice() {
    Task task = made("fresh");
    ThreatConnectSource lagging =
        bench.source(
            request ->
                request.method().equals("GET") && request.target().startsWith("/v3/tasks?")
                    ? answer("{\"data\":[],\"status\":\"Success\"}")
                    : bench.http().send(request));
    Outcome<MadeTask> outcome =
        lagging
            .create(
                new CreateTasks(
                    List.of(
                        new NewTask(
                            task.xid(), 1, Map.of(FieldName.TITLE, FieldValue.text("fresh"))))))
            .get(0);
    assertThat(outcome.value()).contains(MadeTask.found(task));
  }

  @Test
  void an_xid_of_digits_alone_is_not_taken_for_an_id() {
    String xid = "1234567890123";
    source.create(
        new CreateTasks(
            List.of(new NewTask(xid, 1, Map.of(FieldName.TITLE, FieldValue.text("digits"))))));
    assertThat(((TaskPresence.Present) source.read(xid).value().orElseThrow()).task().xid())
        .isEqualTo(xid);
    assertThat(source.read("9876543210987").value()).containsInstanceOf(TaskPresence.Missing.class);
  }

  @Test
  void odd_xids_are_data() {
    String xid = "a/b c?d=e&f%20\"g'\\h";
    source.create(
        new CreateTasks(
            List.of(new NewTask(xid, 1, Map.of(FieldName.TITLE, FieldValue.text("odd"))))));
    assertThat(page(query(List.of(xid))).tasks()).extracting(Task::xid).containsExactly(xid);
    assertThat(((TaskPresence.Present) source.read(xid).value().orElseThrow()).task().xid())
        .isEqualTo(xid);
  }

  @Test
  void artifacts_come_when_they_are_asked_for() {
    bench.seed("{\"tasks\": 60, \"seed\": 3}");
    TaskQuery without = query("id > 0", 10_000);
    TaskQuery with =
        new TaskQuery(Optional.of("id > 0"), Optional.empty(), List.of(), 0, 10_000, true);
    assertThat(page(without).tasks()).allMatch(task -> task.artifacts().isEmpty());
    assertThat(page(with).tasks())
        .anySatisfy(
            task -> {
              assertThat(task.artifacts()).isNotEmpty();
              assertThat(task.artifacts().get(0).summary()).isNotEmpty();
              assertThat(task.artifacts().get(0).type()).isNotEmpty();
            });
  }

  @Test
  void people_s_notes_have_their_author_and_no_key() {
    Map<Long, List<Comment>> notes =
        source
            .notes(
                new NotesOf(
                    page(query("id > 0", 12)).tasks().stream().map(Task::id).toList(),
                    Optional.empty()))
            .value()
            .orElseThrow();
    assertThat(notes.values().stream().flatMap(List::stream))
        .isNotEmpty()
        .allSatisfy(
            note -> {
              assertThat(note.author()).contains("@example.com");
              assertThat(note.key()).isEmpty();
            });
  }

  @Test
  void a_note_whose_answer_was_lost_is_not_written_twice() {
    Task task = made("noted");
    ThreatConnectSource flaky =
        bench.source(
            request -> {
              Http.Answer answer = bench.http().send(request);
              return request.method().equals("POST")
                  ? new Http.NoAnswer(new Refusal.Unknown("the answer was lost"))
                  : answer;
            });
    WriteNote note = new WriteNote(task.id(), Optional.empty(), "once", "only once");
    assertThat(flaky.note(note).refusal()).containsInstanceOf(Refusal.Unknown.class);
    assertThat(source.note(note).value()).isPresent();
    assertThat(
            source
                .notes(new NotesOf(List.of(task.id()), Optional.empty()))
                .value()
                .orElseThrow()
                .get(task.id()))
        .hasSize(1);
  }

  @Test
  void describing_tells_how_far_the_clocks_are_apart() {
    bench.simulator().clock().setOffset(Duration.ofSeconds(200));
    assertThat(source.describe(Optional.empty()).value().orElseThrow())
        .satisfies(
            described -> {
              assertThat(described.clockAhead())
                  .isBetween(Duration.ofSeconds(195), Duration.ofSeconds(201));
              assertThat(described.problems()).singleElement().asString().contains("ahead of ours");
            });
  }

  @Test
  void a_clock_that_is_too_far_off_is_denied() {
    bench.simulator().clock().setOffset(Duration.ofMinutes(10));
    assertThat(source.tasks(query("id > 0", 1)).refusal())
        .containsInstanceOf(Refusal.Denied.class)
        .get()
        .extracting(Refusal::words)
        .asString()
        .contains("Timestamp out of acceptable time range");
  }

  @Test
  void a_parameter_that_the_server_does_not_offer_is_named_with_its_position() {
    ThreatConnectSource other =
        bench.source(
            request ->
                request.target().equals("/v3/tasks/tql")
                    ? answer(
                        "{\"data\":[{\"keyword\":\"status\"},{\"keyword\":\"brandNew\"}],"
                            + "\"status\":\"Success\"}")
                    : bench.http().send(request));
    assertThat(
            other
                .describe(Optional.of("status = \"Open\" and caseSeverity = \"High\""))
                .value()
                .orElseThrow()
                .problems())
        .singleElement()
        .asString()
        .contains("position 21", "caseSeverity");
  }

  @Test
  void every_operation_can_be_reached_through_its_route() {
    bench.route(source);
    var camel = bench.context().createProducerTemplate();
    Task task = made("over the route");
    assertThat(camel.requestBody("direct:threatconnect.read", task.xid()))
        .isEqualTo(Outcome.done(new TaskPresence.Present(task)));
    assertThat(camel.requestBody("direct:threatconnect.tasks", query(List.of(task.xid()))))
        .isInstanceOfSatisfying(
            Outcome.Done.class,
            done -> assertThat(((TaskPage) done.result()).tasks()).containsExactly(task));
    assertThat(camel.requestBody("direct:threatconnect.update", new UpdateTasks(List.of())))
        .isEqualTo(List.of());
    assertThat(camel.requestBody("direct:threatconnect.create", new CreateTasks(List.of())))
        .isEqualTo(List.of());
    assertThat(
            camel.requestBody(
                "direct:threatconnect.notes", new NotesOf(List.of(), Optional.empty())))
        .isEqualTo(Outcome.done(Map.of()));
    assertThat(
            camel.requestBody(
                "direct:threatconnect.note",
                new WriteNote(task.id(), Optional.empty(), "k", "text")))
        .isInstanceOf(Outcome.Done.class);
    assertThat(camel.requestBody("direct:threatconnect.describe", Optional.of("id > 0")))
        .isInstanceOf(Outcome.Done.class);
    assertThat(camel.requestBody("direct:threatconnect.describe", Optional.empty()))
        .isInstanceOf(Outcome.Done.class);
  }
}
