package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Creates, reads, edits and deletes issues. */
final class IssueOperations {
  private static final int BULK_LIMIT = 50;
  private static final int FETCH_LIMIT = 100;
  private static final int PROPERTY_KEYS = 5;
  private static final int FETCHED_CHANGES = 40;
  private static final Shape BULK = Shape.of().must(Shape.Type.LIST, "issueUpdates");
  private static final Shape FETCH =
      Shape.of()
          .must(Shape.Type.TEXTS, "issueIdsOrKeys")
          .with(Shape.Type.TEXTS, "fields", "properties", "expand")
          .with(Shape.Type.FLAG, "fieldsByKeys");
  private static final Shape ASSIGNEE =
      Shape.of()
          .with(Shape.Type.TEXT, "accountId", "name", "key", "self", "displayName")
          .with(Shape.Type.ANY, "avatarUrls", "emailAddress", "active", "timeZone", "accountType");

  private final IssueWriter writer;
  private final Flavour flavour;

  IssueOperations(IssueWriter writer, Flavour flavour) {
    this.writer = writer;
    this.flavour = flavour;
  }

  void register(Routes routes) {
    routes.on("POST", "issue/bulk", Access.LOGGED_IN, this::bulk);
    if (flavour == Flavour.CLOUD) {
      routes.on("POST", "issue/bulkfetch", Access.READ, this::bulkFetch);
    }
    routes.on("POST", "issue", Access.LOGGED_IN, this::create);
    routes.on("GET", "issue/:issue", Access.READ, this::read);
    routes.on("PUT", "issue/:issue", Access.LOGGED_IN, this::edit);
    routes.on("DELETE", "issue/:issue", Access.LOGGED_IN, this::delete);
    routes.on("GET", "issue/:issue/editmeta", Access.READ, this::editmeta);
    routes.on("PUT", "issue/:issue/assignee", Access.LOGGED_IN, this::assign);
  }

  private Reply create(Visit visit) {
    Problems problems = visit.problems();
    JsonObject created = new IssueCreator(visit, writer).create(visit.anyBody(), problems);
    if (created == null) {
      throw problems.refused(400);
    }
    return Reply.json(201, created);
  }

