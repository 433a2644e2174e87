package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Fields as createmeta, editmeta and transition screens describe them. */
record FieldView(View view) {

  JsonObject show(Field field, Project project, boolean required) {
    JsonObject json =
        new JsonObject()
            .put("required", required)
            .put("schema", field.schema())
            .put("name", field.name())
            .put("hasDefaultValue", field.id().equals("priority") || field.id().equals("reporter"))
            .put("operations", new JsonArray(field.type().verbs()));
    if (view.site().cloud()) {
      json.put("key", field.id());
    }
    if (field.type() instanceof ChoiceTypes.Person) {
      json.put("autoCompleteUrl", view.self("user/assignable/search?query="));
    }
    JsonArray allowed = field.type().allowed(view, project);
    if (field.id().equals("project")) {
      allowed = new JsonArray().add(view.projectStub(project));
    }
    return allowed == null ? json : json.put("allowedValues", allowed);
  }

  JsonObject editmeta(Issue issue) {
    JsonObject fields = new JsonObject();
    for (Field field : view.site().fields().editScreen()) {
      boolean required = field.id().equals("summary") || field.id().equals("issuetype");
      fields.put(field.id(), show(field, issue.project(), required).put("fieldId", field.id()));
    }
    return new JsonObject().put("fields", fields);
  }
}
