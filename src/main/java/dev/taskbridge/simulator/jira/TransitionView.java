package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The steps an issue can take now. */
record TransitionView(View view) {

  JsonArray list(Issue issue, boolean withFields) {
    JsonArray steps = new JsonArray();
    User reader = view.reader();
    Site site = view.site();
    // Without the permission there is nothing to take, and no error either.
    if (reader == null || !site.may(reader, Switch.TRANSITION_ISSUES) || issue.archived()) {
      return steps;
    }
    Workflow workflow = site.workflows().of(issue.project());
    for (Workflow.Step step : workflow.available(issue, reader, site.people())) {
      steps.add(show(step, issue, withFields));
    }
    return steps;
  }

  JsonObject show(Workflow.Step step, Issue issue, boolean withFields) {
    JsonObject json =
        new JsonObject()
            .put("id", step.id())
            .put("name", step.name())
            .put("to", view.status(step.to()));
    if (view.site().cloud()) {
      json.put("hasScreen", !step.screen().isEmpty())
          .put("isGlobal", step.global())
          .put("isInitial", false)
          .put("isAvailable", true)
          .put("isConditional", step.condition() != Workflow.Condition.ALWAYS)
          .put("isLooped", false);
    } else {
      json.put("opsbarSequence", 10);
    }
    if (withFields) {
      JsonObject fields = new JsonObject();
      for (String id : step.screen()) {
        Field field = view.site().fields().of(id);
        fields.put(
            id, new FieldView(view).show(field, issue.project(), step.required().contains(id)));
      }
      json.put("fields", fields);
    }
    return json;
  }
}
