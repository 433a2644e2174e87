package dev.taskbridge.adapter.servicenow;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What was looked up a while ago, for as long as each look-up is good. Thread-safe. */
final class Remembered<K, V> {
  private static final int MOST = 20_000;

  private record Entry<V>(V value, Instant until) {}

  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Clock clock;

  Remembered(Clock clock) {
    this.clock = clock;
  }

  Optional<V> get(K key) {
    Entry<V> entry = entries.get(key);
    return entry == null || !clock.instant().isBefore(entry.until())
        ? Optional.empty()
        : Optional.of(entry.value());
  }

  void put(K key, V value, Duration goodFor) {
    if (entries.size() >= MOST) {
      entries.clear();
    }
    entries.put(key, new Entry<>(value, clock.instant().plus(goodFor)));
  }
}