  private Reply bulk(Visit visit) {
    JsonArray elements = visit.body(BULK).getJsonArray("issueUpdates");
    if (elements.isEmpty()) {
      throw visit.refuse(400, Wording.BULK_EMPTY);
    }
    if (elements.size() > BULK_LIMIT) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(BULK_LIMIT));
    }
    JsonArray created = new JsonArray();
    JsonArray errors = new JsonArray();
    for (int i = 0; i < elements.size(); i++) {
      Problems problems = visit.problems();
      JsonObject issue = new IssueCreator(visit, writer).create(elements.getValue(i), problems);
      if (issue != null) {
        created.add(issue);
      } else {
        errors.add(
            new JsonObject()
                .put("status", 400)
                .put("elementErrors", problems.toJson())
                .put("failedElementNumber", i));
      }
    }
    return Reply.json(
        created.isEmpty() ? 400 : 201,
        new JsonObject().put("issues", created).put("errors", errors));
  }

  private Reply read(Visit visit) {
    List<String> fields = visit.list("fields");
    IssueView view =
        new IssueView(
            visit.view(),
            fields.isEmpty() ? List.of("*all") : fields,
            visit.list("properties"),
            visit.expand());
    Issue issue = visit.issue();
    visit.limits().rowsRead(1);
    return Reply.json(200, view.show(issue));
  }

  private Reply bulkFetch(Visit visit) {
    JsonObject body = visit.body(FETCH);
    Set<String> wanted = new LinkedHashSet<>(Visit.texts(body, "issueIdsOrKeys"));
    if (wanted.isEmpty()) {
      throw visit.refuse(400, Wording.BULK_EMPTY);
    }
    if (wanted.size() > FETCH_LIMIT) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(FETCH_LIMIT));
    }
    List<String> properties = Visit.texts(body, "properties");
    if (properties.size() > PROPERTY_KEYS) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(PROPERTY_KEYS));
    }
    List<String> fields = Visit.texts(body, "fields");
    IssueView view =
        new IssueView(
            visit.view(),
            fields.isEmpty() ? List.of("*navigable") : fields,
            properties,
            Set.copyOf(Visit.split(Visit.texts(body, "expand"))));
    // What is missing or invisible is in neither list.
    TreeMap<Long, Issue> found = new TreeMap<>();
    for (String idOrKey : wanted) {
      Issue issue = visit.site().issues().find(idOrKey);
      if (issue != null && visit.site().sees(visit.user(), issue)) {
        found.put(issue.id(), issue);
      }
    }
    visit.limits().rowsRead(found.size());
    JsonArray issues = new JsonArray();
    found.values().forEach(issue -> issues.add(withShortHistory(view.show(issue))));
    return Reply.json(
        200, new JsonObject().put("issues", issues).put("issueErrors", new JsonArray()));
  }

  /** Together with others, an issue brings only its newest changes. */
  private static JsonObject withShortHistory(JsonObject issue) {
    JsonObject changelog = issue.getJsonObject("changelog");
    if (changelog != null) {
      JsonArray histories = changelog.getJsonArray("histories");
      while (histories.size() > FETCHED_CHANGES) {
        histories.remove(histories.size() - 1);
      }
      changelog.put("maxResults", FETCHED_CHANGES);
    }
    return issue;
  }

  private Reply edit(Visit visit) {
    JsonObject body = visit.body(EditReader.SHAPE);
    Issue issue = visit.issueToEdit();
    if (visit.call().queryParam("notifyUsers").filter("false"::equals).isPresent()
        && !visit.site().people().hasRole(visit.actor(), "Administrators")) {
      throw visit.refuse(
          visit.site().cloud() ? 400 : 403, Wording.NO_PERMISSION, "suppress notifications");
    }
    Problems problems = visit.problems();
    List<Field> screen = visit.site().fields().editScreen();
    EditReader reader = new EditReader(visit, screen, issue.project(), issue, problems);
    Edits edits = reader.read(body);
    if (edits.values.get("parent") instanceof Long id) {
      Issue parent = visit.site().issues().byId(id);
      if (parent == null || parent.type().level() != issue.type().level() + 1) {
        problems.field("parent", Wording.BAD_PARENT);
      }
    }
    problems.refuseIfAny();
    if (visit.site().switches().takeOne(Switch.EDIT_CONFLICTS)) {
      throw visit.refuse(409, Wording.CONFLICT);
    }
    Issue edited = writer.edit(visit.actor(), issue, edits, "issue_updated");
    if (visit.site().cloud() && visit.flag("returnIssue", false)) {
      return Reply.json(
          200,
          new IssueView(visit.view(), List.of("*all"), List.of(), visit.expand()).show(edited));
    }
    return Reply.empty(204);
  }

  private Reply delete(Visit visit) {
    Issue issue = visit.issueToEdit();
    List<Issue> subtasks = new ArrayList<>(visit.site().issues().childrenOf(issue.id()));
    subtasks.removeIf(child -> !child.type().subtask());
    if (!subtasks.isEmpty() && !visit.flag("deleteSubtasks", false)) {
      throw visit.refuse(400, Wording.SUBTASKS, issue.key());
    }
    subtasks.forEach(subtask -> writer.delete(visit.actor(), subtask));
    writer.delete(visit.actor(), issue);
    return Reply.empty(204);
  }

  private Reply editmeta(Visit visit) {
    return Reply.json(200, new FieldView(visit.view()).editmeta(visit.issue()));
  }

  private Reply assign(Visit visit) {
    JsonObject body = visit.body(ASSIGNEE);
    Issue issue = visit.issueToWrite();
    boolean cloud = visit.site().cloud();
    String key = cloud ? "accountId" : "name";
    if (!body.containsKey(key)) {
      throw visit.refuse(400, Wording.NO_USER_NAMED, "assignee");
    }
    String id = body.getString(key);
    Problems problems = visit.problems();
    Edits edits = new Edits();
    edits.values.put("assignee", assignee(visit, id, problems));
    problems.refuseIfAny();
    writer.edit(visit.actor(), issue, edits, "issue_assigned");
    return Reply.empty(204);
  }

  private static @Nullable User assignee(Visit visit, @Nullable String id, Problems problems) {
    Site site = visit.site();
    if (id == null || id.equals("-1")) {
      if (!site.switches().on(Switch.UNASSIGNED_ALLOWED)) {
        problems.field("assignee", Wording.NO_UNASSIGNED);
      }
      return null;
    }
    User user = (site.cloud() ? site.people().accountId(id) : site.people().name(id)).orElse(null);
    if (user == null) {
      problems.field("assignee", Wording.NO_USER, id);
    }
    return user;
  }
}
