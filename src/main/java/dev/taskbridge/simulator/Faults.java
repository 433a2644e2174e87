package dev.taskbridge.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What goes wrong on the wire, as {@code PUT /_sim/faults} sets it. Rates are shares of requests, 0
 * to 1.
 *
 * @param latency how long every answer is held back
 * @param errorRate answered with one of {@code errorStatuses}, the work not done
 * @param resetRate connection closed, the work not done
 * @param lostResponseRate the work done, connection closed instead of an answer
 * @param malformedRate the work done, the answer's body cut off in the middle
 * @param rateLimitPerSecond requests per second before 429; 0 is no limit
 * @param searchLag how long a change stays invisible to the product's search
 */
public record Faults(
    Duration latency,
    double errorRate,
    List<Integer> errorStatuses,
    double resetRate,
    double lostResponseRate,
    double malformedRate,
    int rateLimitPerSecond,
    Duration searchLag,
    long seed) {
  private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h)");
  private static final Set<String> KEYS =
      Set.of(
          "latency",
          "errorRate",
          "errorStatuses",
          "resetRate",
          "lostResponseRate",
          "malformedRate",
          "rateLimitPerSecond",
          "searchLag",
          "seed");

  public static final Faults NONE =
      new Faults(Duration.ZERO, 0, List.of(500, 503), 0, 0, 0, 0, Duration.ZERO, 1);

  /**
   * These faults with the given keys changed; keys that are absent keep their value.
   *
   * @throws IllegalArgumentException naming the key and the value that cannot be read
   */
  public Faults with(JsonObject changes) {
    for (String key : changes.fieldNames()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("unknown fault \"" + key + "\"; known are " + KEYS);
      }
    }
    return new Faults(
        duration(changes, "latency", latency),
        rate(changes, "errorRate", errorRate),
        changes.containsKey("errorStatuses")
            ? changes.getJsonArray("errorStatuses").stream()
                .map(s -> ((Number) s).intValue())
                .toList()
            : errorStatuses,
        rate(changes, "resetRate", resetRate),
        rate(changes, "lostResponseRate", lostResponseRate),
        rate(changes, "malformedRate", malformedRate),
        changes.getInteger("rateLimitPerSecond", rateLimitPerSecond),
        duration(changes, "searchLag", searchLag),
        changes.getLong("seed", seed));
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("latency", latency.toMillis() + "ms")
        .put("errorRate", errorRate)
        .put("errorStatuses", new JsonArray(List.copyOf(errorStatuses)))
        .put("resetRate", resetRate)
        .put("lostResponseRate", lostResponseRate)
        .put("malformedRate", malformedRate)
        .put("rateLimitPerSecond", rateLimitPerSecond)
        .put("searchLag", searchLag.toMillis() + "ms")
        .put("seed", seed);
  }

  private static double rate(JsonObject changes, String key, double present) {
    double rate = changes.getDouble(key, present);
    if (rate < 0 || rate > 1) {
      throw new IllegalArgumentException(key + " must be between 0 and 1, but was " + rate);
    }
    return rate;
  }

  private static Duration duration(JsonObject changes, String key, Duration present) {
    if (!changes.containsKey(key)) {
      return present;
    }
    Matcher matcher = DURATION.matcher(changes.getString(key));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          key + " must be a number with ms, s, m or h, but was \"" + changes.getString(key) + "\"");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }
}
