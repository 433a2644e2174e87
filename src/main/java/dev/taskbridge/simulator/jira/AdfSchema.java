package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which documents (ADF) Cloud accepts: the published schema's nodes, attributes and marks. */
final class AdfSchema {
  private static final Set<String> INLINE =
      Set.of(
          "text",
          "hardBreak",
          "mention",
          "emoji",
          "date",
          "inlineCard",
          "status",
          "mediaInline",
          "inlineExtension",
          "placeholder");
  private static final Set<String> BLOCK =
      Set.of(
          "paragraph",
          "heading",
          "bulletList",
          "orderedList",
          "taskList",
          "decisionList",
          "codeBlock",
          "blockquote",
          "rule",
          "panel",
          "table",
          "mediaSingle",
          "mediaGroup",
          "expand",
          "blockCard",
          "embedCard",
          "extension",
          "bodiedExtension");
  private static final Set<String> IN_CELL =
      Stream.concat(
              BLOCK.stream()
                  .filter(type -> !Set.of("table", "expand", "bodiedExtension").contains(type)),
              Stream.of("nestedExpand"))
          .collect(Collectors.toUnmodifiableSet());
  private static final Map<String, Rule> NODES = nodes();
  private static final Map<String, Set<String>> MARKS =
      Map.ofEntries(
          Map.entry("strong", Set.of()),
          Map.entry("em", Set.of()),
          Map.entry("code", Set.of()),
          Map.entry("strike", Set.of()),
          Map.entry("underline", Set.of()),
          Map.entry("link", Set.of("href")),
          Map.entry("subsup", Set.of("type")),
          Map.entry("textColor", Set.of("color")),
          Map.entry("backgroundColor", Set.of("color")),
          Map.entry("annotation", Set.of("id", "annotationType")),
          Map.entry("alignment", Set.of("align")),
          Map.entry("indentation", Set.of("level")),
          Map.entry("breakout", Set.of("mode")),
          Map.entry("border", Set.of("size", "color")));

  private AdfSchema() {}

  /**
   * @param children null for a leaf
   */
  private record Rule(
      Set<String> children, int fewest, Set<String> attributesNeeded, Set<String> attributes) {
    boolean leaf() {
      return children.isEmpty();
    }
  }

  /** What is wrong with {@code document}, and where; empty if nothing is. */
  static Optional<String> problem(Object document) {
    if (!(document instanceof JsonObject root)) {
      return Optional.of("not an object");
    }
    if (!"doc".equals(root.getValue("type"))) {
      return Optional.of("/type must be doc");
    }
    if (!Integer.valueOf(1).equals(root.getValue("version"))) {
      return Optional.of("/version must be 1");
    }
    if (!root.containsKey("content")) {
      return Optional.of("/content is missing");
    }
    if (!Set.of("type", "version", "content").containsAll(root.fieldNames())) {
      return Optional.of("/ has other properties than type, version, content");
    }
    return children("", root, new Rule(BLOCK, 0, Set.of(), Set.of()));
  }

