package dev.taskbridge.adapter.jira;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the look at what changed goes on.
 *
 * @param from the lower bound of the next query
 * @param runStart Jira's time when the present run through all changes began; empty between runs
 * @param generation names what is remembered as delivered up to this cursor
 * @param at where inside the query to go on; only while more issues share one instant than a page
 *     holds
 */
record ChangeCursor(
    Instant from, Optional<Instant> runStart, String generation, Optional<String> at) {
  private static final String VERSION = "1";

  static ChangeCursor startingAt(Instant from) {
    return new ChangeCursor(from, Optional.empty(), "", Optional.empty());
  }

  /** The cursor in {@code text}; empty if it was not written by {@link #text()}. */
  static Optional<ChangeCursor> parse(String text) {
    String[] parts = text.split("\\|", 5);
    if (parts.length != 5 || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ChangeCursor(
              Instant.ofEpochMilli(Long.parseLong(parts[1])),
              parts[2].isEmpty()
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(Long.parseLong(parts[2]))),
              parts[3],
              parts[4].isEmpty() ? Optional.empty() : Optional.of(parts[4])));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  String text() {
    return String.join(
        "|",
        VERSION,
        String.valueOf(from.toEpochMilli()),
        runStart.map(start -> String.valueOf(start.toEpochMilli())).orElse(""),
        generation,
        at.orElse(""));
  }
}
