package dev.taskbridge.simulator.servicenow;

import java.util.OptionalLong;

/** Integers as stored text. */
final class Numbers {
  private Numbers() {}

  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Empty values sort first. */
  static long orLowest(String text) {
    return parse(text).orElse(Long.MIN_VALUE);
  }
}
