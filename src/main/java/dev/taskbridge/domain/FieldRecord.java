package dev.taskbridge.domain;

import static dev.taskbridge.domain.FieldValue.ABSENT;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What a link remembers of one field.
 *
 * @param base empty until both sides were once seen to agree
 * @param verdict how the field stood when it was last looked at
 * @param reason for people, empty when agreed: the system's words, or why a value has no
 *     counterpart
 * @param judged the two values that {@code verdict} was given for; a failing field is left alone
 *     while they stay the same, and an agreed one that has them is agreed because its system
 *     rewords what is written to it
 * @param since when the verdict was first given
 * @param attempts how many times a write of these values was refused
 * @param retryAt when a failing field is tried again though nothing changed
 * @param keep a person's choice of side for the judged values
 * @param writing a write that was begun and not yet recorded: what is found there may be our own
 *     work, half done or done with its answer lost
 */
public record FieldRecord(
    Optional<Base> base,
    Verdict verdict,
    String reason,
    Optional<Base> judged,
    Instant since,
    int attempts,
    Optional<Instant> retryAt,
    Optional<Side> keep,
    Optional<Writing> writing) {

  /**
   * A write that was begun.
   *
   * @param to the side that was to be written
   * @param from what the other side held, which was to be carried over
   * @param value what was to be written: what {@code from} meant by the mapping of that time
   */
  public record Writing(Side to, FieldValue from, FieldValue value) {}

  /** How a field stands. */
  public enum Verdict {
    /** Nobody has looked yet. */
    NEW,
    AGREED,
    /** Both sides moved and a person is to choose. */
    CONFLICT,
    /** A value has no counterpart, or a system refused the write. */
    FAILING;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A field that nobody has looked at. */
  public static FieldRecord unseen(Instant now) {
    return new FieldRecord(
        Optional.empty(),
        Verdict.NEW,
        "",
        Optional.empty(),
        now,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * This record while a write is under way. What the written side holds now is to be overwritten,
   * so that it is no news any more, whatever becomes of the write.
   *
   * @param seen the two values that the write was decided on
   * @param value what is to be written
   */
  public FieldRecord whileWriting(Side to, Base seen, FieldValue value) {
    FieldValue source = base.map(old -> old.on(to.other())).orElse(ABSENT);
    Base decided =
        to == Side.TICKET ? new Base(source, seen.onTicket()) : new Base(seen.onTask(), source);
    return new FieldRecord(
        Optional.of(decided),
        verdict,
        reason,
        judged,
        since,
        attempts,
        retryAt,
        keep,
        Optional.of(new Writing(to, seen.on(to.other()), value)));
  }

  /** This record with a person's choice of side for the values that were judged. */
  public FieldRecord keeping(Side side) {
    return new FieldRecord(
        base, verdict, reason, judged, since, attempts, retryAt, Optional.of(side), writing);
  }

  /** This record as if no write had been refused: whatever failed may be tried at once. */
  public FieldRecord retried() {
    return new FieldRecord(
        base, verdict, reason, judged, since, 0, Optional.empty(), keep, writing);
  }
}
