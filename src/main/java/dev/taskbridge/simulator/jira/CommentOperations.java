package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Comments and their properties. */
final class CommentOperations {
  private static final int LIST_LIMIT = 1000;
  private static final int CLOUD_PAGE = 100;
  private static final int DC_PAGE = 50;
  private static final int PER_ISSUE = 5000;
  private static final Shape LIST = Shape.of().must(Shape.Type.WHOLES, "ids");

  private final Site site;
  private final IssueWriter writer;

  CommentOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/:issue/comment", Access.READ, this::list);
    routes.on("POST", "issue/:issue/comment", Access.LOGGED_IN, this::add);
    routes.on("GET", "issue/:issue/comment/:comment", Access.READ, this::read);
    routes.on("PUT", "issue/:issue/comment/:comment", Access.LOGGED_IN, this::edit);
    routes.on("DELETE", "issue/:issue/comment/:comment", Access.LOGGED_IN, this::delete);
    if (site.cloud()) {
      routes.on("POST", "comment/list", Access.READ, this::byIds);
    }
    routes.on("GET", "comment/:comment/properties", Access.READ, this::propertyKeys);
    routes.on("GET", "comment/:comment/properties/:key", Access.READ, this::property);
    routes.on("PUT", "comment/:comment/properties/:key", Access.LOGGED_IN, this::setProperty);
    routes.on("DELETE", "comment/:comment/properties/:key", Access.LOGGED_IN, this::unsetProperty);
  }

  /** A comment with its issue. */
  private record Found(Issue issue, Comment comment) {}

  private Reply list(Visit visit) {
    Issue issue = visit.issue();
    List<Comment> comments =
        new ArrayList<>(issue.comments().stream().filter(each -> sees(visit, each)).toList());
    String order = visit.call().queryParam("orderBy").orElse("created");
    switch (order) {
      case "created", "+created" -> {}
      case "-created" -> Collections.reverse(comments);
      default -> throw visit.refuse(400, Wording.SORT_BAD, order);
    }
    return visit.page(
        "comments",
        comments.stream().map(comment -> show(visit, issue, comment)).toList(),
        site.cloud() ? CLOUD_PAGE : DC_PAGE);
  }

  private JsonObject show(Visit visit, Issue issue, Comment comment) {
    return visit
        .view()
        .comment(
            issue,
            comment,
            visit.expand().contains("properties"),
            visit.expand().contains("renderedBody"));
  }

  private boolean sees(Visit visit, Comment comment) {
    User user = visit.user();
    return user != null && site.people().sees(user, comment);
  }

  private Reply add(Visit visit) {
    JsonObject body = visit.body(CommentReader.SHAPE);
    Issue issue = visit.issueToEdit();
    if (site.cloud() && issue.comments().size() >= PER_ISSUE) {
      throw visit.refuse(413, Wording.PER_ISSUE_LIMIT, "comments");
    }
    Edits.NewComment comment = read(visit, body);
    Comment added = writer.addComment(visit.actor(), issue, comment);
    return Reply.json(201, show(visit, issue, added));
  }

  private Edits.NewComment read(Visit visit, JsonObject body) {
    Problems problems = visit.problems();
    Optional<Edits.NewComment> comment = new CommentReader(visit, problems).read(body);
    problems.refuseIfAny();
    return comment.orElseThrow(() -> visit.refuse(400, Wording.COMMENT_EMPTY));
  }

  private Reply read(Visit visit) {
    Found found = ofIssue(visit, visit.issue());
    return Reply.json(200, show(visit, found.issue(), found.comment()));
  }

  private Found ofIssue(Visit visit, Issue issue) {
    String id = visit.call().param("comment");
    return issue.comments().stream()
        .filter(comment -> String.valueOf(comment.id()).equals(id) && sees(visit, comment))
        .findFirst()
        .map(comment -> new Found(issue, comment))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_COMMENT, id));
  }

  /** A comment edited without its visibility becomes public: assumed, as the harsher reading. */
  private Reply edit(Visit visit) {
    JsonObject body = visit.body(CommentReader.SHAPE);
    Found found = ofIssue(visit, visit.issueToEdit());
    Edits.NewComment wanted = read(visit, body);
    Comment edited =
        found.comment().edited(visit.actor(), wanted.body(), site.now(), wanted.visibility());
    if (!wanted.properties().isEmpty()) {
      Map<String, Object> properties = new LinkedHashMap<>(edited.properties());
      properties.putAll(wanted.properties());
      edited = edited.withProperties(properties);
    }
    writer.replaceComment(visit.actor(), found.issue(), edited, true);
    return Reply.json(200, show(visit, found.issue(), edited));
  }

  private Reply delete(Visit visit) {
    Found found = ofIssue(visit, visit.issueToEdit());
    writer.deleteComment(visit.actor(), found.issue(), found.comment());
    return Reply.empty(204);
  }

  private Reply byIds(Visit visit) {
    JsonArray ids = visit.body(LIST).getJsonArray("ids");
    if (ids.size() > LIST_LIMIT) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(LIST_LIMIT));
    }
    List<JsonObject> found = new ArrayList<>();
    for (Object id : ids) {
      long commentId = ((Number) id).longValue();
      Issue issue = site.issues().ofComment(commentId);
      if (issue != null && site.sees(visit.user(), issue)) {
        issue.comments().stream()
            .filter(comment -> comment.id() == commentId && sees(visit, comment))
            .forEach(comment -> found.add(show(visit, issue, comment)));
      }
    }
    return visit.page("values", found, LIST_LIMIT);
  }

  private Found anywhere(Visit visit) {
    String id = visit.call().param("comment");
    Issue issue = id.matches("\\d{1,18}") ? site.issues().ofComment(Long.parseLong(id)) : null;
    if (issue == null || !site.sees(visit.user(), issue)) {
      throw visit.refuse(404, Wording.NO_COMMENT, id);
    }
    return ofIssue(visit, issue);
  }

  private Reply propertyKeys(Visit visit) {
    Found found = anywhere(visit);
    return PropertyOperations.keys(
        visit, found.comment().properties(), "comment/" + found.comment().id());
  }

  private Reply property(Visit visit) {
    return PropertyOperations.one(visit, anywhere(visit).comment().properties());
  }

  private Reply setProperty(Visit visit) {
    Found found = anywhere(visit);
    visit.limits().writing(visit, found.issue());
    visit.requirePermission(Switch.EDIT_ISSUES, "edit comments");
    Map<String, Object> properties = new LinkedHashMap<>(found.comment().properties());
    boolean known =
        properties.put(visit.call().param("key"), PropertyOperations.value(visit)) != null;
    writer.replaceComment(
        visit.actor(), found.issue(), found.comment().withProperties(properties), false);
    return Reply.json(known ? 200 : 201, new JsonObject());
  }

  private Reply unsetProperty(Visit visit) {
    Found found = anywhere(visit);
    visit.limits().writing(visit, found.issue());
    Map<String, Object> properties = new LinkedHashMap<>(found.comment().properties());
    if (properties.remove(visit.call().param("key")) == null) {
      throw visit.refuse(404, Wording.NO_PROPERTY, visit.call().param("key"));
    }
    writer.replaceComment(
        visit.actor(), found.issue(), found.comment().withProperties(properties), false);
    return Reply.empty(204);
  }
}
