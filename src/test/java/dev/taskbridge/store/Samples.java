package dev.taskbridge.store;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Intent;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Links, tasks and tickets as a security team has them. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456789Z");
  static final FieldName CUSTOM = new FieldName("customfield_10042");

  private Samples() {}

  static LinkKey key(String xid) {
    return new LinkKey("soc", xid);
  }

  static Task task(String xid) {
    return new Task(
        4711,
        xid,
        "Isolate host " + xid,
        "Take **" + xid + "** off the network.\nTell the owner. \uD83D\uDE80 \u2028",
        TaskStatus.OPEN,
        true,
        Optional.of(Instant.parse("2026-03-05T12:15:00Z")),
        new FieldValue.User("pjones", "p.jones@example.com", "Pat Jones"),
        OptionalLong.of(4700),
        1,
        2,
        new Task.ParentCase(
            12,
            "Phishing wave",
            "High",
            "Open",
            Optional.of(Instant.parse("2026-03-02T08:00:00Z"))),
        List.of(new Task.Artifact(9, "Host", "ws-0815")),
        "https://app.threatconnect.com/api/v3/tasks/4711");
  }

  static Task laterCaseClock(Task task) {
    Task.ParentCase parent = task.parentCase();
    return new Task(
        task.id(),
        task.xid(),
        task.name(),
        task.description(),
        task.status(),
        task.required(),
        task.dueDate(),
        task.assignee(),
        task.dependentOn(),
        task.phase(),
        task.step(),
        new Task.ParentCase(
            parent.id(),
            parent.name(),
            parent.severity(),
            parent.status(),
            parent.lastUpdated().map(at -> at.plusSeconds(60))),
        task.artifacts(),
        task.url());
  }

  static Ticket ticket(String id) {
    return new Ticket(
        id,
        "SEC-" + id,
        "https://example.atlassian.net/browse/SEC-" + id,
        Instant.parse("2026-03-02T09:30:00.5Z"),
        7,
        Set.of(IdempotencyKey.of(key("X-" + id))),
        false,
        Map.of(
            FieldName.TITLE,
            new FieldValue.Text("Isolate host"),
            FieldName.STATUS,
            new FieldValue.Choice("10000", "To Do"),
            FieldName.DUE_DATE,
            new FieldValue.Day(java.time.LocalDate.parse("2026-03-05")),
            FieldName.LABELS,
            new FieldValue.Names(new TreeSet<>(Set.of("soc", "phase-1"))),
            CUSTOM,
            new FieldValue.Group("42", "SOC Team")));
  }

  static Ticket laterClock(Ticket ticket) {
    return new Ticket(
        ticket.id(),
        ticket.key(),
        ticket.url(),
        ticket.updatedAt().plusSeconds(5),
        ticket.version() + 1,
        ticket.idempotencyKeys(),
        ticket.closed(),
        ticket.fields());
  }

  static <T> Seen<T> seen(T record, Instant at) {
    return new Seen<>(record, at);
  }

  /** A link with something in every corner. */
  static Link link(LinkKey key, String ticketId) {
    return new Link(
        key,
        LinkState.CONFLICT,
        "due date: both sides moved",
        ticketId,
        "SEC-" + ticketId,
        NOON,
        NOON.plusSeconds(3),
        Optional.of(
            new Intent(
                NOON.plusSeconds(1),
                task(key.xid()).withName("As it was"),
                Map.of(FieldName.TITLE, new FieldValue.Text("As it w…")))),
        Optional.of(seen(task(key.xid()), NOON.plusSeconds(4))),
        Optional.of(seen(ticket(ticketId), NOON.plusSeconds(5))),
        Map.of(
            FieldName.DUE_DATE,
            new FieldRecord(
                Optional.of(
                    new Base(
                        new FieldValue.Moment(NOON),
                        new FieldValue.Day(java.time.LocalDate.parse("2026-03-02")))),
                Verdict.CONFLICT,
                "task says 5 April, ticket says 7 April",
                Optional.of(new Base(FieldValue.ABSENT, new FieldValue.Text("\u0000 odd \uD83D"))),
                NOON,
                3,
                Optional.of(NOON.plusSeconds(900)),
                Optional.of(Side.TICKET),
                Optional.of(
                    new FieldRecord.Writing(
                        Side.TASK,
                        new FieldValue.Text("half done"),
                        new FieldValue.Text("half said")))),
            FieldName.TITLE,
            FieldRecord.unseen(NOON)),
        Optional.of(NOON.plusSeconds(600)),
        2);
  }
}
