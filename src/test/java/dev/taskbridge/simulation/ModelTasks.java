package dev.taskbridge.simulation;

import dev.taskbridge.adapter.SystemDescription;
import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** ThreatConnect as far as the core can tell it from the real one. */
final class ModelTasks implements TaskSource {
  private final World world;
  final TreeMap<Long, Task> tasks = new TreeMap<>();

  ModelTasks(World world) {
    this.world = world;
  }

  void put(Task task) {
    tasks.put(task.id(), touched(task));
  }

  Task byXid(String xid) {
    return tasks.values().stream().filter(task -> task.xid().equals(xid)).findFirst().orElseThrow();
  }

  boolean has(String xid) {
    return tasks.values().stream().anyMatch(task -> task.xid().equals(xid));
  }

  /** Somebody changes a field; nothing happens if it already holds the value. */
  void change(String xid, FieldName field, FieldValue value, boolean byBridge) {
    Task old = byXid(xid);
    Task changed = old.with(field, value);
    if (!changed.equals(old)) {
      tasks.put(old.id(), touched(changed));
      world.changes.add(new World.Change(world.now(), Side.TASK, xid, field, value, byBridge));
    }
  }

  void delete(String xid) {
    tasks.remove(byXid(xid).id());
  }

  static FieldValue value(Task task, FieldName field) {
    if (field.equals(FieldName.TITLE)) {
      return new Text(task.name());
    }
    if (field.equals(FieldName.STATUS)) {
      return Choice.named(task.status().word());
    }
    if (field.equals(FieldName.DUE_DATE)) {
      return task.dueDate().<FieldValue>map(Moment::new).orElse(FieldValue.ABSENT);
    }
    throw new IllegalArgumentException("the model has no " + field);
  }

  private Task touched(Task task) {
    ParentCase parent = task.parentCase();
    Optional<Instant> clock =
        world.hazards().caseClockMoves() ? Optional.of(world.now()) : parent.lastUpdated();
    ParentCase moved =
        new ParentCase(parent.id(), parent.name(), parent.severity(), parent.status(), clock);
    return new Task(
        task.id(),
        task.xid(),
        task.name(),
        task.description(),
        task.status(),
        task.required(),
        task.dueDate(),
        task.assignee(),
        task.dependentOn(),
        task.phase(),
        task.step(),
        moved,
        task.artifacts(),
        task.url());
  }

  @Override
  public Outcome<TaskPage> tasks(TaskQuery query) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("503"));
    }
    List<Task> found = new ArrayList<>();
    for (Task task : tasks.tailMap(query.afterId(), false).values()) {
      boolean matches =
          (query.filter().isEmpty() || task.status() != TaskStatus.CLOSED)
              && query
                  .caseTouchedSince()
                  .map(
                      since ->
                          task.parentCase()
                              .lastUpdated()
                              .filter(at -> !at.isBefore(since))
                              .isPresent())
                  .orElse(true)
              && (query.xids().isEmpty() || query.xids().contains(task.xid()));
      if (matches && found.size() < query.limit()) {
        found.add(task);
      }
    }
    long highest = found.isEmpty() ? query.afterId() : found.get(found.size() - 1).id();
    boolean more = found.size() == query.limit() && query.xids().isEmpty();
    world.mayCrash();
    return Outcome.done(new TaskPage(found, more, highest, List.of()));
  }

  @Override
  public Outcome<Long> findCase(String nameOrId) {
    throw new UnsupportedOperationException("this model makes no tasks");
  }

  @Override
  public Outcome<TaskPresence> read(String xid) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    return Outcome.done(
        has(xid)
            ? new TaskPresence.Present(byXid(xid))
            : new TaskPresence.Missing("404 The requested resource was not found"));
  }

  @Override
  public List<Outcome<Written<Task>>> update(UpdateTasks update) {
    List<Outcome<Written<Task>>> outcomes = new ArrayList<>();
    for (TaskUpdate each : update.updates()) {
      world.callBegins();
      String xid = each.present().xid();
      if (!has(xid)) {
        outcomes.add(Outcome.refused(new Refusal.Gone("404")));
      } else if (world.isRefused()) {
        outcomes.add(Outcome.refused(new Refusal.Unreachable("connection refused")));
      } else {
        each.changes().forEach((field, value) -> change(xid, field, value, true));
        world.mayCrash();
        outcomes.add(
            world.losesAnswer()
                ? Outcome.refused(new Refusal.Unknown("connection reset"))
                : Outcome.done(new Written<>(byXid(xid), Map.of())));
      }
    }
    return outcomes;
  }

  @Override
  public List<Outcome<Written<Task>>> create(CreateTasks create) {
    throw new UnsupportedOperationException("this model makes no tasks");
  }

  @Override
  public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
    return Outcome.done(Map.of());
  }

  @Override
  public Outcome<Comment> note(WriteNote note) {
    throw new UnsupportedOperationException("this model has no notes");
  }

  @Override
  public Outcome<SystemDescription> describe(Optional<String> filter) {
    throw new UnsupportedOperationException("the core does not ask");
  }
}
