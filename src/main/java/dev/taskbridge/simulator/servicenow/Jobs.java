package dev.taskbridge.simulator.servicenow;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/** What happens by itself as {@code system}: asynchronous rules and the auto-close job. */
final class Jobs implements RecordWriter.Listener {
  private final Instance instance;
  private final RecordWriter writer;
  private final BiConsumer<Duration, Runnable> later;

  /**
   * @param later runs work after a delay
   */
  Jobs(Instance instance, RecordWriter writer, BiConsumer<Duration, Runnable> later) {
    this.instance = instance;
    this.writer = writer;
    this.later = later;
  }

  /** An asynchronous rule sets the next activity date after anyone else's write to a task. */
  @Override
  public void written(String operation, Row row, Session session) {
    int millis = instance.switches.number(Trap.ASYNC_RULE_MILLIS);
    if (millis > 0
        && !operation.equals("delete")
        && instance.schema.isA(row.table(), "task")
        && !session.equals(Session.SYSTEM)) {
      later.accept(Duration.ofMillis(millis), () -> setActivityDue(row));
    }
  }

  private void setActivityDue(Row row) {
    if (instance.find(row.table(), row.sysId()) == null) {
      return;
    }
    // Two hours after the second write would equal the value after the first within one second.
    long count = Numbers.parse(row.get("sys_mod_count")).orElse(0);
    Instant due = instance.clock.instant().plus(Duration.ofHours(2)).plusSeconds(count);
    writer.updateByRule(row, Map.of("activity_due", Times.stored(due)), Session.SYSTEM);
  }

  /** Closes incidents that have been resolved long enough; cheap while the switch is off. */
  void autoClose() {
    int hours = instance.switches.number(Trap.AUTO_CLOSE_HOURS);
    if (hours <= 0) {
      return;
    }
    String limit = Times.stored(instance.clock.instant().minus(Duration.ofHours(hours)));
    for (Row row :
        instance.search(
            "incident",
            "state=" + IncidentRules.RESOLVED + "^resolved_at<=" + limit,
            Session.SYSTEM)) {
      writer.updateByRule(row, Map.of("state", IncidentRules.CLOSED), Session.SYSTEM);
    }
  }
}
