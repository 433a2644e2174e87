package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Archives and restores issues: still readable, gone from search, closed to writes. */
final class ArchiveOperations {
  private static final int LIMIT = 1000;
  private static final Shape SOME = Shape.of().must(Shape.Type.TEXTS, "issueIdsOrKeys");

  private final Site site;
  private final IssueWriter writer;

  ArchiveOperations(Site site, IssueWriter writer) {
    this.site = site;
    this.writer = writer;
  }

  void register(Routes routes) {
    if (site.cloud()) {
      routes.on("PUT", "issue/archive", Access.LOGGED_IN, visit -> some(visit, true));
      routes.on("PUT", "issue/unarchive", Access.LOGGED_IN, visit -> some(visit, false));
    } else {
      routes.on("POST", "issue/archive", Access.LOGGED_IN, this::listed);
      routes.on("PUT", "issue/:issue/archive", Access.LOGGED_IN, visit -> one(visit, true));
      routes.on("PUT", "issue/:issue/restore", Access.LOGGED_IN, visit -> one(visit, false));
    }
  }

  private Reply one(Visit visit, boolean archived) {
    writer.archive(visit.actor(), visit.issue(), archived);
    return Reply.empty(204);
  }

  private Reply some(Visit visit, boolean archived) {
    return Reply.json(200, all(visit, Visit.texts(visit.body(SOME), "issueIdsOrKeys"), archived));
  }

  private Reply listed(Visit visit) {
    if (!(visit.json().orElse(null) instanceof JsonArray keys)) {
      throw visit.invalid("the body must be a list of keys");
    }
    return Reply.json(202, all(visit, keys.stream().map(String::valueOf).toList(), true));
  }

  private JsonObject all(Visit visit, List<String> wanted, boolean archived) {
    if (wanted.size() > LIMIT) {
      throw visit.refuse(412, Wording.BULK_LIMIT, String.valueOf(LIMIT));
    }
    int done = 0;
    JsonArray missing = new JsonArray();
    for (String idOrKey : wanted) {
      Issue issue = site.issues().find(idOrKey);
      if (issue == null || !site.sees(visit.user(), issue)) {
        missing.add(idOrKey);
      } else {
        writer.archive(visit.actor(), issue, archived);
        done++;
      }
    }
    JsonObject errors = new JsonObject();
    if (!missing.isEmpty()) {
      errors.put(
          "issuesNotFound",
          new JsonObject()
              .put("count", missing.size())
              .put("issueIdsOrKeys", missing)
              .put("message", Wording.NO_ISSUE.in("en", List.of())));
    }
    return new JsonObject().put("errors", errors).put("numberOfIssuesUpdated", done);
  }
}
