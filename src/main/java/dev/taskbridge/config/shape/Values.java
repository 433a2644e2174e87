package dev.taskbridge.config.shape;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the keys of one section held. */
public final class Values {
  private final Map<Object, Object> byKey = new HashMap<>();

  <T> void put(Key<T> key, T value) {
    byKey.put(key, value);
  }

  <T> void put(OtherKeys<T> keys, Map<String, T> values) {
    byKey.put(keys, values);
  }

  /**
   * The value of {@code key}.
   *
   * @throws IllegalStateException if it could not be read; a section is only built when all could
   */
  public <T> T get(Key<T> key) {
    return find(key)
        .orElseThrow(() -> new IllegalStateException("key " + key.word() + " was not read"));
  }

  /** The value of {@code key}, or empty if it could not be read and a problem says so. */
  @SuppressWarnings("unchecked") // put() lets only a T in under a Key<T>
  public <T> Optional<T> find(Key<T> key) {
    return Optional.ofNullable((T) byKey.get(key));
  }

  /** The values under names that people choose. */
  @SuppressWarnings("unchecked") // as above
  public <T> Map<String, T> get(OtherKeys<T> keys) {
    return (Map<String, T>) byKey.getOrDefault(keys, Map.of());
  }
}
