package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The {@code tickets:} part of a sync in Jira's words.
 *
 * @param project its key; upper and lower case matter to Jira
 * @param type the issue type's name or id
 * @param selection JQL that narrows what {@code changed} delivers, when asked for {@code
 *     candidates} to become tasks; empty delivers everything, for linked tickets are followed
 *     wherever they went
 * @param match the field that holds the task's xid in pairs that people made by hand
 * @param dependencyLink the type of issue link that a dependency becomes
 * @param mapped the fields that the sync maps
 * @param onEntering by status name, the fields that the step into it wants
 */
record JiraScope(
    String project,
    String type,
    String selection,
    Optional<FieldName> match,
    String dependencyLink,
    List<FieldName> mapped,
    Map<String, Map<String, String>> onEntering) {

  /**
   * @param keyField the field that holds our keys; labels do where it is empty
   */
  static Outcome<JiraScope> of(Scope scope, Optional<String> keyField) {
    Map<String, String> settings = scope.settings();
    String project = settings.getOrDefault("project", "").strip();
    String type = settings.getOrDefault("type", "").strip();
    if (project.isEmpty() || type.isEmpty()) {
      return Outcome.refused(
          new Refusal.Rejected(
              Optional.empty(),
              "the sync's tickets: needs a Jira project and an issue type, such as { project: SEC,"
                  + " type: Task }"));
    }
    return Outcome.done(
        new JiraScope(
            project,
            type,
            selection(settings, keyField),
            Optional.ofNullable(settings.get("match")).map(FieldName::new),
            settings.getOrDefault("link", "Blocks"),
            scope.fields(),
            scope.onEntering()));
  }

  /**
   * What the rule selects, or what may carry a key of ours; and what people have paired already.
   * Labels can be asked for by their whole text only (documented), so that any label will do.
   */
  private static String selection(Map<String, String> settings, Optional<String> keyField) {
    List<String> either = new ArrayList<>();
    if (isSet(settings, "carried")) {
      either.add(keyField.map(Jql::clause).orElse("labels") + " is not EMPTY");
    } else if (isSet(settings, "candidates")) {
      Optional.ofNullable(settings.get("rule"))
          .filter(rule -> !rule.isBlank())
          .ifPresent(rule -> either.add("(" + rule.strip() + ")"));
    } else if (!isSet(settings, "paired")) {
      return "";
    }
    Optional.ofNullable(settings.get("match"))
        .ifPresent(field -> either.add(Jql.clause(field) + " is not EMPTY"));
    return String.join(" OR ", either);
  }

  private static boolean isSet(Map<String, String> settings, String name) {
    return Boolean.parseBoolean(settings.getOrDefault(name, "false"));
  }

  /** The fields that the sync maps and the one that pairs by hand are known by. */
  List<FieldName> read() {
    List<FieldName> all = new ArrayList<>(mapped);
    match.filter(field -> !all.contains(field)).ifPresent(all::add);
    return all;
  }

  TreeSet<String> fieldsToRead() {
    return JiraFields.toRead(read());
  }

  boolean maps(FieldName name) {
    return mapped.contains(name);
  }

  /** Whether some mapped field has a type that only Jira knows. */
  boolean mapsOwnFields() {
    return read().stream().anyMatch(name -> !JiraFields.isCanonical(name));
  }

  /** What the step into a status should fill in, in a stable order. */
  List<Map.Entry<String, String>> wantedOnEntering(String status) {
    return onEntering.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(status))
        .flatMap(entry -> entry.getValue().entrySet().stream())
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .toList();
  }
}
