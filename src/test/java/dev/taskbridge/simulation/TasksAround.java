package dev.taskbridge.simulation;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something around a task source that changes some of what it does. */
class TasksAround implements TaskSource {
  final TaskSource inner;

  TasksAround(TaskSource inner) {
    this.inner = inner;
  }

  @Override
  public Outcome<TaskPage> tasks(TaskQuery query) {
    return inner.tasks(query);
  }

  @Override
  public Outcome<Long> findCase(String nameOrId) {
    return inner.findCase(nameOrId);
  }

  @Override
  public Outcome<TaskPresence> read(String xid) {
    return inner.read(xid);
  }

  @Override
  public List<Outcome<Written<Task>>> update(UpdateTasks update) {
    return inner.update(update);
  }

  @Override
  public List<Outcome<MadeTask>> create(CreateTasks create) {
    return inner.create(create);
  }

  @Override
  public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
    return inner.notes(of);
  }

  @Override
  public Outcome<Comment> note(WriteNote note) {
    return inner.note(note);
  }

  @Override
  public Outcome<SystemDescription> describe(Optional<String> filter) {
    return inner.describe(filter);
  }
}
