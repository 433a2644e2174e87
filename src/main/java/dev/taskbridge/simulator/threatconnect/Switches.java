package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The settings of {@code PUT /_sim/switches}; {@link ThreatConnectSimulator} documents them. */
final class Switches {

  /** A setting that is on or off. */
  enum Toggle {
    CASE_CLOCK("caseClock", true),
    PAGE_ENVELOPES("pageEnvelopes", false),
    STRICT("strict", false),
    BULK_DELETE("bulkDelete", false),
    CLOSE_BY_PUT("closeByPut", true),
    ASSIGNEE_NONE("assigneeNone", true),
    REQUIRED_TASKS_HOLD_CASE("requiredTasksHoldCase", true),
    CLOSING_CASE_CLOSES_TASKS("closingCaseClosesTasks", true),
    READ_ONLY("readOnly", false),
    TOKEN_EXPIRED("tokenExpired", false),
    LICENSED("licensed", true);

    private final String key;
    private final boolean normal;

    Toggle(String key, boolean normal) {
      this.key = key;
      this.normal = normal;
    }
  }

  /** What a PUT of {@code completedDate} or {@code dependentOnId} does. */
  enum UneditableOnPut {
    IGNORE,
    REFUSE,
    APPLY
  }

  private static final String NEXT_SCHEME = "nextScheme";
  private static final String UNEDITABLE_ON_PUT = "uneditableOnPut";
  private static final String HIDDEN_CASES = "hiddenCases";

  private final Map<Toggle, Boolean> toggles = new EnumMap<>(Toggle.class);
  private String nextScheme = "http";
  private UneditableOnPut uneditableOnPut = UneditableOnPut.IGNORE;
  private final TreeSet<Long> hiddenCases = new TreeSet<>();

  boolean on(Toggle toggle) {
    return toggles.getOrDefault(toggle, toggle.normal);
  }

  String nextScheme() {
    return nextScheme;
  }

  UneditableOnPut uneditableOnPut() {
    return uneditableOnPut;
  }

  boolean isHidden(long caseId) {
    return hiddenCases.contains(caseId);
  }

  boolean hidesNothing() {
    return hiddenCases.isEmpty();
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    for (Toggle toggle : Toggle.values()) {
      json.put(toggle.key, on(toggle));
    }
    return json.put(NEXT_SCHEME, nextScheme)
        .put(UNEDITABLE_ON_PUT, uneditableOnPut.name().toLowerCase(Locale.ROOT))
        .put(HIDDEN_CASES, new JsonArray(List.copyOf(hiddenCases)));
  }

  /**
   * Changes the named settings.
   *
   * @throws IllegalArgumentException naming the switch and the value it refuses
   */
  void set(JsonObject changes) {
    for (String key : changes.fieldNames()) {
      set(key, changes.getValue(key));
    }
  }

  private void set(String key, Object value) {
    switch (key) {
      case NEXT_SCHEME -> {
        if (!value.equals("http") && !value.equals("https")) {
          throw refused(key, value, "http or https");
        }
        nextScheme = (String) value;
      }
      case UNEDITABLE_ON_PUT -> {
        try {
          uneditableOnPut = UneditableOnPut.valueOf(String.valueOf(value).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
          throw refused(key, value, "ignore, refuse or apply");
        }
      }
      case HIDDEN_CASES -> {
        if (!(value instanceof JsonArray ids)
            || !ids.stream().allMatch(id -> id instanceof Integer || id instanceof Long)) {
          throw refused(key, value, "a list of case ids");
        }
        hiddenCases.clear();
        ids.forEach(id -> hiddenCases.add(((Number) id).longValue()));
      }
      default -> {
        Toggle toggle =
            Arrays.stream(Toggle.values())
                .filter(candidate -> candidate.key.equals(key))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "unknown switch \"" + key + "\"; known are " + toJson().fieldNames()));
        if (!(value instanceof Boolean)) {
          throw refused(key, value, "true or false");
        }
        toggles.put(toggle, (Boolean) value);
      }
    }
  }

  private static IllegalArgumentException refused(String key, Object value, String expected) {
    return new IllegalArgumentException(
        "switch " + key + " takes " + expected + ", but got " + value);
  }
}
