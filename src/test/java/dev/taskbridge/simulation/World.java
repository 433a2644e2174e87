package dev.taskbridge.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The virtual time, the dice and the story of one history. Confined to one thread. */
final class World {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final long seed;
  private final List<String> story = new ArrayList<>();
  private final boolean tells;
  private final Hazards hazards;
  private Random dice;
  private Instant now = Instant.parse("2026-03-02T08:00:00Z");
  private Duration tasksAhead;
  private Duration ticketsAhead;
  private boolean calm;
  private int looks;
  private boolean lookHadTrouble;
  private int writeCalls;
  private Runnable meanwhile = () -> {};

  World(long seed, boolean tells) {
    this.seed = seed;
    this.tells = tells;
    this.dice = new Random(seed * SPREAD);
    this.hazards = Hazards.drawn(dice);
    this.tasksAhead = hazards.tasksAhead();
    this.ticketsAhead = hazards.ticketsAhead();
  }

  World(Hazards hazards) {
    this.seed = 1;
    this.tells = false;
    this.dice = new Random(seed);
    this.hazards = hazards;
    this.tasksAhead = hazards.tasksAhead();
    this.ticketsAhead = hazards.ticketsAhead();
  }

  Random dice() {
    return dice;
  }

  /** Fresh dice for a step, so that leaving out another step does not change this one. */
  void throwFor(int step) {
    dice = new Random((seed * SPREAD) ^ ((step + 1L) * 0xBF58476D1CE4E5B9L));
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

  /** What ThreatConnect's clock shows. */
  Instant tasksNow() {
    return now.plus(tasksAhead);
  }

  /** What the ticket system's clock shows. */
  Instant ticketsNow() {
    return now.plus(ticketsAhead);
  }

  Duration tasksAhead() {
    return tasksAhead;
  }

  Duration ticketsAhead() {
    return ticketsAhead;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Somebody sets a clock, or it drifted and is set right. */
  void setClocks() {
    // Not promised: a clock far behind that is set before a restarted bridge has measured it.
    if (tasksAhead.abs().toSeconds() <= 290) {
      tasksAhead = Hazards.aSkew(dice, 290);
    }
    ticketsAhead = Hazards.aSkew(dice, 20);
    tell(() -> "clocks are " + tasksAhead + " and " + ticketsAhead + " ahead");
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
    tell(() -> "all is calm");
  }

  boolean calm() {
    return calm;
  }

  private boolean happens(double rate) {
    return !calm && rate > 0 && dice.nextDouble() < rate;
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
    mayBeEdited();
  }

  void mayBeEdited() {
    if (happens(hazards.editMeanwhile())) {
      meanwhile.run();
    }
  }

  private boolean isTrouble(double rate) {
    boolean trouble = happens(rate);
    lookHadTrouble |= trouble;
    return trouble;
  }

  boolean isRefused() {
    return isTrouble(hazards.refused());
  }

  boolean isBusy() {
    return isTrouble(hazards.busy());
  }

  boolean losesAnswer() {
    return isTrouble(hazards.lostAnswer());
  }

  boolean dropsField() {
    return isTrouble(hazards.dropped());
  }

  boolean lacksRow() {
    return happens(hazards.shortList());
  }

  /** A look of the bridge begins. */
  void lookBegins() {
    looks++;
    lookHadTrouble = false;
  }

  /** Whether a system refused something or kept an answer back since the look began. */
  boolean lookHadTrouble() {
    return lookHadTrouble;
  }

  int look() {
    return looks;
  }

  /** The bridge asks a system to write, whether or not anything changes. */
  void writeCalled() {
    writeCalls++;
  }

  int writeCalls() {
    return writeCalls;
  }

  void tell(java.util.function.Supplier<String> what) {
    if (tells) {
      story.add(now + " " + what.get());
    }
  }

  String story() {
    return String.join("\n", story);
  }
}
