package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the site is made of: version, types, statuses, fields, priorities. */
final class MetadataOperations {
  private static final int PAGE = 50;
  private final Site site;

  MetadataOperations(Site site) {
    this.site = site;
  }

  void register(Routes routes) {
    routes.on("GET", "serverInfo", Access.PUBLIC, this::serverInfo);
    routes.on("GET", "field", Access.READ, this::fields);
    routes.on("GET", "priority", Access.READ, v -> list(v, "priority", site.priorities()));
    if (site.cloud()) {
      routes.on("GET", "priority/search", Access.READ, this::prioritySearch);
      routes.on("GET", "resolution/search", Access.READ, this::resolutionSearch);
      routes.on("GET", "field/search", Access.READ, this::fieldSearch);
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
    routes.on("GET", "statuscategory/:id", Access.READ, this::category);
    routes.on("GET", "customFieldOption/:id", Access.READ, this::option);
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

  /** Its other parameters ask for what no field here has. */
  private Reply fieldSearch(Visit visit) {
    List<String> ids = visit.list("id");
    List<String> types = visit.list("type");
    String words = visit.call().queryParam("query").orElse("").toLowerCase(Locale.ROOT);
    List<JsonObject> found =
        site.fields().all().stream()
            .filter(field -> ids.isEmpty() || ids.contains(field.id()))
            .filter(
                field -> types.isEmpty() || types.contains(field.custom() ? "custom" : "system"))
            .filter(field -> field.name().toLowerCase(Locale.ROOT).contains(words))
            .map(
                field ->
                    new JsonObject()
                        .put("id", field.id())
                        .put("name", field.name())
                        .put("schema", field.schema())
                        .put("description", ""))
            .toList();
    return visit.page("values", found, PAGE);
  }

  private Reply resolutionSearch(Visit visit) {
    return visit.page(
        "values",
        site.resolutions().stream()
            .map(resolution -> visit.view().named("resolution", resolution))
            .toList(),
        PAGE);
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
    return visit.page("values", priorities, PAGE);
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

  private Reply category(Visit visit) {
    String id = visit.call().param("id");
    for (StatusCategory category : StatusCategory.values()) {
      if (id.equals(String.valueOf(category.id)) || id.equals(category.key)) {
        return Reply.json(200, visit.view().category(category));
      }
    }
    throw visit.refuse(404, Wording.NO_SUCH, "status category", id);
  }

  private Reply option(Visit visit) {
    String id = visit.call().param("id");
    for (Field field : site.fields().all()) {
      JsonArray options = field.type().allowed(visit.view(), site.projects().get(0));
      if (field.custom() && options != null) {
        for (Object each : options) {
          JsonObject option = (JsonObject) each;
          if (id.equals(option.getString("id"))) {
            return Reply.json(200, option);
          }
        }
      }
    }
    throw visit.refuse(404, Wording.NO_SUCH, "option", id);
  }
}
