package dev.taskbridge.store;

import java.time.Instant;

/**
 * Points of our own clock as one number, so that SQL compares and sorts them alike in both
 * dialects: nanoseconds since 1970, which reach from 1677 to 2262. What lies beyond becomes the
 * nearest that can be told; times that come from other systems are kept as text inside the records
 * and know no such limit.
 */
final class NanoTime {
  private static final long PER_SECOND = 1_000_000_000L;

  private NanoTime() {}

  static long of(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), PER_SECOND), instant.getNano());
    } catch (ArithmeticException e) {
      return instant.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
  }
}
