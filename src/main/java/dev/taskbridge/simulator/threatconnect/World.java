package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.SimulatedClock;
import dev.taskbridge.simulator.threatconnect.Assignee.Group;
import dev.taskbridge.simulator.threatconnect.Assignee.User;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything the simulated instance holds; confined to the simulator's thread. */
final class World {
  static final String OWNER = "Demo Organization";
  static final long OWNER_ID = 1;

  /** An owner that exists and that the API user must not enter. */
  static final String FORBIDDEN_OWNER = "Restricted Source";

  private final SimulatedClock clock;
  private final Switches switches;

  final Table<TaskRow> tasks = new Table<>();
  final Table.Index<TaskRow> tasksByCase = tasks.index(TaskRow::caseId);
  final Table.Index<TaskRow> tasksByPredecessor = tasks.index(task -> task.dependentOnId);
  final TaskSearch taskSearch;
  final Table<CaseRow> cases = new Table<>();
  final Table<NoteRow> notes = new Table<>();
  final Table.Index<NoteRow> notesByCase = notes.index(note -> note.caseId);
  final Table.Index<NoteRow> notesByTask = notes.index(note -> note.taskId);
  final Table.Index<NoteRow> notesByArtifact = notes.index(note -> note.artifactId);
  final Table.Index<NoteRow> notesByEvent = notes.index(note -> note.workflowEventId);
  final Table<ArtifactRow> artifacts = new Table<>();
  final Table.Index<ArtifactRow> artifactsByCase = artifacts.index(artifact -> artifact.caseId);
  final Table.Index<ArtifactRow> artifactsByTask = artifacts.index(artifact -> artifact.taskId);
  final Table<EventRow> events = new Table<>();
  final Table.Index<EventRow> eventsByCase = events.index(event -> event.caseId);
  final Table<User> users = new Table<>();
  final Table<Group> groups = new Table<>();

  /** Whom requests act for; can be assigned, but is not listed among the people. */
  final User apiUser;

  private long lastTask;
  private long lastCase;
  private long lastNote;
  private long lastArtifact;
  private long lastEvent;

  World(SimulatedClock clock, Switches switches, Supplier<Duration> searchLag) {
    this.clock = clock;
    this.switches = switches;
    this.taskSearch = new TaskSearch(clock, searchLag);
    for (int i = 0; i < People.GROUPS.size(); i++) {
      String name = People.GROUPS.get(i);
      String description =
          name.equals(People.SOC_TEAM)
              ? "Analysts of the security operations center, around the clock"
              : "Runs servers, networks and workplaces";
      groups.put(new Group(i + 1, name, description));
    }
    for (int i = 0; i < People.ALL.size(); i++) {
      People.Person person = People.ALL.get(i);
      List<Long> memberOf =
          person.groups().stream().map(name -> People.GROUPS.indexOf(name) + 1L).toList();
      users.put(new User(i + 1, person.email(), person.firstName(), person.lastName(), memberOf));
    }
    apiUser =
        new User(People.ALL.size() + 1, Authentication.ACCESS_ID, "Taskbridge", "API", List.of());
  }

  /** Now, in milliseconds: what case clocks are kept in. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Now, in whole seconds: what tasks and notes are kept in. */
  Instant nowInSeconds() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Forgets cases and what is in them; ids begin at 1 again. People stay. */
  void clear() {
    tasks.clear();
    taskSearch.clear();
    cases.clear();
    notes.clear();
    artifacts.clear();
    events.clear();
    lastTask = 0;
    lastCase = 0;
    lastNote = 0;
    lastArtifact = 0;
    lastEvent = 0;
  }

  Optional<User> userByName(String name) {
    if (name.equals(apiUser.name())) {
      return Optional.of(apiUser);
    }
    return users.all().stream().filter(user -> user.name().equalsIgnoreCase(name)).findFirst();
  }

  Optional<User> userById(long id) {
    return id == apiUser.id() ? Optional.of(apiUser) : Optional.ofNullable(users.get(id));
  }

  Optional<Group> groupByName(String name) {
    return groups.all().stream().filter(group -> group.name().equals(name)).findFirst();
  }

  /** The case of a row that is in a table; rows never outlive their case. */
  CaseRow caseOf(long caseId) {
    CaseRow found = cases.get(caseId);
    if (found == null) {
      throw new IllegalStateException("case " + caseId + " is gone, but something in it is not");
    }
    return found;
  }

  boolean isVisible(long caseId) {
    return !switches.isHidden(caseId);
  }

  long newTaskId() {
    return ++lastTask;
  }

  /** Adds a task, or puts a new version in the place of the old one. */
  void put(TaskRow task) {
    tasks.put(task);
    taskSearch.put(task);
  }

  /** Removes a task and its notes; its artifacts stay with the case. */
  void remove(TaskRow task) {
    tasks.remove(task.id());
    taskSearch.remove(task.id());
    List.copyOf(notesByTask.get(task.id())).forEach(note -> notes.remove(note.id()));
    for (ArtifactRow artifact : List.copyOf(artifactsByTask.get(task.id()))) {
      ArtifactRow kept =
          new ArtifactRow(
              artifact.id(),
              artifact.caseId,
              null,
              artifact.dateAdded,
              artifact.summary,
              artifact.type);
      kept.source = artifact.source;
      kept.description = artifact.description;
      artifacts.put(kept);
    }
  }

  CaseRow newCase(String xid, User createdBy) {
    CaseRow row = new CaseRow(++lastCase, xid, createdBy, now());
    cases.put(row);
    return row;
  }

  /** Removes a case with everything in it. */
  void remove(CaseRow row) {
    List.copyOf(tasksByCase.get(row.id())).forEach(task -> tasks.remove(task.id()));
    taskSearch.removeCase(row.id());
    List.copyOf(notesByCase.get(row.id())).forEach(note -> notes.remove(note.id()));
    List.copyOf(artifactsByCase.get(row.id())).forEach(it -> artifacts.remove(it.id()));
    List.copyOf(eventsByCase.get(row.id())).forEach(event -> events.remove(event.id()));
    cases.remove(row.id());
  }

  /** Adds a note; of the last three ids at most one is given. */
  NoteRow addNote(
      long caseId,
      @Nullable Long taskId,
      @Nullable Long artifactId,
      @Nullable Long eventId,
      String author,
      String text) {
    NoteRow note =
        new NoteRow(++lastNote, caseId, taskId, artifactId, eventId, author, nowInSeconds(), text);
    notes.put(note);
    return note;
  }

  ArtifactRow addArtifact(long caseId, @Nullable Long taskId, String summary, String type) {
    ArtifactRow artifact =
        new ArtifactRow(++lastArtifact, caseId, taskId, nowInSeconds(), summary, type);
    artifacts.put(artifact);
    return artifact;
  }

  /** Writes a line into a case's timeline; {@code about} is null for what people enter. */
  EventRow addEvent(long caseId, @Nullable String about, User actor, String summary) {
    EventRow event = new EventRow(++lastEvent, caseId, now(), about != null, actor, about, summary);
    events.put(event);
    return event;
  }

  /** How many of the required inputs of a task are still missing. */
  long missingArtifacts(TaskRow task) {
    if (task.configTask == null) {
      return 0;
    }
    List<String> present = new ArrayList<>();
    artifactsByTask.get(task.id()).forEach(artifact -> present.add(artifact.type));
    long missing = 0;
    for (int i = 0; i < task.configTask.size(); i++) {
      var input = task.configTask.getJsonObject(i);
      if (input.getBoolean("required", false) && !present.remove(input.getString("artifactType"))) {
        missing++;
      }
    }
    return missing;
  }
}
