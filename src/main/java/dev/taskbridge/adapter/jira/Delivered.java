package dev.taskbridge.adapter.jira;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What was delivered up to which cursor, so that the overlap between two looks brings nothing
 * twice. Only a memory: without it (after a restart, or for a cursor that was never stored) the
 * overlap is delivered once more. Thread-safe.
 */
final class Delivered {
  private static final int MOST_GENERATIONS = 64;

  private final Map<String, Map<String, Instant>> generations =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, Instant>> eldest) {
          return size() > MOST_GENERATIONS;
        }
      };

  /** When each issue delivered up to a cursor was last changed, by id. */
  synchronized Map<String, Instant> upTo(String generation) {
    return generations.getOrDefault(generation, Map.of());
  }

  /** Remembers what was delivered up to a new cursor, and returns its generation. */
  synchronized String remember(Map<String, Instant> delivered) {
    String generation = UUID.randomUUID().toString();
    generations.put(generation, Map.copyOf(delivered));
    return generation;
  }
}
