package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks people up. */
final class UserOperations {
  private static final int PAGE = 50;
  private static final int DC_LIMIT = 100;

  private final Site site;

  UserOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    routes.on("GET", "myself", Access.LOGGED_IN, this::myself);
    routes.on("GET", "user/search", Access.READ, this::search);
    routes.on("GET", "user/assignable/search", Access.READ, this::assignable);
    routes.on("GET", "user/assignable/multiProjectSearch", Access.READ, this::assignableInAll);
    routes.on("GET", "user", Access.READ, this::user);
    routes.on("GET", "groups/picker", Access.READ, this::groups);
    routes.on("GET", "group/member", Access.READ, this::members);
    routes.on("GET", "group", Access.READ, this::groupWithUsers);
    if (site.cloud()) {
      routes.on("GET", "users/search", Access.READ, visit -> page(visit, "", ""));
      routes.on("GET", "users", Access.READ, visit -> page(visit, "", ""));
    }
    routes.on("GET", "mypermissions", Access.READ, this::permissions);
  }

  private Reply myself(Visit visit) {
    User user = visit.actor();
    JsonObject json = visit.view().user(user).put("locale", locale());
    if (visit.expand().contains("groups")) {
      JsonArray groups = new JsonArray();
      site.people().groups().stream()
          .filter(group -> site.people().inGroup(user, group))
          .forEach(group -> groups.add(new JsonObject().put("name", group)));
      json.put("groups", new JsonObject().put("size", groups.size()).put("items", groups));
    }
    return Reply.json(200, json);
  }

  private String locale() {
    return site.switches().is(Switch.LANGUAGE, "de") ? "de_DE" : "en_US";
  }

  private Reply user(Visit visit) {
    Optional<User> user =
        site.cloud()
            ? visit.call().queryParam("accountId").flatMap(site.people()::accountId)
            : visit
                .call()
                .queryParam("username")
                .flatMap(site.people()::name)
                .or(() -> visit.call().queryParam("key").flatMap(key -> site.people().anyId(key)));
    if (user.isEmpty() || visit.user() == null) {
      throw visit.refuse(404, Wording.NO_USER, String.valueOf(visit.call().target()));
    }
    return Reply.json(200, visit.view().user(user.get()));
  }

  private Reply search(Visit visit) {
    Optional<String> accountId = visit.call().queryParam("accountId");
    Optional<String> words = visit.call().queryParam(site.cloud() ? "query" : "username");
    if (words.isEmpty() && !(site.cloud() && accountId.isPresent())) {
      throw visit.refuse(400, Wording.REQUIRED, site.cloud() ? "query or accountId" : "username");
    }
    return page(visit, words.orElse(""), accountId.orElse(""));
  }

  private Reply assignable(Visit visit) {
    Optional<String> project = visit.call().queryParam("project");
    Optional<String> issue =
        visit.call().queryParam("issueKey").or(() -> visit.call().queryParam("issueId"));
    if (project.isEmpty() && issue.isEmpty()) {
      throw visit.refuse(400, Wording.REQUIRED, "project or issueKey");
    }
    if (issue.isPresent()) {
      Issue found = site.issues().find(issue.get());
      if (found == null || !site.sees(visit.user(), found)) {
        throw visit.refuse(404, Wording.NO_ISSUE);
      }
    } else if (site.project(project.orElse("")).isEmpty() || !site.browses(visit.user())) {
      throw visit.refuse(404, Wording.NO_PROJECT, project.orElse(""));
    }
    String words = visit.call().queryParam(site.cloud() ? "query" : "username").orElse("");
    return page(visit, words, visit.call().queryParam("accountId").orElse(""));
  }

  private Reply assignableInAll(Visit visit) {
    List<String> projects = visit.list("projectKeys");
    if (projects.isEmpty()) {
      throw visit.refuse(400, Wording.REQUIRED, "projectKeys");
    }
    for (String project : projects) {
      if (site.project(project).isEmpty() || !site.browses(visit.user())) {
        throw visit.refuse(404, Wording.NO_PROJECT, project);
      }
    }
    String words = visit.call().queryParam(site.cloud() ? "query" : "username").orElse("");
    return page(visit, words, visit.call().queryParam("accountId").orElse(""));
  }

  private Reply groups(Visit visit) {
    String words = visit.call().queryParam("query").orElse("").toLowerCase(Locale.ROOT);
    JsonArray groups = new JsonArray();
    site.people().groups().stream()
        .filter(group -> group.toLowerCase(Locale.ROOT).contains(words))
        .forEach(group -> groups.add(group(group)));
    int all = site.people().groups().size();
    return Reply.json(
        200,
        new JsonObject()
            .put("header", "Showing " + groups.size() + " of " + all + " matching groups")
            .put("total", groups.size())
            .put("groups", groups));
  }

  private JsonObject group(String name) {
    JsonObject group = new JsonObject().put("name", name).put("html", View.escaped(name));
    group.put("labels", new JsonArray());
    return site.cloud() ? group.put("groupId", name) : group;
  }

  private Reply members(Visit visit) {
    return visit.page("values", membersOf(visit, groupAsked(visit)), PAGE);
  }

  private Reply groupWithUsers(Visit visit) {
    String name = groupAsked(visit);
    List<JsonObject> members = membersOf(visit, name);
    JsonObject users =
        new JsonObject()
            .put("size", members.size())
            .put("items", visit.expand().contains("users") ? members : List.of())
            .put("max-results", PAGE)
            .put("start-index", 0)
            .put("end-index", visit.expand().contains("users") ? members.size() : 0);
    JsonObject group =
        new JsonObject()
            .put("name", name)
            .put("self", visit.view().self("group?groupname=" + Attachment.encoded(name)))
            .put("users", users)
            .put("expand", "users");
    return Reply.json(200, site.cloud() ? group.put("groupId", name) : group);
  }

  private String groupAsked(Visit visit) {
    String name =
        visit
            .call()
            .queryParam("groupname")
            .or(() -> visit.call().queryParam("groupId"))
            .orElseThrow(() -> visit.refuse(400, Wording.REQUIRED, "groupname"));
    if (!site.people().groups().contains(name)) {
      throw visit.refuse(404, Wording.NO_SUCH, "group", name);
    }
    return name;
  }

  private List<JsonObject> membersOf(Visit visit, String group) {
    return site.people().all().stream()
        .filter(user -> site.people().inGroup(user, group))
        .map(visit.view()::user)
        .toList();
  }

  private Reply page(Visit visit, String words, String accountId) {
    JsonArray found = new JsonArray();
    User reader = visit.user();
    if (reader == null || !site.may(reader, Switch.BROWSE_USERS)) {
      return Reply.json(200, found);
    }
    int startAt = Math.max(0, visit.number("startAt", 0));
    int size = Math.max(0, visit.number("maxResults", PAGE));
    int end = site.cloud() ? startAt + size : Math.min(startAt + size, DC_LIMIT);
    List<User> all = site.people().all();
    List<User> matching =
        all.stream()
            .filter(
                user ->
                    accountId.isEmpty()
                        ? matches(user, words.toLowerCase(Locale.ROOT))
                        : user.accountId().equals(accountId))
            .toList();
    for (int i = startAt; i < Math.min(end, matching.size()); i++) {
      found.add(visit.view().user(matching.get(i)));
    }
    return Reply.json(200, found);
  }

  /** Cloud looks at the beginnings of words and addresses, Data Center anywhere. */
  private boolean matches(User user, String words) {
    if (words.isEmpty() || words.equals(".") || words.equals("%")) {
      return true;
    }
    String name = user.displayName().toLowerCase(Locale.ROOT);
    if (!site.cloud()) {
      return name.contains(words) || user.email().contains(words) || user.name().contains(words);
    }
    return name.startsWith(words)
        || name.contains(" " + words)
        || user.accountId().equals(words)
        || (!site.people().emailHidden(user) && user.email().startsWith(words));
  }

  private Reply permissions(Visit visit) {
    User user = visit.user();
    List<String> wanted = visit.list("permissions");
    JsonObject permissions = new JsonObject();
    for (String key :
        List.of(
            "BROWSE_PROJECTS",
            "CREATE_ISSUES",
            "EDIT_ISSUES",
            "ADD_COMMENTS",
            "TRANSITION_ISSUES",
            "ASSIGN_ISSUES",
            "LINK_ISSUES",
            "DELETE_ISSUES")) {
      boolean have =
          user != null
              && switch (key) {
                case "BROWSE_PROJECTS" -> site.browses(user);
                case "TRANSITION_ISSUES" -> site.may(user, Switch.TRANSITION_ISSUES);
                case "LINK_ISSUES" -> site.switches().on(Switch.LINKING);
                case "ASSIGN_ISSUES" -> true;
                default -> site.may(user, Switch.EDIT_ISSUES);
              };
      if (wanted.isEmpty() || wanted.contains(key)) {
        permissions.put(
            key,
            new JsonObject()
                .put("id", String.valueOf(key.length()))
                .put("key", key)
                .put("name", key)
                .put("type", "PROJECT")
                .put("havePermission", have));
      }
    }
    return Reply.json(200, new JsonObject().put("permissions", permissions));
  }
}
