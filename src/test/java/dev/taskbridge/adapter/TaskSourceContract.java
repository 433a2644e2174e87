package dev.taskbridge.adapter;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every source of tasks promises. A source's test extends this and says where to try. */
public abstract class TaskSourceContract {

  protected abstract TaskSource source();

  /** A case that takes new tasks. */
  protected abstract long caseId();

  /** A user and a group that tasks can be assigned to. */
  protected abstract String userName();

  protected abstract String groupName();

  private Task made(Map<FieldName, FieldValue> fields) {
    String xid = UUID.randomUUID().toString();
    List<Outcome<MadeTask>> outcomes =
        source().create(new CreateTasks(List.of(new NewTask(xid, caseId(), fields))));
    MadeTask made = outcomes.get(0).value().orElseThrow();
    assertThat(made.refused()).isEmpty();
    assertThat(made.wasThere()).isFalse();
    assertThat(made.now().xid()).isEqualTo(xid);
    return made.now();
  }

  private Task made() {
    return made(Map.of(FieldName.TITLE, FieldValue.text("Call the reporter")));
  }

  private Written<Task> updated(Task task, Map<FieldName, FieldValue> changes) {
    return source()
        .update(new UpdateTasks(List.of(new TaskUpdate(task, changes))))
        .get(0)
        .value()
        .orElseThrow();
  }

  private Task read(String xid) {
    return ((TaskPresence.Present) source().read(xid).value().orElseThrow()).task();
  }

  private TaskPage page(Optional<String> filter, List<String> xids, long afterId, int limit) {
    return source()
        .tasks(new TaskQuery(filter, Optional.empty(), xids, afterId, limit, false))
        .value()
        .orElseThrow();
  }

  @Test
  void a_task_is_read_as_it_was_made() {
    Task task =
        made(
            Map.of(
                FieldName.TITLE, FieldValue.text("Isolate \"WS-7\" (50 % done) \\ näh 漢字 😀"),
                FieldName.DESCRIPTION, FieldValue.text("one\ntwo & <three>"),
                FieldName.STATUS, FieldValue.Choice.named("Open"),
                FieldName.ASSIGNEE, new FieldValue.User(userName(), "", ""),
                FieldName.DUE_DATE, new FieldValue.Moment(Instant.parse("2031-03-29T12:15:00Z"))));
    assertThat(read(task.xid())).isEqualTo(task);
    assertThat(task.name()).isEqualTo("Isolate \"WS-7\" (50 % done) \\ näh 漢字 😀");
    assertThat(task.description()).isEqualTo("one\ntwo & <three>");
    assertThat(task.status()).isEqualTo(TaskStatus.OPEN);
    assertThat(task.dueDate()).contains(Instant.parse("2031-03-29T12:15:00Z"));
    assertThat(task.assignee()).isInstanceOf(FieldValue.User.class);
    assertThat(((FieldValue.User) task.assignee()).id()).isEqualTo(userName());
    assertThat(task.parentCase().id()).isEqualTo(caseId());
    assertThat(task.parentCase().severity()).isNotEmpty();
    assertThat(task.parentCase().lastUpdated()).isPresent();
  }

  @Test
  void making_a_task_again_finds_the_first_one() {
    Task first = made();
    Outcome<MadeTask> again =
        source()
            .create(
                new CreateTasks(
                    List.of(
                        new NewTask(
                            first.xid(),
                            caseId(),
                            Map.of(FieldName.TITLE, FieldValue.text("another name"))))))
            .get(0);
    assertThat(again.value()).contains(MadeTask.found(first));
  }

  @Test
  void each_task_of_a_batch_has_an_outcome_of_its_own() {
    List<NewTask> wanted =
        List.of(
            new NewTask(
                UUID.randomUUID().toString(),
                caseId(),
                Map.of(FieldName.TITLE, FieldValue.text("fine"))),
            new NewTask(UUID.randomUUID().toString(), caseId(), Map.of()),
            new NewTask(
                UUID.randomUUID().toString(),
                987_654_321,
                Map.of(FieldName.TITLE, FieldValue.text("no such case"))));
    List<Outcome<MadeTask>> outcomes = source().create(new CreateTasks(wanted));
    assertThat(outcomes.get(0).value()).isPresent();
    assertThat(outcomes.get(1).refusal()).containsInstanceOf(Refusal.Rejected.class);
    assertThat(outcomes.get(2).refusal()).containsInstanceOf(Refusal.Rejected.class);
  }

