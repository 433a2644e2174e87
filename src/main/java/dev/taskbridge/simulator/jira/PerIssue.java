package dev.taskbridge.simulator.jira;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hangs on issues beside their fields, oldest first. */
final class PerIssue<T> {
  private final Map<Long, List<T>> byIssue = new HashMap<>();
  private long lastId = 10_000;

  List<T> of(Issue issue) {
    return byIssue.getOrDefault(issue.id(), List.of());
  }

  void put(Issue issue, List<T> now) {
    byIssue.put(issue.id(), List.copyOf(now));
  }

  long nextId() {
    return lastId++;
  }
}
