package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Atlassian's published schema of documents, as far as the nodes go that the adapter writes: what
 * may stand in what, with which attributes and marks. Anything else is a complaint, although the
 * schema knows more.
 */
final class AdfRules {
  private static final Set<String> BLOCKS =
      Set.of(
          "paragraph", "heading", "bulletList", "orderedList", "codeBlock", "blockquote", "rule");
  private static final Map<String, Set<String>> CHILDREN =
      Map.of(
          "doc", BLOCKS,
          "paragraph", Set.of("text", "hardBreak"),
          "heading", Set.of("text", "hardBreak"),
          "bulletList", Set.of("listItem"),
          "orderedList", Set.of("listItem"),
          "listItem", Set.of("paragraph", "bulletList", "orderedList", "codeBlock"),
          "blockquote", Set.of("paragraph", "bulletList", "orderedList", "codeBlock"),
          "codeBlock", Set.of("text"));
  private static final Set<String> NEVER_EMPTY =
      Set.of("bulletList", "orderedList", "listItem", "blockquote");

  private final List<String> complaints = new ArrayList<>();

  private AdfRules() {}

  /** What is wrong with {@code document}, each with its place. */
  static List<String> complaints(JsonNode document) {
    AdfRules rules = new AdfRules();
    rules.members("", document, Set.of("type", "version", "content"));
    if (!document.path("type").asText().equals("doc")
        || document.path("version").asInt() != 1
        || !document.path("content").isArray()) {
      rules.complaints.add("not a document of version 1");
    }
    rules.content("", "doc", document);
    return rules.complaints;
  }

  private void members(String path, JsonNode object, Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                complaints.add(path + " has a member " + name);
              }
            });
  }

  private void content(String path, String type, JsonNode node) {
    if (!CHILDREN.containsKey(type)) {
      if (node.has("content")) {
        complaints.add(path + ": a " + type + " has no content");
      }
      return;
    }
    JsonNode content = node.path("content");
    if (node.has("content") && !content.isArray()) {
      complaints.add(path + "/content is no list");
    }
    if (content.isEmpty() && NEVER_EMPTY.contains(type)) {
      complaints.add(path + ": an empty " + type);
    }
    for (int i = 0; i < content.size(); i++) {
      String here = path + "/" + i;
      String child = content.get(i).path("type").asText();
      if (!CHILDREN.get(type).contains(child)) {
        complaints.add(here + ": a " + child + " in a " + type);
      } else {
        node(here, type, child, content.get(i));
      }
    }
  }

  private void node(String path, String parent, String type, JsonNode node) {
    JsonNode attributes = node.path("attrs");
    switch (type) {
      case "text" -> text(path, parent, node);
      case "heading" -> {
        members(path, node, Set.of("type", "attrs", "content"));
        members(path, attributes, Set.of("level"));
        if (!attributes.path("level").isInt()
            || attributes.path("level").asInt() < 1
            || attributes.path("level").asInt() > 6) {
          complaints.add(path + ": level " + attributes.path("level"));
        }
      }
      case "orderedList" -> {
        members(path, node, Set.of("type", "attrs", "content"));
        members(path, attributes, Set.of("order"));
        if (node.has("attrs")
            && (!attributes.path("order").isInt() || attributes.path("order").asInt() < 0)) {
          complaints.add(path + ": order " + attributes.path("order"));
        }
      }
      case "codeBlock" -> {
        members(path, node, Set.of("type", "attrs", "content"));
        members(path, attributes, Set.of("language"));
        if (node.has("attrs") && !attributes.path("language").isTextual()) {
          complaints.add(path + ": language " + attributes.path("language"));
        }
      }
      case "hardBreak", "rule" -> members(path, node, Set.of("type"));
      default -> members(path, node, Set.of("type", "content"));
    }
    content(path, type, node);
  }

  private void text(String path, String parent, JsonNode node) {
    members(path, node, Set.of("type", "text", "marks"));
    if (!node.path("text").isTextual() || node.path("text").asText().isEmpty()) {
      complaints.add(path + ": a text without text");
    }
    Set<String> marks = new HashSet<>();
    for (JsonNode mark : node.path("marks")) {
      String type = mark.path("type").asText();
      if (!Set.of("code", "link").contains(type) || !marks.add(type)) {
        complaints.add(path + ": a mark " + type);
      }
      members(path, mark, type.equals("link") ? Set.of("type", "attrs") : Set.of("type"));
      members(path, mark.path("attrs"), Set.of("href"));
      if (type.equals("link") && !mark.path("attrs").path("href").isTextual()) {
        complaints.add(path + ": a link to nothing");
      }
    }
    if (parent.equals("codeBlock") && !marks.isEmpty()) {
      complaints.add(path + ": marks in a codeBlock");
    }
  }
}
