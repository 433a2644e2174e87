package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links between issues. */
final class IssueLinkOperations {
  private static final Shape LINK =
      Shape.of()
          .must(Shape.Type.OBJECT, "type", "inwardIssue", "outwardIssue")
          .with(Shape.Type.OBJECT, "comment");

  private final Site site;
  private final IssueWriter writer;

  IssueLinkOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issueLinkType", Access.READ, this::types);
    routes.on("GET", "issueLinkType/:id", Access.READ, this::type);
    routes.on("POST", "issueLink", Access.LOGGED_IN, this::create);
    routes.on("GET", "issueLink/:link", Access.READ, this::read);
    routes.on("DELETE", "issueLink/:link", Access.LOGGED_IN, this::delete);
  }

  /** Linking that is turned off cannot be told from a link that is missing. */
  private void requireLinking(Visit visit) {
    if (!site.switches().on(Switch.LINKING)) {
      throw visit.refuse(404, Wording.LINKING_OFF);
    }
  }

  private Reply types(Visit visit) {
    requireLinking(visit);
    JsonArray types = new JsonArray();
    site.linkTypes().forEach(type -> types.add(visit.view().linkType(type)));
    return Reply.json(200, new JsonObject().put("issueLinkTypes", types));
  }

  private Reply type(Visit visit) {
    requireLinking(visit);
    String id = visit.call().param("id");
    return site.linkTypes().stream()
        .filter(type -> type.id().equals(id))
        .findFirst()
        .map(type -> Reply.json(200, visit.view().linkType(type)))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_LINK_TYPE, id));
  }

  /** The inward issue is the source: inward A, outward B, type Blocks means that A blocks B. */
  private Reply create(Visit visit) {
    JsonObject body = visit.body(LINK);
    requireLinking(visit);
    visit.requirePermission(Switch.EDIT_ISSUES, "link issues");
    JsonObject wanted = body.getJsonObject("type");
    Optional<LinkType> type = ChoiceTypes.find(site.linkTypes(), wanted);
    if (type.isEmpty()) {
      throw visit.refuse(
          404,
          Wording.NO_LINK_TYPE,
          String.valueOf(wanted.getValue("name", wanted.getValue("id"))));
    }
    Issue source = end(visit, body.getJsonObject("inwardIssue"));
    Issue target = end(visit, body.getJsonObject("outwardIssue"));
    if (source.id() == target.id()) {
      throw visit.refuse(400, Wording.LINK_SELF);
    }
    visit.limits().writing(visit, source);
    visit.limits().writing(visit, target);
    Problems problems = visit.problems();
    JsonObject words = body.getJsonObject("comment");
    Optional<Edits.NewComment> comment =
        words == null ? Optional.empty() : new CommentReader(visit, problems).read(words);
    problems.refuseIfAny();
    writer.link(visit.actor(), type.get(), source.id(), target.id());
    comment.ifPresent(
        each -> {
          Issue linked = site.issues().byId(source.id());
          if (linked != null) {
            writer.addComment(visit.actor(), linked, each);
          }
        });
    return Reply.empty(201);
  }

  private Issue end(Visit visit, JsonObject end) {
    Object id = end.getValue("id", end.getValue("key"));
    @Nullable Issue issue = id == null ? null : site.issues().find(id.toString());
    if (issue == null || !site.sees(visit.user(), issue)) {
      throw visit.refuse(404, Wording.NO_ISSUE);
    }
    return issue;
  }

  private IssueLink link(Visit visit) {
    requireLinking(visit);
    String id = visit.call().param("link");
    IssueLink link = id.matches("\\d{1,18}") ? site.issues().link(Long.parseLong(id)) : null;
    Issue source = link == null ? null : site.issues().byId(link.source());
    if (link == null || source == null || !site.sees(visit.user(), source)) {
      throw visit.refuse(404, Wording.NO_SUCH, "issue link", id);
    }
    return link;
  }

  private Reply read(Visit visit) {
    IssueLink link = link(visit);
    return Reply.json(
        200,
        new JsonObject()
            .put("id", String.valueOf(link.id()))
            .put("self", visit.view().self("issueLink/" + link.id()))
            .put("type", visit.view().linkType(link.type()))
            .put("inwardIssue", visit.view().issueStub(link.source()))
            .put("outwardIssue", visit.view().issueStub(link.target())));
  }

  private Reply delete(Visit visit) {
    IssueLink link = link(visit);
    visit.requirePermission(Switch.EDIT_ISSUES, "link issues");
    writer.unlink(visit.actor(), link);
    return Reply.empty(204);
  }
}
