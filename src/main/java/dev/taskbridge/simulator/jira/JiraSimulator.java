package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Operation;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.SimulatorServer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A simulated Jira. Cloud speaks versions 2 and 3 of the API, also through the gateway's addresses;
 * Data Center speaks version 2.
 */
public final class JiraSimulator extends SimulatorServer {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Duration WEBHOOK_TICK = Duration.ofMillis(20);

  private final Site site;
  private final Login login;
  private final RateLimits limits;
  private final IssueWriter writer;
  private final Content content;
  private final WebhookSender sender;
  private final Webhooks webhooks;
  private final Controls controls;
  private final Gate gate;

  /** The methods of each path, as a pattern. */
  private final Map<String, Set<String>> served = new HashMap<>();

  private JiraSimulator(Flavour flavour) {
    super("Jira");
    this.site = new Site(flavour, clock);
    this.login = new Login(site);
    this.limits = new RateLimits(site);
    this.sender = new WebhookSender(site, work -> later(Duration.ZERO, work));
    this.webhooks = new Webhooks(site, sender, this::origin);
    this.writer = new IssueWriter(site, webhooks::happened);
    this.controls = new Controls(site, writer);
    this.content = new Content(site);
    this.gate = new Gate(site, login, limits, this::origin);
    register();
  }

  /**
   * A running simulator with its small world in it.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port is taken
   */
  public static JiraSimulator start(int port, Flavour flavour) {
    JiraSimulator simulator = new JiraSimulator(flavour);
    simulator.content.fresh();
    simulator.listen(port);
    simulator.every(WEBHOOK_TICK, simulator.sender::flush);
    return simulator;
  }

  private void register() {
    AttachmentOperations files = new AttachmentOperations(site, writer);
    WebhookOperations hooks = new WebhookOperations(site, webhooks);
    List<Consumer<Routes>> groups =
        List.of(
            new SearchOperations(site, () -> faults().searchLag())::register,
            // Before the issues: "issue/archive" is no issue.
            new ArchiveOperations(site, writer)::register,
            new MetadataOperations(site)::register,
            new ProjectOperations(site)::register,
            new CreatemetaOperations(site)::register,
            new IssueOperations(writer, site.flavour())::register,
            new TransitionOperations(writer)::register,
            new CommentOperations(site, writer)::register,
            new PropertyOperations(writer)::register,
            new UserOperations(site)::register,
            new FollowerOperations(site)::register,
            new WorklogOperations(site, writer)::register,
            files::register,
            new RemoteLinkOperations(site, writer)::register,
            new IssueLinkOperations(site, writer)::register,
            new ChangelogOperations(site)::register,
            hooks::registerDynamic);
    if (site.cloud()) {
      register(groups, "/rest/api/3", ApiVersion.V3);
      register(groups, "/rest/api/2", ApiVersion.V2);
      register(groups, "/ex/jira/:cloud/rest/api/3", ApiVersion.V3);
      register(groups, "/ex/jira/:cloud/rest/api/2", ApiVersion.V2);
    } else {
      register(groups, "/rest/api/2", ApiVersion.V2);
    }
    register(groups, "/rest/api/latest", ApiVersion.V2);
    register(List.of(hooks::registerAdmin), "/rest/webhooks/1.0", ApiVersion.V2);
    TokenEndpoints tokens = new TokenEndpoints(site, login, this::origin);
    if (site.cloud()) {
      on("POST", "/oauth/token", tokens::token);
      on("GET", "/oauth/token/accessible-resources", tokens::accessibleResources);
      on("GET", "/_edge/tenant_info", tokens::tenantInfo);
    } else {
      register(List.of(hooks::registerDataCenter), "/rest/jira-webhook/1.0", ApiVersion.V2);
      register(List.of(files::registerFiles), "/secure", ApiVersion.V2);
      on("POST", "/rest/oauth2/latest/token", tokens::token);
    }
    on("GET", "/rest/auth/1/session", tokens::session);
    controlCall("POST", "/_sim/move", controls::move);
    controlCall("POST", "/_sim/hide", controls::hide);
    controlCall("PUT", "/_sim/workflow", controls::workflow);
    otherwise(call -> finished(nowhere(call)));
  }

  private void register(List<Consumer<Routes>> groups, String prefix, ApiVersion version) {
    Routes routes =
        (method, path, access, operation) -> {
          Operation answer =
              call -> {
                try {
                  return finished(gate.serve(call, prefix, version, access, operation));
                } catch (ReplyException e) {
                  return finished(e.reply());
                }
              };
          List<String> methods = method.equals("GET") ? List.of("GET", "HEAD") : List.of(method);
          methods.forEach(each -> on(each, prefix + "/" + path, answer));
          served
              .computeIfAbsent(
                  (prefix + "/" + path).replaceAll(":\\w+", "[^/]+"), any -> new TreeSet<>())
              .addAll(methods);
        };
    groups.forEach(group -> group.accept(routes));
  }

  /** Nothing is there, or nothing that is done this way. */
  private Reply nowhere(Call call) {
    Problems problems = new Problems(site.switches().text(Switch.LANGUAGE));
    TreeSet<String> methods = new TreeSet<>();
    served.forEach(
        (pattern, here) -> {
          if (call.path().matches(pattern)) {
            methods.addAll(here);
          }
        });
    return methods.isEmpty()
        ? Reply.json(404, problems.add(Wording.NOT_FOUND, call.path()).toJson())
        : Reply.json(405, problems.add(Wording.BAD_METHOD, call.method()).toJson())
            .with("Allow", String.join(",", methods));
  }

  /** What is laid over every answer: the time, the quota, and how errors look. */
  private Reply finished(Reply reply) {
    Reply dressed = reply.with("Date", HTTP_DATE.format(site.now()));
    for (var header : limits.headers().entrySet()) {
      dressed = dressed.with(header.getKey(), header.getValue());
    }
    if (reply.status() < 400 || site.switches().is(Switch.ERROR_BODY, "json")) {
      return dressed;
    }
    Reply other =
        site.switches().is(Switch.ERROR_BODY, "html")
            ? Reply.html(
                reply.status(),
                "<!DOCTYPE html><html><head><title>Oops</title></head><body><h1>"
                    + reply.status()
                    + "</h1></body></html>")
            : Reply.empty(reply.status());
    for (var header : dressed.headers().entrySet()) {
      if (!header.getKey().equals("Content-Type")) {
        other = other.with(header.getKey(), header.getValue());
      }
    }
    return other;
  }

  @Override
  protected JsonObject credentials() {
    return login.credentials();
  }

  @Override
  protected JsonObject state() {
    return new StateView(site, origin(), sender.log()).show();
  }

  @Override
  protected JsonObject seed(JsonObject request) {
    return content.seed(request);
  }

  @Override
  protected JsonObject switches() {
    return site.switches().toJson();
  }

  @Override
  protected void setSwitches(JsonObject changes) {
    controls.apply(changes);
  }

  @Override
  protected Reply error(int status) {
    Problems problems = new Problems(site.switches().text(Switch.LANGUAGE));
    Reply reply = Reply.json(status, problems.add(Wording.FAULT, String.valueOf(status)).toJson());
    return status == 503 && site.switches().on(Switch.RETRY_AFTER_ON_503)
        ? reply.with("Retry-After", "2")
        : reply;
  }

  @Override
  protected Reply tooManyRequests(Duration retryAfter) {
    return limits.reply("jira-burst-based", retryAfter);
  }
}
