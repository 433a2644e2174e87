package dev.taskbridge.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The real time, and what a test has wound it forward by. Thread-safe. */
final class WoundClock extends Clock {
  private volatile Duration wound = Duration.ZERO;

  void wind(Duration by) {
    wound = wound.plus(by);
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(wound);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), wound);
  }
}
