package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which marks a node of a document (ADF) may bear, and what each mark says. */
final class AdfMarks {
  private static final Set<String> FORMATTED =
      Set.of(
          "link",
          "em",
          "strong",
          "strike",
          "subsup",
          "underline",
          "textColor",
          "annotation",
          "backgroundColor");
  private static final Set<String> CODE = Set.of("code", "link", "annotation");
  private static final Set<String> MEDIA = Set.of("dataConsumer", "link", "annotation", "border");
  private static final Set<String> EXTENSION = Set.of("dataConsumer", "fragment");
  private static final Set<String> CELLS = Set.of("tableCell", "tableHeader");

  /** What each mark needs among its attributes, as a pattern of the value. */
  private static final Map<String, Map<String, Pattern>> NEEDED =
      Map.ofEntries(
          Map.entry("strong", Map.of()),
          Map.entry("em", Map.of()),
          Map.entry("code", Map.of()),
          Map.entry("strike", Map.of()),
          Map.entry("underline", Map.of()),
          Map.entry("link", Map.of("href", Pattern.compile("(?s).*"))),
          Map.entry("subsup", Map.of("type", Pattern.compile("sub|sup"))),
          Map.entry("textColor", Map.of("color", Pattern.compile("#[0-9a-fA-F]{6}"))),
          Map.entry("backgroundColor", Map.of("color", Pattern.compile("#[0-9a-fA-F]{6}"))),
          Map.entry(
              "annotation",
              Map.of(
                  "id", Pattern.compile("(?s).*"),
                  "annotationType", Pattern.compile("inlineComment"))),
          Map.entry("alignment", Map.of("align", Pattern.compile("center|end"))),
          Map.entry("indentation", Map.of("level", Pattern.compile("[1-6]"))),
          Map.entry("breakout", Map.of("mode", Pattern.compile("wide|full-width"))),
          Map.entry("fontSize", Map.of("fontSize", Pattern.compile("small"))),
          Map.entry("fragment", Map.of("localId", Pattern.compile("(?s).+"))),
          Map.entry("dataConsumer", Map.of("sources", Pattern.compile("(?s)\\[.+"))),
          Map.entry(
              "border",
              Map.of(
                  "size", Pattern.compile("[1-3]"),
                  "color", Pattern.compile("#[0-9a-fA-F]{8}|#[0-9a-fA-F]{6}"))));

  private AdfMarks() {}

  /**
   * What is wrong with the marks of {@code node}; empty if nothing is.
   *
   * @param type of the node
   * @param parent the type of the node that holds it
   */
  static Optional<String> problem(String path, String type, String parent, JsonObject node) {
    if (!node.containsKey("marks")) {
      return Optional.empty();
    }
    if (!(node.getValue("marks") instanceof JsonArray marks)) {
      return Optional.of(path + "/marks must be an array");
    }
    Set<String> types = new HashSet<>();
    for (Object each : marks) {
      Optional<String> problem = mark(path, each, types);
      if (problem.isPresent()) {
        return problem;
      }
    }
    Optional<Set<String>> allowed = allowed(type, parent, types);
    if (allowed.isEmpty()) {
      return Optional.of(path + ": a " + type + " has no marks");
    }
    return types.stream()
        .filter(mark -> !allowed.get().contains(mark))
        .sorted()
        .findFirst()
        .map(mark -> path + "/marks: " + mark + " is not for a " + type + " here");
  }

  private static Optional<String> mark(String path, Object value, Set<String> types) {
    if (!(value instanceof JsonObject mark)
        || !(mark.getValue("type") instanceof String type)
        || !NEEDED.containsKey(type)) {
      return Optional.of(path + "/marks has an unknown mark");
    }
    if (!types.add(type)) {
      return Optional.of(path + "/marks has a mark twice");
    }
    JsonObject attributes =
        mark.getValue("attrs") instanceof JsonObject given ? given : new JsonObject();
    return NEEDED.getOrDefault(type, Map.of()).entrySet().stream()
        .filter(
            needed -> {
              Object given = attributes.getValue(needed.getKey());
              return given == null || !needed.getValue().matcher(String.valueOf(given)).matches();
            })
        .findFirst()
        .map(needed -> path + "/marks: " + type + " needs a proper " + needed.getKey());
  }

  /** Empty where a node has no place for marks at all, not even for none. */
  private static Optional<Set<String>> allowed(String type, String parent, Set<String> types) {
    return switch (type) {
      case "text" ->
          Optional.of(
              parent.equals("codeBlock") ? Set.of() : types.contains("code") ? CODE : FORMATTED);
      case "paragraph" -> Optional.of(ofBlock(parent, types, true));
      case "heading" -> Optional.of(ofBlock(parent, types, false));
      case "codeBlock", "expand" ->
          Optional.of(parent.equals("doc") ? Set.of("breakout") : Set.of());
      case "nestedExpand" -> Optional.of(Set.of());
      case "media", "mediaInline" -> Optional.of(MEDIA);
      case "mediaSingle" -> Optional.of(Set.of("link"));
      case "table" -> Optional.of(Set.of("fragment"));
      case "extension", "inlineExtension", "bodiedExtension" -> Optional.of(EXTENSION);
      default -> Optional.empty();
    };
  }

  /** A paragraph or heading is aligned or indented, not both; in a cell paragraphs are aligned. */
  private static Set<String> ofBlock(String parent, Set<String> types, boolean paragraph) {
    Set<String> small = paragraph && !CELLS.contains(parent) ? Set.of("fontSize") : Set.of();
    boolean indents = parent.equals("doc") || (!paragraph && CELLS.contains(parent));
    boolean aligns = parent.equals("doc") || CELLS.contains(parent);
    String shift = indents && types.contains("indentation") ? "indentation" : "alignment";
    return aligns
        ? Stream.concat(small.stream(), Stream.of(shift)).collect(Collectors.toSet())
        : small;
  }
}
