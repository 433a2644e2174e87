package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.threatconnect.Assignee.Group;
import dev.taskbridge.simulator.threatconnect.Assignee.User;
import dev.taskbridge.tql.TqlObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the rows of the world answer to TQL parameters. */
final class TqlAnswers {
  final Questions<TaskRow> task = new Questions<>(TqlObject.TASK);
  final Questions<CaseRow> investigation = new Questions<>(TqlObject.CASE);
  final Questions<NoteRow> note = new Questions<>(TqlObject.NOTE);
  final Questions<ArtifactRow> artifact = new Questions<>(TqlObject.ARTIFACT);
  final Questions<EventRow> event = new Questions<>(TqlObject.WORKFLOW_EVENT);
  final Questions<User> user = new Questions<>(TqlObject.USER);
  final Questions<Group> group = new Questions<>(TqlObject.USER_GROUP);
  final Questions<Owner> owner = new Questions<>(TqlObject.OWNER);

  private final World world;

  TqlAnswers(World world) {
    this.world = world;
    answerTask();
    answerCase();
    answerNote();
    answerArtifact();
    answerEvent();
    answerPeople();
  }

  private void answerTask() {
    task.value("id", TaskRow::id)
        .value("xid", TaskRow::xid)
        .value("name", row -> row.name)
        .value("description", row -> row.description)
        .value("status", row -> row.status)
        .value("required", row -> row.required)
        .value("automated", row -> false)
        .value("dueDate", row -> row.dueDate)
        .value("completedDate", row -> row.completedDate)
        .value("completedBy", row -> row.completedBy)
        .value("workflowPhase", row -> row.phase)
        .value("workflowStep", row -> row.step)
        .value("caseId", TaskRow::caseId)
        .value("caseIdAsString", row -> Long.toString(row.caseId()))
        .value("caseSeverity", row -> world.caseOf(row.caseId()).severity)
        .value("missingArtifactCount", world::missingArtifacts)
        .related("hasCase", () -> investigation, row -> List.of(world.caseOf(row.caseId())))
        .related("hasNote", () -> note, row -> world.notesByTask.get(row.id()))
        .related("hasArtifact", () -> artifact, row -> world.artifactsByTask.get(row.id()))
        .index("id", id -> present(world.taskSearch.tasks().get((Long) id)))
        .index("xid", xid -> present(world.taskSearch.tasks().byXid((String) xid)))
        .index("caseId", id -> world.taskSearch.ofCase((Long) id));
    assigned(task, row -> row.assignee);
    owned(task);
  }

  private void answerCase() {
    investigation
        .value("id", CaseRow::id)
        .value("idAsString", row -> Long.toString(row.id()))
        .value("xid", CaseRow::xid)
        .value("name", row -> row.name)
        .value("description", row -> row.description)
        .value("severity", row -> row.severity)
        .value("status", row -> row.status)
        .value("resolution", row -> row.resolution)
        .value("tag", row -> row.tags)
        .value("dateAdded", row -> row.dateAdded)
        .value("lastUpdated", row -> row.lastUpdated)
        .value("caseOpenTime", row -> row.caseOpenTime)
        .value("caseOpenDate", row -> row.caseOpenTime)
        .value("caseCloseTime", row -> row.caseCloseTime)
        .value("caseCloseDate", row -> row.caseCloseTime)
        .value("caseDetectionTime", row -> row.caseDetectionTime)
        .value("caseOccurrenceTime", row -> row.caseOccurrenceTime)
        .value("createdBy", row -> row.createdBy.name())
        .value("createdById", row -> row.createdBy.id())
        .value("caseOpenUser", row -> row.createdBy.name())
        .value("caseCloseUser", row -> row.caseCloseUser == null ? null : row.caseCloseUser.name())
        .value(
            "missingArtifactCount",
            row ->
                world.tasksByCase.get(row.id()).stream().mapToLong(world::missingArtifacts).sum())
        .related("hasTask", () -> task, row -> world.tasksByCase.get(row.id()))
        .related("hasNote", () -> note, row -> world.notesByCase.get(row.id()))
        .related("hasArtifact", () -> artifact, row -> world.artifactsByCase.get(row.id()))
        .index("id", id -> present(world.cases.get((Long) id)))
        .index("xid", xid -> present(world.cases.byXid((String) xid)));
    assigned(investigation, row -> row.assignee);
    owned(investigation);
  }

