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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ThreatConnect as far as the core can tell it from the real one. */
final class ModelTasks implements TaskSource {
  private static final Pattern TOUCHED_NOTES = Pattern.compile("hasNote.*?\"([^\"]+)\".*");

  private final World world;
  private final TreeMap<Long, Task> tasks = new TreeMap<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, Conversation> notes = new HashMap<>();
  private Optional<Ledger> ledger = Optional.empty();
  private long next = 1;

  ModelTasks(World world) {
    this.world = world;
  }

  /** From now on every write is judged. */
  void judgedBy(Ledger judge) {
    ledger = Optional.of(judge);
  }

  long nextId() {
    return next;
  }

  void put(Task task) {
    Task stored = touched(task);
    tasks.put(task.id(), stored);
    ids.put(task.xid(), task.id());
    next = Math.max(next, task.id() + 1);
  }

  Collection<Task> all() {
    return tasks.values();
  }

  Optional<Task> byXid(String xid) {
    return Optional.ofNullable(ids.get(xid)).map(tasks::get);
  }

  Conversation notesOf(long id) {
    return notes.computeIfAbsent(id, task -> new Conversation());
  }

  /** Somebody changes a field. */
  void change(String xid, FieldName field, FieldValue value) {
    Task old = byXid(xid).orElseThrow();
    Task changed = old.with(field, value);
    if (!changed.equals(old)) {
      put(changed);
    }
  }

  void delete(String xid) {
    Task gone = tasks.remove(ids.remove(xid));
    notes.remove(gone.id());
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
        world.hazards().caseClockMoves() ? Optional.of(world.tasksNow()) : parent.lastUpdated();
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
    boolean byXid = !query.xids().isEmpty();
    Collection<Task> candidates =
        byXid
            ? query.xids().stream().flatMap(xid -> byXid(xid).stream()).toList()
            : tasks.tailMap(query.afterId(), false).values();
    Optional<Instant> notesSince = notesTouchedSince(query);
    for (Task task : candidates) {
      if (found.size() < query.limit()
          && matches(query, notesSince, task)
          && !(byXid && query.caseTouchedSince().isEmpty() && world.lacksRow())) {
        found.add(task);
        if (byXid) {
          ledger.ifPresent(judge -> judge.read(task));
        }
      }
    }
    long highest = found.isEmpty() ? query.afterId() : found.get(found.size() - 1).id();
    boolean more = found.size() == query.limit() && !byXid;
    world.mayCrash();
    return Outcome.done(new TaskPage(found, more, highest, List.of()));
  }

  /** What a query by the time of notes asks for. */
  private static Optional<Instant> notesTouchedSince(TaskQuery query) {
    Matcher touched = TOUCHED_NOTES.matcher(query.filter().orElse(""));
    return touched.matches()
        ? Optional.of(Instant.parse(touched.group(1).replace(' ', 'T') + "Z"))
        : Optional.empty();
  }

  private boolean matches(TaskQuery query, Optional<Instant> notesSince, Task task) {
    if (notesSince.isPresent()) {
      return notes.containsKey(task.id()) && notesOf(task.id()).touchedSince(notesSince.get());
    }
    if (query.filter().isPresent() && task.status() == TaskStatus.CLOSED) {
      return false;
    }
    return query.caseTouchedSince().isEmpty()
        || task.parentCase()
            .lastUpdated()
            .filter(at -> !at.isBefore(query.caseTouchedSince().get()))
            .isPresent();
  }

  @Override
  public Outcome<Long> findCase(String nameOrId) {
    world.callBegins();
    return world.isRefused()
        ? Outcome.refused(new Refusal.Unreachable("connection refused"))
        : Outcome.done(7L);
  }

