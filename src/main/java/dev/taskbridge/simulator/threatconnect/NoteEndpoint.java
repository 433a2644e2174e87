package dev.taskbridge.simulator.threatconnect;

import java.util.List;
import java.util.Optional;

/** {@code /v3/notes}. The author is always the acting user, whatever a body says. */
final class NoteEndpoint extends Endpoint<NoteRow> {
  NoteEndpoint(World world, Switches switches, Listing listing, TqlAnswers answers, Views views) {
    super(
        world,
        switches,
        listing,
        new Kind<>(
            "/notes",
            "note",
            answers.note,
            () -> world.notes.byId(),
            note -> world.isVisible(note.caseId),
            List.of("artifact", "parentCase", "task", "workflowEvent"),
            views::note));
  }

  /** The text of a note that is created, wherever it comes. */
  static String text(Body body) {
    return body.text("text", 1, 65_500).orElseThrow(() -> Errors.missing("text"));
  }

  @Override
  Table<NoteRow> table() {
    return world.notes;
  }

  @Override
  NoteRow create(Body body, Request request) {
    String text = text(body);
    String author = request.actor().name();
    NoteRow note = add(body, author, text);
    world.addEvent(note.caseId, "notes/" + note.id(), request.actor(), "Note added");
    touch(note.caseId);
    return note;
  }

  private NoteRow add(Body body, String author, String text) {
    Optional<TaskRow> task = namedTask(body);
    if (task.isPresent()) {
      return world.addNote(task.get().caseId(), task.get().id(), null, null, author, text);
    }
    Optional<Long> artifactId = body.id("artifactId");
    if (artifactId.isPresent()) {
      ArtifactRow artifact = world.artifacts.get(artifactId.get());
      if (artifact == null || !world.isVisible(artifact.caseId)) {
        throw Errors.notFound();
      }
      return world.addNote(artifact.caseId, null, artifact.id(), null, author, text);
    }
    Optional<Long> eventId = body.id("workflowEventId");
    if (eventId.isPresent()) {
      EventRow event = world.events.get(eventId.get());
      if (event == null || !world.isVisible(event.caseId)) {
        throw Errors.notFound();
      }
      return world.addNote(event.caseId, null, null, event.id(), author, text);
    }
    CaseRow parent = namedCase(body).orElseThrow(() -> Errors.missing("caseId or caseXid"));
    return world.addNote(parent.id(), null, null, null, author, text);
  }

  @Override
  NoteRow update(NoteRow note, Body body, Request request) {
    Optional<String> text = body.text("text", 1, 65_500);
    if (text.isPresent() && !text.get().equals(note.text)) {
      note.text = text.get();
      note.edited = true;
      // The page's example leaves lastModified as it was; presumably the real server moves it.
      note.lastModified = world.nowInSeconds();
    }
    world.addEvent(note.caseId, "notes/" + note.id(), request.actor(), "Note updated");
    touch(note.caseId);
    return note;
  }

  @Override
  void delete(NoteRow note, Request request) {
    world.notes.remove(note.id());
    world.addEvent(note.caseId, "cases/" + note.caseId, request.actor(), "Note deleted");
    touch(note.caseId);
  }
}
