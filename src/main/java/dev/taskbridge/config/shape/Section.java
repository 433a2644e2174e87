package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A mapping with known keys, which becomes one record. */
public final class Section<T> implements Shape<T> {
  private final List<Key<?>> keys;
  private final Optional<OtherKeys<?>> others;
  private final BiConsumer<Values, Reading> check;
  private final BiFunction<Values, Reading, T> build;

  private Section(
      List<Key<?>> keys,
      Optional<OtherKeys<?>> others,
      BiConsumer<Values, Reading> check,
      BiFunction<Values, Reading, T> build) {
    this.keys = List.copyOf(keys);
    this.others = others;
    this.check = check;
    this.build = build;
  }

  /**
   * A section of {@code keys}.
   *
   * @param build called only when every key could be read
   */
  public static <T> Section<T> of(List<Key<?>> keys, BiFunction<Values, Reading, T> build) {
    return new Section<>(keys, Optional.empty(), (values, at) -> {}, build);
  }

  /** The same section, with further keys under names that people choose. */
  public Section<T> with(OtherKeys<?> further) {
    return new Section<>(keys, Optional.of(further), check, build);
  }

  /**
   * The same section, with a rule over several keys. It runs even if some could not be read, so
   * that all problems come out together: it must ask with {@link Values#find}.
   */
  public Section<T> checked(BiConsumer<Values, Reading> rule) {
    return new Section<>(keys, others, check.andThen(rule), build);
  }

  /** The same section, accepting one more key that somebody else reads. */
  Section<T> alsoAccepting(Key<?> key) {
    List<Key<?>> more = new ArrayList<>(List.of(key));
    more.addAll(keys);
    return new Section<>(more, others, check, build);
  }

  @Override
  public Optional<T> read(Reading at) {
    if (!at.isMapping() && !at.isNothing()) {
      at.notAccepted(accepted());
      return Optional.empty();
    }
    int before = at.problemCount();
    at.checkKeys();
    Values values = new Values();
    keys.forEach(key -> readKey(key, at, values));
    List<Reading> unknown = new ArrayList<>();
    for (Reading child : at.children()) {
      if (words().stream().noneMatch(child.name()::equals)
          && others.filter(other -> other.accepts().test(child)).isEmpty()) {
        unknown.add(child);
      }
    }
    unknown.forEach(
        child ->
            child.problem(
                "unknown key"
                    + Nearest.hint(
                        child.name(), words(), "; known here: " + String.join(", ", words()))));
    others.ifPresent(other -> readOthers(other, at, unknown, values));
    check.accept(values, at);
    return at.problemCount() > before ? Optional.empty() : Optional.of(build.apply(values, at));
  }

  private static <V> void readKey(Key<V> key, Reading at, Values values) {
    Optional<Reading> child = at.child(key.word());
    if (child.isPresent()) {
      key.read(child.get()).ifPresent(value -> values.put(key, value));
    } else if (key.isRequired()) {
      at.missing(key.word(), key.shape().accepted());
    } else {
      key.absent().ifPresent(value -> values.put(key, value));
    }
  }

  private <V> void readOthers(
      OtherKeys<V> other, Reading at, List<Reading> unknown, Values values) {
    List<String> taken = new ArrayList<>(words());
    unknown.forEach(child -> taken.add(child.name()));
    Map<String, V> read = new LinkedHashMap<>();
    for (Reading child : at.children()) {
      if (!taken.contains(child.name())) {
        other.shape().read(child).ifPresent(value -> read.put(child.name(), value));
      }
    }
    values.put(other, Collections.unmodifiableMap(read));
  }

  private List<String> words() {
    return keys.stream().map(Key::word).toList();
  }

  @Override
  public String accepted() {
    return "a mapping with the keys " + String.join(", ", words());
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    List<String> required = keys.stream().filter(Key::isRequired).map(Key::word).toList();
    if (required.isEmpty()) {
      schema.putArray("type").add("object").add("null");
    } else {
      schema.put("type", "object");
      ArrayNode words = schema.putArray("required");
      required.forEach(words::add);
    }
    ObjectNode properties = schema.putObject("properties");
    keys.forEach(key -> properties.set(key.word(), key.schema()));
    if (others.isPresent()) {
      schema.set("additionalProperties", others.get().shape().schema());
    } else {
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  @Override
  public void describe(String path, Consumer<Described> described) {
    for (Key<?> key : keys) {
      String below = path.isEmpty() ? key.word() : path + "." + key.word();
      described.accept(new Described(below, key.shape().accepted(), key.absence(), key.doc()));
      key.shape().describe(below, described);
    }
    others.ifPresent(
        other -> {
          String below = path + ".<" + other.what() + ">";
          described.accept(new Described(below, other.shape().accepted(), "optional", other.doc()));
          other.shape().describe(below, described);
        });
  }
}
