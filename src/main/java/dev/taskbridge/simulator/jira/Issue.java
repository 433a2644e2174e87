package dev.taskbridge.simulator.jira;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One issue at one moment. Immutable, so that a search index that lags is simply one that still
 * holds the old value.
 *
 * @param values by field id; an empty field has no entry
 */
record Issue(
    long id,
    String key,
    Project project,
    Map<String, Object> values,
    List<Comment> comments,
    Map<String, Object> properties,
    List<RemoteLink> remoteLinks,
    List<Change> history,
    Instant created,
    Instant updated,
    boolean archived) {

  @Nullable Object value(String fieldId) {
    return values.get(fieldId);
  }

  String summary() {
    return (String) present("summary");
  }

  @Nullable RichText description() {
    return (RichText) values.get("description");
  }

  IssueType type() {
    return (IssueType) present("issuetype");
  }

  Status status() {
    return (Status) present("status");
  }

  @Nullable User assignee() {
    return (User) values.get("assignee");
  }

  @Nullable Choice resolution() {
    return (Choice) values.get("resolution");
  }

  @Nullable LocalDate dueDate() {
    return (LocalDate) values.get("duedate");
  }

  /** The parent's id. */
  @Nullable Long parent() {
    return (Long) values.get("parent");
  }

  @SuppressWarnings("unchecked")
  List<String> labels() {
    return (List<String>) values.getOrDefault("labels", List.of());
  }

  /** The number behind the dash: keys sort by project, then by this. */
  int number() {
    return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
  }

  private Object present(String fieldId) {
    Object value = values.get(fieldId);
    if (value == null) {
      throw new IllegalStateException(key + " has no " + fieldId);
    }
    return value;
  }

  /** A null value empties the field. */
  Issue withValues(Map<String, ? extends @Nullable Object> changes) {
    Map<String, Object> next = new LinkedHashMap<>(values);
    changes.forEach(
        (field, value) -> {
          if (value == null) {
            next.remove(field);
          } else {
            next.put(field, value);
          }
        });
    return new Issue(
        id,
        key,
        project,
        Collections.unmodifiableMap(next),
        comments,
        properties,
        remoteLinks,
        history,
        created,
        updated,
        archived);
  }

  Issue withComments(List<Comment> now) {
    return new Issue(
        id,
        key,
        project,
        values,
        List.copyOf(now),
        properties,
        remoteLinks,
        history,
        created,
        updated,
        archived);
  }

  Issue withProperties(Map<String, Object> now) {
    return new Issue(
        id,
        key,
        project,
        values,
        comments,
        Collections.unmodifiableMap(new LinkedHashMap<>(now)),
        remoteLinks,
        history,
        created,
        updated,
        archived);
  }

  Issue withRemoteLinks(List<RemoteLink> now) {
    return new Issue(
        id,
        key,
        project,
        values,
        comments,
        properties,
        List.copyOf(now),
        history,
        created,
        updated,
        archived);
  }

  Issue withChange(Change change) {
    List<Change> more = new ArrayList<>(history);
    more.add(change);
    return new Issue(
        id,
        key,
        project,
        values,
        comments,
        properties,
        remoteLinks,
        List.copyOf(more),
        created,
        updated,
        archived);
  }

  Issue touched(Instant at) {
    return new Issue(
        id,
        key,
        project,
        values,
        comments,
        properties,
        remoteLinks,
        history,
        created,
        at,
        archived);
  }

  Issue moved(Project to, String newKey) {
    return new Issue(
        id,
        newKey,
        to,
        values,
        comments,
        properties,
        remoteLinks,
        history,
        created,
        updated,
        archived);
  }

  Issue withArchived(boolean now) {
    return new Issue(
        id,
        key,
        project,
        values,
        comments,
        properties,
        remoteLinks,
        history,
        created,
        updated,
        now);
  }
}
