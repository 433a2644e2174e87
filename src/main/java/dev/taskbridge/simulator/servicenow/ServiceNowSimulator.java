package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.SimulatorServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A ServiceNow instance on loopback: Table, Batch, Import Set, Aggregate and Attachment APIs with
 * the awkward habits of the real one, each a switch of {@code PUT /_sim/switches}.
 *
 * <p>Thread-safe through HTTP and {@link #ask}; everything inside belongs to one thread.
 */
public final class ServiceNowSimulator extends SimulatorServer {
  private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

  private final Instance instance = new Instance(clock);
  private final RecordWriter writer = new RecordWriter(instance);
  private final ApiRoutes routes = new ApiRoutes();
  private final Authentication authentication = new Authentication(instance);
  private final Negotiation negotiation = new Negotiation(instance);
  private final RateRules rates = new RateRules(instance, negotiation);
  private final ScriptedFaults scripted = new ScriptedFaults(instance, negotiation);
  private final TinyUrls tinyUrls = new TinyUrls();
  private final Jobs jobs = new Jobs(instance, writer, this::later);

  private ServiceNowSimulator() {
    super("ServiceNow");
    SmallWorld.build(instance);
    writer.listen(new Webhook(instance, this::later));
    writer.listen(jobs);
    new TableApi(instance, writer).serve(routes);
    new BatchApi(instance, this::answerInBatch).serve(routes);
    new ImportApi(instance, writer, this::later).serve(routes);
    new AggregateApi(instance).serve(routes);
    new AttachmentApi(instance, writer).serve(routes);
    tinyUrls.serve(routes);
    for (ApiRoutes.Route route : routes.all()) {
      on(route.method(), route.pattern(), call -> answer(call, route));
      if (route.method().equals("GET")) {
        on("HEAD", route.pattern(), call -> withoutBody(answer(call, route)));
      }
    }
    on("POST", "/oauth_token.do", this::token);
    otherwise(this::notServed);
  }

  /**
   * Starts an instance with the small world of people, groups, choices and a few incidents.
   *
   * @param port 0 picks a free one
   * @throws IllegalStateException if the port is taken
   */
  public static ServiceNowSimulator start(int port) {
    ServiceNowSimulator simulator = new ServiceNowSimulator();
    simulator.listen(port);
    return simulator;
  }

  /** For tests beside this class; reach it through {@link #ask}. */
  Instance instance() {
    return instance;
  }

  private Reply answer(Call call, ApiRoutes.Route route) {
    return isOverridden(call)
        ? notServed(call)
        : outer(call, session -> serve(call, route, session));
  }

  private Reply notServed(Call call) {
    if (!isOverridden(call)) {
      return outer(call, session -> dispatch(call, session));
    }
    Call meant =
        new Call(
            call.header(METHOD_OVERRIDE).orElseThrow().toUpperCase(Locale.ROOT),
            call.target(),
            call.path(),
            Map.of(),
            call.query(),
            call.headers(),
            call.body());
    return outer(meant, session -> dispatch(meant, session));
  }

  private static boolean isOverridden(Call call) {
    return call.method().equals("POST") && call.header(METHOD_OVERRIDE).isPresent();
  }

  /** What every request that comes over the wire passes through. */
  private Reply outer(Call call, Function<Session, Reply> work) {
    negotiation.urlLength(call);
    if (instance.switches.on(Trap.SLEEPING)) {
      return Negotiation.sleeping();
    }
    return scripted.around(call, () -> letIn(call, work));
  }

  private Reply letIn(Call call, Function<Session, Reply> work) {
    try {
      Session session = authentication.of(call);
      String resource = routes.resourceOf(call.path());
      Map<String, String> headers = rates.count(session, resource);
      jobs.autoClose();
      Reply reply = refusalAsReply(() -> work.apply(session));
      for (Map.Entry<String, String> header : headers.entrySet()) {
        reply = reply.with(header.getKey(), header.getValue());
      }
      return reply;
    } catch (ReplyException e) {
      return e.reply();
    }
  }

  private static Reply refusalAsReply(Supplier<Reply> work) {
    try {
      return work.get();
    } catch (ReplyException e) {
      return e.reply();
    }
  }

  private Reply answerInBatch(Call call, Session session) {
    return scripted.around(call, () -> refusalAsReply(() -> dispatch(call, session)));
  }

  private Reply dispatch(Call call, Session session) {
    ApiRoutes.Route route =
        routes
            .find(call.method(), call.path())
            .orElseThrow(
                () ->
                    routes.knowsPath(call.path())
                        ? Negotiation.methodNotAllowed(call.method())
                        : Errors.noResource());
    return serve(route.bind(call), route, session);
  }

  private Reply serve(Call call, ApiRoutes.Route route, Session session) {
    negotiation.mediaTypes(call);
    return route
        .operation()
        .answer(new ApiCall(tinyUrls.expanded(call), session, route.version(), origin()));
  }

  private Reply token(Call call) {
    return instance.switches.on(Trap.SLEEPING)
        ? Negotiation.sleeping()
        : scripted.around(call, () -> authentication.oauth().token(call));
  }

  private static Reply withoutBody(Reply reply) {
    return new Reply(reply.status(), reply.headers(), new byte[0]);
  }

  @Override
  protected JsonObject credentials() {
    return new JsonObject()
        .put("user", SmallWorld.SERVICE_USER)
        .put("password", SmallWorld.PASSWORDS.get(SmallWorld.SERVICE_USER))
        .put("clientId", OAuth.CLIENT_ID)
        .put("clientSecret", OAuth.CLIENT_SECRET)
        .put("apiKey", Authentication.API_KEY)
        .put("adminUser", SmallWorld.ADMIN_USER)
        .put("adminPassword", SmallWorld.PASSWORDS.get(SmallWorld.ADMIN_USER));
  }

  @Override
  protected JsonObject state() {
    JsonObject tables = new JsonObject();
    for (String table : instance.tablesWithRows()) {
      JsonArray rows = new JsonArray();
      instance.rows(table).all().forEach(row -> rows.add(stored(row)));
      tables.put(table, rows);
    }
    return new JsonObject().put("tables", tables).put("journal", journal());
  }

  private JsonArray journal() {
    JsonArray entries = new JsonArray();
    instance
        .search("sys_journal_field", "ORDERBYsys_created_on", Session.SYSTEM)
        .forEach(row -> entries.add(stored(row)));
    return entries;
  }

  private static JsonObject stored(Row row) {
    Map<String, Object> sorted = new TreeMap<>(row.copyOfValues());
    return new JsonObject(sorted);
  }

  /** {@code {"tasks": 100, "seed": 42, "table": "incident"}}; the table may be left out. */
  @Override
  protected JsonObject seed(JsonObject request) {
    String table = request.getString("table", "incident");
    if (!instance.schema.has(table) || !instance.schema.isA(table, "task")) {
      throw new IllegalArgumentException(
          "table must be one of " + new ArrayList<>(instance.schema.withHeirs("task")));
    }
    int rows =
        Seeding.add(instance, table, request.getInteger("tasks", 10), request.getLong("seed", 1L));
    return new JsonObject().put("table", table).put("rows", rows);
  }

  @Override
  protected JsonObject switches() {
    return instance.switches.toJson();
  }

  @Override
  protected void setSwitches(JsonObject changes) {
    instance.switches.change(changes);
    if (changes.containsKey(Trap.CATALOG_TASK_SKIPPED.key())) {
      CatalogRules.renumberSkipped(instance);
    }
    if (changes.containsKey(Trap.CLOSE_DATA_POLICY.key())
        || changes.containsKey(Trap.HOLD_NEEDS_REASON.key())) {
      DataPolicies.follow(instance);
    }
  }

  @Override
  protected Reply error(int status) {
    return Negotiation.fault(status);
  }

  @Override
  protected Reply tooManyRequests(Duration retryAfter) {
    return negotiation.tooManyRequests(retryAfter);
  }
}
