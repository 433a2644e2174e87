package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Registers webhooks: those of administrators, and the ones of apps that expire. */
final class WebhookOperations {
  private static final Shape ADMIN =
      Shape.of()
          .must(Shape.Type.TEXT, "name", "url")
          .must(Shape.Type.TEXTS, "events")
          .with(Shape.Type.OBJECT, "filters", "configuration")
          .with(Shape.Type.FLAG, "excludeBody", "enabled", "active", "sslVerificationRequired")
          .with(Shape.Type.TEXT, "secret", "description", "scopeType");
  private static final Shape DYNAMIC =
      Shape.of().must(Shape.Type.TEXT, "url").must(Shape.Type.LIST, "webhooks");
  private static final Shape DYNAMIC_ONE =
      Shape.of()
          .must(Shape.Type.TEXTS, "events")
          .must(Shape.Type.TEXT, "jqlFilter")
          .with(Shape.Type.TEXTS, "fieldIdsFilter", "issuePropertyKeysFilter");
  private static final Shape IDS = Shape.of().must(Shape.Type.WHOLES, "webhookIds");
  private static final Set<String> DYNAMIC_FIELDS =
      Set.of("issuekey", "key", "project", "issuetype", "status", "assignee", "reporter");

  private final Site site;
  private final Webhooks webhooks;

  WebhookOperations(Site site, Webhooks webhooks) {
    this.site = site;
    this.webhooks = webhooks;
  }

  /** Cloud's calls for apps, beside the others of the API. */
  void registerDynamic(Routes routes) {
    if (site.cloud()) {
      routes.on("POST", "webhook", Access.LOGGED_IN, this::createDynamic);
      routes.on("GET", "webhook", Access.LOGGED_IN, this::listDynamic);
      routes.on("PUT", "webhook/refresh", Access.LOGGED_IN, this::refresh);
      routes.on("DELETE", "webhook", Access.LOGGED_IN, this::deleteDynamic);
    }
  }

  /** Administrators' calls on Cloud and on Data Center up to 9. */
  void registerAdmin(Routes routes) {
    routes.on("POST", "webhook", Access.LOGGED_IN, visit -> create(visit, false));
    routes.on("GET", "webhook", Access.LOGGED_IN, visit -> list(visit, false));
    routes.on("DELETE", "webhook/:id", Access.LOGGED_IN, visit -> delete(visit, false));
  }

  /** Administrators' calls on Data Center from 10. */
  void registerDataCenter(Routes routes) {
    routes.on("POST", "webhooks", Access.LOGGED_IN, visit -> create(visit, true));
    routes.on("GET", "webhooks", Access.LOGGED_IN, visit -> list(visit, true));
    routes.on("DELETE", "webhooks/:id", Access.LOGGED_IN, visit -> delete(visit, true));
  }

  private void requirePath(Visit visit, boolean fromTen) {
    String version = site.switches().text(Switch.DC_VERSION);
    boolean ten = Integer.parseInt(version.substring(0, version.indexOf('.'))) >= 10;
    if (!site.cloud() && ten != fromTen) {
      throw visit.refuse(404, Wording.NOT_FOUND, visit.call().path());
    }
  }

  private Reply create(Visit visit, boolean fromTen) {
    requirePath(visit, fromTen);
    JsonObject body = visit.body(ADMIN);
    JsonObject filters = body.getJsonObject("filters", new JsonObject());
    String jql = filters.getString("issue-related-events-section", "");
    checkJql(visit, jql);
    JsonObject configuration = body.getJsonObject("configuration", new JsonObject());
    Webhook hook =
        webhooks.register(
            body.getString("name"),
            body.getString("url"),
            body.getString("secret", configuration.getString("SECRET", "")),
            Set.copyOf(Visit.texts(body, "events")),
            jql,
            Boolean.TRUE.equals(body.getBoolean("excludeBody")),
            false);
    return Reply.json(201, show(visit, hook, fromTen));
  }

  private static JsonObject show(Visit visit, Webhook hook, boolean fromTen) {
    String path = fromTen ? "webhooks/" : "webhook/";
    return new JsonObject()
        .put("id", hook.id())
        .put("name", hook.name())
        .put("url", hook.url())
        .put("excludeBody", hook.excludeBody())
        .put("filters", new JsonObject().put("issue-related-events-section", hook.jql()))
        .put("events", new JsonArray(new ArrayList<>(new TreeSet<>(hook.events()))))
        .put(fromTen ? "active" : "enabled", true)
        .put("self", visit.view().self(path + hook.id()));
  }

  private Reply list(Visit visit, boolean fromTen) {
    requirePath(visit, fromTen);
    JsonArray hooks = new JsonArray();
    webhooks.all().stream()
        .filter(hook -> !hook.dynamic())
        .forEach(hook -> hooks.add(show(visit, hook, fromTen)));
    return Reply.json(200, hooks);
  }

