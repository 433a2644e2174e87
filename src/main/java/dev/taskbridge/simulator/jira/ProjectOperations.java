package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The projects, with their types, statuses and roles. */
final class ProjectOperations {
  private static final int PAGE = 50;
  private static final int FIRST_ROLE = 10_002;
  private final Site site;

  ProjectOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    if (site.cloud()) {
      // Before the one project: "project/search" is no project.
      routes.on("GET", "project/search", Access.READ, this::search);
      routes.on("GET", "project/:project/component", Access.READ, ProjectOperations::emptyPage);
      routes.on("GET", "project/:project/version", Access.READ, ProjectOperations::emptyPage);
    }
    routes.on("GET", "project/:project", Access.READ, v -> Reply.json(200, project(v)));
    routes.on("GET", "project/:project/statuses", Access.READ, this::statuses);
    routes.on("GET", "project/:project/components", Access.READ, ProjectOperations::none);
    routes.on("GET", "project/:project/versions", Access.READ, ProjectOperations::none);
    routes.on("GET", "project/:project/role", Access.READ, this::roles);
    routes.on("GET", "project/:project/role/:role", Access.READ, this::role);
    routes.on("GET", "project", Access.READ, this::projects);
  }

  private JsonObject project(Visit visit) {
    return show(visit, visit.project(404));
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
          visit.view().self("project/" + project.id() + "/role/" + (FIRST_ROLE + i)));
    }
    return roles;
  }

  private Reply roles(Visit visit) {
    return Reply.json(200, roleLinks(visit, visit.project(404)));
  }

  private Reply role(Visit visit) {
    Project project = visit.project(404);
    String id = visit.call().param("role");
    for (int i = 0; i < Directory.ROLES.size(); i++) {
      if (id.equals(String.valueOf(FIRST_ROLE + i))) {
        String name = Directory.ROLES.get(i);
        JsonArray actors = new JsonArray();
        site.people().all().stream()
            .filter(user -> site.people().hasRole(user, name))
            .forEach(
                user ->
                    actors.add(
                        new JsonObject()
                            .put("displayName", user.displayName())
                            .put("type", "atlassian-user-role-actor")
                            .put("name", user.name())));
        return Reply.json(
            200,
            new JsonObject()
                .put("self", visit.view().self("project/" + project.id() + "/role/" + id))
                .put("name", name)
                .put("id", FIRST_ROLE + i)
                .put("actors", actors));
      }
    }
    throw visit.refuse(404, Wording.NO_SUCH, "role", id);
  }

  private Reply projects(Visit visit) {
    JsonArray projects = new JsonArray();
    if (site.browses(visit.user())) {
      site.projects().forEach(project -> projects.add(show(visit, project)));
    }
    return Reply.json(200, projects);
  }

  private Reply search(Visit visit) {
    List<String> keys = visit.list("keys");
    List<String> ids = visit.list("id");
    String words = visit.call().queryParam("query").orElse("").toLowerCase(Locale.ROOT);
    List<JsonObject> found = new ArrayList<>();
    if (site.browses(visit.user())) {
      for (Project project : site.projects()) {
        boolean wanted =
            (keys.isEmpty() || keys.contains(project.key()))
                && (ids.isEmpty() || ids.contains(project.id()))
                && (project.key() + "\n" + project.name()).toLowerCase(Locale.ROOT).contains(words);
        if (wanted) {
          found.add(visit.view().projectStub(project));
        }
      }
    }
    return visit.page("values", found, PAGE);
  }

  /** No project here has components or versions. */
  private static Reply none(Visit visit) {
    visit.project(404);
    return Reply.json(200, new JsonArray());
  }

  private static Reply emptyPage(Visit visit) {
    visit.project(404);
    return visit.page("values", List.of(), PAGE);
  }

  private Reply statuses(Visit visit) {
    Project project = visit.project(404);
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
}
