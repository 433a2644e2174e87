package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The Table API: list, one, create, update, delete. */
final class TableApi {
  private static final int DEFAULT_LIMIT = 10_000;

  private final Instance instance;
  private final RecordWriter writer;

  TableApi(Instance instance, RecordWriter writer) {
    this.instance = instance;
    this.writer = writer;
  }

  void serve(ApiRoutes routes) {
    routes.add("GET", "/table/:table", this::list);
    routes.add("POST", "/table/:table", this::create);
    routes.add("GET", "/table/:table/:id", this::one);
    routes.add("PUT", "/table/:table/:id", this::update);
    routes.add("PATCH", "/table/:table/:id", this::update);
    routes.add("DELETE", "/table/:table/:id", this::delete);
  }

  private Reply list(ApiCall call) {
    String table = table(call);
    Session session = call.session();
    String denial = Access.denial(instance, session, table);
    if (denial.equals("forbidden")) {
      throw Errors.mayNotQuery(null);
    }
    String query = ListQuery.of(instance, table, call.call());
    RowSearch search = RowSearch.of(instance, table, query, session);
    Set<String> unreadable = Access.unreadableFields(instance, session, table);
    if ((denial.equals("forbidden-fields") && !query.isEmpty())
        || search.fields().anyMatch(unreadable::contains)) {
      throw Errors.mayNotQuery("Field(s) present in the query do not have permission to be read");
    }
    List<Row> found = denial.equals("empty") ? List.of() : search.run();
    Set<String> hidden = Access.hiddenRows(instance, session, table);
    List<Row> visible =
        hidden.isEmpty()
            ? found
            : found.stream().filter(row -> !hidden.contains(row.sysId())).toList();
    boolean limitFirst = instance.switches.on(Trap.LIMIT_BEFORE_READ_RULES);
    int total =
        (instance.switches.on(Trap.TOTAL_COUNT_IGNORES_READ_RULES) ? found : visible).size();
    Page page = Page.asked(call.call(), DEFAULT_LIMIT);
    List<Row> rows = page.of(limitFirst ? found : visible);
    RecordView view = RecordView.asked(instance, session, call.tableBase(), call.call());
    List<JsonObject> result = new ArrayList<>();
    for (Row row : rows) {
      if (!hidden.contains(row.sysId())) {
        result.add(view.json(table, row));
      }
    }
    if (total == 0 && call.version().equals("v1")) {
      throw Errors.noRecord();
    }
    return page.headers(answer(result), call, total);
  }

  private Reply answer(List<JsonObject> result) {
    int breakAfter = instance.switches.number(Trap.PARTIAL_LIST_AFTER);
    if (breakAfter < 0 || breakAfter >= result.size()) {
      return Reply.json(200, new JsonObject().put("result", new JsonArray(result)));
    }
    return PartialList.cutTo(breakAfter, result);
  }

  private Reply one(ApiCall call) {
    String table = table(call);
    Row row = readable(table, call);
    return Reply.json(200, result(call, table, row));
  }

  private Reply create(ApiCall call) {
    String table = table(call);
    if (!Access.mayWrite(instance, call.session(), table)) {
      throw Errors.acl("Insert");
    }
    Row row = writer.insert(table, RecordWriter.Input.of(call), call.session());
    return written(call, 201, table, row)
        .with("Location", call.tableBase() + table + "/" + row.sysId());
  }

  private Reply update(ApiCall call) {
    String table = table(call);
    Row row = readable(table, call);
    if (!Access.mayWrite(instance, call.session(), row.table())) {
      throw Errors.acl("Update");
    }
    writer.update(row, RecordWriter.Input.of(call), call.session());
    return written(call, 200, table, row);
  }

  private Reply delete(ApiCall call) {
    Row row = readable(table(call), call);
    boolean adminsOnly = instance.switches.on(Trap.DELETE_NEEDS_ADMIN);
    if ((adminsOnly && !call.session().isAdmin())
        || !Access.mayWrite(instance, call.session(), row.table())) {
      throw Errors.acl("Delete");
    }
    writer.delete(row, call.session());
    return Reply.empty(204);
  }

  private Reply written(ApiCall call, int status, String table, Row row) {
    boolean silent =
        call.call().header("X-no-response-body").map("true"::equalsIgnoreCase).orElse(false);
    return silent ? Reply.empty(status) : Reply.json(status, result(call, table, row));
  }

  private JsonObject result(ApiCall call, String table, Row row) {
    RecordView view = RecordView.asked(instance, call.session(), call.tableBase(), call.call());
    return new JsonObject(Map.of("result", view.json(table, row)));
  }

  private Row readable(String table, ApiCall call) {
    Row row = instance.find(table, call.param("id"));
    if (row == null || !Access.mayRead(instance, call.session(), row)) {
      throw Errors.noRecord();
    }
    return row;
  }

  private String table(ApiCall call) {
    String table = call.param("table");
    if (!instance.hasTable(table)) {
      throw Errors.invalidTable(table);
    }
    return table;
  }
}
