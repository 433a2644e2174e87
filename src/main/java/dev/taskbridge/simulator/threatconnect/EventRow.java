package dev.taskbridge.simulator.threatconnect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry of a case's timeline. */
final class EventRow implements Row {
  private final long id;
  final long caseId;
  final Instant dateAdded;
  final boolean systemGenerated;
  final Assignee.User user;

  /** What the event is about, such as {@code tasks/3}; null for events that people entered. */
  final @Nullable String about;

  Instant eventDate;
  String summary;
  @Nullable String deletedReason;

  EventRow(
      long id,
      long caseId,
      Instant dateAdded,
      boolean systemGenerated,
      Assignee.User user,
      @Nullable String about,
      String summary) {
    this.id = id;
    this.caseId = caseId;
    this.dateAdded = dateAdded;
    this.eventDate = dateAdded;
    this.systemGenerated = systemGenerated;
    this.user = user;
    this.about = about;
    this.summary = summary;
  }

  @Override
  public long id() {
    return id;
  }
}
