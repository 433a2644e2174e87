package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.Outcome;
import java.time.Clock;
import java.util.Map;

/**
 * One Jira and what is remembered of it between calls. Thread-safe.
 *
 * @param workflows the steps learned from issues that were seen
 */
record JiraSite(
    JiraSettings settings,
    Clock clock,
    JiraClient client,
    Deployment deployment,
    People people,
    Metadata metadata,
    LearnedWorkflows workflows,
    CommentKeys commentKeys) {

  static JiraSite of(Http http, JiraSettings settings, Clock clock) {
    JiraClient client = new JiraClient(http, clock);
    return new JiraSite(
        settings,
        clock,
        client,
        new Deployment(client, settings.likelyCloud()),
        new People(client, clock),
        new Metadata(client, clock),
        new LearnedWorkflows(clock),
        new CommentKeys());
  }

  /** This Jira as one sync uses it. */
  Outcome<InScope> in(Scope scope) {
    return JiraScope.of(scope, settings.keyField())
        .then(
            inJira ->
                deployment
                    .flavour()
                    .then(
                        flavour ->
                            schemas(flavour, inJira)
                                .map(schemas -> InScope.of(this, flavour, inJira, schemas))));
  }

  private Outcome<Map<String, Schema>> schemas(Flavour flavour, JiraScope scope) {
    return scope.mapsOwnFields() ? metadata.schemas(flavour) : Outcome.done(Map.of());
  }
}
