package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A document written as wiki markup: what version 2 of Cloud's API gives. */
final class AdfWiki {
  private AdfWiki() {}

  static String write(JsonObject document) {
    return blocks(document, "\n\n");
  }

  private static String blocks(JsonObject parent, String between) {
    List<String> blocks = new ArrayList<>();
    for (Object child : parent.getJsonArray("content", new JsonArray())) {
      blocks.add(block((JsonObject) child, ""));
    }
    return String.join(between, blocks);
  }

  private static String block(JsonObject node, String bullets) {
    JsonObject attributes = node.getJsonObject("attrs", new JsonObject());
    return switch (node.getString("type", "")) {
      case "paragraph" -> inline(node);
      case "heading" -> "h" + attributes.getInteger("level") + ". " + inline(node);
      case "bulletList" -> list(node, bullets + "*");
      case "orderedList" -> list(node, bullets + "#");
      case "codeBlock" -> {
        String language = attributes.getString("language", "");
        String open = language.isEmpty() ? "{code}" : "{code:" + language + "}";
        yield open + "\n" + AdfText.plain(node) + "\n{code}";
      }
      case "blockquote" -> "{quote}" + blocks(node, "\n\n") + "{quote}";
      case "panel" -> "{panel}\n" + blocks(node, "\n\n") + "\n{panel}";
      case "rule" -> "----";
      case "table" -> table(node);
      case "blockCard", "embedCard" -> "[" + attributes.getString("url", "") + "]";
      default -> blocks(node, "\n");
    };
  }

  private static String list(JsonObject list, String bullets) {
    List<String> lines = new ArrayList<>();
    for (Object each : list.getJsonArray("content", new JsonArray())) {
      JsonArray parts = ((JsonObject) each).getJsonArray("content", new JsonArray());
      for (int i = 0; i < parts.size(); i++) {
        JsonObject part = parts.getJsonObject(i);
        String type = part.getString("type", "");
        if (type.equals("bulletList") || type.equals("orderedList")) {
          lines.add(block(part, bullets));
        } else {
          lines.add((i == 0 ? bullets + " " : "") + block(part, bullets));
        }
      }
    }
    return String.join("\n", lines);
  }

  private static String table(JsonObject table) {
    List<String> rows = new ArrayList<>();
    for (Object each : table.getJsonArray("content", new JsonArray())) {
      StringBuilder row = new StringBuilder();
      String edge = "|";
      for (Object cell : ((JsonObject) each).getJsonArray("content", new JsonArray())) {
        edge = "tableHeader".equals(((JsonObject) cell).getString("type")) ? "||" : "|";
        row.append(edge).append(blocks((JsonObject) cell, "\n"));
      }
      rows.add(row.append(edge).toString());
    }
    return String.join("\n", rows);
  }

  private static String inline(JsonObject parent) {
    StringBuilder line = new StringBuilder();
    for (Object each : parent.getJsonArray("content", new JsonArray())) {
      JsonObject node = (JsonObject) each;
      JsonObject attributes = node.getJsonObject("attrs", new JsonObject());
      switch (node.getString("type", "")) {
        case "text" -> line.append(marked(node));
        case "hardBreak" -> line.append('\n');
        case "mention" ->
            line.append("[~accountid:").append(attributes.getString("id")).append(']');
        case "inlineCard" -> line.append('[').append(attributes.getString("url", "")).append(']');
        case "date" ->
            line.append(
                LocalDate.ofInstant(
                    Instant.ofEpochMilli(Long.parseLong(attributes.getString("timestamp"))),
                    ZoneOffset.UTC));
        case "emoji" ->
            line.append(attributes.getString("text", attributes.getString("shortName", "")));
        case "status" -> line.append('[').append(attributes.getString("text", "")).append(']');
        default -> line.append(AdfText.plain(node));
      }
    }
    return line.toString();
  }

  private static String marked(JsonObject node) {
    String text = node.getString("text");
    String link = "";
    List<String> marks = new ArrayList<>();
    for (Object each : node.getJsonArray("marks", new JsonArray())) {
      JsonObject mark = (JsonObject) each;
      if (mark.getString("type").equals("link")) {
        link = mark.getJsonObject("attrs").getString("href");
      } else {
        marks.add(mark.getString("type"));
      }
    }
    String out = marks.contains("code") ? text : WikiMarkup.escape(text);
    for (String mark : marks) {
      out =
          switch (mark) {
            case "strong" -> "*" + out + "*";
            case "em" -> "_" + out + "_";
            case "strike" -> "-" + out + "-";
            case "underline" -> "+" + out + "+";
            case "code" -> "{{" + out + "}}";
            default -> out;
          };
    }
    if (link.isEmpty()) {
      return out;
    }
    return link.equals(text) ? "[" + link + "]" : "[" + out + "|" + link + "]";
  }
}
