package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
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
 * @param rule JQL that selects the tickets to become tasks; {@code changed} keeps to it when asked
 *     for {@code candidates} only, for linked tickets are followed wherever they went
 * @param dependencyLink the type of issue link that a dependency becomes
 * @param remoteLink whether each issue gets a remote link back to its task, at one request apiece
 * @param mapped the fields that the sync maps
 * @param onEntering by status name, the fields that the step into it wants
 */
record JiraScope(
    String project,
    String type,
    String rule,
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
            Boolean.parseBoolean(settings.getOrDefault("candidates", "false"))
                ? settings.getOrDefault("rule", "")
                : "",
            settings.getOrDefault("link", "Blocks"),
            Boolean.parseBoolean(settings.getOrDefault("remoteLink", "false")),
            scope.fields(),
            scope.onEntering()));
  }

  TreeSet<String> fieldsToRead() {
    return JiraFields.toRead(mapped);
  }

  boolean maps(FieldName name) {
    return mapped.contains(name);
  }

  /** Whether some mapped field has a type that only Jira knows. */
  boolean mapsOwnFields() {
    return mapped.stream().anyMatch(name -> !JiraFields.isCanonical(name));
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
