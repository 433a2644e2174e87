package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.reconcile.FieldDecision.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is remembered of a ticket whose creation was interrupted before it could be recorded. */
public final class Adoption {
  private Adoption() {}

  /**
   * Bases for the fields of a ticket that was made from {@code intended} and only now found.
   *
   * <p>A field that agrees with what was intended was written so. One that differs and holds
   * something was edited by a person since, unless nobody touched the ticket or the words are the
   * same: its base is what we wrote, so that the edit is carried to the task. One that holds
   * nothing may never have been written, and a status may have been left on the way: for these no
   * ticket side is remembered, and the task decides.
   */
  public static Map<FieldName, FieldRecord> bases(
      Reconciler reconciler, LinkKey link, Task intended, Ticket found, Instant now) {
    Plan plan = reconciler.planNewTicket(link, intended);
    Map<FieldName, FieldRecord> records = new HashMap<>();
    for (FieldRule rule : reconciler.rules()) {
      FieldMapping mapping = rule.mapping();
      FieldValue onTask = mapping.onTask(intended);
      FieldValue onTicket = mapping.onTicket(found);
      if (mapping.agree(intended, found)) {
        records.put(rule.field(), remembered(new Base(onTask, onTicket), now));
      } else if (plan.decisions().get(rule.field()) instanceof Write write
          && !onTicket.equals(FieldValue.ABSENT)) {
        records.put(rule.field(), differing(mapping, intended, found, onTask, write.value(), now));
      } else if (onTask.equals(FieldValue.ABSENT) && found.version() > 0) {
        records.put(rule.field(), remembered(new Base(onTask, FieldValue.ABSENT), now));
      }
    }
    return records;
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
      boolean leftOnTheWay = intended.status() == TaskStatus.CLOSED && !found.closed();
      return untouched || leftOnTheWay
          ? remembered(new Base(onTask, onTicket), now)
              .whileWriting(Side.TICKET, new Base(onTask, onTicket))
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
