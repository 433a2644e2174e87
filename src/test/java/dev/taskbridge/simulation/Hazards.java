package dev.taskbridge.simulation;

import dev.taskbridge.domain.FieldName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How often things go wrong in one history, and what kind of systems it has. Rates are from 0 to 1,
 * each for one call.
 *
 * @param editMeanwhile somebody edits while a call is under way
 * @param dropped a system takes a write and leaves out a field
 * @param shortList a list lacks a record that is there
 * @param searchLag how old what the ticket system's search shows may be
 * @param caseClockMoves whether a change of a task moves its case's clock
 * @param versions whether tickets count their changes, as ServiceNow's do and Jira's do not
 * @param tasksAhead how far ThreatConnect's clock is ahead of ours at first
 * @param ticketsAhead how far the ticket system's clock is ahead of ours at first
 * @param poison a field that one ticket in three refuses to have written
 */
record Hazards(
    double crash,
    double lostAnswer,
    double refused,
    double busy,
    double editMeanwhile,
    double dropped,
    double shortList,
    Duration searchLag,
    boolean caseClockMoves,
    boolean versions,
    Duration tasksAhead,
    Duration ticketsAhead,
    Optional<FieldName> poison) {

  /** Nothing goes wrong. */
  static final Hazards NONE =
      new Hazards(
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          Duration.ZERO,
          true,
          true,
          Duration.ZERO,
          Duration.ZERO,
          Optional.empty());

  static Hazards drawn(Random dice) {
    return new Hazards(
        sometimes(dice, 0.02),
        sometimes(dice, 0.1),
        sometimes(dice, 0.1),
        sometimes(dice, 0.05),
        sometimes(dice, 0.05),
        dice.nextInt(3) == 0 ? 0.1 : 0,
        dice.nextInt(3) == 0 ? 0.1 : 0,
        Duration.ofSeconds(dice.nextInt(3) * 30L),
        dice.nextInt(4) != 0,
        dice.nextBoolean(),
        aSkew(dice, 1_500),
        aSkew(dice, 20),
        dice.nextInt(6) == 0 ? Optional.of(aField(dice)) : Optional.empty());
  }

  private static double sometimes(Random dice, double rate) {
    return dice.nextBoolean() ? rate : 0;
  }

  /** Clocks that differ, in one history of three. */
  static Duration aSkew(Random dice, int seconds) {
    return dice.nextInt(3) == 0
        ? Duration.ofSeconds(dice.nextInt(2 * seconds + 1) - seconds)
        : Duration.ZERO;
  }

  private static FieldName aField(Random dice) {
    return List.of(FieldName.TITLE, FieldName.DUE_DATE).get(dice.nextInt(2));
  }
}
