package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Link.Intent;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of a ticket whose creation was interrupted before it could be recorded. */
public final class Adoption {
  private Adoption() {}

  /**
   * Bases for the fields of a ticket that was made by {@code intent} and only now found.
   *
   * <p>A field that agrees with what was intended was written so, by the mapping of now or of then.
   * One that differs and holds something was edited by a person since, unless nobody touched the
   * ticket or the words are the same: its base is what we wrote, so that the edit is carried to the
   * task. One that holds nothing may never have been written, and a status may have been left on
   * the way: for these the task decides, whoever else has the last word about the field. Whether
   * somebody touched a ticket is known only where its system counts changes; where it does not,
   * other words are a person's, and a status is taken to be left on the way.
   */
  public static Map<FieldName, FieldRecord> bases(
      Reconciler reconciler, Intent intent, Ticket found, Instant now) {
    Task intended = intent.task();
    Map<FieldName, FieldRecord> records = new HashMap<>();
    for (FieldRule rule : reconciler.rules()) {
      FieldMapping mapping = rule.mapping();
      FieldValue onTask = mapping.onTask(intended);
      FieldValue onTicket = mapping.onTicket(found);
      Optional<FieldValue> asked = Optional.ofNullable(intent.values().get(rule.field()));
      if (mapping.agree(intended, found)
          || asked.filter(value -> Wording.isAsAsked(value, onTicket)).isPresent()) {
        records.put(rule.field(), remembered(new Base(onTask, onTicket), now));
      } else if (asked.isPresent()) {
        records.put(
            rule.field(),
            onTicket.equals(FieldValue.ABSENT)
                ? remembered(new Base(FieldValue.ABSENT, FieldValue.ABSENT), now)
                : differing(mapping, intended, found, onTask, asked.get(), now));
      } else if (onTask.equals(FieldValue.ABSENT) && found.version() != 0) {
        records.put(rule.field(), remembered(new Base(onTask, FieldValue.ABSENT), now));
      }
    }
    return records;
  }

  /** Bases for the fields in which a new task and the ticket it is made from agree as they are. */
  public static Map<FieldName, FieldRecord> nothingToSay(
      Reconciler reconciler, Task blank, Ticket ticket, Instant now) {
    Map<FieldName, FieldRecord> records = new HashMap<>();
    for (FieldRule rule : reconciler.rules()) {
      FieldMapping mapping = rule.mapping();
      if (mapping.agree(blank, ticket)) {
        Base both = new Base(mapping.onTask(blank), mapping.onTicket(ticket));
        records.put(rule.field(), remembered(both, now));
      }
    }
    return records;
  }

  /**
   * Bases for the fields of a task that was made from a ticket and only now found.
   *
   * @param noted what was noted of the fields before the task was to be made; empty for a task that
   *     nothing is remembered of
   * @param blank a task as the server makes it when only its name is given
   */
  public static Map<FieldName, FieldRecord> bases(
      Reconciler reconciler,
      Map<FieldName, FieldRecord> noted,
      Task blank,
      Task found,
      Ticket ticket,
      Instant now) {
    Map<FieldName, FieldRecord> records = new HashMap<>(noted);
    for (FieldRule rule : reconciler.rules()) {
      FieldMapping mapping = rule.mapping();
      FieldValue onTask = mapping.onTask(found);
      FieldRecord memory = noted.getOrDefault(rule.field(), FieldRecord.unseen(now));
      boolean wasWritten = !onTask.equals(mapping.onTask(blank));
      memory
          .writing()
          .filter(writing -> wasWritten)
          .ifPresent(
              writing -> {
                Ticket then = ticket.with(rule.field(), writing.from());
                FieldValue made = mapping.agree(found, then) ? onTask : writing.value();
                records.put(rule.field(), remembered(new Base(made, writing.from()), now));
              });
    }
    return records;
  }

  /**
   * What is remembered of a pair that is known to be one though nothing is known of its past. What
   * agrees is base. Where the two differ either side may have been edited, so that both count as
   * moved: the field's rule for conflicts decides, as it would have.
   */
  public static Map<FieldName, FieldRecord> withoutPast(
      Reconciler reconciler, Task task, Ticket ticket, Instant now) {
    Map<FieldName, FieldRecord> records = new HashMap<>();
    for (FieldRule rule : reconciler.rules()) {
      FieldValue onTask = rule.mapping().onTask(task);
      FieldValue onTicket = rule.mapping().onTicket(ticket);
      Base base =
          rule.mapping().agree(task, ticket)
              ? new Base(onTask, onTicket)
              : new Base(otherThan(onTask, onTicket), otherThan(onTicket, onTask));
      records.put(rule.field(), remembered(base, now));
    }
    return records;
  }

  /** A value that is certainly not {@code present}, where the two sides are known to differ. */
  private static FieldValue otherThan(FieldValue present, FieldValue across) {
    return present.equals(FieldValue.ABSENT) ? across : FieldValue.ABSENT;
  }

  private static FieldRecord differing(
      FieldMapping mapping,
      Task intended,
      Ticket found,
      FieldValue onTask,
      FieldValue intendedValue,
      Instant now) {
    FieldValue onTicket = mapping.onTicket(found);
    boolean untouched = found.version() == 0;
    if (mapping.stepwise()) {
      // No way to an open status leads through a closed one, so a person closed the ticket; any
      // other status may be one on the way, whoever touched other fields meanwhile.
      boolean leftOnTheWay = !found.closed();
      return untouched || leftOnTheWay
          ? remembered(new Base(onTask, onTicket), now)
              .whileWriting(Side.TICKET, new Base(onTask, onTicket), intendedValue)
          : remembered(new Base(onTask, intendedValue), now);
    }
    return untouched || Wording.isSame(intendedValue, onTicket)
        ? Settlement.reworded(FieldRecord.unseen(now), new Base(onTask, onTicket), now)
        : remembered(new Base(onTask, intendedValue), now);
  }

  private static FieldRecord remembered(Base base, Instant now) {
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
}
