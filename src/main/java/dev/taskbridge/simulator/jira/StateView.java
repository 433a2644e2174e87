package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a site holds, for tests: the database, not the index, and nothing hidden.
 *
 * @param deliveries what was sent to webhooks
 */
record StateView(Site site, String origin, JsonArray deliveries) {

  JsonObject show() {
    ApiVersion version = site.cloud() ? ApiVersion.V3 : ApiVersion.V2;
    String base = origin + (site.cloud() ? "/rest/api/3" : "/rest/api/2");
    View view = new View(site, version, base, null);
    IssueView fields = new IssueView(view, List.of("*all", "-comment"), List.of(), Set.of());
    JsonArray issues = new JsonArray();
    for (Issue issue : site.issues().all()) {
      issues.add(issue(view, fields, issue));
    }
    JsonArray users = new JsonArray();
    site.people().all().forEach(user -> users.add(view.user(user)));
    JsonArray projects = new JsonArray();
    site.projects().forEach(project -> projects.add(view.projectStub(project)));
    return new JsonObject()
        .put("flavour", site.cloud() ? "cloud" : "dc")
        .put("now", site.now().toString())
        .put("projects", projects)
        .put("users", users)
        .put("groups", new JsonArray(List.copyOf(site.people().groups())))
        .put("issues", issues)
        .put("webhookDeliveries", deliveries);
  }

  private JsonObject issue(View view, IssueView fields, Issue issue) {
    JsonArray comments = new JsonArray();
    for (Comment comment : issue.comments()) {
      JsonObject json = view.comment(issue, comment, false, false);
      comments.add(
          json.put("text", comment.body().plain()).put("properties", object(comment.properties())));
    }
    JsonArray remoteLinks = new JsonArray();
    issue.remoteLinks().forEach(link -> remoteLinks.add(view.remoteLink(issue, link)));
    JsonArray links = new JsonArray();
    site.issues().linksOf(issue.id()).forEach(link -> links.add(view.issueLink(link, issue.id())));
    JsonArray history = new JsonArray();
    issue.history().forEach(change -> history.add(view.change(change)));
    RichText description = issue.description();
    return new JsonObject()
        .put("id", String.valueOf(issue.id()))
        .put("key", issue.key())
        .put("archived", issue.archived())
        .put("fields", fields.show(issue).getJsonObject("fields"))
        .put("descriptionText", description == null ? null : description.plain())
        .put("properties", object(issue.properties()))
        .put("comments", comments)
        .put("remoteLinks", remoteLinks)
        .put("issueLinks", links)
        .put("history", history);
  }

  private static JsonObject object(Map<String, Object> map) {
    return new JsonObject(new LinkedHashMap<>(map));
  }
}
