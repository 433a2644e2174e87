package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.reconcile.FieldDecision.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is remembered of each field once a plan was carried out. Base becomes what the two systems
 * then report, not what was sent, so that a value which a system rewords is no news later. Pure.
 */
public final class Settlement {
  /** How long a refused write is left alone at first; doubled with each further refusal. */
  static final Duration FIRST_RETRY = Duration.ofMinutes(5);

  static final Duration LONGEST_RETRY = Duration.ofHours(12);

  private Settlement() {}

  /**
   * The fields' records after a plan.
   *
   * @param before what was remembered
   * @param task the task as it is now
   * @param ticket the ticket as it is now
   * @param refused the writes that a side refused, with its words
   * @param read the ticket as it was read before it was written; empty if the plan made it
   */
  public static Map<FieldName, FieldRecord> settle(
      Reconciler reconciler,
      Plan plan,
      Map<FieldName, FieldRecord> before,
      Task task,
      Ticket ticket,
      Map<FieldName, Refusal> refused,
      Optional<Ticket> read,
      Instant now) {
    boolean alone = isOurWriteAlone(read, ticket);
    Map<FieldName, FieldRecord> after = new HashMap<>();
    for (FieldRule rule : reconciler.rules()) {
      FieldName field = rule.field();
      FieldRecord memory = before.getOrDefault(field, FieldRecord.unseen(now));
      FieldDecision decision = plan.decisions().get(field);
      after.put(
          field,
          decision == null
              ? first(rule.mapping(), memory, task, ticket, now)
              : settle(
                  rule.mapping(),
                  memory,
                  decision,
                  task,
                  ticket,
                  Optional.ofNullable(refused.get(field)),
                  read.isEmpty(),
                  alone,
                  now));
    }
    return after;
  }

  /** Whether it is known that nobody but us changed the ticket: one change can only be ours. */
  private static boolean isOurWriteAlone(Optional<Ticket> read, Ticket now) {
    return now.version() != Ticket.UNCOUNTED
        && read.map(before -> now.version() == before.version() + 1).orElse(now.version() == 0);
  }

  private static FieldRecord settle(
      FieldMapping mapping,
      FieldRecord memory,
      FieldDecision decision,
      Task task,
      Ticket ticket,
      Optional<Refusal> refusal,
      boolean justMade,
      boolean alone,
      Instant now) {
    Base reported = reported(mapping, memory, task, ticket);
    if (mapping.agree(task, ticket.with(mapping.field(), reported.onTicket()))) {
      return agreed(memory, reported, now);
    }
    return decision.match(
        // A new ticket may hold what its system gives by default. In one that was there, a value
        // that was not decided on is an edit that slipped in, and news.
        agreed ->
            justMade || !agreedIn(mapping, agreed.seen(), task, ticket)
                ? reworded(memory, justMade ? reported : agreed.seen(), now)
                : agreed(memory, agreed.seen(), now),
        write -> written(mapping, memory, write, reported, refusal, alone, now),
        conflict ->
            judged(
                memory,
                memory.base(),
                Verdict.CONFLICT,
                "task says "
                    + conflict.seen().onTask().shown()
                    + ", ticket says "
                    + conflict.seen().onTicket().shown(),
                conflict.seen(),
                0,
                Optional.empty(),
                now),
        none ->
            judged(
                memory,
                Optional.of(memory.base().orElse(unsaid(none.to(), none.seen()))),
                Verdict.FAILING,
                none.reason(),
                none.seen(),
                0,
                Optional.empty(),
                now),
        leftAlone -> memory);
  }

  /** Whether two values say the same by the mapping, not only as near as a system comes to it. */
  private static boolean agreedIn(FieldMapping mapping, Base seen, Task task, Ticket ticket) {
    return mapping.agree(
        task.with(mapping.field(), seen.onTask()), ticket.with(mapping.field(), seen.onTicket()));
  }

  /** A write was asked for, and the two sides still disagree. */
  private static FieldRecord written(
      FieldMapping mapping,
      FieldRecord memory,
      Write write,
      Base reported,
      Optional<Refusal> refusal,
      boolean alone,
      Instant now) {
    Side to = write.to();
    FieldValue source = write.seen().on(to.other());
    if (isOvertaken(mapping, write, reported, alone)) {
      // What we wrote was there for a moment, so that what is there now is news.
      return news(oriented(to, source, write.value()), now);
    }
    if (refusal.isEmpty()
        && !reported.on(to.other()).equals(source)
        && (!reported.on(to).equals(write.seen().on(to))
            || isReworded(write, reported.on(to), alone))) {
      // Done, but the side that was carried over was edited meanwhile.
      return news(oriented(to, source, reported.on(to)), now);
    }
    return unfulfilled(memory, write, reported, refusal, alone, now);
  }