  private void answerNote() {
    note.value("id", NoteRow::id)
        .value("data", row -> row.text)
        .value("summary", NoteRow::summary)
        .value("author", row -> row.author)
        // Seen: the name of somebody who does not exist fails instead of matching nothing.
        .onlyIf("author", name -> world.userByName(name).isPresent())
        .value("dateAdded", row -> row.dateAdded)
        .value("lastModified", row -> row.lastModified)
        .value("taskId", row -> row.taskId)
        .value("artifactId", row -> row.artifactId)
        .value("workflowEventId", row -> row.workflowEventId)
        .value("caseId", row -> row.isOnCase() ? row.caseId : null)
        .related("hasTask", () -> task, row -> some(row.taskId, world.tasks))
        .related("hasArtifact", () -> artifact, row -> some(row.artifactId, world.artifacts))
        .related("hasCase", () -> investigation, row -> List.of(world.caseOf(row.caseId)))
        .index("id", id -> present(world.notes.get((Long) id)))
        .index("taskId", world.notesByTask::get)
        .index("artifactId", world.notesByArtifact::get)
        .index("workflowEventId", world.notesByEvent::get);
  }

  private void answerArtifact() {
    artifact
        .value("id", ArtifactRow::id)
        .value("summary", row -> row.summary)
        .value("type", row -> row.type)
        .value("typeName", row -> row.type)
        .value("source", row -> row.source)
        .value("caseId", row -> row.caseId)
        .value("taskId", row -> row.taskId)
        .value("dateAdded", row -> row.dateAdded)
        .value(
            "noteId", row -> world.notesByArtifact.get(row.id()).stream().map(NoteRow::id).toList())
        .related("hasTask", () -> task, row -> some(row.taskId, world.tasks))
        .related("hasNote", () -> note, row -> world.notesByArtifact.get(row.id()))
        .related("hasCase", () -> investigation, row -> List.of(world.caseOf(row.caseId)))
        .index("id", id -> present(world.artifacts.get((Long) id)))
        .index("caseId", world.artifactsByCase::get)
        .index("taskId", world.artifactsByTask::get);
  }

  private void answerEvent() {
    event
        .value("id", EventRow::id)
        .value("caseId", row -> row.caseId)
        .value("dateAdded", row -> row.dateAdded)
        .value("eventDate", row -> row.eventDate)
        .value("summary", row -> row.summary)
        .value("systemGenerated", row -> row.systemGenerated)
        .value("deleted", row -> row.deletedReason != null)
        .value("deletedReason", row -> row.deletedReason)
        .value("userName", row -> row.user.name())
        // Documented here as <type>:<id>, unlike the address in the answer.
        .value("link", row -> row.about == null ? null : row.about.replace("s/", ":"))
        .index("id", id -> present(world.events.get((Long) id)))
        .index("caseId", world.eventsByCase::get);
  }

  private void answerPeople() {
    user.value("id", User::id)
        .value("userName", User::name)
        .value("firstName", User::firstName)
        .value("lastName", User::lastName)
        .value("pseudonym", User::pseudonym)
        .value("groupId", User::groups)
        .value("disabled", row -> false)
        .value("locked", row -> false);
    group
        .value("id", Group::id)
        .value("name", Group::name)
        .value("description", Group::description);
    owner.value("id", Owner::id).value("name", Owner::name).value("type", Owner::type);
  }

  private static <R> void assigned(
      Questions<R> questions, Function<R, @Nullable Assignee> assignee) {
    questions
        .value("assignedToUserOrGroup", row -> of(assignee.apply(row), Assignee::type, "None"))
        .value("assigneeName", row -> of(assignee.apply(row), Assignee::name, null))
        .value("targetType", row -> of(assignee.apply(row), Assignee::type, null))
        .value("targetId", row -> of(assignee.apply(row), Assignee::id, null));
  }

  private static <R> void owned(Questions<R> questions) {
    questions.value("owner", row -> World.OWNER_ID).value("ownerName", row -> World.OWNER);
  }

  private static @Nullable Object of(
      @Nullable Assignee assignee, Function<Assignee, Object> answer, @Nullable Object otherwise) {
    return assignee == null ? otherwise : answer.apply(assignee);
  }

  private static <R extends Row> List<R> some(@Nullable Long id, Table<R> table) {
    return id == null ? List.of() : present(table.get(id));
  }

  private static <R> List<R> present(@Nullable R row) {
    return row == null ? List.of() : List.of(row);
  }
}