  private static Optional<String> children(String path, JsonObject node, Rule rule) {
    Object content = node.getValue("content");
    if (content == null && !node.containsKey("content")) {
      return rule.fewest() == 0 ? Optional.empty() : Optional.of(path + "/content is missing");
    }
    if (!(content instanceof JsonArray list)) {
      return Optional.of(path + "/content must be an array");
    }
    if (rule.leaf() && !list.isEmpty()) {
      return Optional.of(path + " must have no content");
    }
    if (list.size() < rule.fewest()) {
      return Optional.of(path + "/content must not be empty");
    }
    for (int i = 0; i < list.size(); i++) {
      String here = path + "/content/" + i;
      Optional<String> problem = node(here, list.getValue(i), rule.children());
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> node(String path, Object value, Set<String> allowed) {
    if (!(value instanceof JsonObject node) || !(node.getValue("type") instanceof String type)) {
      return Optional.of(path + " must be a node with a type");
    }
    Rule rule = NODES.get(type);
    if (rule == null || !allowed.contains(type)) {
      return Optional.of(path + " must not be a " + type);
    }
    if (!Set.of("type", "attrs", "content", "marks", "text").containsAll(node.fieldNames())) {
      return Optional.of(path + " has a property that no node has");
    }
    if (type.equals("text")) {
      if (!(node.getValue("text") instanceof String text) || text.isEmpty()) {
        return Optional.of(path + "/text must be a string of at least one character");
      }
    } else if (node.containsKey("text")) {
      return Optional.of(path + " must not have a text");
    }
    return attributes(path, type, node, rule)
        .or(() -> marks(path, node))
        .or(() -> children(path, node, rule));
  }

  private static Optional<String> attributes(String path, String type, JsonObject node, Rule rule) {
    Object value = node.getValue("attrs");
    if (value == null) {
      return rule.attributesNeeded().isEmpty()
          ? Optional.empty()
          : Optional.of(path + "/attrs is missing");
    }
    if (!(value instanceof JsonObject attributes)) {
      return Optional.of(path + "/attrs must be an object");
    }
    for (String needed : rule.attributesNeeded()) {
      if (attributes.getValue(needed) == null) {
        return Optional.of(path + "/attrs/" + needed + " is missing");
      }
    }
    for (String name : attributes.fieldNames()) {
      if (!name.equals("localId")
          && !rule.attributes().contains(name)
          && !rule.attributesNeeded().contains(name)) {
        return Optional.of(path + "/attrs/" + name + " is unknown");
      }
    }
    return switch (type) {
      case "heading" ->
          attributes.getValue("level") instanceof Integer level && level >= 1 && level <= 6
              ? Optional.empty()
              : Optional.of(path + "/attrs/level must be 1 to 6");
      case "orderedList" ->
          attributes.getValue("order", 1) instanceof Number
              ? Optional.empty()
              : Optional.of(path + "/attrs/order must be a number");
      case "date" ->
          attributes.getValue("timestamp") instanceof String stamp && stamp.matches("-?\\d+")
              ? Optional.empty()
              : Optional.of(path + "/attrs/timestamp must be milliseconds, as a string");
      case "mention" ->
          attributes.getValue("id") instanceof String
              ? Optional.empty()
              : Optional.of(path + "/attrs/id must be a string");
      case "inlineCard", "blockCard" ->
          attributes.containsKey("url") || attributes.containsKey("data")
              ? Optional.empty()
              : Optional.of(path + "/attrs needs url or data");
      case "panel" ->
          Set.of("info", "note", "tip", "warning", "error", "success", "custom")
                  .contains(attributes.getString("panelType"))
              ? Optional.empty()
              : Optional.of(path + "/attrs/panelType is unknown");
      default -> Optional.empty();
    };
  }

  private static Optional<String> marks(String path, JsonObject node) {
    Object value = node.getValue("marks");
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonArray marks)) {
      return Optional.of(path + "/marks must be an array");
    }
    for (Object each : marks) {
      if (!(each instanceof JsonObject mark)
          || !(mark.getValue("type") instanceof String type)
          || !MARKS.containsKey(type)) {
        return Optional.of(path + "/marks has an unknown mark");
      }
      for (String needed : MARKS.getOrDefault(type, Set.of())) {
        if (mark.getJsonObject("attrs", new JsonObject()).getValue(needed) == null) {
          return Optional.of(path + "/marks: " + type + " needs " + needed);
        }
      }
    }
    List<String> types = marks.stream().map(mark -> ((JsonObject) mark).getString("type")).toList();
    if (types.stream().distinct().count() < types.size()) {
      return Optional.of(path + "/marks has a mark twice");
    }
    if (types.contains("code") && !Set.of("code", "link", "annotation").containsAll(types)) {
      return Optional.of(path + "/marks: code stands only with link");
    }
    return Optional.empty();
  }