  private static Base oriented(Side to, FieldValue source, FieldValue target) {
    return to == Side.TICKET ? new Base(source, target) : new Base(target, source);
  }

  private static FieldRecord news(Base base, Instant now) {
    return new FieldRecord(
        Optional.of(base),
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
   * Whether the written side now holds what is neither what it held nor what it was asked to hold:
   * somebody edited it between our write and the reading back. A status may also have been left on
   * the way, which looks the same.
   */
  private static boolean isOvertaken(
      FieldMapping mapping, Write write, Base reported, boolean alone) {
    Side to = write.to();
    boolean onTheWay = mapping.stepwise() && to == Side.TICKET;
    return !onTheWay
        && !(alone && to == Side.TICKET)
        && !reported.on(to).equals(write.seen().on(to))
        && !isReworded(write, reported.on(to), false);
  }

  private static FieldRecord unfulfilled(
      FieldRecord memory,
      Write write,
      Base reported,
      Optional<Refusal> refusal,
      boolean alone,
      Instant now) {
    Side to = write.to();
    if (refusal.isEmpty() && isReworded(write, reported.on(to), alone)) {
      return reworded(memory, reported, now);
    }
    boolean again = memory.verdict() == Verdict.FAILING && memory.attempts() > 0;
    int attempts = again ? memory.attempts() + 1 : 1;
    String reason =
        refusal
            .map(Refusal::words)
            .orElseGet(
                () ->
                    "asked for "
                        + write.value().shown()
                        + ", but the "
                        + to.word()
                        + " has "
                        + reported.on(to).shown());
    // The written side's present value is now known and is no news later; the other side's change
    // is still to be carried, in the same direction.
    Base base =
        memory
            .base()
            .map(old -> oriented(to, old.on(to.other()), reported.on(to)))
            .orElse(unsaid(to, reported));
    return judged(
        memory,
        Optional.of(base),
        Verdict.FAILING,
        reason,
        oriented(to, write.seen().on(to.other()), reported.on(to)),
        attempts,
        Optional.of(now.plus(backoff(attempts))),
        now);
  }

  /**
   * A base for a field that never agreed: what the side {@code to} holds is known, what the other
   * side holds was never said there. Without it the first sight's rule might later carry the
   * emptiness of {@code to} over what could not be written to it.
   */
  private static Base unsaid(Side to, Base reported) {
    return oriented(to, FieldValue.ABSENT, reported.on(to));
  }

  /**
   * Whether the system took a text and keeps it in words of its own: folded blanks, cleaned markup,
   * a cut. A system leaves out and rearranges; words that were not sent are a person's, unless it
   * is known that there was none.
   */
  private static boolean isReworded(Write write, FieldValue reported, boolean alone) {
    boolean changed =
        write.value() instanceof FieldValue.Text
            && reported instanceof FieldValue.Text
            && !reported.equals(write.seen().on(write.to()));
    return (changed && (alone || !Wording.saysMore(write.value(), reported)))
        || Wording.isSame(write.value(), reported);
  }

  static FieldRecord reworded(FieldRecord memory, Base reported, Instant now) {
    return new FieldRecord(
        Optional.of(reported),
        Verdict.AGREED,
        "",
        Optional.of(reported),
        memory.verdict() == Verdict.AGREED ? memory.since() : now,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Nothing was decided about the field, so only its agreement can be noted. */
  private static FieldRecord first(
      FieldMapping mapping, FieldRecord memory, Task task, Ticket ticket, Instant now) {
    Base reported = reported(mapping, memory, task, ticket);
    return mapping.agree(task, ticket) ? agreed(memory, reported, now) : memory;
  }

  private static Base reported(FieldMapping mapping, FieldRecord memory, Task task, Ticket ticket) {
    FieldValue onTicket = mapping.onTicket(ticket);
    return new Base(
        mapping.onTask(task),
        memory.base().map(Base::onTicket).filter(onTicket::equals).orElse(onTicket));
  }

  private static FieldRecord agreed(FieldRecord memory, Base reported, Instant now) {
    return new FieldRecord(
        Optional.of(reported),
        Verdict.AGREED,
        "",
        Optional.empty(),
        memory.verdict() == Verdict.AGREED ? memory.since() : now,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static FieldRecord judged(
      FieldRecord memory,
      Optional<Base> base,
      Verdict verdict,
      String reason,
      Base reported,
      int attempts,
      Optional<Instant> retryAt,
      Instant now) {
    return new FieldRecord(
        base,
        verdict,
        reason,
        Optional.of(reported),
        memory.verdict() == verdict ? memory.since() : now,
        attempts,
        retryAt,
        Optional.empty(),
        Optional.empty());
  }

  /** 5 min, 10 min, 20 min … 12 h. */
  static Duration backoff(int attempts) {
    Duration wait = FIRST_RETRY;
    for (int i = 1; i < attempts && wait.compareTo(LONGEST_RETRY) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
  }
}
