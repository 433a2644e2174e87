package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.threatconnect.Assignee.User;
import dev.taskbridge.simulator.threatconnect.Switches.Toggle;
import java.util.List;
import java.util.Optional;

/** {@code /v3/cases}. */
final class CaseEndpoint extends Endpoint<CaseRow> {
  private final TaskEndpoint tasks;
  private final TaskRules rules;
  private final Assignments assignments;

  CaseEndpoint(
      World world,
      Switches switches,
      Listing listing,
      TqlAnswers answers,
      Views views,
      TaskEndpoint tasks) {
    super(
        world,
        switches,
        listing,
        new Kind<>(
            "/cases",
            "case",
            answers.investigation,
            () -> world.cases.byId(),
            row -> world.isVisible(row.id()),
            List.of("artifacts", "notes", "tags", "tasks", "workflowEvents"),
            views::investigation));
    this.tasks = tasks;
    this.rules = new TaskRules(world);
    this.assignments = new Assignments(world, switches);
  }

  @Override
  Table<CaseRow> table() {
    return world.cases;
  }

  @Override
  CaseRow create(Body body, Request request) {
    String xid = xid(body);
    require(body, "name");
    require(body, "severity");
    require(body, "status");
    Changes changes = read(body);
    CaseRow row = world.newCase(xid, request.actor());
    world.addEvent(row.id(), "cases/" + row.id(), request.actor(), "Case created");
    apply(changes, row, request.actor());
    append(row, body, request.actor());
    return row;
  }

  @Override
  CaseRow update(CaseRow row, Body body, Request request) {
    Changes changes = read(body);
    boolean closing =
        changes.status().filter("Closed"::equals).isPresent() && row.status.equals("Open");
    if (closing && switches.on(Toggle.REQUIRED_TASKS_HOLD_CASE)) {
      world.tasksByCase.get(row.id()).stream()
          .filter(task -> task.required && !task.isClosed())
          .findFirst()
          .ifPresent(
              task -> {
                throw Errors.invalid(
                    "status", "case", "the required task " + task.id() + " is not completed");
              });
    }
    if (body.clears("description")) {
      row.description = null;
    }
    apply(changes, row, request.actor());
    append(row, body, request.actor());
    world.addEvent(
        row.id(), "cases/" + row.id(), request.actor(), closing ? "Case closed" : "Case updated");
    return row;
  }

  @Override
  void delete(CaseRow row, Request request) {
    world.remove(row);
  }

  /** A write that was read completely and can no longer be refused. */
  private record Changes(
      Optional<String> name,
      Optional<String> severity,
      Optional<String> status,
      Optional<String> resolution,
      Optional<String> description,
      boolean assigns,
      Optional<Assignee> assignee,
      Body body) {}

  private Changes read(Body body) {
    for (String time :
        List.of("caseOpenTime", "caseCloseTime", "caseDetectionTime", "caseOccurrenceTime")) {
      body.date(time);
    }
    body.items("notes", "note").forEach(NoteEndpoint::text);
    body.items("artifacts", "artifact").forEach(ArtifactEndpoint::check);
    body.items("tasks", "task").forEach(tasks::check);
    boolean assigns = body.has("assignee");
    return new Changes(
        body.text("name", 1, 255),
        body.choice("severity", CaseRow.SEVERITIES),
        body.choice("status", CaseRow.STATUSES),
        body.choice("resolution", CaseRow.RESOLUTIONS),
        body.text("description", 0, 1500),
        assigns,
        assigns ? assignments.read(body) : Optional.empty(),
        body);
  }

  private void apply(Changes changes, CaseRow row, User actor) {
    changes.name().ifPresent(name -> row.name = name);
    changes.severity().ifPresent(severity -> row.severity = severity);
    changes.resolution().ifPresent(resolution -> row.resolution = resolution);
    changes.description().ifPresent(description -> row.description = description);
    if (changes.assigns()) {
      row.assignee = changes.assignee().orElse(null);
    }
    changes.body().date("caseOpenTime").ifPresent(time -> row.caseOpenTime = time);
    changes.body().date("caseDetectionTime").ifPresent(time -> row.caseDetectionTime = time);
    changes.body().date("caseOccurrenceTime").ifPresent(time -> row.caseOccurrenceTime = time);
    changes.status().ifPresent(status -> setStatus(row, status, actor));
    changes.body().date("caseCloseTime").ifPresent(time -> row.caseCloseTime = time);
    row.lastUpdated = world.now();
  }

  private void setStatus(CaseRow row, String status, User actor) {
    boolean wasOpen = row.status.equals("Open");
    row.status = status;
    if (status.equals("Open")) {
      row.caseCloseTime = null;
      row.caseCloseUser = null;
    } else if (wasOpen) {
      row.caseCloseTime = world.now();
      row.caseCloseUser = actor;
      if (switches.on(Toggle.CLOSING_CASE_CLOSES_TASKS)) {
        rules.closeAll(row, actor);
      }
    }
  }

  private void append(CaseRow row, Body body, User actor) {
    body.items("tasks", "task").forEach(task -> tasks.createIn(row, task, actor));
    body.items("notes", "note")
        .forEach(
            note ->
                world.addNote(row.id(), null, null, null, actor.name(), NoteEndpoint.text(note)));
    body.items("artifacts", "artifact")
        .forEach(artifact -> ArtifactEndpoint.add(world, artifact, row.id(), null));
    body.items("tags", "tag")
        .forEach(
            tag ->
                tag.text("name", 1, 128)
                    .filter(name -> !row.tags.contains(name))
                    .ifPresent(row.tags::add));
  }

  private static void require(Body body, String field) {
    if (!body.has(field)) {
      throw Errors.missing(field);
    }
  }
}
