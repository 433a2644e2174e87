package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A section whose {@code kind} says which further keys it has. */
public final class Kinds<T> implements Shape<T> {
  /** The key that names the kind. */
  public static final String KIND = "kind";

  private final Map<String, Section<? extends T>> sections;
  private final String defaultKind;

  private Kinds(Map<String, Section<? extends T>> sections, String defaultKind) {
    this.sections = sections;
    this.defaultKind = defaultKind;
  }

  /** One kind, to which {@link #or} adds others. */
  public static <T> Kinds<T> of(String kind, Section<? extends T> section) {
    return new Kinds<T>(Map.of(), "").or(kind, section);
  }

  /** One kind more. */
  public Kinds<T> or(String kind, Section<? extends T> section) {
    Map<String, Section<? extends T>> more = new LinkedHashMap<>(sections);
    more.put(kind, section);
    return new Kinds<>(more, defaultKind);
  }

  /** The same kinds, of which {@code kind} is meant where none is named. */
  public Kinds<T> defaultingTo(String kind) {
    return new Kinds<>(sections, kind);
  }

  @Override
  public Optional<T> read(Reading at) {
    if (!at.isMapping()) {
      at.notAccepted(accepted());
      return Optional.empty();
    }
    Choice<String> kinds = Choice.of(List.copyOf(sections.keySet()), kind -> kind);
    Optional<Reading> named = at.child(KIND);
    if (named.isEmpty() && defaultKind.isEmpty()) {
      at.missing(KIND, kinds.accepted());
      return Optional.empty();
    }
    Optional<String> kind = named.map(kinds::read).orElse(Optional.of(defaultKind));
    return kind.flatMap(word -> section(word).read(at).map(value -> value));
  }

  private Section<? extends T> section(String kind) {
    Section<? extends T> section = sections.get(kind);
    if (section == null) {
      throw new IllegalArgumentException("no section was given for kind " + kind);
    }
    Choice<String> only = Choice.of(List.of(kind), word -> word);
    String doc = "What follows is for " + kind + ".";
    return section.alsoAccepting(
        kind.equals(defaultKind)
            ? Key.or(KIND, only, kind, kind, doc)
            : Key.required(KIND, only, doc));
  }

  @Override
  public String accepted() {
    return "a mapping with kind: " + String.join(", ", sections.keySet());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode anyOf = schema.putArray("anyOf");
    sections.keySet().forEach(kind -> anyOf.add(section(kind).schema()));
    return schema;
  }

  @Override
  public void describe(String path, Consumer<Described> keys) {
    // Which kind a key is for stands in its path; a row for the key `kind` itself would say no
    // more.
    sections.forEach((kind, section) -> section.describe(path + "(" + kind + ")", keys));
  }
}
