package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.jira.JiraClient.encoded;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a project, its issue types and its fields are like; looked up lazily and remembered. */
final class Metadata {
  private static final Duration LIFE = Duration.ofMinutes(30);

  /** Cloud refuses more (documented). */
  private static final int PAGE = 200;

  private static final int MOST_PAGES = 50;

  private final JiraClient client;
  private final LookupCache<Kind, CreateScreen> screens;
  private final LookupCache<String, Map<String, Schema>> schemas;
  private final LookupCache<String, List<FieldMeta.Allowed>> priorities;
  private final LookupCache<String, JsonNode> projects;
  private final LookupCache<Kind, List<Status>> statuses;
  private final LookupCache<String, Set<String>> roles;
  private volatile boolean localDates;

  Metadata(JiraClient client, Clock clock) {
    this.client = client;
    this.screens = new LookupCache<>(clock, LIFE);
    this.schemas = new LookupCache<>(clock, LIFE);
    this.priorities = new LookupCache<>(clock, LIFE);
    this.projects = new LookupCache<>(clock, LIFE);
    this.statuses = new LookupCache<>(clock, LIFE);
    this.roles = new LookupCache<>(clock, LIFE);
  }

  /** A project and an issue type, as configured. */
  private record Kind(String project, String type) {}

  /**
   * What can be filled in when an issue is created.
   *
   * @param fields by id
   */
  record CreateScreen(String typeId, Map<String, FieldMeta> fields) {}

  /**
   * @param category {@code new}, {@code indeterminate}, {@code done}, or empty where Jira is silent
   */
  record Status(String id, String name, String category) {}

  Outcome<CreateScreen> createScreen(Flavour flavour, String project, String type) {
    return screens.get(
        new Kind(project, type),
        () ->
            pages(
                    flavour,
                    "issueTypes",
                    flavour.api() + "/issue/createmeta/" + encoded(project) + "/issuetypes")
                .then(types -> typeCalled(types, project, type))
                .then(
                    typeId ->
                        pages(
                                flavour,
                                "createFields",
                                flavour.api()
                                    + "/issue/createmeta/"
                                    + encoded(project)
                                    + "/issuetypes/"
                                    + encoded(typeId))
                            .map(fields -> screen(typeId, fields))));
  }

  /** The create screen if it is known already: for checks that are not worth a request. */
  Optional<CreateScreen> knownCreateScreen(String project, String type) {
    return screens.peek(new Kind(project, type));
  }

  /** Forgets what was refused to be true, so that the next one looks again. */
  void forgetCreateScreen(String project, String type) {
    screens.forget(new Kind(project, type));
  }

  private static Outcome<String> typeCalled(List<JsonNode> types, String project, String type) {
    for (JsonNode each : types) {
      if (Json.text(each, "name").equalsIgnoreCase(type) || Json.text(each, "id").equals(type)) {
        return Outcome.done(Json.text(each, "id"));
      }
    }
    return Outcome.refused(
        new Refusal.Rejected(
            Optional.empty(),
            "the account cannot create issues of type \""
                + type
                + "\" in project "
                + project
                + "; it can create "
                + Words.list(types.stream().map(each -> Json.text(each, "name")).toList())));
  }

  private static CreateScreen screen(String typeId, List<JsonNode> rows) {
    Map<String, FieldMeta> fields = new LinkedHashMap<>();
    for (JsonNode row : rows) {
      // Data Center has fieldId only, Cloud has both (documented).
      String id = Json.textIn(row, "fieldId").orElseGet(() -> Json.text(row, "key"));
      fields.put(id, FieldMeta.of(id, row));
    }
    return new CreateScreen(typeId, fields);
  }

