package dev.taskbridge.simulator.threatconnect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An artifact of a case, perhaps of one of its tasks; changes in place. */
final class ArtifactRow implements Row {
  private final long id;
  final long caseId;
  final @Nullable Long taskId;
  final Instant dateAdded;

  String summary;
  String type;
  @Nullable String source;
  @Nullable String description;

  ArtifactRow(
      long id, long caseId, @Nullable Long taskId, Instant dateAdded, String summary, String type) {
    this.id = id;
    this.caseId = caseId;
    this.taskId = taskId;
    this.dateAdded = dateAdded;
    this.summary = summary;
    this.type = type;
  }

  @Override
  public long id() {
    return id;
  }
}
