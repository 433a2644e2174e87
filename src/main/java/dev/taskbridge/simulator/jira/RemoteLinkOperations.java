package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Links from an issue to something outside Jira. */
final class RemoteLinkOperations {
  private static final int GLOBAL_ID_LIMIT = 255;
  private static final int PER_ISSUE = 2000;
  private static final Shape LINK =
      Shape.of()
          .with(Shape.Type.TEXT, "globalId", "relationship")
          .with(Shape.Type.OBJECT, "application", "object")
          .with(Shape.Type.ANY, "id", "self");
  private static final Map<String, Shape> PARTS =
      Map.of(
          "application", Shape.of().with(Shape.Type.TEXT, "type", "name"),
          "object",
              Shape.of()
                  .with(Shape.Type.TEXT, "url", "title", "summary")
                  .with(Shape.Type.OBJECT, "icon", "status"));

  private final Site site;
  private final IssueWriter writer;

  RemoteLinkOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/remotelink", Access.READ, this::list);
    routes.on("POST", "issue/:issue/remotelink", Access.LOGGED_IN, this::upsert);
    routes.on("DELETE", "issue/:issue/remotelink", Access.LOGGED_IN, this::deleteByGlobalId);
    routes.on("GET", "issue/:issue/remotelink/:link", Access.READ, this::read);
    routes.on("PUT", "issue/:issue/remotelink/:link", Access.LOGGED_IN, this::replace);
    routes.on("DELETE", "issue/:issue/remotelink/:link", Access.LOGGED_IN, this::deleteById);
  }

  private void requireLinking(Visit visit) {
    if (!site.switches().on(Switch.LINKING)) {
      throw visit.refuse(403, Wording.LINKING_OFF);
    }
  }

  /** One object when asked for one global id, as the product answers. */
  private Reply list(Visit visit) {
    requireLinking(visit);
    Issue issue = visit.issue();
    Optional<String> globalId = visit.call().queryParam("globalId");
    if (globalId.isPresent()) {
      return Reply.json(
          200, visit.view().remoteLink(issue, find(visit, issue, byGlobalId(globalId.get()))));
    }
    JsonArray links = new JsonArray();
    issue.remoteLinks().forEach(link -> links.add(visit.view().remoteLink(issue, link)));
    return Reply.json(200, links);
  }

  private static Predicate<RemoteLink> byGlobalId(String globalId) {
    return link -> globalId.equals(link.globalId());
  }

  private static Predicate<RemoteLink> byId(Visit visit) {
    return link -> String.valueOf(link.id()).equals(visit.call().param("link"));
  }

  private static RemoteLink find(Visit visit, Issue issue, Predicate<RemoteLink> which) {
    return issue.remoteLinks().stream()
        .filter(which)
        .findFirst()
        .orElseThrow(() -> visit.refuse(404, Wording.NO_SUCH, "remote link", visit.call().path()));
  }

  private Reply read(Visit visit) {
    requireLinking(visit);
    Issue issue = visit.issue();
    return Reply.json(200, visit.view().remoteLink(issue, find(visit, issue, byId(visit))));
  }

  /** A known global id on this issue means: replace, and what is not said again is gone. */
  private Reply upsert(Visit visit) {
    JsonObject body = checked(visit);
    Issue issue = visit.issueToEdit();
    requireLinking(visit);
    String globalId = body.getString("globalId");
    Optional<RemoteLink> known =
        globalId == null
            ? Optional.empty()
            : issue.remoteLinks().stream().filter(byGlobalId(globalId)).findFirst();
    if (known.isEmpty() && site.cloud() && issue.remoteLinks().size() >= PER_ISSUE) {
      throw visit.refuse(413, Wording.PER_ISSUE_LIMIT, "remote links");
    }
    long id = known.map(RemoteLink::id).orElseGet(writer::nextLinkId);
    List<RemoteLink> links = new ArrayList<>(issue.remoteLinks());
    links.removeIf(link -> link.id() == id);
    links.add(new RemoteLink(id, globalId, content(body)));
    writer.setRemoteLinks(visit.actor(), issue, links);
    JsonObject answer =
        new JsonObject()
            .put("id", id)
            .put("self", visit.view().self("issue/" + issue.key() + "/remotelink/" + id));
    // Data Center's document knows 200 only.
    return Reply.json(site.cloud() && known.isEmpty() ? 201 : 200, answer);
  }

  private Reply replace(Visit visit) {
    JsonObject body = checked(visit);
    Issue issue = visit.issueToEdit();
    requireLinking(visit);
    RemoteLink known = find(visit, issue, byId(visit));
    List<RemoteLink> links = new ArrayList<>(issue.remoteLinks());
    links.replaceAll(
        link ->
            link.id() == known.id()
                ? new RemoteLink(link.id(), body.getString("globalId"), content(body))
                : link);
    writer.setRemoteLinks(visit.actor(), issue, links);
    return Reply.empty(204);
  }

  private Reply deleteByGlobalId(Visit visit) {
    Optional<String> globalId = visit.call().queryParam("globalId");
    if (globalId.isEmpty()) {
      throw visit.refuse(400, Wording.REQUIRED, "globalId");
    }
    return delete(visit, byGlobalId(globalId.get()));
  }

  private Reply deleteById(Visit visit) {
    return delete(visit, byId(visit));
  }

  private Reply delete(Visit visit, Predicate<RemoteLink> which) {
    Issue issue = visit.issueToEdit();
    requireLinking(visit);
    RemoteLink known = find(visit, issue, which);
    List<RemoteLink> links = new ArrayList<>(issue.remoteLinks());
    links.remove(known);
    writer.setRemoteLinks(visit.actor(), issue, links);
    return Reply.empty(204);
  }

  private static JsonObject checked(Visit visit) {
    JsonObject body = visit.body(LINK);
    Problems problems = visit.problems();
    PARTS.forEach(
        (name, shape) -> {
          JsonObject part = body.getJsonObject(name);
          if (part != null) {
            shape
                .problem(part)
                .ifPresent(problem -> problems.add(Wording.INVALID_PAYLOAD, name + ": " + problem));
          }
        });
    JsonObject object = body.getJsonObject("object");
    for (String needed : List.of("url", "title")) {
      if (object == null || object.getString(needed, "").isBlank()) {
        problems.field(needed, Wording.REQUIRED, "'" + needed + "'");
      }
    }
    String globalId = body.getString("globalId");
    if (globalId != null && globalId.length() > GLOBAL_ID_LIMIT) {
      problems.field("globalId", Wording.TEXT_LONG, String.valueOf(GLOBAL_ID_LIMIT));
    }
    problems.refuseIfAny();
    return body;
  }

  private static JsonObject content(JsonObject body) {
    JsonObject content = new JsonObject();
    for (String part : List.of("relationship", "application", "object")) {
      if (body.getValue(part) != null) {
        content.put(part, body.getValue(part));
      }
    }
    return content;
  }
}