  private Reply delete(Visit visit, boolean fromTen) {
    requirePath(visit, fromTen);
    String id = visit.call().param("id");
    if (!id.matches("\\d{1,18}") || !webhooks.remove(Long.parseLong(id))) {
      throw visit.refuse(404, Wording.NO_SUCH, "webhook", id);
    }
    return Reply.empty(204);
  }

  private static void checkJql(Visit visit, String jql) {
    try {
      JqlClause clause = JqlReader.read(jql).clause();
      if (clause != null) {
        new JqlCompiler(visit.site(), visit.actor()).compile(clause);
      }
    } catch (JqlReader.BadJql e) {
      throw visit.refuse(400, e.wording, e.values);
    }
  }

  private static void requireApp(Visit visit) {
    boolean bearer =
        visit
            .call()
            .header("Authorization")
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("bearer "))
            .isPresent();
    if (!bearer) {
      throw visit.refuse(403, Wording.FORBIDDEN);
    }
  }

  private Reply createDynamic(Visit visit) {
    requireApp(visit);
    JsonObject body = visit.body(DYNAMIC);
    JsonArray results = new JsonArray();
    for (Object each : body.getJsonArray("webhooks")) {
      if (!(each instanceof JsonObject wanted)) {
        throw visit.invalid("a webhook must be an object");
      }
      Optional<String> problem =
          DYNAMIC_ONE.problem(wanted).or(() -> outside(wanted.getString("jqlFilter")));
      if (problem.isPresent()) {
        results.add(new JsonObject().put("errors", new JsonArray().add(problem.get())));
      } else {
        Webhook hook =
            webhooks.register(
                "dynamic",
                body.getString("url"),
                "",
                Set.copyOf(Visit.texts(wanted, "events")),
                wanted.getString("jqlFilter"),
                false,
                true);
        results.add(new JsonObject().put("createdWebhookId", hook.id()));
      }
    }
    return Reply.json(200, new JsonObject().put("webhookRegistrationResult", results));
  }

  /** Filters of dynamic webhooks know few fields and no order. */
  private static Optional<String> outside(String jql) {
    try {
      JqlClause.Query query = JqlReader.read(jql);
      if (!query.sorts().isEmpty()) {
        return Optional.of("a filter has no ORDER BY");
      }
      return query.clause() == null ? Optional.empty() : outside(query.clause());
    } catch (JqlReader.BadJql e) {
      return Optional.of(e.wording.in("en", List.of(e.values)));
    }
  }

  private static Optional<String> outside(JqlClause clause) {
    return clause.match(
        all -> first(all.parts()),
        any -> first(any.parts()),
        not -> outside(not.part()),
        restriction -> {
          String field = restriction.field().toLowerCase(Locale.ROOT);
          boolean known = DYNAMIC_FIELDS.contains(field) || field.startsWith("cf[");
          boolean operator =
              switch (restriction.operator()) {
                case EQUALS, NOT_EQUALS, IN, NOT_IN -> true;
                default -> false;
              };
          return known && operator
              ? Optional.empty()
              : Optional.of("not allowed in a filter: " + field);
        },
        words -> Optional.of("not allowed in a filter: " + words.text()));
  }

  private static Optional<String> first(List<JqlClause> parts) {
    return parts.stream().flatMap(part -> outside(part).stream()).findFirst();
  }

  private Reply listDynamic(Visit visit) {
    requireApp(visit);
    List<JsonObject> hooks = new ArrayList<>();
    for (Webhook hook : webhooks.all()) {
      if (hook.expires() != null) {
        hooks.add(
            new JsonObject()
                .put("id", hook.id())
                .put("url", hook.url())
                .put("jqlFilter", hook.jql())
                .put("events", new JsonArray(new ArrayList<>(new TreeSet<>(hook.events()))))
                .put("expirationDate", visit.view().time(hook.expires())));
      }
    }
    return visit.page("values", hooks, 100);
  }

  private static Set<Long> ids(Visit visit) {
    Set<Long> ids = new TreeSet<>();
    visit.body(IDS).getJsonArray("webhookIds").forEach(id -> ids.add(((Number) id).longValue()));
    return ids;
  }

  private Reply refresh(Visit visit) {
    requireApp(visit);
    Set<Long> ids = ids(visit);
    webhooks.refresh(ids);
    JsonObject answer = new JsonObject();
    for (Webhook hook : webhooks.all()) {
      if (ids.contains(hook.id()) && hook.expires() != null) {
        answer.put("expirationDate", visit.view().time(hook.expires()));
      }
    }
    return Reply.json(200, answer);
  }

  private Reply deleteDynamic(Visit visit) {
    requireApp(visit);
    ids(visit).forEach(webhooks::remove);
    return Reply.empty(202);
  }
}
