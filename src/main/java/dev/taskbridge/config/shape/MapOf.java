package dev.taskbridge.config.shape;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Values under names that people choose. The order is kept.
 *
 * @param what what a name stands for, such as {@code system}, for messages and documentation
 * @param names what a name must look like
 * @param allowed the words that are names; empty if any matching name will do
 * @param least how many there must be
 */
public record MapOf<T>(String what, Pattern names, List<String> allowed, int least, Shape<T> value)
    implements Shape<Map<String, T>> {
  private static final Pattern ANYTHING = Pattern.compile("(?s).*\\S.*");

  /** Short names that end up in routes, metrics and addresses. */
  public static final Pattern SHORT_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");

  /** Values under any names. */
  public static <T> MapOf<T> of(String what, Shape<T> value) {
    return new MapOf<>(what, ANYTHING, List.of(), 0, value);
  }

  /** At least one value, under names fit for routes, metrics and addresses. */
  public static <T> MapOf<T> named(String what, Shape<T> value) {
    return new MapOf<>(what, SHORT_NAME, List.of(), 1, value);
  }

  /** Values under some of the given words. */
  public static <T> MapOf<T> among(String what, List<String> words, int least, Shape<T> value) {
    return new MapOf<>(what, ANYTHING, List.copyOf(words), least, value);
  }

  @Override
  public Optional<Map<String, T>> read(Reading at) {
    if (!at.isMapping() && !(at.isNothing() && least == 0)) {
      at.notAccepted(accepted());
      return Optional.empty();
    }
    int before = at.problemCount();
    at.checkKeys();
    Map<String, T> values = new LinkedHashMap<>();
    for (Reading child : at.children()) {
      checkName(child, values);
      value.read(child).ifPresent(read -> values.put(child.name(), read));
    }
    if (at.children().size() < least) {
      at.problem("names no " + what + "; there must be at least one");
    }
    return at.problemCount() > before
        ? Optional.empty()
        : Optional.of(Collections.unmodifiableMap(values));
  }

  private void checkName(Reading child, Map<String, T> earlier) {
    if (!allowed.isEmpty() && !allowed.contains(child.name())) {
      child.problem(
          "\""
              + child.name()
              + "\" is not one of "
              + String.join(", ", allowed)
              + Nearest.hint(child.name(), allowed, ""));
    } else if (!names.matcher(child.name()).matches()) {
      child.problem(
          "\"" + child.name() + "\" cannot name a " + what + "; use letters, digits, - and _");
    } else if (names == SHORT_NAME) {
      // Some of the places that names end up in do not tell large letters from small ones.
      earlier.keySet().stream()
          .filter(name -> !name.equals(child.name()))
          .filter(
              name -> name.toLowerCase(Locale.ROOT).equals(child.name().toLowerCase(Locale.ROOT)))
          .findFirst()
          .ifPresent(
              name -> child.problem("differs from " + name + " in large and small letters only"));
    }
  }

  @Override
  public String accepted() {
    return allowed.isEmpty()
        ? "a mapping from " + what + " to: " + value.accepted()
        : "a mapping from "
            + what
            + " ("
            + String.join(", ", allowed)
            + ") to: "
            + value.accepted();
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (least == 0) {
      schema.putArray("type").add("object").add("null");
    } else {
      schema.put("type", "object").put("minProperties", least);
    }
    if (allowed.isEmpty()) {
      if (names == SHORT_NAME) {
        schema.putObject("propertyNames").put("pattern", "^" + names.pattern() + "$");
      }
      schema.set("additionalProperties", value.schema());
    } else {
      ObjectNode properties = schema.putObject("properties");
      allowed.forEach(word -> properties.set(word, value.schema()));
      schema.put("additionalProperties", false);
    }
    return schema;
  }

  @Override
  public void describe(String path, Consumer<Described> keys) {
    value.describe(path + ".<" + what + ">", keys);
  }
}
