package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud does to a document before it stores it: neighbouring texts with the same marks become
 * one, empty {@code content} goes, blocks get a {@code localId}. Clients that compare bytes see a
 * difference that nobody made.
 */
final class AdfNormal {
  private AdfNormal() {}

  static JsonObject of(JsonObject document, boolean withAttributes) {
    JsonObject copy = document.copy();
    tidy(copy, withAttributes, "");
    return copy;
  }

  private static void tidy(JsonObject node, boolean withAttributes, String path) {
    JsonArray content = node.getJsonArray("content");
    if (content != null) {
      JsonArray merged = new JsonArray();
      JsonObject last = null;
      for (Object each : content) {
        JsonObject child = (JsonObject) each;
        tidy(child, withAttributes, path + "/" + merged.size());
        if (last != null && sameStyle(last, child)) {
          last.put("text", last.getString("text") + child.getString("text"));
        } else {
          merged.add(child);
          last = child;
        }
      }
      if (merged.isEmpty() && !"doc".equals(node.getString("type"))) {
        node.remove("content");
      } else {
        node.put("content", merged);
      }
    }
    String type = node.getString("type", "");
    if (node.containsKey("marks") && marks(node).isEmpty()) {
      node.remove("marks");
    }
    if (withAttributes) {
      if (type.equals("orderedList")) {
        attributes(node).put("order", attributes(node).getValue("order", 1));
      }
      if (type.equals("paragraph") || type.equals("heading") || type.equals("listItem")) {
        JsonObject attributes = attributes(node);
        if (!attributes.containsKey("localId")) {
          attributes.put("localId", localId(path + node.encode()));
        }
      }
    }
  }

  /** The same for the same content, so that sending a text again is no change. */
  private static String localId(String seed) {
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8))
        .toString()
        .substring(0, 12);
  }

  private static JsonObject attributes(JsonObject node) {
    JsonObject attributes = node.getJsonObject("attrs");
    if (attributes == null) {
      attributes = new JsonObject();
      node.put("attrs", attributes);
    }
    return attributes;
  }

  private static boolean sameStyle(JsonObject a, JsonObject b) {
    return "text".equals(a.getString("type"))
        && "text".equals(b.getString("type"))
        && marks(a).equals(marks(b));
  }

  private static JsonArray marks(JsonObject node) {
    @Nullable JsonArray marks = node.getJsonArray("marks");
    return marks == null ? new JsonArray() : marks;
  }
}
