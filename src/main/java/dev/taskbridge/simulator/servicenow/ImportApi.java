package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The Import Set API: rows into a staging table, transformed into records at once or later. */
final class ImportApi {
  private static final String STAGING_ROOT = "sys_import_set_row";

  private final Instance instance;
  private final RecordWriter writer;
  private final BiConsumer<Duration, Runnable> later;

  /**
   * @param later runs work after a delay
   */
  ImportApi(Instance instance, RecordWriter writer, BiConsumer<Duration, Runnable> later) {
    this.instance = instance;
    this.writer = writer;
    this.later = later;
  }

  void serve(ApiRoutes routes) {
    routes.add("POST", "/import/:staging", this::insert);
    routes.add("POST", "/import/:staging/insertMultiple", this::insertMultiple);
    routes.add("GET", "/import/:staging/:id", this::read);
  }

  private Reply insert(ApiCall call) {
    String staging = staging(call);
    Row set = importSet(staging, call.session());
    Row row = stage(staging, set, call.body(), call.session());
    JsonArray result = new JsonArray();
    for (Row map : maps(staging)) {
      result.add(transform(call, map, row));
    }
    return Reply.json(
        201,
        new JsonObject()
            .put("import_set", set.get("number"))
            .put("staging_table", staging)
            .put("result", result));
  }

  /** Answers at once and works afterwards; keys are column labels, as the default is. */
  private Reply insertMultiple(ApiCall call) {
    String staging = staging(call);
    List<JsonObject> records =
        call.body().getJsonArray("records", new JsonArray()).stream()
            .map(record -> byName(staging, (JsonObject) record))
            .toList();
    Row set = importSet(staging, call.session());
    later.accept(
        Duration.ofMillis(1),
        () ->
            records.forEach(
                record -> {
                  Row row = stage(staging, set, record, call.session());
                  maps(staging).forEach(map -> transform(call, map, row));
                }));
    return Reply.json(
        201,
        new JsonObject()
            .put("import_set_id", set.sysId())
            .put("multi_import_set_id", Instance.idOf("multi " + set.sysId())));
  }

  private JsonObject byName(String staging, JsonObject byLabel) {
    JsonObject byName = new JsonObject();
    instance
        .schema
        .fields(staging)
        .values()
        .forEach(
            field -> {
              Object value = byLabel.getValue(instance.schema.label(staging, field));
              if (value != null) {
                byName.put(field.name(), value);
              }
            });
    return byName;
  }

  private Reply read(ApiCall call) {
    String staging = staging(call);
    Row row = instance.find(staging, call.param("id"));
    if (row == null) {
      throw Errors.noRecord();
    }
    JsonObject result =
        new JsonObject()
            .put("import_set", row.get("sys_import_set"))
            .put("staging_table", staging)
            .put("status", row.get("sys_import_state"))
            .put("table", row.get("sys_target_table"))
            .put("sys_id", row.get("sys_target_sys_id"))
            .put("error_message", row.get("sys_row_error"))
            .put(
                "record_link",
                link(call, row.get("sys_target_table"), row.get("sys_target_sys_id")));
    return Reply.json(200, new JsonObject().put("result", new JsonArray().add(result)));
  }

  private String staging(ApiCall call) {
    String staging = call.param("staging");
    if (!instance.hasTable(staging) || !instance.schema.isA(staging, STAGING_ROOT)) {
      throw Errors.badRequest("Invalid staging table", "No staging table " + staging);
    }
    return staging;
  }

  private Row importSet(String staging, Session session) {
    return writer.insert(
        "sys_import_set",
        new RecordWriter.Input(
            new JsonObject().put("table_name", staging).put("state", "processed"), false, true),
        session);
  }

  private Row stage(String staging, Row set, JsonObject body, Session session) {
    JsonObject values = body.copy().put("sys_import_set", set.sysId());
    return writer.insert(staging, new RecordWriter.Input(values, false, true), session);
  }

  private List<Row> maps(String staging) {
    return instance.search(
        "sys_transform_map", "source_table=" + staging + "^active=true", Session.SYSTEM);
  }

  /** One transform map's work on one staged row, as an element of the answer. */
  private JsonObject transform(ApiCall call, Row map, Row staged) {
    String table = map.get("target_table");
    JsonObject values = new JsonObject();
    Map<String, String> key = new HashMap<>();
    for (Row entry : instance.search("sys_transform_entry", "map=" + map.sysId(), Session.SYSTEM)) {
      String value = staged.get(entry.get("source_field"));
      if (!value.isEmpty()) {
        values.put(entry.get("target_field"), value);
        if (entry.get("coalesce").equals("true")) {
          key.put(entry.get("target_field"), value);
        }
      }
    }
    JsonObject result = new JsonObject().put("transform_map", map.get("name")).put("table", table);
    try {
      Optional<Row> present = key.isEmpty() ? Optional.empty() : coalesced(table, key);
      String status = write(table, values, present, call.session(), result);
      note(staged, status, table, result.getString("sys_id"), "");
      return result.put("record_link", link(call, table, result.getString("sys_id")));
    } catch (ReplyException e) {
      JsonObject error = new JsonObject(Buffer.buffer(e.reply().body())).getJsonObject("error");
      String words = error.getString("detail", "");
      note(staged, "error", table, "", words);
      return result.put("status", "error").put("error_message", words).put("status_message", words);
    }
  }

  /** Equal without regard to case, as coalescing is by default. */
  private Optional<Row> coalesced(String table, Map<String, String> key) {
    List<String> terms =
        key.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue().replace("^", "^^"))
            .toList();
    return instance.first(table, String.join("^", terms));
  }

  private String write(
      String table, JsonObject values, Optional<Row> present, Session session, JsonObject result) {
    RecordWriter.Input input = new RecordWriter.Input(values, true, true);
    String status;
    Row row;
    if (present.isEmpty()) {
      row = writer.insert(table, input, session);
      status = "inserted";
    } else {
      row = present.get();
      String before = row.get("sys_mod_count");
      writer.update(row, input, session);
      status = row.get("sys_mod_count").equals(before) ? "ignored" : "updated";
    }
    result
        .put("display_name", instance.schema.displayField(table))
        .put("display_value", instance.display(row))
        .put("status", status)
        .put("sys_id", row.sysId());
    return status;
  }

  private void note(Row staged, String status, String table, String targetId, String error) {
    Map<String, String> values = staged.copyOfValues();
    values.put("sys_import_state", status);
    values.put("sys_target_table", table);
    values.put("sys_target_sys_id", targetId);
    values.put("sys_row_error", error);
    instance.rows(staged.table()).change(staged, values);
  }

  private static String link(ApiCall call, String table, String id) {
    return id.isEmpty() ? "" : call.origin() + "/api/now/table/" + table + "/" + id;
  }
}
