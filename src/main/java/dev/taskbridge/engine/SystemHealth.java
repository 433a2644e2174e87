package dev.taskbridge.engine;

import dev.taskbridge.domain.Refusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How each remote system answers, judged by every call to it. Thread-safe.
 *
 * <p>A system in trouble is left alone for a while that grows with each further failure, then
 * probed by whatever is due first; one answer brings it back.
 */
public final class SystemHealth {
  static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** What a system's state is called. */
  public enum Condition {
    /** Nothing was asked of it yet. */
    UNKNOWN,
    UP,
    /** It asked us to slow down: neither dead nor ok. */
    THROTTLED,
    /** Not reached, or no readable answer. */
    DOWN,
    /** It refuses our credentials. */
    DENIED
  }

  /**
   * A system's state.
   *
   * @param words the system's own, or ours; empty when up
   * @param since when it came into this condition
   * @param failures in a row
   * @param askAgainAt no call is made before
   */
  public record State(
      Condition condition, String words, Instant since, int failures, Instant askAgainAt) {}

  /**
   * Clocks that differ by more than this are told of: overlaps and the rule "newest" go by them.
   */
  static final Duration WORRYING_SKEW = Duration.ofSeconds(30);

  private static final Duration MEASURED_ROUGHLY = Duration.ofSeconds(3);
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(SystemHealth.class);

  private final Map<String, State> states = new ConcurrentHashMap<>();
  private final Map<String, Duration> clocks = new ConcurrentHashMap<>();
  private final Map<String, Duration> furthestBehind = new ConcurrentHashMap<>();
  private final Map<String, Throttled> throttled = new ConcurrentHashMap<>();

  /** How long a system has asked us to wait, up to {@code until}, which may be to come. */
  private record Throttled(Duration asked, Instant until) {
    static final Throttled NEVER = new Throttled(Duration.ZERO, Instant.MIN);

    Throttled until(Instant now, Instant end) {
      Instant from = now.isAfter(until) ? now : until;
      return end.isAfter(from) ? new Throttled(asked.plus(Duration.between(from, end)), end) : this;
    }

    Duration past(Instant now) {
      return until.isAfter(now) ? asked.minus(Duration.between(now, until)) : asked;
    }
  }

  private final Clock clock;

  public SystemHealth(Clock clock) {
    this.clock = clock;
  }

  /** Makes a configured system known before anything is asked of it. */
  public void register(String system) {
    states.putIfAbsent(system, new State(Condition.UNKNOWN, "", clock.instant(), 0, Instant.MIN));
  }

  /** Knows nothing of a system any more: it is gone, or another one has its name now. */
  void forget(String system) {
    states.remove(system);
  }

  /** The system answered. */
  public void answered(String system) {
    states.compute(
        system,
        (name, old) ->
            old != null && old.condition() == Condition.UP
                ? old
                : new State(Condition.UP, "", clock.instant(), 0, Instant.MIN));
  }

  /** The system refused; refusals of one item say that it is up. */
  public void refused(String system, Refusal refusal) {
    if (!refusal.concernsSystem()) {
      answered(system);
      return;
    }
    Instant now = clock.instant();
    if (refusal instanceof Refusal.Busy busy) {
      throttled.compute(
          system, (name, old) -> (old == null ? Throttled.NEVER : old).until(now, busy.retryAt()));
    }
    states.compute(
        system,
        (name, old) -> {
          Condition condition =
              refusal instanceof Refusal.Busy
                  ? Condition.THROTTLED
                  : refusal instanceof Refusal.Denied ? Condition.DENIED : Condition.DOWN;
          int failures = old == null ? 1 : old.failures() + 1;
          Instant since = old != null && old.condition() == condition ? old.since() : now;
          Instant again =
              refusal instanceof Refusal.Busy busy ? busy.retryAt() : now.plus(pause(failures));
          return new State(condition, refusal.words(), since, failures, again);
        });
  }

  /**
   * An answer told a system's time.
   *
   * @param ahead how far its clock is ahead of ours (negative: behind)
   */
  public void clockMeasured(String system, Duration ahead) {
    Duration before = clocks.put(system, ahead);
    boolean worries = isWorrying(ahead);
    if (worries && (before == null || !isWorrying(before))) {
      LOG.warn("the clock of {} is {}; please set one of them", system, shown(ahead));
    } else if (!worries && before != null && isWorrying(before)) {
      LOG.info("the clock of {} agrees with ours again", system);
    }
    if (ahead.compareTo(MEASURED_ROUGHLY.negated()) < 0) {
      // In steps, so that the roughness of the measure does not let it creep.
      Duration steps = STEP.multipliedBy(ahead.negated().dividedBy(STEP) + 1);
      furthestBehind.merge(system, steps, (one, two) -> one.compareTo(two) > 0 ? one : two);
    }
  }

  /**
   * By how much a system's clock was behind ours at the most since the start, rounded up to ten
   * seconds: what it stamps may look older than it is by this.
   */
  public Duration furthestBehind(String system) {
    return furthestBehind.getOrDefault(system, Duration.ZERO);
  }

  /** How a system's clock differs, in words for people; empty while it does not by much. */
  public Optional<String> clockTrouble(String system) {
    return Optional.ofNullable(clocks.get(system))
        .filter(SystemHealth::isWorrying)
        .map(SystemHealth::shown);
  }

  private static boolean isWorrying(Duration ahead) {
    return ahead.abs().compareTo(WORRYING_SKEW) > 0;
  }

  private static String shown(Duration ahead) {
    return ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " ours";
  }

  /** Until when the system is to be left alone; empty if it may be asked now. */
  public Optional<Instant> pausedUntil(String system) {
    return Optional.ofNullable(states.get(system))
        .map(State::askAgainAt)
        .filter(at -> at.isAfter(clock.instant()));
  }

  /** For how long the system has kept us waiting for its limits, in all. */
  public Duration throttled(String system) {
    return throttled.getOrDefault(system, Throttled.NEVER).past(clock.instant());
  }

  public Map<String, State> states() {
    return Map.copyOf(states);
  }

  private static Duration pause(int failures) {
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < failures && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
