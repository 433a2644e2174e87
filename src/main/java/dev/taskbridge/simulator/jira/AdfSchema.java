package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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
  private static final String LAYOUT =
      "wide|full-width|center|wrap-right|wrap-left|align-end|align-start";

  /**
   * What the values of attributes look like where the schema says more than that they are there.
   */
  private static final Map<String, Predicate<Object>> VALUES = values();

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
    return children("", "doc", root, new Rule(BLOCK, 0, Set.of(), Set.of()));
  }

  private static Optional<String> children(String path, String type, JsonObject node, Rule rule) {
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
      Optional<String> problem = node(here, type, list.getValue(i), rule.children());
      if (problem.isPresent()) {
        return problem;
      }
    }
    return type.equals("mediaSingle") ? pictureAndCaption(path, list) : Optional.empty();
  }

  private static Optional<String> pictureAndCaption(String path, JsonArray content) {
    boolean good =
        content.size() <= 2
            && content.getJsonObject(0).getString("type").equals("media")
            && (content.size() == 1
                || content.getJsonObject(1).getString("type").equals("caption"));
    return good ? Optional.empty() : Optional.of(path + " must be a media and perhaps a caption");
  }

  private static Optional<String> node(
      String path, String parent, Object value, Set<String> allowed) {
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
        .or(() -> AdfMarks.problem(path, type, parent, node))
        .or(() -> children(path, type, node, rule));
  }

  private static Optional<String> attributes(String path, String type, JsonObject node, Rule rule) {
    Object value = node.getValue("attrs");
    if (value == null) {
      return rule.attributesNeeded().isEmpty() && !type.equals("nestedExpand")
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
    for (String name : attributes.fieldNames()) {
      Predicate<Object> wanted = VALUES.get(type + "." + name);
      if (wanted != null && !wanted.test(attributes.getValue(name))) {
        return Optional.of(path + "/attrs/" + name + " cannot be " + attributes.getValue(name));
      }
    }
    return alternatives(path, type, attributes);
  }

  /** Attributes of which one or the other is needed. */
  private static Optional<String> alternatives(String path, String type, JsonObject attributes) {
    boolean file = !"external".equals(attributes.getValue("type"));
    return switch (type) {
      case "inlineCard", "blockCard" ->
          attributes.containsKey("url") != attributes.containsKey("data")
                  || attributes.containsKey("datasource")
              ? Optional.empty()
              : Optional.of(path + "/attrs needs either url or data");
      case "media" ->
          (file
                  ? attributes.containsKey("id") && attributes.containsKey("collection")
                  : attributes.containsKey("url"))
              ? Optional.empty()
              : Optional.of(path + "/attrs needs id and collection, or url if it is external");
      default -> Optional.empty();
    };
  }

  private static Map<String, Predicate<Object>> values() {
    Predicate<Object> text = String.class::isInstance;
    Predicate<Object> number = Number.class::isInstance;
    Map<String, Predicate<Object>> values = new HashMap<>();
    values.put(
        "heading.level", level -> level instanceof Integer whole && whole >= 1 && whole <= 6);
    values.put("orderedList.order", order -> order instanceof Number n && n.doubleValue() >= 0);
    values.put("codeBlock.language", text);
    values.put("hardBreak.text", "\n"::equals);
    values.put("mention.id", text);
    values.put("mention.text", text);
    values.put("mention.accessLevel", text);
    values.put("mention.userType", like("DEFAULT|SPECIAL|APP"));
    values.put("emoji.shortName", text);
    values.put("date.timestamp", like("-?\\d+"));
    values.put("status.text", like("(?s).+"));
    values.put("status.color", like("neutral|purple|blue|red|yellow|green|#[0-9a-fA-F]{6}"));
    values.put("panel.panelType", like("info|note|tip|warning|error|success|custom"));
    values.put("expand.title", text);
    values.put("nestedExpand.title", text);
    values.put("taskItem.state", like("TODO|DONE"));
    values.put("decisionItem.state", text);
    values.put("media.type", like("link|file|external"));
    values.put("mediaSingle.layout", like(LAYOUT));
    values.put("mediaSingle.width", number);
    values.put("embedCard.layout", like(LAYOUT));
    values.put("table.layout", like("wide|full-width|center|align-end|align-start|default"));
    values.put("table.displayMode", like("default|fixed"));
    values.put("table.isNumberColumnEnabled", Boolean.class::isInstance);
    for (String cell : List.of("tableCell", "tableHeader")) {
      values.put(cell + ".colspan", number);
      values.put(cell + ".rowspan", number);
      values.put(cell + ".background", text);
    }
    return Map.copyOf(values);
  }

  private static Predicate<Object> like(String pattern) {
    Predicate<String> matching = Pattern.compile(pattern).asMatchPredicate();
    return value -> value instanceof String text && matching.test(text);
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
    nodes.put(
        "mediaInline",
        leaf(
            Set.of("id", "collection"),
            Set.of("type", "alt", "data", "occurrenceKey", "width", "height")));
    nodes.put("placeholder", leaf(Set.of("text"), none));
    nodes.put(
        "inlineExtension",
        leaf(Set.of("extensionType", "extensionKey"), Set.of("parameters", "text")));
    nodes.put("paragraph", new Rule(INLINE, 0, none, none));
    nodes.put("heading", new Rule(INLINE, 0, Set.of("level"), none));
    nodes.put("rule", leaf(none, none));
    nodes.put(
        "codeBlock",
        new Rule(
            Set.of("text"), 0, none, Set.of("language", "uniqueId", "wrap", "hideLineNumbers")));
    nodes.put("bulletList", new Rule(Set.of("listItem"), 1, none, none));
    nodes.put("orderedList", new Rule(Set.of("listItem"), 1, none, Set.of("order")));
    nodes.put(
        "listItem",
        new Rule(
            Set.of(
                "paragraph",
                "bulletList",
                "orderedList",
                "taskList",
                "codeBlock",
                "mediaSingle",
                "extension"),
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
            Set.of(
                "paragraph",
                "bulletList",
                "orderedList",
                "codeBlock",
                "mediaSingle",
                "mediaGroup",
                "extension"),
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
                "rule",
                "extension"),
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
    Set<String> cell = Set.of("background", "colspan", "rowspan", "colwidth", "valign");
    nodes.put("tableCell", new Rule(IN_CELL, 1, none, cell));
    nodes.put("tableHeader", new Rule(IN_CELL, 1, none, cell));
    Set<String> inExpand = with(IN_CELL, "table");
    nodes.put("expand", new Rule(inExpand, 1, none, Set.of("title")));
    nodes.put(
        "nestedExpand",
        new Rule(
            without(IN_CELL, "nestedExpand", "blockCard", "embedCard"), 1, none, Set.of("title")));
    nodes.put(
        "mediaSingle",
        new Rule(Set.of("media", "caption"), 1, none, Set.of("layout", "width", "widthType")));
    nodes.put(
        "caption", new Rule(without(INLINE, "mediaInline", "inlineExtension"), 0, none, none));
    nodes.put("mediaGroup", new Rule(Set.of("media"), 1, none, none));
    nodes.put(
        "media",
        leaf(
            Set.of("type"),
            Set.of("id", "collection", "alt", "url", "width", "height", "occurrenceKey")));
    nodes.put("blockCard", leaf(none, Set.of("url", "data", "datasource", "width", "layout")));
    nodes.put(
        "embedCard",
        leaf(Set.of("url", "layout"), Set.of("width", "originalHeight", "originalWidth")));
    Set<String> extension = Set.of("parameters", "text", "layout");
    nodes.put("extension", leaf(Set.of("extensionType", "extensionKey"), extension));
    nodes.put(
        "bodiedExtension",
        new Rule(
            without(inExpand, "nestedExpand"),
            1,
            Set.of("extensionType", "extensionKey"),
            extension));
    return Map.copyOf(nodes);
  }

  private static Set<String> with(Set<String> types, String one) {
    return Stream.concat(types.stream(), Stream.of(one)).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<String> without(Set<String> types, String... some) {
    Set<String> absent = Set.of(some);
    return types.stream()
        .filter(type -> !absent.contains(type))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Rule leaf(Set<String> needed, Set<String> attributes) {
    return new Rule(Set.of(), 0, needed, attributes);
  }
}