  @Test
  void an_update_changes_what_it_names_and_shows_what_is_there_then() {
    Task task =
        made(
            Map.of(
                FieldName.TITLE, FieldValue.text("Call"),
                FieldName.DESCRIPTION, FieldValue.text("stays")));
    Written<Task> written =
        updated(
            task,
            Map.of(
                FieldName.TITLE, FieldValue.text("Call back"),
                FieldName.STATUS, FieldValue.Choice.named("Closed"),
                FieldName.ASSIGNEE, FieldValue.Group.named(groupName()),
                FieldName.DUE_DATE, new FieldValue.Moment(Instant.parse("2031-04-05T10:30:00Z"))));
    assertThat(written.refused()).isEmpty();
    assertThat(written.now()).isEqualTo(read(task.xid()));
    assertThat(written.now().name()).isEqualTo("Call back");
    assertThat(written.now().description()).isEqualTo("stays");
    assertThat(written.now().status()).isEqualTo(TaskStatus.CLOSED);
    assertThat(written.now().assignee().shown()).isEqualTo("group " + groupName());
  }

  @Test
  void an_absent_value_clears_the_field() {
    Task task =
        made(
            Map.of(
                FieldName.TITLE,
                FieldValue.text("Call"),
                FieldName.DESCRIPTION,
                FieldValue.text("goes"),
                FieldName.ASSIGNEE,
                new FieldValue.User(userName(), "", ""),
                FieldName.DUE_DATE,
                new FieldValue.Moment(Instant.parse("2031-04-05T10:30:00Z"))));
    Written<Task> written =
        updated(
            task,
            Map.of(
                FieldName.DESCRIPTION, FieldValue.ABSENT,
                FieldName.ASSIGNEE, FieldValue.ABSENT,
                FieldName.DUE_DATE, FieldValue.ABSENT));
    assertThat(written.refused()).isEmpty();
    assertThat(read(task.xid()).description()).isEmpty();
    assertThat(read(task.xid()).assignee()).isEqualTo(FieldValue.ABSENT);
    assertThat(read(task.xid()).dueDate()).isEmpty();
  }

  @Test
  void a_field_that_cannot_be_written_does_not_keep_the_others() {
    Task task = made();
    Written<Task> written =
        updated(
            task,
            Map.of(
                FieldName.TITLE, FieldValue.text("still renamed"),
                FieldName.DESCRIPTION, FieldValue.text("x".repeat(1501)),
                FieldName.ASSIGNEE, new FieldValue.User("nobody@example.com", "", "Nobody"),
                FieldName.PRIORITY, FieldValue.Choice.named("High")));
    assertThat(written.refused().keySet())
        .containsExactlyInAnyOrder(FieldName.DESCRIPTION, FieldName.ASSIGNEE, FieldName.PRIORITY);
    assertThat(written.refused().get(FieldName.ASSIGNEE).words()).contains("nobody@example.com");
    assertThat(written.now().name()).isEqualTo("still renamed");
    assertThat(read(task.xid())).isEqualTo(written.now());
  }

  @Test
  void a_task_that_is_not_there_is_missing() {
    assertThat(source().read(UUID.randomUUID().toString()).value())
        .containsInstanceOf(TaskPresence.Missing.class);
  }

  @Test
  void pages_come_in_the_order_of_ids_and_meet_no_task_twice() {
    List<String> xids = new ArrayList<>();
    IntStream.range(0, 5).forEach(i -> xids.add(made().xid()));
    List<String> seen = new ArrayList<>();
    long afterId = 0;
    boolean more = true;
    while (more) {
      TaskPage page = page(Optional.empty(), xids, afterId, 2);
      page.tasks().forEach(task -> seen.add(task.xid()));
      assertThat(page.unreadable()).isEmpty();
      more = page.more();
      assertThat(page.highestId()).isGreaterThanOrEqualTo(afterId);
      afterId = page.highestId();
    }
    assertThat(seen).containsExactlyElementsOf(xids);
  }

  @Test
  void a_filter_selects_and_is_data_beside_the_other_conditions() {
    Task open = made();
    Task closed = updated(made(), closing()).now();
    List<String> xids = List.of(open.xid(), closed.xid());
    TaskPage page = page(Optional.of("status = \"Open\" or status = \"Reopened\""), xids, 0, 100);
    assertThat(page.tasks()).extracting(Task::xid).containsExactly(open.xid());
  }

