package dev.taskbridge.simulator.threatconnect;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v3/artifacts}. */
final class ArtifactEndpoint extends Endpoint<ArtifactRow> {
  ArtifactEndpoint(
      World world, Switches switches, Listing listing, TqlAnswers answers, Views views) {
    super(
        world,
        switches,
        listing,
        new Kind<>(
            "/artifacts",
            "artifact",
            answers.artifact,
            () -> world.artifacts.byId(),
            artifact -> world.isVisible(artifact.caseId),
            List.of("notes", "parentCase", "task"),
            views::artifact));
  }

  /** Refuses an artifact that cannot be created. */
  static void check(Body body) {
    summary(body);
    type(body);
    body.text("source", 0, 100);
    body.text("description", 0, 1500);
  }

  /** Creates an artifact that was checked. */
  static ArtifactRow add(World world, Body body, long caseId, @Nullable Long taskId) {
    ArtifactRow artifact = world.addArtifact(caseId, taskId, summary(body), type(body));
    body.text("source", 0, 100).ifPresent(source -> artifact.source = source);
    body.text("description", 0, 1500).ifPresent(text -> artifact.description = text);
    return artifact;
  }

  @Override
  Table<ArtifactRow> table() {
    return world.artifacts;
  }

  @Override
  ArtifactRow create(Body body, Request request) {
    check(body);
    Optional<TaskRow> task = namedTask(body);
    long caseId =
        task.map(TaskRow::caseId)
            .or(() -> namedCase(body).map(CaseRow::id))
            .orElseThrow(() -> Errors.missing("caseId or caseXid"));
    ArtifactRow artifact = add(world, body, caseId, task.map(TaskRow::id).orElse(null));
    changed(artifact, "Artifact added: ", request);
    return artifact;
  }

  @Override
  ArtifactRow update(ArtifactRow artifact, Body body, Request request) {
    Optional<String> summary = body.text("summary", 1, 500);
    Optional<String> type = body.text("type", 1, 255);
    Optional<String> source = body.text("source", 0, 100);
    Optional<String> description = body.text("description", 0, 1500);
    summary.ifPresent(text -> artifact.summary = text);
    type.ifPresent(text -> artifact.type = text);
    source.ifPresent(text -> artifact.source = text);
    description.ifPresent(text -> artifact.description = text);
    changed(artifact, "Artifact updated: ", request);
    return artifact;
  }

  @Override
  void delete(ArtifactRow artifact, Request request) {
    List.copyOf(world.notesByArtifact.get(artifact.id()))
        .forEach(note -> world.notes.remove(note.id()));
    world.artifacts.remove(artifact.id());
    world.addEvent(
        artifact.caseId,
        "cases/" + artifact.caseId,
        request.actor(),
        "Artifact deleted: " + artifact.summary);
    touch(artifact.caseId);
  }

  private void changed(ArtifactRow artifact, String what, Request request) {
    world.addEvent(
        artifact.caseId, "artifacts/" + artifact.id(), request.actor(), what + artifact.summary);
    touch(artifact.caseId);
  }

  private static String summary(Body body) {
    return body.text("summary", 1, 500).orElseThrow(() -> Errors.missing("summary"));
  }

  private static String type(Body body) {
    return body.text("type", 1, 255).orElseThrow(() -> Errors.missing("type"));
  }
}
