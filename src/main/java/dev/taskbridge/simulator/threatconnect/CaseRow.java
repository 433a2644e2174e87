package dev.taskbridge.simulator.threatconnect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A case; changes in place. */
final class CaseRow implements Row {
  static final List<String> SEVERITIES = List.of("Low", "Medium", "High", "Critical");
  static final List<String> STATUSES = List.of("Open", "Closed");
  static final List<String> RESOLUTIONS =
      List.of(
          "Containment Achieved",
          "Deferred / Delayed",
          "Escalated",
          "False Positive",
          "In Progress / Investigating",
          "Not Specified",
          "Rejected",
          "Restoration Achieved");

  private final long id;
  private final String xid;
  final Assignee.User createdBy;
  final Instant dateAdded;

  String name = "";
  String severity = "Low";
  String status = "Open";
  String resolution = "Not Specified";
  @Nullable String description;
  @Nullable Assignee assignee;
  Instant lastUpdated;
  @Nullable Instant caseOpenTime;
  @Nullable Instant caseCloseTime;
  @Nullable Instant caseDetectionTime;
  @Nullable Instant caseOccurrenceTime;
  Assignee.@Nullable User caseCloseUser;
  final List<String> tags = new ArrayList<>();

  CaseRow(long id, String xid, Assignee.User createdBy, Instant dateAdded) {
    this.id = id;
    this.xid = xid;
    this.createdBy = createdBy;
    this.dateAdded = dateAdded;
    this.lastUpdated = dateAdded;
    this.caseOpenTime = dateAdded;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public String xid() {
    return xid;
  }
}