  @Test
  void a_filter_that_is_no_query_is_refused_with_its_position() {
    Outcome<TaskPage> outcome =
        source()
            .tasks(
                new TaskQuery(
                    Optional.of("status = \"Open\") or (id > 0"),
                    Optional.empty(),
                    List.of(),
                    0,
                    10,
                    false));
    assertThat(outcome.refusal())
        .containsInstanceOf(Refusal.Rejected.class)
        .get()
        .extracting(Refusal::words)
        .asString()
        .contains("position 16");
  }

  @Test
  void tasks_of_cases_that_were_not_touched_are_not_asked_for() {
    Task task = made();
    Instant touched = read(task.xid()).parentCase().lastUpdated().orElseThrow();
    TaskPage since =
        source()
            .tasks(
                new TaskQuery(
                    Optional.empty(),
                    Optional.of(touched.minusSeconds(60)),
                    List.of(task.xid()),
                    0,
                    10,
                    false))
            .value()
            .orElseThrow();
    assertThat(since.tasks()).hasSize(1);
    TaskPage later =
        source()
            .tasks(
                new TaskQuery(
                    Optional.empty(),
                    Optional.of(touched.plusSeconds(60)),
                    List.of(task.xid()),
                    0,
                    10,
                    false))
            .value()
            .orElseThrow();
    assertThat(later.tasks()).isEmpty();
  }

  @Test
  void a_note_is_written_once_per_key_and_edited_in_place() {
    Task task = made();
    WriteNote note = new WriteNote(task.id(), Optional.empty(), "key-1", "Jo wrote:\n\nhello *x*");
    Comment first = written(note);
    Comment again = written(note);
    assertThat(again).isEqualTo(first);
    assertThat(first.key()).contains("key-1");
    assertThat(first.text()).isEqualTo("Jo wrote:\n\nhello *x*");
    assertThat(first.visibility()).isEqualTo(Comment.Visibility.INTERNAL);

    written(new WriteNote(task.id(), Optional.of(first.id()), "key-1", "Jo wrote:\n\nbye"));
    written(new WriteNote(task.id(), Optional.empty(), "key-2", "second"));
    List<Comment> notes = notes(List.of(task.id()), Optional.empty()).get(task.id());
    assertThat(notes).extracting(Comment::text).containsExactly("Jo wrote:\n\nbye", "second");
    assertThat(notes)
        .extracting(Comment::key)
        .containsExactly(Optional.of("key-1"), Optional.of("key-2"));
  }

  @Test
  void notes_of_many_tasks_come_sorted_by_task() {
    Task one = made();
    Task two = made();
    written(new WriteNote(two.id(), Optional.empty(), "k", "of two"));
    Map<Long, List<Comment>> notes = notes(List.of(one.id(), two.id()), Optional.empty());
    assertThat(notes.get(one.id())).isEmpty();
    assertThat(notes.get(two.id())).extracting(Comment::text).containsExactly("of two");
    assertThat(
            notes(List.of(one.id(), two.id()), Optional.of(Instant.now().plusSeconds(600)))
                .get(two.id()))
        .isEmpty();
  }

  @Test
  void a_case_is_found_by_its_id_or_its_only_name() {
    String name = made().parentCase().name();
    assertThat(source().findCase(Long.toString(caseId())).value()).contains(caseId());
    assertThat(source().findCase(name).value()).contains(caseId());
    for (String none : List.of("", "no case is called \"this\"")) {
      assertThat(source().findCase(none).refusal()).containsInstanceOf(Refusal.Rejected.class);
    }
  }

  @Test
  void it_describes_itself_and_checks_a_query() {
    SystemDescription fine =
        source().describe(Optional.of("status = \"Open\"")).value().orElseThrow();
    assertThat(fine.problems()).isEmpty();
    assertThat(fine.statuses()).contains("Open", "Closed");
    assertThat(fine.fields()).contains("title", "status", "assignee", "dueDate");
    SystemDescription wrong =
        source().describe(Optional.of("staus = \"Open\"")).value().orElseThrow();
    assertThat(wrong.problems()).singleElement().asString().contains("staus", "status");
  }

  private Map<Long, List<Comment>> notes(List<Long> tasks, Optional<Instant> since) {
    return source().notes(new NotesOf(tasks, since)).value().orElseThrow();
  }

  private Comment written(WriteNote note) {
    return source().note(note).value().orElseThrow();
  }

  private static Map<FieldName, FieldValue> closing() {
    return Map.of(FieldName.STATUS, FieldValue.Choice.named("Closed"));
  }
}
