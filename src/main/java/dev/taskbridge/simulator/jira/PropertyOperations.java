package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Issue properties: JSON that programs keep with an issue. */
final class PropertyOperations {
  private final IssueWriter writer;

  PropertyOperations(IssueWriter writer) {
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/properties", Access.READ, this::keys);
    routes.on("GET", "issue/:issue/properties/:key", Access.READ, this::read);
    routes.on("PUT", "issue/:issue/properties/:key", Access.LOGGED_IN, this::write);
    routes.on("DELETE", "issue/:issue/properties/:key", Access.LOGGED_IN, this::delete);
  }

  private Reply keys(Visit visit) {
    Issue issue = visit.issue();
    return keys(visit, issue.properties(), "issue/" + issue.key());
  }

  private Reply read(Visit visit) {
    return one(visit, visit.issue().properties());
  }

  private Reply write(Visit visit) {
    Issue issue = visit.issueToEdit();
    String key = visit.call().param("key");
    Map<String, Object> properties = new LinkedHashMap<>(issue.properties());
    boolean known = properties.put(key, value(visit)) != null;
    writer.setProperties(visit.actor(), issue, properties, "issue_property_set");
    return Reply.json(known ? 200 : 201, new JsonObject());
  }

  private Reply delete(Visit visit) {
    Issue issue = visit.issueToEdit();
    String key = visit.call().param("key");
    Map<String, Object> properties = new LinkedHashMap<>(issue.properties());
    if (properties.remove(key) == null) {
      throw visit.refuse(404, Wording.NO_PROPERTY, key);
    }
    writer.setProperties(visit.actor(), issue, properties, "issue_property_deleted");
    return Reply.empty(204);
  }

  static Reply keys(Visit visit, Map<String, Object> properties, String owner) {
    JsonArray keys = new JsonArray();
    for (String key : properties.keySet()) {
      keys.add(
          new JsonObject()
              .put("key", key)
              .put("self", visit.view().self(owner + "/properties/" + key)));
    }
    return Reply.json(200, new JsonObject().put("keys", keys));
  }

  static Reply one(Visit visit, Map<String, Object> properties) {
    String key = visit.call().param("key");
    Object value = properties.get(key);
    if (value == null) {
      throw visit.refuse(404, Wording.NO_PROPERTY, key);
    }
    return Reply.json(200, new JsonObject().put("key", key).put("value", value));
  }

  /** The request's body as a property's value. */
  static Object value(Visit visit) {
    Problems problems = visit.problems();
    return EditReader.property(visit.call().param("key"), visit.json().orElse(null), problems)
        .orElseThrow(() -> problems.refused(400));
  }
}
