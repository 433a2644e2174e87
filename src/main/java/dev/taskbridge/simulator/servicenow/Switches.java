package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The present setting of every {@link Trap}; confined to the simulator's thread. */
final class Switches {
  private static final Map<Trap, List<String>> WORDS =
      Map.of(
          Trap.CLOSE_WITHOUT_ROLE, List.of("forbidden", "dropped"),
          Trap.OVERLONG_TEXT, List.of("truncated", "refused"),
          Trap.ASSIGNEE_OUTSIDE_GROUP, List.of("kept", "cleared", "refused"),
          Trap.CATALOG_TASK_SKIPPED, List.of("7", "5"));

  private final Map<Trap, Object> values = new EnumMap<>(Trap.class);

  boolean on(Trap trap) {
    return (Boolean) value(trap);
  }

  int number(Trap trap) {
    return (Integer) value(trap);
  }

  String word(Trap trap) {
    return (String) value(trap);
  }

  JsonObject object(Trap trap) {
    return (JsonObject) value(trap);
  }

  JsonArray list(Trap trap) {
    return (JsonArray) value(trap);
  }

  void set(Trap trap, Object value) {
    if (!value.getClass().equals(trap.byDefault().getClass())) {
      throw new IllegalArgumentException(
          trap.key() + " must be like " + trap.byDefault() + ", but was " + value);
    }
    List<String> words = WORDS.get(trap);
    if (words != null && !words.contains(value)) {
      throw new IllegalArgumentException(
          trap.key() + " must be one of " + words + ", but was " + value);
    }
    if (trap == Trap.SCRIPTED_FAULTS) {
      ScriptedFaults.check((JsonArray) value);
    }
    values.put(trap, value);
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    for (Trap trap : Trap.values()) {
      json.put(trap.key(), value(trap));
    }
    return json;
  }

  /**
   * Sets what {@code changes} names, all or nothing; {@code null} returns a switch to its default.
   */
  void change(JsonObject changes) {
    Map<Trap, Object> before = new EnumMap<>(Trap.class);
    before.putAll(values);
    try {
      for (String key : changes.fieldNames()) {
        Trap trap = named(key);
        Object value = changes.getValue(key);
        set(trap, value == null ? trap.byDefault() : value);
      }
    } catch (IllegalArgumentException e) {
      values.clear();
      values.putAll(before);
      throw e;
    }
  }

  private static Trap named(String key) {
    return Arrays.stream(Trap.values())
        .filter(trap -> trap.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown switch \""
                        + key
                        + "\"; known are "
                        + Arrays.stream(Trap.values())
                            .map(trap -> trap.key() + " (" + trap.what() + ")")
                            .collect(Collectors.joining(", "))));
  }

  private Object value(Trap trap) {
    return values.getOrDefault(trap, trap.byDefault());
  }
}
