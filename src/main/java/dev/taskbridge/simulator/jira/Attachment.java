package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** A file on an issue. */
@SuppressWarnings("ArrayRecordComponent") // only ever written out, never compared
record Attachment(
    long id, User author, Instant created, String fileName, String mediaType, byte[] content) {

  JsonObject show(View view) {
    String api = view.base();
    String origin = api.substring(0, api.indexOf("/rest/"));
    boolean cloud = view.site().cloud();
    return new JsonObject()
        .put("id", String.valueOf(id))
        .put("self", view.self("attachment/" + id))
        .put("filename", fileName)
        .put("author", view.user(author))
        .put("created", view.time(created))
        .put("size", content.length)
        .put("mimeType", mediaType)
        .put(
            "content",
            cloud
                ? view.self("attachment/content/" + id)
                : origin + "/secure/attachment/" + id + "/" + encoded(fileName));
  }

  /** For a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
