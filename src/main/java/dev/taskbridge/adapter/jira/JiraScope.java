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
 * @param remoteLink whether each issue gets a remote link back to its task, at one request apiece
 * @param mapped the fields that the sync maps
 * @param onEntering by status name, the fields that the step into it wants
 */
record JiraScope(
    String project,
    String type,
    String selection,
    Optional<FieldName> match,
    String dependencyLink,
    boolean remoteLink,
    List<FieldName> mapped,
    Map<String, Map<String, String>> onEntering) {

  static Outcome<JiraScope> of(Scope scope) {
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
            selection(settings),
            Optional.ofNullable(settings.get("match")).map(FieldName::new),
            settings.getOrDefault("link", "Blocks"),
            !settings.getOrDefault("remoteLink", "").isBlank(),
            scope.fields(),
            scope.onEntering()));
  }

  /** What the rule selects, and what people have paired already. */
  private static String selection(Map<String, String> settings) {
    if (!Boolean.parseBoolean(settings.getOrDefault("candidates", "false"))) {
      return "";
    }
    List<String> either = new ArrayList<>();
    Optional.ofNullable(settings.get("rule"))
        .filter(rule -> !rule.isBlank())
        .ifPresent(rule -> either.add("(" + rule.strip() + ")"));
    Optional.ofNullable(settings.get("match"))
        .ifPresent(field -> either.add(Jql.clause(field) + " is not EMPTY"));
    return String.join(" OR ", either);
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
