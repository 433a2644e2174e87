package dev.taskbridge.config.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A place in the document being read: a value, its path and its line. Confined to one thread. */
public final class Reading {
  private static final Pattern PLAIN_NAME = Pattern.compile("[\\w<>-]+");

  /** What people put into addresses though it does not belong there. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)(?<=(?:password|passwd|pwd|secret|token|key)=)[^&;\\s]+|(?<=://)[^/@\\s]+(?=@)");

  private static final int SHOWN_LENGTH = 60;

  /** What is the same at every place of one document. */
  private record Document(
      String file, Node root, Placeholders placeholders, List<Problem> problems) {}

  private final Document document;
  private final Node node;
  private final String path;
  private final String name;
  private final int line;

  private Reading(Document document, Node node, String path, String name, int line) {
    this.document = document;
    this.node = node;
    this.path = path;
    this.name = name;
    this.line = line;
  }

  static Reading ofRoot(String file, Node root, Placeholders placeholders, List<Problem> problems) {
    return new Reading(
        new Document(file, root, placeholders, problems), root, "", "", lineOf(root, 1));
  }

  /** The whole document, for a value whose meaning depends on another place. */
  public Reading root() {
    return new Reading(document, document.root(), "", "", lineOf(document.root(), 1));
  }

  /** The last part of the path: the key this value stands under. */
  public String name() {
    return name;
  }

  /** Counted from 1. */
  public int line() {
    return line;
  }

  /** Reports a problem with this value. */
  public void problem(String message) {
    document.problems().add(new Problem(document.file(), line, path, message));
  }

  /** Reports a key that should be here and is not. */
  void missing(String key, String accepted) {
    document
        .problems()
        .add(new Problem(document.file(), line, join(path, key), "missing; give " + accepted));
  }

  int problemCount() {
    return document.problems().size();
  }

  /** Reports that this value is not what the shape accepts. */
  void notAccepted(String accepted) {
    problem(shown() + " is not " + accepted + quotesHint());
  }

  public boolean isNothing() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
  }

  boolean isMapping() {
    return node instanceof MappingNode;
  }

  /** The scalar as written, if this is text. */
  public Optional<String> text() {
    return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** The scalar as written, if this is text, a number or true or false. */
  Optional<String> scalar() {
    return node instanceof ScalarNode scalar && !isNothing()
        ? Optional.of(scalar.getValue())
        : Optional.empty();
  }

  /** {@code written} with its placeholders filled; empty, and reported, if one gives nothing. */
  Optional<String> resolved(String written) {
    try {
      return Optional.of(document.placeholders().resolve(written));
    } catch (Placeholders.UnresolvedException e) {
      problem(e.getMessage() + "; set it, or write another {{env:NAME}} or {{file:PATH}}");
      return Optional.empty();
    }
  }

  /** The value under {@code key}, if this is a mapping that has it. */
  public Optional<Reading> child(String key) {
    return children().stream().filter(child -> child.name.equals(key)).findFirst();
  }

  /** The value at {@code wanted}, or the nearest one above it that is there. */
  Reading nearest(String wanted) {
    for (Reading child : children()) {
      if (wanted.equals(child.path) || wanted.startsWith(child.path + ".")) {
        return child.nearest(wanted);
      }
    }
    return this;
  }

  /** The values of a mapping by key, in order, repeated keys included; else empty. */
  public List<Reading> children() {
    List<Reading> children = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        if (tuple.getKeyNode() instanceof ScalarNode key) {
          children.add(
              new Reading(
                  document,
                  tuple.getValueNode(),
                  join(path, key.getValue()),
                  key.getValue(),
                  lineOf(key, line)));
        }
      }
    }
    return children;
  }

  /** Reports keys that are no words, and keys that are there twice. */
  void checkKeys() {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode)) {
        new Reading(document, tuple.getKeyNode(), path, name, lineOf(tuple.getKeyNode(), line))
            .problem("a key must be a word" + quotesHint());
      }
    }
    List<Reading> children = children();
    for (int i = 0; i < children.size(); i++) {
      Reading child = children.get(i);
      for (Reading earlier : children.subList(0, i)) {
        if (earlier.name.equals(child.name)) {
          child.problem("is there twice; the first is in line " + earlier.line);
          break;
        }
      }
    }
  }

  /** The elements of a list; empty if this is no list. */
  public Optional<List<Reading>> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      return Optional.empty();
    }
    List<Reading> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      String index = "[" + elements.size() + "]";
      elements.add(
          new Reading(document, element, path + index, name + index, lineOf(element, line)));
    }
    return Optional.of(elements);
  }

  /** The value as messages show it: never its placeholders' content. */
  public String shown() {
    if (node instanceof ScalarNode scalar) {
      if (isNothing()) {
        return "nothing";
      }
      String value = CREDENTIALS.matcher(scalar.getValue()).replaceAll("***").replace("\n", "\\n");
      return "\""
          + (value.length() <= SHOWN_LENGTH ? value : value.substring(0, SHOWN_LENGTH) + "…")
          + "\"";
    }
    return node instanceof SequenceNode ? "a list" : "a mapping";
  }

  /** An unquoted {@code {{env:X}}} is, to YAML, a mapping with a mapping as its key. */
  private String quotesHint() {
    boolean looksLikePlaceholder =
        node instanceof MappingNode mapping
            && mapping.getValue().size() == 1
            && mapping.getValue().get(0).getKeyNode() instanceof MappingNode;
    return looksLikePlaceholder ? "; a placeholder must be in quotes: \"{{env:NAME}}\"" : "";
  }

  static String join(String path, String key) {
    String part = PLAIN_NAME.matcher(key).matches() ? key : "\"" + key + "\"";
    return path.isEmpty() ? part : path + "." + part;
  }

  private static int lineOf(@Nullable Node node, int otherwise) {
    return node == null
        ? otherwise
        : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(otherwise);
  }
}