  private Outcome<List<JsonNode>> pages(Flavour flavour, String operation, String path) {
    List<JsonNode> rows = new ArrayList<>();
    for (int page = 0; page < MOST_PAGES; page++) {
      Outcome<JsonNode> answer =
          client.read(
              Http.Request.get(
                  operation, path + "?startAt=" + rows.size() + "&maxResults=" + PAGE));
      if (answer.refusal().isPresent()) {
        return Outcome.refused(answer.refusal().get());
      }
      JsonNode body = answer.value().orElseThrow();
      List<JsonNode> more = flavour.rows(body);
      rows.addAll(more);
      boolean last =
          more.isEmpty()
              || body.path("isLast").asBoolean()
              || (body.has("total") && rows.size() >= body.path("total").asInt());
      if (last) {
        break;
      }
    }
    return Outcome.done(rows);
  }

  /** The type of every field of the site, by id. */
  Outcome<Map<String, Schema>> schemas(Flavour flavour) {
    return schemas.get(
        "all",
        () ->
            client
                .read(Http.Request.get("fields", flavour.api() + "/field"))
                .map(
                    rows -> {
                      Map<String, Schema> byId = new HashMap<>();
                      for (JsonNode row : rows) {
                        byId.put(Json.text(row, "id"), Schema.of(row.path("schema")));
                      }
                      return Map.copyOf(byId);
                    }));
  }

  Outcome<List<FieldMeta.Allowed>> priorities(Flavour flavour) {
    return priorities.get(
        "all",
        () ->
            client
                .read(flavour.priorities())
                .map(
                    answer ->
                        flavour.rows(answer).stream()
                            .map(
                                row ->
                                    new FieldMeta.Allowed(
                                        Json.text(row, "id"), Json.text(row, "name")))
                            .toList()));
  }

  /** The project, from an answer no older than {@code age}: the proof that we can see it. */
  Outcome<JsonNode> project(Flavour flavour, String project, Duration age) {
    return projects.get(
        project,
        age,
        () ->
            client.read(
                Http.Request.get("project", flavour.api() + "/project/" + encoded(project))));
  }

  /** The keys of the projects that the account sees, asked now. */
  Outcome<List<String>> projects(Flavour flavour) {
    return client
        .read(flavour.projects())
        .map(
            rows -> {
              List<String> keys = new ArrayList<>();
              flavour.rows(rows).forEach(row -> keys.add(Json.text(row, "key")));
              return List.copyOf(keys);
            });
  }

  /** The names of a project's roles. */
  Outcome<Set<String>> roles(Flavour flavour, String project) {
    return roles.get(
        project,
        () ->
            client
                .read(
                    Http.Request.get(
                        "roles", flavour.api() + "/project/" + encoded(project) + "/role"))
                .map(
                    links -> {
                      Set<String> names = new TreeSet<>();
                      links.fieldNames().forEachRemaining(names::add);
                      return names;
                    }));
  }

  /** Whether this server refused a date as a number and took one in the account's zone. */
  boolean wantsLocalDates() {
    return localDates;
  }

  void wantLocalDates() {
    localDates = true;
  }

  /** Every status that an issue of the type may have. */
  Outcome<List<Status>> statuses(Flavour flavour, String project, String type) {
    return statuses.get(
        new Kind(project, type),
        () ->
            client
                .read(
                    Http.Request.get(
                        "statuses", flavour.api() + "/project/" + encoded(project) + "/statuses"))
                .then(types -> statusesOf(types, project, type)));
  }

  private static Outcome<List<Status>> statusesOf(JsonNode types, String project, String type) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : types) {
      names.add(Json.text(each, "name"));
      if (Json.text(each, "name").equalsIgnoreCase(type) || Json.text(each, "id").equals(type)) {
        List<Status> found = new ArrayList<>();
        each.path("statuses")
            .forEach(
                status ->
                    found.add(
                        new Status(
                            Json.text(status, "id"),
                            Json.text(status, "name"),
                            Json.text(status.path("statusCategory"), "key"))));
        return Outcome.done(List.copyOf(found));
      }
    }
    return Outcome.refused(
        new Refusal.Rejected(
            Optional.empty(),
            "project "
                + project
                + " has no issue type \""
                + type
                + "\"; it has "
                + Words.list(names)));
  }
}
