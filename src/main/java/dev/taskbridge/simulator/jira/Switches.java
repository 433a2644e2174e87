package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The present settings of every {@link Switch}; confined to the simulator's thread. */
final class Switches {
  private final Map<Switch, Object> values = new EnumMap<>(Switch.class);

  Switches() {
    for (Switch each : Switch.values()) {
      values.put(each, each.standard);
    }
  }

  boolean on(Switch flag) {
    return (Boolean) value(flag);
  }

  long number(Switch number) {
    return (Long) value(number);
  }

  String text(Switch text) {
    return (String) value(text);
  }

  boolean is(Switch choice, String word) {
    return value(choice).equals(word);
  }

  @SuppressWarnings("unchecked")
  List<String> words(Switch words) {
    return (List<String>) value(words);
  }

  ZoneId zone(Switch zone) {
    return ZoneId.of(text(zone));
  }

  /** True while there are some left of "the next n", and one fewer afterwards. */
  boolean takeOne(Switch counted) {
    long left = number(counted);
    if (left > 0) {
      values.put(counted, left - 1);
    }
    return left > 0;
  }

  void set(Switch one, Object value) {
    values.put(one, value);
  }

  /**
   * Sets the named switches, all of them or none.
   *
   * @throws IllegalArgumentException naming the switch that is unknown or the value it refuses
   */
  void apply(JsonObject changes) {
    Map<Switch, Object> read = new EnumMap<>(Switch.class);
    for (String key : changes.fieldNames()) {
      Switch one = named(key);
      read.put(one, read(one, changes.getValue(key)));
    }
    values.putAll(read);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    values.forEach(
        (one, value) ->
            json.put(one.key, value instanceof List<?> words ? new JsonArray(words) : value));
    return json;
  }

  private Object value(Switch one) {
    Object value = values.get(one);
    return value == null ? one.standard : value;
  }

  private static Switch named(String key) {
    for (Switch each : Switch.values()) {
      if (each.key.equals(key)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "unknown switch \"" + key + "\"; GET /_sim/switches lists them");
  }

  private static Object read(Switch one, Object value) {
    Object read =
        switch (one.kind) {
          case FLAG -> value instanceof Boolean ? value : null;
          case NUMBER -> value instanceof Number n && n.longValue() >= 0 ? n.longValue() : null;
          case TEXT -> value instanceof String ? value : null;
          case CHOICE -> one.choices.contains(value) ? value : null;
          case WORDS ->
              value instanceof JsonArray words && words.stream().allMatch(String.class::isInstance)
                  ? words.stream().map(String.class::cast).toList()
                  : null;
        };
    if (read == null) {
      String wanted =
          one.choices.isEmpty()
              ? "a value such as " + one.standard
              : "one of " + String.join(", ", one.choices);
      throw new IllegalArgumentException(one.key + " must be " + wanted + ", but was " + value);
    }
    if (one.key.endsWith("Zone")) {
      try {
        ZoneId.of((String) read);
      } catch (java.time.DateTimeException e) {
        throw new IllegalArgumentException(one.key + ": no such time zone: " + value, e);
      }
    }
    return read;
  }
}
