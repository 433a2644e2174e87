package dev.taskbridge.adapter.jira;

import dev.taskbridge.domain.FieldName;
import java.util.Map;
import java.util.TreeSet;

/** Our words for fields and Jira's ids of them. Other fields have the same name on both sides. */
final class JiraFields {
  /** Reported with every ticket: which project it is in, since issues move. */
  static final FieldName PROJECT = new FieldName("project");

  /** Reported with every ticket: the workflow hangs on it. */
  static final FieldName ISSUE_TYPE = new FieldName("issuetype");

  private static final Map<FieldName, String> IDS =
      Map.of(
          FieldName.TITLE, "summary",
          FieldName.DESCRIPTION, "description",
          FieldName.STATUS, "status",
          FieldName.ASSIGNEE, "assignee",
          FieldName.DUE_DATE, "duedate",
          FieldName.PRIORITY, "priority",
          FieldName.LABELS, "labels",
          FieldName.DEPENDENCY, "issuelinks");

  private JiraFields() {}

  static String idOf(FieldName name) {
    return IDS.getOrDefault(name, name.word());
  }

  static FieldName nameOf(String id) {
    return IDS.entrySet().stream()
        .filter(entry -> entry.getValue().equals(id))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> new FieldName(id.isBlank() ? "unknown" : id));
  }

  /** Whether this is one of the product's own words, whose type needs no look-up. */
  static boolean isCanonical(FieldName name) {
    return IDS.containsKey(name);
  }

  /** The ids to ask for: what the sync maps and what every reading needs. */
  static TreeSet<String> toRead(Iterable<FieldName> mapped) {
    TreeSet<String> ids = new TreeSet<>();
    ids.add("summary");
    ids.add("status");
    ids.add("labels");
    ids.add("updated");
    ids.add("project");
    ids.add("issuetype");
    mapped.forEach(name -> ids.add(idOf(name)));
    return ids;
  }
}
