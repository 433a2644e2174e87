package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A document's words. */
final class AdfText {
  private AdfText() {}

  static String plain(JsonObject document) {
    StringBuilder text = new StringBuilder();
    append(document, text);
    return text.toString().strip();
  }

  private static void append(JsonObject node, StringBuilder text) {
    JsonObject attributes = node.getJsonObject("attrs", new JsonObject());
    switch (node.getString("type", "")) {
      case "text" -> text.append(node.getString("text"));
      case "hardBreak" -> text.append('\n');
      case "mention", "status" -> text.append(attributes.getString("text", ""));
      case "emoji" ->
          text.append(attributes.getString("text", attributes.getString("shortName", "")));
      case "inlineCard", "blockCard", "embedCard" -> text.append(attributes.getString("url", ""));
      default -> {
        JsonArray content = node.getJsonArray("content", new JsonArray());
        boolean block = content.stream().anyMatch(AdfText::isBlock);
        for (Object child : content) {
          append((JsonObject) child, text);
          if (block) {
            text.append('\n');
          }
        }
      }
    }
  }

  private static boolean isBlock(Object node) {
    return switch (((JsonObject) node).getString("type", "")) {
      case "text", "hardBreak", "mention", "status", "emoji", "inlineCard", "date" -> false;
      default -> true;
    };
  }
}
