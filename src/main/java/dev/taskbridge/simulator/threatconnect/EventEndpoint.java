package dev.taskbridge.simulator.threatconnect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v3/workflowEvents}: the timelines of cases. */
final class EventEndpoint extends Endpoint<EventRow> {
  EventEndpoint(World world, Switches switches, Listing listing, TqlAnswers answers, Views views) {
    super(
        world,
        switches,
        listing,
        new Kind<>(
            "/workflowEvents",
            "workflow event",
            answers.event,
            () -> world.events.byId(),
            event -> world.isVisible(event.caseId),
            List.of("notes", "parentCase"),
            views::event));
  }

  @Override
  Table<EventRow> table() {
    return world.events;
  }

  @Override
  EventRow create(Body body, Request request) {
    String summary = body.text("summary", 1, 500).orElseThrow(() -> Errors.missing("summary"));
    Instant date = body.date("eventDate").orElseThrow(() -> Errors.missing("eventDate"));
    CaseRow parent = namedCase(body).orElseThrow(() -> Errors.missing("caseId or caseXid"));
    EventRow event = world.addEvent(parent.id(), null, request.actor(), summary);
    event.eventDate = date;
    touch(parent.id());
    return event;
  }

  @Override
  EventRow update(EventRow event, Body body, Request request) {
    Optional<String> summary = body.text("summary", 1, 500);
    body.date("eventDate").ifPresent(date -> event.eventDate = date);
    summary.ifPresent(text -> event.summary = text);
    touch(event.caseId);
    return event;
  }

  /** Only what people entered can go, and it stays in the list with the reason. */
  @Override
  void delete(EventRow event, Request request) {
    if (event.systemGenerated) {
      throw Errors.badRequest("A system generated workflow event cannot be deleted");
    }
    Body body = new Body(request.body(), "workflow event");
    event.deletedReason =
        body.text("deletedReason", 1, 500).orElseThrow(() -> Errors.missing("deletedReason"));
    touch(event.caseId);
  }

  @Override
  void deleteInBulk(EventRow event, Request request) {
    if (!event.systemGenerated) {
      event.deletedReason = "Deleted in bulk";
      touch(event.caseId);
    }
  }
}
