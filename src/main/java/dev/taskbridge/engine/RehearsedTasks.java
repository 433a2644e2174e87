package dev.taskbridge.engine;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** ThreatConnect, only read; see {@link Rehearsal}. */
final class RehearsedTasks implements TaskSource {
  private final TaskSource real;
  private final World world;
  private final Optional<Rehearsal.Notebook> notebook;

  RehearsedTasks(TaskSource real, World world, Optional<Rehearsal.Notebook> notebook) {
    this.real = real;
    this.world = world;
    this.notebook = notebook;
  }

  /** What would be different in ThreatConnect if the writes had been made. Thread-safe. */
  static final class World {
    private final Map<String, Task> created = new ConcurrentHashMap<>();
    private final Map<String, Map<FieldName, FieldValue>> changed = new ConcurrentHashMap<>();

    /** Below every real id, so that no page of tasks is cut short by it. */
    private final AtomicLong lastId = new AtomicLong();

    private Task after(Task real) {
      Task after = real;
      for (Map.Entry<FieldName, FieldValue> each :
          changed.getOrDefault(real.xid(), Map.of()).entrySet()) {
        after = after.with(each.getKey(), each.getValue());
      }
      return after;
    }
  }

  @Override
  public Outcome<TaskPage> tasks(TaskQuery query) {
    return real.tasks(query)
        .map(
            page -> {
              List<Task> tasks = new ArrayList<>();
              query.xids().stream()
                  .flatMap(xid -> Optional.ofNullable(world.created.get(xid)).stream())
                  .map(world::after)
                  .forEach(tasks::add);
              page.tasks().forEach(task -> tasks.add(world.after(task)));
              return new TaskPage(tasks, page.more(), page.highestId(), page.unreadable());
            });
  }

  @Override
  public Outcome<Long> findCase(String nameOrId) {
    return real.findCase(nameOrId);
  }

  @Override
  public Outcome<TaskPresence> read(String xid) {
    Task made = world.created.get(xid);
    return made != null
        ? Outcome.done(new TaskPresence.Present(world.after(made)))
        : real.read(xid)
            .map(
                found ->
                    found instanceof TaskPresence.Present present
                        ? new TaskPresence.Present(world.after(present.task()))
                        : found);
  }

  @Override
  public List<Outcome<Written<Task>>> update(UpdateTasks update) {
    List<Outcome<Written<Task>>> outcomes = new ArrayList<>();
    for (TaskUpdate one : update.updates()) {
      one.changes()
          .forEach(
              (field, value) ->
                  notebook.ifPresent(notes -> notes.update(one.present(), field, value)));
      world
          .changed
          .computeIfAbsent(one.present().xid(), xid -> new ConcurrentHashMap<>())
          .putAll(one.changes());
      outcomes.add(Outcome.done(new Written<>(world.after(one.present()), Map.of())));
    }
    return outcomes;
  }

  /** A task that already has the xid is adopted, as the real one would be. */
  @Override
  public List<Outcome<MadeTask>> create(CreateTasks create) {
    List<Outcome<MadeTask>> outcomes = new ArrayList<>();
    for (NewTask one : create.tasks()) {
      outcomes.add(
          read(one.xid())
              .map(
                  found ->
                      found instanceof TaskPresence.Present present
                          ? MadeTask.found(present.task())
                          : new MadeTask(made(one), Map.of(), false)));
    }
    return outcomes;
  }

  private Task made(NewTask wanted) {
    notebook.ifPresent(notes -> notes.createTask(wanted.xid(), wanted.fields()));
    Task task =
        new Task(
            -world.lastId.incrementAndGet(),
            wanted.xid(),
            "",
            "",
            TaskStatus.OPEN,
            false,
            Optional.empty(),
            FieldValue.ABSENT,
            OptionalLong.empty(),
            0,
            1,
            new ParentCase(wanted.caseId(), "", "", "", Optional.empty()),
            List.of(),
            "");
    for (Map.Entry<FieldName, FieldValue> each : wanted.fields().entrySet()) {
      task = task.with(each.getKey(), each.getValue());
    }
    world.created.put(wanted.xid(), task);
    return task;
  }

  @Override
  public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
    Map<Long, List<Comment>> answer = new HashMap<>();
    List<Long> asked = of.taskIds().stream().filter(id -> id > 0).toList();
    if (asked.isEmpty()) {
      return Outcome.done(answer);
    }
    return real.notes(new NotesOf(asked, of.since()));
  }

  @Override
  public Outcome<Comment> note(WriteNote note) {
    notebook.ifPresent(notes -> notes.note(note.taskId(), notes.xidOf(note.taskId()), note.text()));
    return Outcome.done(
        new Comment(
            note.noteId().orElse("rehearsed " + note.key()),
            "",
            Instant.EPOCH,
            Instant.EPOCH,
            note.text(),
            Comment.Visibility.INTERNAL,
            Optional.of(note.key())));
  }

  @Override
  public Outcome<SystemDescription> describe(Optional<String> filter) {
    return real.describe(filter);
  }
}
