package dev.taskbridge.adapter.http;

import dev.taskbridge.adapter.Http;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How fast one system may be asked, learned from its answers. Thread-safe.
 *
 * <ul>
 *   <li>429, or 503 with {@code Retry-After}: nothing is sent to the system until then; only the
 *       same operation waits when the system says that its limit concerns one operation, and nobody
 *       when it concerns one record.
 *   <li>Quota headers running low: requests keep a distance of {@link #WHEN_LOW}; at zero they wait
 *       for the reset.
 *   <li>{@link #ENOUGH} tries in a row without a usable answer: nothing is sent for {@link
 *       #FIRST_REST}, doubled after each failed probe up to {@link #LONGEST_REST}; then one request
 *       goes through to see.
 * </ul>
 */
final class Pace {
  static final int ENOUGH = 5;
  static final Duration FIRST_REST = Duration.ofSeconds(2);
  static final Duration LONGEST_REST = Duration.ofSeconds(30);
  static final Duration WHEN_LOW = Duration.ofMillis(500);

  /** When a system asks for patience without saying how much. */
  static final Duration UNSAID = Duration.ofSeconds(5);

  /** No header makes us wait longer than this without asking again. */
  static final Duration LONGEST_HOLD = Duration.ofHours(1);

  /** Whether a request may be sent. */
  sealed interface Turn {}

  /** Send it after {@code hold}, which may be zero. */
  record Go(Duration hold) implements Turn {}

  /** The system asked us to wait for longer than the request can. */
  record Limited(Instant until) implements Turn {}

  /** The system does not answer. */
  record Down(Instant until) implements Turn {}

  private final Clock clock;
  private final Map<String, Instant> operations = new HashMap<>();
  private Instant system = Instant.MIN;
  private Instant low = Instant.MIN;
  private Instant nextWhenLow = Instant.MIN;
  private Instant down = Instant.MIN;
  private Duration rest = FIRST_REST;
  private int failures;

  Pace(Clock clock) {
    this.clock = clock;
  }

  /** Asks for a turn; {@link Go} takes it. */
  synchronized Turn ask(String operation, Duration longestWait) {
    Instant now = clock.instant();
    if (failures >= ENOUGH) {
      if (now.isBefore(down)) {
        return new Down(down);
      }
      // This one is the probe; the others wait for what it finds.
      down = now.plus(rest);
    }
    Instant turn = later(now, later(system, operations.getOrDefault(operation, Instant.MIN)));
    boolean isLow = turn.isBefore(low);
    if (isLow) {
      turn = later(turn, nextWhenLow);
    }
    if (Duration.between(now, turn).compareTo(longestWait) > 0) {
      return new Limited(turn);
    }
    if (isLow) {
      nextWhenLow = turn.plus(WHEN_LOW);
    }
    return new Go(Duration.between(now, turn));
  }

  /** No answer at all. */
  synchronized void failed() {
    failures++;
    if (failures >= ENOUGH) {
      if (failures > ENOUGH) {
        rest =
            rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
      }
      down = clock.instant().plus(rest);
    }
  }

  /** Until when the whole system is held back for its limits, for health and metrics. */
  synchronized Optional<Instant> throttledUntil() {
    return clock.instant().isBefore(system) ? Optional.of(system) : Optional.empty();
  }

  /** Takes in what an answer says about limits. */
  synchronized void learn(String operation, Http.Response response) {
    int status = response.status();
    if (status == 502 || status == 503 || status == 504) {
      failed();
    } else {
      failures = 0;
      rest = FIRST_REST;
    }
    if (status == 429 || (status == 503 && retryAt(response).isPresent())) {
      hold(operation, response);
    } else {
      watchQuota(response);
    }
  }

  private void hold(String operation, Http.Response response) {
    Instant until = retryAt(response).or(() -> reset(response)).orElse(response.at().plus(UNSAID));
    // Jira Cloud names which of its limits was met (documented).
    String reason = response.header("ratelimit-reason").orElse("").toLowerCase(Locale.ROOT);
    if (reason.contains("per-issue")) {
      return;
    }
    if (reason.contains("burst")) {
      operations.merge(operation, until, Pace::later);
    } else {
      system = later(system, until);
    }
  }

  private void watchQuota(Http.Response response) {
    long remaining = number(response, "x-ratelimit-remaining").orElse(Long.MAX_VALUE);
    long limit = number(response, "x-ratelimit-limit").orElse(0L);
    Optional<Instant> reset = reset(response);
    if (remaining <= 0 && reset.isPresent()) {
      system = later(system, reset.get());
    } else if (response.header("x-ratelimit-nearlimit").orElse("").equalsIgnoreCase("true")
        || (limit > 0 && remaining <= limit / 10)) {
      // Until the window is over, or for a while if no end was named.
      low = later(low, reset.orElse(response.at().plus(UNSAID)));
    }
  }

  /** When the answer says to come back: {@code Retry-After} in seconds or as a date. */
  static Optional<Instant> retryAt(Http.Response response) {
    return response
        .header("retry-after")
        .map(String::strip)
        .flatMap(
            text -> {
              if (text.matches("\\d{1,9}")) {
                return Optional.of(response.at().plusSeconds(Math.max(1, Long.parseLong(text))));
              }
              return date(text).map(date -> onOurClock(date, response));
            })
        .map(until -> earlier(until, response.at().plus(LONGEST_HOLD)));
  }

  /** {@code X-RateLimit-Reset}: ISO-8601 at Jira, Unix seconds at ServiceNow (documented). */
  private static Optional<Instant> reset(Http.Response response) {
    Optional<Instant> named =
        response
            .header("x-ratelimit-reset")
            .map(String::strip)
            .flatMap(
                text ->
                    text.matches("\\d{9,11}")
                        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(text)))
                        : iso(text))
            .map(date -> onOurClock(date, response));
    return named
        .or(
            () ->
                number(response, "x-ratelimit-interval-seconds")
                    .map(seconds -> response.at().plusSeconds(seconds)))
        .filter(until -> until.isAfter(response.at()))
        .map(until -> earlier(until, response.at().plus(LONGEST_HOLD)));
  }

  /** A date of theirs on our clock, in case the two differ. */
  private static Instant onOurClock(Instant theirs, Http.Response response) {
    return response
        .header("date")
        .flatMap(Pace::date)
        .map(now -> theirs.plus(Duration.between(now, response.at())))
        .orElse(theirs);
  }

  static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> iso(String text) {
    try {
      return Optional.of(
          DateTimeFormatter.ISO_DATE_TIME.withZone(ZoneOffset.UTC).parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> number(Http.Response response, String header) {
    return response
        .header(header)
        .map(String::strip)
        .filter(text -> text.matches("-?\\d{1,9}"))
        .map(Long::valueOf);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
