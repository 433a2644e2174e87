package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the site is made of: version, projects, types, statuses, fields, priorities. */
final class MetadataOperations {
  private static final int META_PAGE = 50;
  private static final int META_LIMIT = 200;
  private final Site site;

  MetadataOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    routes.on("GET", "serverInfo", Access.PUBLIC, this::serverInfo);
    routes.on("GET", "project/:project", Access.READ, v -> Reply.json(200, project(v)));
    routes.on("GET", "project/:project/statuses", Access.READ, this::statusesOfProject);
    routes.on("GET", "project/:project/role", Access.READ, this::roles);
    routes.on("GET", "project", Access.READ, this::projects);
    routes.on("GET", "issue/createmeta/:project/issuetypes", Access.READ, this::createTypes);
    routes.on("GET", "issue/createmeta/:project/issuetypes/:type", Access.READ, this::createFields);
    routes.on("GET", "field", Access.READ, this::fields);
    routes.on("GET", "priority", Access.READ, v -> list(v, "priority", site.priorities()));
    if (site.cloud()) {
      routes.on("GET", "issue/createmeta", Access.READ, this::legacyCreatemeta);
      routes.on("GET", "project/search", Access.READ, this::projectSearch);
      routes.on("GET", "priority/search", Access.READ, this::prioritySearch);
      routes.on("GET", "label", Access.READ, this::labels);
    }
    routes.on("GET", "priority/:id", Access.READ, v -> one(v, "priority", site.priorities()));
    routes.on("GET", "resolution", Access.READ, v -> list(v, "resolution", site.resolutions()));
    routes.on("GET", "resolution/:id", Access.READ, v -> one(v, "resolution", site.resolutions()));
    routes.on("GET", "issuetype", Access.READ, this::issueTypes);
    routes.on("GET", "issuetype/:id", Access.READ, this::issueType);
    routes.on("GET", "status", Access.READ, this::statuses);
    routes.on("GET", "status/:id", Access.READ, this::status);
    routes.on("GET", "statuscategory", Access.READ, this::categories);
  }

  private Reply serverInfo(Visit visit) {
    String version = site.cloud() ? "1001.0.0-SNAPSHOT" : site.switches().text(Switch.DC_VERSION);
    JsonArray numbers = new JsonArray();
    for (String part : version.replace("-SNAPSHOT", "").split("\\.")) {
      numbers.add(Integer.valueOf(part));
    }
    String base = visit.view().base();
    JsonObject info =
        new JsonObject()
            .put("baseUrl", base.substring(0, base.indexOf("/rest/")))
            .put("version", version)
            .put("versionNumbers", numbers)
            .put("deploymentType", site.cloud() ? "Cloud" : "Server")
            .put("buildNumber", 100283)
            .put("buildDate", "2026-01-15T12:00:00.000+0000")
            .put("serverTime", visit.view().time(site.now()))
            .put("scmInfo", "0000000000000000000000000000000000000000")
            .put("serverTitle", "Jira");
    return Reply.json(200, site.cloud() ? info.put("serverTimeZone", site.zone().getId()) : info);
  }

  private Project visibleProject(Visit visit, int status) {
    String idOrKey = visit.call().param("project");
    Optional<Project> project = site.project(idOrKey);
    if (project.isEmpty() || !site.browses(visit.user())) {
      throw visit.refuse(status, Wording.NO_PROJECT, idOrKey);
    }
    return project.get();
  }

  private JsonObject project(Visit visit) {
    return show(visit, visibleProject(visit, 404));
  }

  private JsonObject show(Visit visit, Project project) {
    JsonArray types = new JsonArray();
    project.types().forEach(type -> types.add(visit.view().issueType(type)));
    JsonObject json =
        visit
            .view()
            .projectStub(project)
            .put("description", "")
            .put("lead", visit.view().user(project.lead()))
            .put("issueTypes", types)
            .put("components", new JsonArray())
            .put("versions", new JsonArray())
            .put("assigneeType", "UNASSIGNED")
            .put("roles", roleLinks(visit, project));
    return site.cloud() ? json.put("style", "classic").put("isPrivate", false) : json;
  }

  private static JsonObject roleLinks(Visit visit, Project project) {
    JsonObject roles = new JsonObject();
    for (int i = 0; i < Directory.ROLES.size(); i++) {
      roles.put(
          Directory.ROLES.get(i),
          visit.view().self("project/" + project.id() + "/role/" + (10002 + i)));
    }
    return roles;
  }

  private Reply roles(Visit visit) {
    return Reply.json(200, roleLinks(visit, visibleProject(visit, 404)));
  }

  private Reply projects(Visit visit) {
    JsonArray projects = new JsonArray();
    if (site.browses(visit.user())) {
      site.projects().forEach(project -> projects.add(show(visit, project)));
    }
    return Reply.json(200, projects);
  }

  private Reply projectSearch(Visit visit) {
    List<JsonObject> found = new ArrayList<>();
    if (site.browses(visit.user())) {
      site.projects().forEach(project -> found.add(visit.view().projectStub(project)));
    }
    return visit.page("values", found, META_PAGE);
  }

  private Reply statusesOfProject(Visit visit) {
    Project project = visibleProject(visit, 404);
    JsonArray types = new JsonArray();
    for (IssueType type : project.types()) {
      JsonArray statuses = new JsonArray();
      site.workflows()
          .of(project)
          .statuses()
          .forEach(status -> statuses.add(visit.view().status(status)));
      types.add(
          new JsonObject()
              .put("self", visit.view().self("issuetype/" + type.id()))
              .put("id", type.id())
              .put("name", type.name())
              .put("subtask", type.subtask())
              .put("statuses", statuses));
    }
    return Reply.json(200, types);
  }

  private Reply createTypes(Visit visit) {
    Project project = visibleProject(visit, site.cloud() ? 404 : 400);
    checkMetaPage(visit);
    List<JsonObject> types = new ArrayList<>();
    project.types().forEach(type -> types.add(visit.view().issueType(type)));
    return visit.page(site.cloud() ? "issueTypes" : "values", types, META_PAGE);
  }

  private Reply createFields(Visit visit) {
    Project project = visibleProject(visit, site.cloud() ? 404 : 400);
    checkMetaPage(visit);
    String id = visit.call().param("type");
    Optional<IssueType> type =
        project.types().stream().filter(each -> each.id().equals(id)).findFirst();
    if (type.isEmpty()) {
      throw visit.refuse(site.cloud() ? 404 : 400, Wording.NO_SUCH, "issue type", id);
    }
    return visit.page(
        site.cloud() ? "fields" : "values", fields(visit, project, type.get()), META_PAGE);
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

  private void checkMetaPage(Visit visit) {
    if (site.cloud() && visit.number("maxResults", META_PAGE) > META_LIMIT) {
      throw visit.refuse(400, Wording.BULK_LIMIT, String.valueOf(META_LIMIT));
    }
  }

  /** Deprecated, but clients of today still ask. */
  private Reply legacyCreatemeta(Visit visit) {
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

  private Reply fields(Visit visit) {
    JsonArray fields = new JsonArray();
    for (Field field : site.fields().all()) {
      JsonObject json =
          new JsonObject()
              .put("id", field.id())
              .put("name", field.name())
              .put("custom", field.custom())
              .put("orderable", true)
              .put("navigable", field.navigable())
              .put("searchable", !field.clauseNames().isEmpty())
              .put("clauseNames", new JsonArray(field.clauseNames()))
              .put("schema", field.schema());
      if (site.cloud()) {
        json.put("key", field.id());
      }
      fields.add(json);
    }
    return Reply.json(200, fields);
  }

  private Reply list(Visit visit, String kind, List<Choice> choices) {
    JsonArray list = new JsonArray();
    choices.forEach(choice -> list.add(visit.view().named(kind, choice)));
    return Reply.json(200, list);
  }

  private Reply one(Visit visit, String kind, List<Choice> choices) {
    String id = visit.call().param("id");
    return choices.stream()
        .filter(choice -> choice.id().equals(id))
        .findFirst()
        .map(choice -> Reply.json(200, visit.view().named(kind, choice)))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_SUCH, kind, id));
  }

  private Reply prioritySearch(Visit visit) {
    List<JsonObject> priorities = new ArrayList<>();
    for (Choice priority : site.priorities()) {
      priorities.add(
          visit
              .view()
              .named("priority", priority)
              .put("isDefault", priority.name().equals("Medium")));
    }
    return visit.page("values", priorities, META_PAGE);
  }

  private Reply labels(Visit visit) {
    List<String> labels =
        site.issues().all().stream()
            .filter(issue -> site.sees(visit.user(), issue))
            .flatMap(issue -> issue.labels().stream())
            .distinct()
            .sorted()
            .toList();
    int from = Math.min(Math.max(0, visit.number("startAt", 0)), labels.size());
    int size = Math.max(0, visit.number("maxResults", 1000));
    int to = Math.min(labels.size(), from + size);
    return Reply.json(
        200,
        new JsonObject()
            .put("startAt", from)
            .put("maxResults", size)
            .put("total", labels.size())
            .put("isLast", to == labels.size())
            .put("values", new JsonArray(new ArrayList<>(labels.subList(from, to)))));
  }

  private Reply issueTypes(Visit visit) {
    JsonArray types = new JsonArray();
    site.issueTypes().forEach(type -> types.add(visit.view().issueType(type)));
    return Reply.json(200, types);
  }

  private Reply issueType(Visit visit) {
    String id = visit.call().param("id");
    return site.issueTypes().stream()
        .filter(type -> type.id().equals(id))
        .findFirst()
        .map(type -> Reply.json(200, visit.view().issueType(type)))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_SUCH, "issue type", id));
  }

  private Reply statuses(Visit visit) {
    JsonArray statuses = new JsonArray();
    site.workflows().statuses().forEach(status -> statuses.add(visit.view().status(status)));
    return Reply.json(200, statuses);
  }

  private Reply status(Visit visit) {
    String wanted = visit.call().param("id");
    return site.workflows().statuses().stream()
        .filter(status -> status.id().equals(wanted) || status.name().equals(wanted))
        .findFirst()
        .map(status -> Reply.json(200, visit.view().status(status)))
        .orElseThrow(() -> visit.refuse(404, Wording.NO_SUCH, "status", wanted));
  }

  private Reply categories(Visit visit) {
    JsonArray categories = new JsonArray();
    for (StatusCategory category : StatusCategory.values()) {
      categories.add(visit.view().category(category));
    }
    return Reply.json(200, categories);
  }
}
