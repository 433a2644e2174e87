package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be created in a project, and with which fields. */
final class CreatemetaOperations {
  private static final int PAGE = 50;
  private static final int LIMIT = 200;

  private final Site site;

  CreatemetaOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    routes.on("GET", "issue/createmeta/:project/issuetypes", Access.READ, this::types);
    routes.on("GET", "issue/createmeta/:project/issuetypes/:type", Access.READ, this::fields);
    // Data Center has lost it; a request for it there is one for an issue called createmeta.
    if (site.cloud()) {
      routes.on("GET", "issue/createmeta", Access.READ, this::legacy);
    }
  }

  private Reply types(Visit visit) {
    Project project = visit.project(site.cloud() ? 404 : 400);
    checkPage(visit);
    List<JsonObject> types = new ArrayList<>();
    project.types().forEach(type -> types.add(visit.view().issueType(type)));
    return visit.page(site.cloud() ? "issueTypes" : "values", types, PAGE);
  }

  private Reply fields(Visit visit) {
    Project project = visit.project(site.cloud() ? 404 : 400);
    checkPage(visit);
    String id = visit.call().param("type");
    Optional<IssueType> type =
        project.types().stream().filter(each -> each.id().equals(id)).findFirst();
    if (type.isEmpty()) {
      throw visit.refuse(site.cloud() ? 404 : 400, Wording.NO_SUCH, "issue type", id);
    }
    return visit.page(site.cloud() ? "fields" : "values", fields(visit, project, type.get()), PAGE);
  }

  private List<JsonObject> fields(Visit visit, Project project, IssueType type) {
    List<JsonObject> fields = new ArrayList<>();
    for (Field field : site.fields().createScreen()) {
      boolean required = site.fields().requiredOnCreate(field, type);
      fields.add(
          new FieldView(visit.view()).show(field, project, required).put("fieldId", field.id()));
    }
    return fields;
  }

  private void checkPage(Visit visit) {
    if (site.cloud() && visit.number("maxResults", PAGE) > LIMIT) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(LIMIT));
    }
  }

  /** Deprecated, but clients of today still ask. */
  private Reply legacy(Visit visit) {
    List<String> keys = visit.list("projectKeys");
    List<String> ids = visit.list("projectIds");
    boolean withFields = visit.expand().contains("projects.issuetypes.fields");
    JsonArray projects = new JsonArray();
    for (Project project : site.projects()) {
      boolean wanted =
          (keys.isEmpty() && ids.isEmpty())
              || keys.contains(project.key())
              || ids.contains(project.id());
      if (wanted && site.browses(visit.user())) {
        JsonArray types = new JsonArray();
        for (IssueType type : project.types()) {
          JsonObject json = visit.view().issueType(type);
          if (withFields) {
            JsonObject fields = new JsonObject();
            fields(visit, project, type)
                .forEach(field -> fields.put(field.getString("fieldId"), field));
            json.put("fields", fields);
          }
          types.add(json);
        }
        projects.add(visit.view().projectStub(project).put("issuetypes", types));
      }
    }
    return Reply.json(200, new JsonObject().put("expand", "projects").put("projects", projects));
  }
}
