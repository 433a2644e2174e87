package dev.taskbridge.simulation;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Side;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The virtual time, the dice and the record of who changed what, of one history. */
final class World {
  /** One effective change of one field. */
  record Change(
      Instant at, Side side, String xid, FieldName field, FieldValue to, boolean byBridge) {}

  /** How often things go wrong; 0 to 1 for each call. */
  record Hazards(
      double crash,
      double lostAnswer,
      double refused,
      double busy,
      double editMeanwhile,
      Duration searchLag,
      boolean caseClockMoves) {}

  final Random dice;
  final List<Change> changes = new ArrayList<>();
  private Hazards hazards;
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private boolean calm;
  private Runnable meanwhile = () -> {};

  World(long seed, Hazards hazards) {
    this.dice = new Random(seed);
    this.hazards = hazards;
  }

  Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Hazards hazards() {
    return hazards;
  }

  /** What people do while the bridge is at work. */
  void meanwhile(Runnable edit) {
    meanwhile = edit;
  }

  /** From now on nothing goes wrong and nobody edits. */
  void calmDown() {
    calm = true;
  }

  boolean calm() {
    return calm;
  }

  private boolean happens(double rate) {
    return !calm && dice.nextDouble() < rate;
  }

  /** The process may die between any two steps. */
  void mayCrash() {
    if (happens(hazards.crash())) {
      throw new Crash();
    }
  }

  /** A call to a system takes a little time, and people do not wait for it. */
  void callBegins() {
    mayCrash();
    pass(Duration.ofMillis(50 + dice.nextInt(200)));
    if (happens(hazards.editMeanwhile())) {
      meanwhile.run();
    }
  }

  boolean isRefused() {
    return happens(hazards.refused());
  }

  boolean isBusy() {
    return happens(hazards.busy());
  }

  boolean losesAnswer() {
    return happens(hazards.lostAnswer());
  }
}
