package dev.taskbridge.domain;

import java.util.Locale;
import java.util.Optional;

/** The four statuses of a Workflow Task (documented). */
public enum TaskStatus {
  PENDING("Pending"),
  OPEN("Open"),
  REOPENED("Reopened"),
  CLOSED("Closed");

  private final String word;

  TaskStatus(String word) {
    this.word = word;
  }

  /** As ThreatConnect writes it. */
  public String word() {
    return word;
  }

  public static Optional<TaskStatus> ofWord(String word) {
    for (TaskStatus status : values()) {
      if (status.word.toLowerCase(Locale.ROOT).equals(word.strip().toLowerCase(Locale.ROOT))) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
