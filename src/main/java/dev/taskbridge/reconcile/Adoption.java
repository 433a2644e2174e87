package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
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
   * something was edited by a person since: its base is what we wrote, so that the edit is carried
   * to the task. One that holds nothing may never have been written, and a status may have been
   * left on the way: for these no ticket side is remembered, and the task decides.
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
          && write.to() == Side.TICKET
          && !mapping.stepwise()
          && !onTicket.equals(FieldValue.ABSENT)) {
        records.put(rule.field(), remembered(new Base(onTask, write.value()), now));
      }
    }
    return records;
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
