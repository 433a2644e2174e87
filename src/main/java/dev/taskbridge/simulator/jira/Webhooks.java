package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Who is told what: the registered webhooks and the one of the switch. */
final class Webhooks {
  private static final Duration DYNAMIC_LIFE = Duration.ofDays(30);

  private final Site site;
  private final WebhookSender sender;
  private final Supplier<String> origin;
  private final Map<Long, Webhook> registered = new LinkedHashMap<>();
  private long lastId;

  Webhooks(Site site, WebhookSender sender, Supplier<String> origin) {
    this.site = site;
    this.sender = sender;
    this.origin = origin;
  }

  List<Webhook> all() {
    return List.copyOf(registered.values());
  }

  Webhook register(
      String name,
      String url,
      String secret,
      Set<String> events,
      String jql,
      boolean excludeBody,
      boolean dynamic) {
    Webhook hook =
        new Webhook(
            ++lastId,
            name,
            url,
            secret,
            events,
            jql,
            excludeBody,
            dynamic ? site.now().plus(DYNAMIC_LIFE) : null);
    registered.put(hook.id(), hook);
    return hook;
  }

  boolean remove(long id) {
    return registered.remove(id) != null;
  }

  /** Gives dynamic webhooks another 30 days; those that do not exist are passed over. */
  void refresh(Set<Long> ids) {
    registered.replaceAll(
        (id, hook) ->
            ids.contains(id) && hook.dynamic()
                ? hook.extended(site.now().plus(DYNAMIC_LIFE))
                : hook);
  }

  void happened(Event event) {
    for (Webhook hook : listeners()) {
      boolean wanted = hook.events().isEmpty() || hook.events().contains(event.name());
      boolean alive = hook.expires() == null || site.now().isBefore(hook.expires());
      if (wanted && alive && matches(hook, event.issue())) {
        byte[] body =
            hook.excludeBody()
                ? new byte[0]
                : payload(hook, event).encode().getBytes(StandardCharsets.UTF_8);
        sender.send(hook, event.name(), body);
      }
    }
  }

  private List<Webhook> listeners() {
    List<Webhook> listeners = new ArrayList<>(registered.values());
    String url = site.switches().text(Switch.WEBHOOK_URL);
    if (!url.isEmpty()) {
      String secret = site.switches().text(Switch.WEBHOOK_SECRET);
      listeners.add(new Webhook(0, "switch", url, secret, Set.of(), "", false, null));
    }
    return listeners;
  }

  private boolean matches(Webhook hook, Issue issue) {
    JqlClause clause = JqlReader.read(hook.jql()).clause();
    if (clause == null) {
      return true;
    }
    User admin = site.people().all().get(0);
    return new JqlCompiler(site, admin).compile(clause).test().test(issue);
  }

  private JsonObject payload(Webhook hook, Event event) {
    boolean document = site.cloud() && site.switches().on(Switch.WEBHOOK_ADF);
    View view =
        new View(
            site, document ? ApiVersion.V3 : ApiVersion.V2, origin.get() + "/rest/api/2", null);
    boolean stub = event.name().startsWith("comment_");
    List<String> fields =
        stub
            ? List.of("summary", "issuetype", "project", "priority", "status")
            : List.of("*all", "-comment");
    JsonObject issue = new IssueView(view, fields, List.of(), Set.of()).show(event.issue());
    issue.remove("expand");
    JsonObject payload =
        new JsonObject()
            .put("timestamp", site.now().toEpochMilli())
            .put("webhookEvent", event.name());
    if (event.kind() != null) {
      payload.put("issue_event_type_name", event.kind());
    }
    payload.put("user", view.user(event.actor())).put("issue", issue);
    if (event.change() != null) {
      JsonObject change = view.change(event.change());
      payload.put(
          "changelog",
          new JsonObject()
              .put("id", change.getString("id"))
              .put("items", change.getJsonArray("items")));
    }
    if (event.comment() != null) {
      payload.put("comment", view.comment(event.issue(), event.comment(), false, false));
    }
    if (hook.dynamic()) {
      payload.put("matchedWebhookIds", new JsonArray().add(hook.id()));
    }
    return payload;
  }
}
