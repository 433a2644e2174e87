package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One of the workflow's transitions as seen from the status it leaves.
 *
 * @param id valid in this workflow only; names may repeat
 * @param to the id of the status it leads to
 * @param category the category of that status, such as {@code done}; empty if Jira did not say
 * @param screen whether it asks for fields; Data Center does not say, which reads as true
 * @param conditional whether others of the same status may not have it
 */
record Step(
    String id,
    String name,
    String to,
    String toName,
    String category,
    boolean screen,
    boolean conditional) {

  static Step of(JsonNode transition) {
    JsonNode to = transition.path("to");
    return new Step(
        Json.text(transition, "id"),
        Json.text(transition, "name"),
        Json.text(to, "id"),
        Json.text(to, "name"),
        IssueReader.category(to).orElse(""),
        transition.path("hasScreen").asBoolean(true),
        transition.path("isConditional").asBoolean(false));
  }

  boolean leadsTo(String statusIdOrName) {
    return to.equals(statusIdOrName.strip()) || toName.equalsIgnoreCase(statusIdOrName.strip());
  }

  boolean isDone() {
    return category.equals("done");
  }
}
