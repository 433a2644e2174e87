package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Flattens an Atlassian document to text that reads well: blocks apart by a blank line, lists with
 * their markers, code in fences, links as {@code [text](address)}. A node of a kind that is not
 * known gives its text or its children's, so that no words are dropped.
 */
final class AdfReader {
  private AdfReader() {}

  static String text(JsonNode document) {
    return blocks(document.path("content"));
  }

  /** One block as {@link AdfWriter} must be able to write it back. */
  static String block(JsonNode node) {
    JsonNode content = node.path("content");
    JsonNode attributes = node.path("attrs");
    return switch (node.path("type").asText()) {
      case "paragraph" -> inline(content);
      case "heading" -> "#".repeat(attributes.path("level").asInt(1)) + " " + inline(content);
      case "bulletList" -> list(content, -1);
      case "orderedList" -> list(content, attributes.path("order").asInt(1));
      case "taskList", "decisionList" -> tasks(content);
      case "codeBlock" ->
          "```" + Json.text(attributes, "language") + "\n" + inline(content) + "\n```";
      case "blockquote" -> indented("> ", ">", "> ", blocks(content));
      case "rule" -> "---";
      case "expand", "nestedExpand" -> joined(Json.text(attributes, "title"), blocks(content));
      case "table" -> lines(content);
      case "tableRow" -> cells(content);
      case "mediaGroup", "mediaSingle" -> lines(content);
      default -> unknownBlock(node);
    };
  }

  private static String unknownBlock(JsonNode node) {
    if (!node.path("content").isArray() || node.path("content").isEmpty()) {
      return inline(node);
    }
    return hasBlocks(node.path("content"))
        ? blocks(node.path("content"))
        : inline(node.path("content"));
  }

  private static boolean hasBlocks(JsonNode content) {
    for (JsonNode child : content) {
      if (child.path("content").isArray()) {
        return true;
      }
    }
    return false;
  }

  private static String blocks(JsonNode content) {
    List<String> blocks = new ArrayList<>();
    content.forEach(child -> blocks.add(block(child)));
    return String.join("\n\n", blocks);
  }

  private static String lines(JsonNode content) {
    List<String> lines = new ArrayList<>();
    content.forEach(child -> lines.add(block(child)));
    return String.join("\n", lines);
  }

  private static String cells(JsonNode content) {
    List<String> cells = new ArrayList<>();
    content.forEach(cell -> cells.add(blocks(cell.path("content")).replaceAll("\n+", " ")));
    return String.join(" | ", cells);
  }

  private static String list(JsonNode items, int first) {
    List<String> lines = new ArrayList<>();
    int number = first;
    for (JsonNode item : items) {
      String marker = first < 0 ? "- " : number++ + ". ";
      String indent = " ".repeat(marker.length());
      lines.add(indented(indent, "", marker, lines(item.path("content"))));
    }
    return String.join("\n", lines);
  }

  private static String tasks(JsonNode items) {
    List<String> lines = new ArrayList<>();
    for (JsonNode item : items) {
      String state = Json.text(item.path("attrs"), "state");
      String marker = state.equals("DONE") ? "- [x] " : "- [ ] ";
      lines.add(
          item.path("type").asText().endsWith("List")
              ? indented("  ", "", "  ", block(item))
              : marker + inline(item.path("content")));
    }
    return String.join("\n", lines);
  }

  /** {@code first} before the first line, {@code others} before the rest, {@code empty} alone. */
  private static String indented(String others, String empty, String first, String text) {
    String[] lines = text.split("\n", -1);
    StringBuilder indented = new StringBuilder();
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        indented.append('\n');
      }
      if (i == 0) {
        indented.append(lines[i].isEmpty() && !empty.isEmpty() ? empty : first + lines[i]);
      } else {
        indented.append(lines[i].isEmpty() ? empty : others + lines[i]);
      }
    }
    return indented.toString();
  }

  private static String joined(String title, String rest) {
    return title.isEmpty() ? rest : rest.isEmpty() ? title : title + "\n\n" + rest;
  }

  /** The text of inline nodes, or of one. */
  static String inline(JsonNode nodes) {
    if (nodes.isObject()) {
      return span(nodes);
    }
    List<String> spans = new ArrayList<>();
    nodes.forEach(node -> spans.add(span(node)));
    return spans.stream().collect(Collectors.joining());
  }

  private static String span(JsonNode node) {
    JsonNode attributes = node.path("attrs");
    return switch (node.path("type").asText()) {
      case "text" -> marked(node);
      case "hardBreak" -> "\n";
      case "mention" -> mention(attributes);
      case "emoji" ->
          Json.textIn(attributes, "text").orElseGet(() -> Json.text(attributes, "shortName"));
      case "date" -> date(attributes.path("timestamp").asText());
      case "inlineCard", "blockCard", "embedCard" ->
          Json.textIn(attributes, "url").orElseGet(() -> Json.text(attributes.path("data"), "url"));
      case "status" -> Json.text(attributes, "text");
      case "media", "mediaInline" ->
          "[attachment" + Json.textIn(attributes, "alt").map(alt -> ": " + alt).orElse("") + "]";
      default -> unknownSpan(node);
    };
  }

  private static String unknownSpan(JsonNode node) {
    String own = Json.textIn(node, "text").orElseGet(() -> Json.text(node.path("attrs"), "text"));
    return own.isEmpty() ? inline(node.path("content")) : own;
  }

  private static String mention(JsonNode attributes) {
    String shown = Json.textIn(attributes, "text").orElseGet(() -> Json.text(attributes, "id"));
    return shown.startsWith("@") ? shown : "@" + shown;
  }

  private static String date(String epochMillis) {
    return JiraTime.parse(epochMillis)
        .map(Instant::toEpochMilli)
        .map(millis -> Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate().toString())
        .orElse(epochMillis);
  }

  private static String marked(JsonNode node) {
    String text = Json.text(node, "text");
    for (JsonNode mark : node.path("marks")) {
      switch (mark.path("type").asText()) {
        case "code" -> text = "`" + text + "`";
        case "link" -> {
          String address = Json.text(mark.path("attrs"), "href");
          text =
              address.isEmpty() || address.equals(text) ? text : "[" + text + "](" + address + ")";
        }
        default -> {
          // Strong, colour and the like say nothing that the words do not.
        }
      }
    }
    return text;
  }
}
