package dev.taskbridge.simulator.jira;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What search knows: the issues as they were some time ago. A row that is behind shows old values
 * and matches by them; a fresh issue is missing and a deleted one still there.
 */
final class SearchIndex {
  private final Clock clock;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Issue> documents = new TreeMap<>();
  private final Map<Long, Instant> firstIndexed = new HashMap<>();
  private final Map<String, Set<Long>> byLabel = new HashMap<>();
  private final Map<String, Set<Long>> byGlobalId = new HashMap<>();

  /**
   * @param issue null if it was deleted
   */
  private record Entry(long id, @Nullable Issue issue, Instant at) {}

  SearchIndex(Clock clock) {
    this.clock = clock;
  }

  void changed(Issue issue) {
    waiting.add(new Entry(issue.id(), issue, clock.instant()));
  }

  void removed(long id) {
    waiting.add(new Entry(id, null, clock.instant()));
  }

  /** Takes in everything that is older than {@code lag}; all there is, where there is no lag. */
  void catchUp(Duration lag) {
    Instant horizon = lag.isZero() ? Instant.MAX : clock.instant().minus(lag);
    while (!waiting.isEmpty() && !waiting.peek().at().isAfter(horizon)) {
      Entry entry = waiting.remove();
      take(entry.id(), entry.issue());
    }
  }

  Collection<Issue> all() {
    return documents.values();
  }

  @Nullable Issue byId(long id) {
    return documents.get(id);
  }

  /** Labels match without case, as Jira folds them. */
  Set<Long> withLabel(String label) {
    return byLabel.getOrDefault(fold(label), Set.of());
  }

  Set<Long> withGlobalId(String globalId) {
    return byGlobalId.getOrDefault(globalId, Set.of());
  }

  /** Issues that search has known only since then. */
  Set<Long> newerThan(Instant since) {
    Set<Long> fresh = new HashSet<>();
    firstIndexed.forEach(
        (id, at) -> {
          if (at.isAfter(since)) {
            fresh.add(id);
          }
        });
    return fresh;
  }

  static String fold(String label) {
    return label.toLowerCase(Locale.ROOT);
  }

  private void take(long id, @Nullable Issue issue) {
    Issue before = documents.remove(id);
    if (before != null) {
      before.labels().forEach(label -> forget(byLabel, fold(label), id));
      globalIds(before).forEach(globalId -> forget(byGlobalId, globalId, id));
    }
    if (issue == null || issue.archived()) {
      firstIndexed.remove(id);
      return;
    }
    documents.put(id, issue);
    firstIndexed.putIfAbsent(id, clock.instant());
    issue.labels().forEach(label -> learn(byLabel, fold(label), id));
    globalIds(issue).forEach(globalId -> learn(byGlobalId, globalId, id));
  }

  private static List<String> globalIds(Issue issue) {
    return issue.remoteLinks().stream()
        .map(RemoteLink::globalId)
        .filter(globalId -> globalId != null)
        .map(String::valueOf)
        .toList();
  }

  private static void learn(Map<String, Set<Long>> index, String word, long id) {
    index.computeIfAbsent(word, key -> new LinkedHashSet<>()).add(id);
  }

  private static void forget(Map<String, Set<Long>> index, String word, long id) {
    Set<Long> ids = index.get(word);
    if (ids != null) {
      ids.remove(id);
      if (ids.isEmpty()) {
        index.remove(word);
      }
    }
  }
}
