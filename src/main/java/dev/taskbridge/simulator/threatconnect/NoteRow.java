package dev.taskbridge.simulator.threatconnect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A note; its text changes in place.
 *
 * <p>{@code caseId} is the case of what the note is on, so that visibility and the case's clock
 * need no detour; a note is <em>on</em> the case itself only if the other three are null.
 */
final class NoteRow implements Row {
  static final int SUMMARY = 100;

  private final long id;
  final long caseId;
  final @Nullable Long taskId;
  final @Nullable Long artifactId;
  final @Nullable Long workflowEventId;
  final String author;
  final Instant dateAdded;

  String text;
  Instant lastModified;
  boolean edited;

  NoteRow(
      long id,
      long caseId,
      @Nullable Long taskId,
      @Nullable Long artifactId,
      @Nullable Long workflowEventId,
      String author,
      Instant dateAdded,
      String text) {
    this.id = id;
    this.caseId = caseId;
    this.taskId = taskId;
    this.artifactId = artifactId;
    this.workflowEventId = workflowEventId;
    this.author = author;
    this.dateAdded = dateAdded;
    this.lastModified = dateAdded;
    this.text = text;
  }

  @Override
  public long id() {
    return id;
  }

  boolean isOnCase() {
    return taskId == null && artifactId == null && workflowEventId == null;
  }

  /** The first 100 characters, none of them cut in half. */
  String summary() {
    return text.codePointCount(0, text.length()) <= SUMMARY
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SUMMARY));
  }
}
