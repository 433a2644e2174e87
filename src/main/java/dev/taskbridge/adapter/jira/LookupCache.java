package dev.taskbridge.adapter.jira;

import dev.taskbridge.domain.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Answers to look-ups, kept for a while. Refusals are not kept: the next one who asks tries again.
 * Thread-safe; two threads that want the same answer cost one request.
 */
final class LookupCache<K, V> {
  private static final int MOST = 10_000;

  private final Clock clock;
  private final Duration life;
  private final ConcurrentHashMap<K, Kept<V>> kept = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<K, Object> locks = new ConcurrentHashMap<>();

  LookupCache(Clock clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  private record Kept<V>(V value, Instant at) {}

  Outcome<V> get(K key, Supplier<Outcome<V>> look) {
    return get(key, life, look);
  }

  /** As {@link #get(Object, Supplier)}, for one who wants it no older than {@code age}. */
  Outcome<V> get(K key, Duration age, Supplier<Outcome<V>> look) {
    Optional<V> known = peek(key, age);
    if (known.isPresent()) {
      return Outcome.done(known.get());
    }
    synchronized (locks.computeIfAbsent(key, ignored -> new Object())) {
      Optional<V> meanwhile = peek(key, age);
      if (meanwhile.isPresent()) {
        return Outcome.done(meanwhile.get());
      }
      Outcome<V> found = look.get();
      found.value().ifPresent(value -> put(key, value));
      return found;
    }
  }

  Optional<V> peek(K key) {
    return peek(key, life);
  }

  void put(K key, V value) {
    if (kept.size() >= MOST) {
      // Rare and harmless: what was forgotten is looked up again.
      kept.clear();
      locks.clear();
    }
    kept.put(key, new Kept<>(value, clock.instant()));
  }

  void forget(K key) {
    kept.remove(key);
  }

  private Optional<V> peek(K key, Duration age) {
    Kept<V> found = kept.get(key);
    return found != null && found.at().plus(age).isAfter(clock.instant())
        ? Optional.of(found.value())
        : Optional.empty();
  }
}
