package dev.taskbridge.simulator.jira;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The issues and the links between them, as the database has them: never lagging. */
final class IssueStore {
  private final TreeMap<Long, Issue> byId = new TreeMap<>();
  private final Map<String, Long> idsByKey = new HashMap<>();
  private final Map<String, Integer> lastNumber = new HashMap<>();
  private final Map<Long, Long> issueOfComment = new HashMap<>();
  private final Map<Long, List<Long>> children = new HashMap<>();
  private final Map<Long, IssueLink> links = new TreeMap<>();
  private final Map<Long, List<IssueLink>> linksOfIssue = new HashMap<>();
  private final SearchIndex index;
  private long lastId = 10_000;

  IssueStore(Clock clock) {
    this.index = new SearchIndex(clock);
  }

  SearchIndex index() {
    return index;
  }

  Collection<Issue> all() {
    return byId.values();
  }

  /** By id or key; a key that an issue had before it was moved, and other case, are found too. */
  @Nullable Issue find(String idOrKey) {
    if (idOrKey.matches("\\d{1,18}")) {
      return byId.get(Long.valueOf(idOrKey));
    }
    Long id = idsByKey.get(idOrKey);
    if (id == null) {
      id = idsByKey.get(idOrKey.toUpperCase(Locale.ROOT));
    }
    return id == null ? null : byId.get(id);
  }

  @Nullable Issue byId(long id) {
    return byId.get(id);
  }

  long nextId() {
    return lastId++;
  }

  String nextKey(Project project) {
    return project.key() + "-" + lastNumber.merge(project.key(), 1, Integer::sum);
  }

  /** Stores an issue's new state and sends it to the search index. */
  void put(Issue issue) {
    Issue before = byId.put(issue.id(), issue);
    idsByKey.put(issue.key(), issue.id());
    issue.comments().forEach(comment -> issueOfComment.put(comment.id(), issue.id()));
    Long parent = issue.parent();
    Long oldParent = before == null ? null : before.parent();
    if (oldParent != null && !oldParent.equals(parent)) {
      children.getOrDefault(oldParent, new ArrayList<>()).remove(issue.id());
    }
    if (parent != null && !parent.equals(oldParent)) {
      children.computeIfAbsent(parent, id -> new ArrayList<>()).add(issue.id());
    }
    index.changed(issue);
  }

  void remove(Issue issue) {
    byId.remove(issue.id());
    idsByKey.remove(issue.key());
    issue.comments().forEach(comment -> issueOfComment.remove(comment.id()));
    children.remove(issue.id());
    Long parent = issue.parent();
    if (parent != null) {
      children.getOrDefault(parent, new ArrayList<>()).remove(issue.id());
    }
    for (IssueLink link : linksOf(issue.id())) {
      removeLink(link);
    }
    index.removed(issue.id());
  }

  @Nullable Issue ofComment(long commentId) {
    Long id = issueOfComment.get(commentId);
    return id == null ? null : byId.get(id);
  }

  void commentRemoved(long commentId) {
    issueOfComment.remove(commentId);
  }

  List<Issue> childrenOf(long id) {
    List<Issue> found = new ArrayList<>();
    for (Long child : children.getOrDefault(id, List.of())) {
      Issue issue = byId.get(child);
      if (issue != null) {
        found.add(issue);
      }
    }
    return found;
  }

  @Nullable IssueLink link(long id) {
    return links.get(id);
  }

  List<IssueLink> linksOf(long issueId) {
    return List.copyOf(linksOfIssue.getOrDefault(issueId, List.of()));
  }

  void addLink(IssueLink link) {
    links.put(link.id(), link);
    linksOfIssue.computeIfAbsent(link.source(), id -> new ArrayList<>()).add(link);
    linksOfIssue.computeIfAbsent(link.target(), id -> new ArrayList<>()).add(link);
  }

  void removeLink(IssueLink link) {
    links.remove(link.id());
    linksOfIssue.getOrDefault(link.source(), new ArrayList<>()).remove(link);
    linksOfIssue.getOrDefault(link.target(), new ArrayList<>()).remove(link);
  }
}