  private static Map<String, Rule> nodes() {
    Map<String, Rule> nodes = new HashMap<>();
    Set<String> none = Set.of();
    nodes.put("text", leaf(none, none));
    nodes.put("hardBreak", leaf(none, Set.of("text")));
    nodes.put("mention", leaf(Set.of("id"), Set.of("text", "accessLevel", "userType")));
    nodes.put("emoji", leaf(Set.of("shortName"), Set.of("id", "text")));
    nodes.put("date", leaf(Set.of("timestamp"), none));
    nodes.put("inlineCard", leaf(none, Set.of("url", "data")));
    nodes.put("status", leaf(Set.of("text", "color"), Set.of("style")));
    nodes.put("mediaInline", leaf(Set.of("id"), Set.of("collection", "type", "alt", "data")));
    nodes.put("placeholder", leaf(Set.of("text"), none));
    nodes.put(
        "inlineExtension",
        leaf(Set.of("extensionType", "extensionKey"), Set.of("parameters", "text")));
    nodes.put("paragraph", new Rule(INLINE, 0, none, none));
    nodes.put("heading", new Rule(INLINE, 0, Set.of("level"), none));
    nodes.put("rule", leaf(none, none));
    nodes.put("codeBlock", new Rule(Set.of("text"), 0, none, Set.of("language", "uniqueId")));
    nodes.put("bulletList", new Rule(Set.of("listItem"), 1, none, none));
    nodes.put("orderedList", new Rule(Set.of("listItem"), 1, none, Set.of("order")));
    nodes.put(
        "listItem",
        new Rule(
            Set.of(
                "paragraph", "bulletList", "orderedList", "taskList", "codeBlock", "mediaSingle"),
            1,
            none,
            none));
    nodes.put("taskList", new Rule(Set.of("taskItem", "taskList"), 1, Set.of("localId"), none));
    nodes.put("taskItem", new Rule(INLINE, 0, Set.of("localId", "state"), none));
    nodes.put("decisionList", new Rule(Set.of("decisionItem"), 1, Set.of("localId"), none));
    nodes.put("decisionItem", new Rule(INLINE, 0, Set.of("localId", "state"), none));
    nodes.put(
        "blockquote",
        new Rule(
            Set.of("paragraph", "bulletList", "orderedList", "codeBlock", "mediaSingle"),
            1,
            none,
            none));
    nodes.put(
        "panel",
        new Rule(
            Set.of(
                "paragraph",
                "heading",
                "bulletList",
                "orderedList",
                "taskList",
                "decisionList",
                "codeBlock",
                "blockCard",
                "mediaSingle",
                "mediaGroup",
                "rule"),
            1,
            Set.of("panelType"),
            Set.of("panelIcon", "panelIconId", "panelIconText", "panelColor")));
    nodes.put(
        "table",
        new Rule(
            Set.of("tableRow"),
            1,
            none,
            Set.of("isNumberColumnEnabled", "layout", "width", "displayMode")));
    nodes.put("tableRow", new Rule(Set.of("tableCell", "tableHeader"), 1, none, none));
    Set<String> cell = Set.of("background", "colspan", "rowspan", "colwidth");
    nodes.put("tableCell", new Rule(IN_CELL, 1, none, cell));
    nodes.put("tableHeader", new Rule(IN_CELL, 1, none, cell));
    nodes.put("expand", new Rule(IN_CELL, 1, none, Set.of("title")));
    nodes.put("nestedExpand", new Rule(IN_CELL, 1, none, Set.of("title")));
    nodes.put(
        "mediaSingle", new Rule(Set.of("media"), 1, none, Set.of("layout", "width", "widthType")));
    nodes.put("mediaGroup", new Rule(Set.of("media"), 1, none, none));
    nodes.put(
        "media",
        leaf(
            Set.of("type"),
            Set.of("id", "collection", "alt", "url", "width", "height", "occurrenceKey")));
    nodes.put("blockCard", leaf(none, Set.of("url", "data", "datasource", "width", "layout")));
    nodes.put("embedCard", leaf(Set.of("url", "layout"), Set.of("width", "originalHeight")));
    Set<String> extension = Set.of("parameters", "text", "layout");
    nodes.put("extension", leaf(Set.of("extensionType", "extensionKey"), extension));
    nodes.put(
        "bodiedExtension", new Rule(BLOCK, 1, Set.of("extensionType", "extensionKey"), extension));
    return Map.copyOf(nodes);
  }

  private static Rule leaf(Set<String> needed, Set<String> attributes) {
    return new Rule(Set.of(), 0, needed, attributes);
  }
}
