package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Histories of issues, as Cloud gives them; Data Center only has {@code expand=changelog}. */
final class ChangelogOperations {
  private static final int PAGE = 100;
  private static final int ISSUES = 1000;
  private static final int FIELDS = 10;
  private static final int BULK_PAGE = 1000;
  private static final int BULK_LIMIT = 10_000;
  private static final Shape BULK =
      Shape.of()
          .must(Shape.Type.TEXTS, "issueIdsOrKeys")
          .with(Shape.Type.TEXTS, "fieldIds")
          .with(Shape.Type.WHOLE, "maxResults")
          .with(Shape.Type.TEXT, "nextPageToken");
  private static final Shape BY_ID = Shape.of().must(Shape.Type.WHOLES, "changelogIds");

  private final Site site;

  ChangelogOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    if (site.cloud()) {
      routes.on("GET", "issue/:issue/changelog", Access.READ, this::list);
      routes.on("POST", "issue/:issue/changelog/list", Access.READ, this::byId);
      routes.on("POST", "changelog/bulkfetch", Access.READ, this::bulk);
    }
  }

  private Reply list(Visit visit) {
    return visit.page(
        "values",
        visit.issue().history().stream().map(change -> visit.view().change(change)).toList(),
        PAGE);
  }

  private Reply byId(Visit visit) {
    JsonArray ids = visit.body(BY_ID).getJsonArray("changelogIds");
    return visit.page(
        "histories",
        visit.issue().history().stream()
            .filter(change -> ids.stream().anyMatch(id -> ((Number) id).longValue() == change.id()))
            .map(change -> visit.view().change(change))
            .toList(),
        PAGE);
  }

  /** An entry of some issue's history, in the order of issues and then of time. */
  private record Row(Issue issue, Change change) {}

  private Reply bulk(Visit visit) {
    JsonObject body = visit.body(BULK);
    List<String> wanted = Visit.texts(body, "issueIdsOrKeys");
    Set<String> fields = Set.copyOf(Visit.texts(body, "fieldIds"));
    int size = Optional.ofNullable(body.getInteger("maxResults")).orElse(BULK_PAGE);
    if (wanted.isEmpty()) {
      throw visit.refuse(400, Wording.BULK_EMPTY);
    }
    if (wanted.size() > ISSUES || fields.size() > FIELDS || size < 1 || size > BULK_LIMIT) {
      throw visit.refuse(
          400,
          Wording.BULK_LIMIT,
          ISSUES + " issues, " + FIELDS + " fields, " + BULK_LIMIT + " rows");
    }
    int from = start(visit, body);
    List<Row> rows = rows(visit, wanted, fields);
    int to = Math.min(rows.size(), from + size);
    TreeMap<Long, JsonArray> byIssue = new TreeMap<>();
    for (Row row : rows.subList(Math.min(from, to), to)) {
      // Here the time is a number, elsewhere it is a text.
      byIssue
          .computeIfAbsent(row.issue().id(), id -> new JsonArray())
          .add(
              visit
                  .view()
                  .change(row.change())
                  .put("created", row.change().created().toEpochMilli()));
    }
    JsonArray logs = new JsonArray();
    byIssue.forEach(
        (id, histories) ->
            logs.add(
                new JsonObject()
                    .put("issueId", String.valueOf(id))
                    .put("changeHistories", histories)));
    JsonObject answer = new JsonObject().put("issueChangeLogs", logs);
    if (to < rows.size()) {
      answer.put("nextPageToken", "c" + to);
    }
    return Reply.json(200, answer);
  }

  private static int start(Visit visit, JsonObject body) {
    String token = Optional.ofNullable(body.getString("nextPageToken")).orElse("c0");
    if (!token.matches("c\\d{1,8}")) {
      throw visit.refuse(400, Wording.PAGE_TOKEN, "unknown");
    }
    return Integer.parseInt(token.substring(1));
  }

  private List<Row> rows(Visit visit, List<String> wanted, Set<String> fields) {
    TreeMap<Long, Issue> issues = new TreeMap<>();
    for (String idOrKey : wanted) {
      Issue issue = site.issues().find(idOrKey);
      if (issue != null && site.sees(visit.user(), issue)) {
        issues.put(issue.id(), issue);
      }
    }
    List<Row> rows = new ArrayList<>();
    for (Issue issue : issues.values()) {
      for (Change change : issue.history()) {
        boolean touches =
            fields.isEmpty()
                || change.items().stream()
                    .anyMatch(item -> item.fieldId() != null && fields.contains(item.fieldId()));
        if (touches) {
          rows.add(new Row(issue, change));
        }
      }
    }
    return rows;
  }
}