  @Override
  public Outcome<TaskPresence> read(String xid) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    Optional<Task> task = byXid(xid);
    task.ifPresent(found -> ledger.ifPresent(judge -> judge.read(found)));
    return Outcome.done(
        task.<TaskPresence>map(TaskPresence.Present::new)
            .orElse(new TaskPresence.Missing("404 The requested resource was not found")));
  }

  @Override
  public List<Outcome<Written<Task>>> update(UpdateTasks update) {
    List<Outcome<Written<Task>>> outcomes = new ArrayList<>();
    for (TaskUpdate each : update.updates()) {
      world.callBegins();
      world.writeCalled();
      outcomes.add(update(each));
    }
    return outcomes;
  }

  private Outcome<Written<Task>> update(TaskUpdate update) {
    String xid = update.present().xid();
    if (byXid(xid).isEmpty()) {
      return Outcome.refused(new Refusal.Gone("404"));
    }
    Task before = byXid(xid).orElseThrow();
    Map<FieldName, FieldValue> changes = new TreeMap<>(update.changes());
    ledger.ifPresent(
        judge -> changes.forEach((field, value) -> judge.writing(xid, field, Side.TASK, value)));
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    Map<FieldName, Refusal> refused = new HashMap<>();
    List<FieldName> written = new ArrayList<>();
    changes.forEach(
        (field, value) -> {
          if (world.dropsField()) {
            refused.put(
                field, new Refusal.Rejected(Optional.of(field), "kept " + field + " as it was"));
            ledger.ifPresent(judge -> judge.leftOut(xid, field, Side.TASK));
          } else {
            world.tell(() -> "bridge sets " + field + " of task " + xid + " to " + value.shown());
            change(xid, field, value);
            ledger.ifPresent(judge -> judge.wrote(xid, field, Side.TASK, value));
            written.add(field);
          }
        });
    Task then = byXid(xid).orElseThrow();
    world.mayBeEdited();
    world.mayCrash();
    if (world.losesAnswer()) {
      ledger.ifPresent(judge -> written.forEach(field -> judge.unanswered(xid, field)));
      return Outcome.refused(new Refusal.Unknown("connection reset"));
    }
    Task now = byXid(xid).orElseThrow();
    for (FieldName field : written) {
      if (!value(now, field).equals(value(then, field))) {
        refused.put(field, new Refusal.Rejected(Optional.of(field), field + " is other"));
        if (value(now, field).equals(value(before, field))) {
          // A write that was left out looks the same.
          ledger.ifPresent(judge -> judge.excused(xid, field));
        }
      }
    }
    // What was left out and then edited looks like what was written and then edited.
    refused.keySet().stream()
        .filter(field -> !written.contains(field))
        .filter(field -> !value(now, field).equals(value(then, field)))
        .forEach(field -> ledger.ifPresent(judge -> judge.excused(xid, field)));
    return Outcome.done(new Written<>(now, refused));
  }

  @Override
  public List<Outcome<MadeTask>> create(CreateTasks create) {
    List<Outcome<MadeTask>> outcomes = new ArrayList<>();
    for (NewTask wanted : create.tasks()) {
      world.callBegins();
      outcomes.add(create(wanted));
    }
    return outcomes;
  }

  private Outcome<MadeTask> create(NewTask wanted) {
    if (world.isBusy()) {
      return Outcome.refused(new Refusal.Busy(world.now().plusSeconds(20), "429"));
    }
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    boolean there = byXid(wanted.xid()).isPresent();
    if (!there) {
      world.writeCalled();
      make(wanted);
      world.tell(() -> "bridge makes task " + wanted.xid());
      ledger.ifPresent(judge -> judge.created(wanted.xid(), true));
    }
    world.mayCrash();
    if (world.losesAnswer()) {
      ledger.ifPresent(
          judge -> Settings.FIELDS.forEach(field -> judge.unanswered(wanted.xid(), field)));
      return Outcome.refused(new Refusal.Unknown("connection reset"));
    }
    return Outcome.done(new MadeTask(byXid(wanted.xid()).orElseThrow(), Map.of(), there));
  }

  /** What a task holds of a field when nothing is said of it. */
  static FieldValue blank(FieldName field) {
    return field.equals(FieldName.STATUS)
        ? FieldValue.Choice.named(TaskStatus.OPEN.word())
        : FieldValue.ABSENT;
  }

  private void make(NewTask wanted) {
    Task task =
        new Task(
            next,
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
            new ParentCase(wanted.caseId(), "Phishing wave", "High", "Open", Optional.empty()),
            List.of(),
            "");
    for (Map.Entry<FieldName, FieldValue> field : wanted.fields().entrySet()) {
      task = task.with(field.getKey(), field.getValue());
    }
    put(task);
  }

  @Override
  public Outcome<Map<Long, List<Comment>>> notes(NotesOf of) {
    world.callBegins();
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unknown("503"));
    }
    Map<Long, List<Comment>> found = new HashMap<>();
    of.taskIds().stream()
        .filter(tasks::containsKey)
        .forEach(id -> found.put(id, notesOf(id).all()));
    return Outcome.done(found);
  }

  @Override
  public Outcome<Comment> note(WriteNote note) {
    world.callBegins();
    world.writeCalled();
    if (!tasks.containsKey(note.taskId())) {
      return Outcome.refused(new Refusal.Gone("404"));
    }
    if (world.isRefused()) {
      return Outcome.refused(new Refusal.Unreachable("connection refused"));
    }
    Comment written =
        ModelTickets.write(
            notesOf(note.taskId()), note.noteId(), note.key(), note.text(), world.tasksNow());
    world.tell(() -> "bridge notes at task " + note.taskId() + ": " + note.key());
    world.mayCrash();
    return world.losesAnswer()
        ? Outcome.refused(new Refusal.Unknown("connection reset"))
        : Outcome.done(written);
  }

  @Override
  public Outcome<SystemDescription> describe(Optional<String> filter) {
    throw new UnsupportedOperationException("the core does not ask");
  }
}
