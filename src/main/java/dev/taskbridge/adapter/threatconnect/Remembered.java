package dev.taskbridge.adapter.threatconnect;

import dev.taskbridge.domain.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Look-ups that are kept for a while: what was found for long, that there is nothing for short, and
 * that the system could not tell not at all. Thread-safe; two threads may ask the same at once.
 */
final class Remembered<K, V> {
  private record Entry<V>(Optional<V> value, Instant until) {}

  private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
  private final Clock clock;
  private final Duration found;
  private final Duration missing;

  Remembered(Clock clock, Duration found, Duration missing) {
    this.clock = clock;
    this.found = found;
    this.missing = missing;
  }

  Outcome<Optional<V>> get(K key, Supplier<Outcome<Optional<V>>> ask) {
    Entry<V> entry = entries.get(key);
    Instant now = clock.instant();
    if (entry != null && now.isBefore(entry.until())) {
      return Outcome.done(entry.value());
    }
    return ask.get()
        .map(
            value -> {
              entries.put(key, new Entry<>(value, now.plus(value.isPresent() ? found : missing)));
              return value;
            });
  }

  void forget() {
    entries.clear();
  }
}
