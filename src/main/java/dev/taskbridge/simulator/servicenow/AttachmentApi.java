package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The Attachment API: files on records. */
final class AttachmentApi {
  private static final String TABLE = "sys_attachment";
  private static final int DEFAULT_LIMIT = 1_000;

  private final Instance instance;
  private final RecordWriter writer;
  private final Map<String, byte[]> contents = new HashMap<>();

  AttachmentApi(Instance instance, RecordWriter writer) {
    this.instance = instance;
    this.writer = writer;
  }

  void serve(ApiRoutes routes) {
    routes.add("GET", "/attachment", this::list);
    routes.add("POST", "/attachment/file", this::uploadBytes);
    routes.add("POST", "/attachment/upload", this::uploadForm);
    routes.add("GET", "/attachment/:id", this::metadata);
    routes.add("GET", "/attachment/:id/file", this::content);
    routes.add("DELETE", "/attachment/:id", this::delete);
  }

  private Reply list(ApiCall call) {
    List<Row> found =
        RowSearch.of(instance, TABLE, ListQuery.of(instance, TABLE, call.call()), call.session())
            .run();
    Page page = Page.asked(call.call(), DEFAULT_LIMIT);
    JsonArray result = new JsonArray();
    page.of(found).forEach(row -> result.add(json(call, row)));
    return page.headers(
        Reply.json(200, new JsonObject().put("result", result)), call, found.size());
  }

  private Reply metadata(ApiCall call) {
    return Reply.json(200, new JsonObject().put("result", json(call, attachment(call))));
  }

  private Reply content(ApiCall call) {
    Row row = attachment(call);
    byte[] content = contents.getOrDefault(row.sysId(), new byte[0]);
    return new Reply(
        200,
        Map.of(
            "Content-Type",
            row.get("content_type"),
            "X-Attachment-Metadata",
            json(call, row).encode()),
        content);
  }

  private Reply delete(ApiCall call) {
    Row row = attachment(call);
    contents.remove(row.sysId());
    writer.delete(row, call.session());
    return Reply.empty(204);
  }

  private Reply uploadBytes(ApiCall call) {
    String type = call.call().header("Content-Type").orElse("application/octet-stream");
    return store(
        call,
        call.query("table_name", ""),
        call.query("table_sys_id", ""),
        new MultipartForm.File(call.query("file_name", ""), type, call.call().body()));
  }

  private Reply uploadForm(ApiCall call) {
    MultipartForm form =
        MultipartForm.read(call.call().header("Content-Type").orElse(""), call.call().body());
    return store(
        call,
        form.fields().getOrDefault("table_name", ""),
        form.fields().getOrDefault("table_sys_id", ""),
        form.file());
  }

  private Reply store(ApiCall call, String table, String recordId, MultipartForm.File file) {
    if (file.name().isEmpty() || table.isEmpty()) {
      throw Errors.badRequest(
          "Invalid payload", "file_name, table_name and table_sys_id are mandatory");
    }
    Row record = instance.hasTable(table) ? instance.find(table, recordId) : null;
    if (record == null) {
      throw Errors.badRequest("Invalid record", "No record " + recordId + " in table " + table);
    }
    Map<String, String> values = new HashMap<>();
    values.put("file_name", file.name());
    values.put("content_type", file.type());
    values.put("size_bytes", String.valueOf(file.content().length));
    values.put("size_compressed", String.valueOf(file.content().length));
    values.put("hash", sha256(file.content()));
    values.put("table_name", table);
    values.put("table_sys_id", recordId);
    Row row =
        instance.place(TABLE, instance.nextId(), values, call.session().userName(), instance.now());
    contents.put(row.sysId(), file.content());
    if (instance.switches.on(Trap.ATTACHMENT_BUMPS_PARENT)) {
      writer.bump(record, call.session());
    }
    return Reply.json(201, new JsonObject().put("result", json(call, row)))
        .with("Location", base(call) + row.sysId());
  }

  private Row attachment(ApiCall call) {
    Row row = instance.find(TABLE, call.param("id"));
    if (row == null) {
      throw Errors.noRecord();
    }
    return row;
  }

  private JsonObject json(ApiCall call, Row row) {
    JsonObject json = new JsonObject();
    for (String field : instance.schema.fields(TABLE).keySet()) {
      json.put(field, row.get(field));
    }
    return json.put("download_link", base(call) + row.sysId() + "/file");
  }

  private static String base(ApiCall call) {
    String version = call.version().isEmpty() ? "" : call.version() + "/";
    return call.origin() + "/api/now/" + version + "attachment/";
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
