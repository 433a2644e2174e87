package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.threatconnect.Assignee.User;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import dev.taskbridge.simulator.threatconnect.Switches.UneditableOnPut;
import java.util.Optional;

/** {@code /v3/tasks}. */
final class TaskEndpoint extends Endpoint<TaskRow> {
  private final TaskRules rules;
  private final Assignments assignments;

  TaskEndpoint(World world, Switches switches, Listing listing, TqlAnswers answers, Views views) {
    super(
        world,
        switches,
        listing,
        new Kind<>(
            "/tasks",
            "task",
            answers.task,
            () -> world.taskSearch.tasks().byId(),
            task -> world.isVisible(task.caseId()),
            Views.MORE_OF_TASK,
            views::task,
            views::tasks));
    this.rules = new TaskRules(world);
    this.assignments = new Assignments(world, switches);
  }

  @Override
  Table<TaskRow> table() {
    return world.tasks;
  }

  @Override
  TaskRow create(Body body, Request request) {
    name(body);
    CaseRow parent = namedCase(body).orElseThrow(() -> Errors.missing("caseId or caseXid"));
    return createIn(parent, body, request.actor());
  }

  /** Refuses a task that cannot be created. */
  void check(Body body) {
    read(body, 0);
  }

  /** Creates a task, perhaps one that came inside its case. */
  TaskRow createIn(CaseRow parent, Body body, User actor) {
    // Everything is read before the first change: a refused request must leave nothing behind.
    TaskRow task = read(body, parent.id());
    task.dependentOnId = predecessor(body, task).orElse(null);
    rules.setStatus(task, body.choice("status", TaskRow.STATUSES).orElse("Open"), actor);
    TaskRow numbered = task.as(world.newTaskId());
    rules.store(numbered, actor);
    append(numbered, body, actor);
    changed(numbered, "Task added: ", actor);
    return numbered;
  }

  private TaskRow read(Body body, long caseId) {
    TaskRow task = new TaskRow(0, xid(body), caseId);
    task.name = name(body);
    body.text("description", 0, 1500).ifPresent(text -> task.description = text);
    body.number("workflowPhase", 0, 127).ifPresent(phase -> task.phase = phase);
    body.number("workflowStep", 1, 127).ifPresent(step -> task.step = step);
    body.bool("required").ifPresent(required -> task.required = required);
    body.date("dueDate").ifPresent(date -> task.dueDate = date);
    body.date("completedDate").ifPresent(date -> task.completedDate = date);
    body.choice("durationType", TaskRow.DURATION_TYPES).ifPresent(unit -> task.durationType = unit);
    body.choice("status", TaskRow.STATUSES);
    if (body.has("assignee")) {
      task.assignee = assignments.read(body).orElse(null);
    }
    checkNested(body);
    return task;
  }

  private static String name(Body body) {
    return body.text("name", 1, 255).orElseThrow(() -> Errors.missing("name"));
  }

  private static void checkNested(Body body) {
    body.items("notes", "note").forEach(NoteEndpoint::text);
    body.items("artifacts", "artifact").forEach(ArtifactEndpoint::check);
  }

  @Override
  TaskRow update(TaskRow present, Body body, Request request) {
    TaskRow task = present.copy();
    body.text("name", 1, 255).ifPresent(name -> task.name = name);
    if (body.clears("name")) {
      throw Errors.length("name", "task", 1, 255);
    }
    if (body.clears("description")) {
      task.description = null;
    } else {
      body.text("description", 0, 1500).ifPresent(text -> task.description = text);
    }
    if (body.clears("dueDate")) {
      task.dueDate = null;
    } else {
      body.date("dueDate").ifPresent(date -> task.dueDate = date);
    }
    body.bool("required").ifPresent(required -> task.required = required);
    body.choice("durationType", TaskRow.DURATION_TYPES).ifPresent(unit -> task.durationType = unit);
    if (body.json().containsKey("assignee")) {
      task.assignee = assignments.read(body).orElse(null);
    }
    uneditable(task, body);
    Optional<String> status = body.choice("status", TaskRow.STATUSES);
    boolean ignored =
        status.filter("Closed"::equals).isPresent() && !switches.on(Toggle.CLOSE_BY_PUT);
    if (status.isPresent() && !ignored) {
      rules.setStatus(task, status.get(), request.actor());
    }
    checkNested(body);

    rules.store(task, request.actor());
    append(task, body, request.actor());
    changed(task, "Task updated: ", request.actor());
    return task;
  }

  @Override
  void delete(TaskRow task, Request request) {
    rules.delete(task, request.actor());
    touch(task.caseId());
  }

  private void uneditable(TaskRow task, Body body) {
    if (!body.json().containsKey("completedDate") && !body.json().containsKey("dependentOnId")) {
      return;
    }
    if (switches.uneditableOnPut() == UneditableOnPut.REFUSE) {
      throw Errors.badRequest("The fields completedDate and dependentOnId are not updatable");
    }
    if (switches.uneditableOnPut() == UneditableOnPut.APPLY) {
      body.date("completedDate").ifPresent(date -> task.completedDate = date);
      if (body.json().containsKey("dependentOnId")) {
        task.dependentOnId = predecessor(body, task).orElse(null);
        if (rules.waits(task) && !task.isClosed()) {
          task.status = "Pending";
        } else if (task.status.equals("Pending")) {
          task.status = "Open";
        }
      }
    }
  }

  /** The task that this one waits for: in the same case, and not in a circle (assumed). */
  private Optional<Long> predecessor(Body body, TaskRow task) {
    Optional<Long> id = body.id("dependentOnId");
    if (id.isEmpty()) {
      return id;
    }
    TaskRow predecessor = world.tasks.get(id.get());
    if (predecessor == null) {
      throw Errors.notFound();
    }
    if (predecessor.caseId() != task.caseId()) {
      throw Errors.invalid("dependentOnId", "task", "please enter a task of the same case");
    }
    for (TaskRow before = predecessor;
        before != null;
        before = before.dependentOnId == null ? null : world.tasks.get(before.dependentOnId)) {
      if (before.id() == task.id()) {
        throw Errors.invalid("dependentOnId", "task", "the task would wait for itself");
      }
    }
    return id;
  }

  /** Nested items are added: sent twice, they are there twice. */
  private void append(TaskRow task, Body body, User actor) {
    for (Body note : body.items("notes", "note")) {
      world.addNote(task.caseId(), task.id(), null, null, actor.name(), NoteEndpoint.text(note));
    }
    for (Body artifact : body.items("artifacts", "artifact")) {
      ArtifactEndpoint.add(world, artifact, task.caseId(), task.id());
    }
  }

  private void changed(TaskRow task, String what, User actor) {
    world.addEvent(task.caseId(), "tasks/" + task.id(), actor, what + task.name);
    touch(task.caseId());
  }
}
