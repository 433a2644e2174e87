package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import dev.taskbridge.simulator.SimulatorServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/**
 * A ServiceNow instance on loopback: Table, Batch, Import Set, Aggregate and Attachment APIs with
 * the awkward habits of the real one, each a switch of {@code PUT /_sim/switches}.
 *
 * <p>Thread-safe through HTTP and {@link #ask}; everything inside belongs to one thread.
 */
public final class ServiceNowSimulator extends SimulatorServer {
  private final Instance instance = new Instance(clock);
  private final RecordWriter writer = new RecordWriter(instance);
  private final ApiRoutes routes = new ApiRoutes();
  private final Authentication authentication = new Authentication(instance);
  private final Negotiation negotiation = new Negotiation(instance);

  private ServiceNowSimulator() {
    super("ServiceNow");
    SmallWorld.build(instance);
    new TableApi(instance, writer).serve(routes);
    new BatchApi(instance, this::answerInBatch).serve(routes);
    for (ApiRoutes.Route route : routes.all()) {
      on(route.method(), route.pattern(), call -> answer(call, route));
      if (route.method().equals("GET")) {
        on("HEAD", route.pattern(), call -> withoutBody(answer(call, route)));
      }
    }
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

  private Reply answer(Call call, ApiRoutes.Route route) {
    negotiation.urlLength(call);
    if (instance.switches.on(Trap.SLEEPING)) {
      return Negotiation.sleeping();
    }
    Session session = authentication.of(call);
    negotiation.mediaTypes(call);
    String override = call.header("X-HTTP-Method-Override").orElse("");
    if (call.method().equals("POST") && !override.isEmpty()) {
      return dispatch(call, override, session);
    }
    return route.operation().answer(new ApiCall(call, session, route.version(), origin()));
  }

  private Reply answerInBatch(Call call, Session session) {
    try {
      negotiation.mediaTypes(call);
      return dispatch(call, call.method(), session);
    } catch (ReplyException e) {
      return e.reply();
    }
  }

  private Reply dispatch(Call call, String method, Session session) {
    ApiRoutes.Route route =
        routes
            .find(method, call.path())
            .orElseThrow(
                () ->
                    routes.knowsPath(call.path())
                        ? Negotiation.methodNotAllowed(method)
                        : Errors.noResource());
    return route
        .operation()
        .answer(new ApiCall(route.bind(call), session, route.version(), origin()));
  }

  private Reply notServed(Call call) {
    negotiation.urlLength(call);
    if (instance.switches.on(Trap.SLEEPING)) {
      return Negotiation.sleeping();
    }
    return dispatch(call, call.method(), authentication.of(call));
  }

  private static Reply withoutBody(Reply reply) {
    return new Reply(reply.status(), reply.headers(), new byte[0]);
  }

  @Override
  protected JsonObject credentials() {
    return new JsonObject()
        .put("user", SmallWorld.SERVICE_USER)
        .put("password", SmallWorld.PASSWORDS.get(SmallWorld.SERVICE_USER))
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
