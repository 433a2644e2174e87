package dev.taskbridge.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The machine's clock plus an offset that a test may wind; thread-safe. */
public final class SimulatedClock extends Clock {
  private volatile Duration offset = Duration.ZERO;

  public void setOffset(Duration offset) {
    this.offset = offset;
  }

  /** Moves this clock forward. */
  public void advance(Duration by) {
    offset = offset.plus(by);
  }

  public Duration offset() {
    return offset;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), offset);
  }
}
