package dev.taskbridge.mapping;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A task is due at a point in time; a ticket on a day (Jira) or at a point in time (ServiceNow).
 *
 * @param zone where a ticket's day begins and ends
 * @param ticketHasTime whether the ticket's due date has a time of day
 */
public record DueDateMapping(ZoneId zone, boolean ticketHasTime) implements FieldMapping {
  /** A day that is due is due until it is over. */
  private static final LocalTime END_OF_DAY = LocalTime.of(23, 59, 59);

  private static final int LAST_YEAR = 9999;

  @Override
  public FieldName field() {
    return FieldName.DUE_DATE;
  }

  @Override
  public FieldValue onTask(Task task) {
    return task.dueDate().<FieldValue>map(Moment::new).orElse(FieldValue.ABSENT);
  }

  @Override
  public boolean agree(Task task, Ticket ticket) {
    FieldValue due = onTask(task);
    FieldValue onTicket = onTicket(ticket);
    return onTicket instanceof Day day
        ? due instanceof Moment moment && day(moment).equals(day.date())
        : due.equals(onTicket);
  }

  @Override
  public Mapped toTicket(Task task, Ticket present) {
    if (agree(task, present)) {
      return new Mapped.To(onTicket(present));
    }
    if (!(onTask(task) instanceof Moment moment)) {
      return new Mapped.To(FieldValue.ABSENT);
    }
    LocalDate day = day(moment);
    if (day.getYear() < 1 || day.getYear() > LAST_YEAR) {
      return new Mapped.Unmappable(
          "the due date " + moment.shown() + " is outside years 1 to 9999");
    }
    return new Mapped.To(ticketHasTime ? moment : new Day(day));
  }

  @Override
  public Mapped toTask(Ticket ticket, Task present) {
    if (agree(present, ticket)) {
      return new Mapped.To(onTask(present));
    }
    FieldValue onTicket = onTicket(ticket);
    if (!(onTicket instanceof Day day)) {
      return onTicket instanceof Moment || onTicket.equals(FieldValue.ABSENT)
          ? new Mapped.To(onTicket)
          : new Mapped.Unmappable("the ticket's due date is not a date: " + onTicket.shown());
    }
    LocalTime time =
        onTask(present) instanceof Moment moment
            ? moment.instant().atZone(zone).toLocalTime()
            : END_OF_DAY;
    ZonedDateTime due = ZonedDateTime.of(day.date(), time, zone);
    // A day that a zone skipped (a move of the date line) is no day there.
    return due.toLocalDate().equals(day.date())
        ? new Mapped.To(new Moment(due.toInstant()))
        : new Mapped.Unmappable("the day " + day.date() + " does not exist in " + zone);
  }

  private LocalDate day(Moment moment) {
    return moment.instant().atZone(zone).toLocalDate();
  }
}
