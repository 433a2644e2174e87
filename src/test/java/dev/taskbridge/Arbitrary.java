package dev.taskbridge;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Tasks and tickets as no test author would think of them. */
public final class Arbitrary extends DomainContextBase {

  public static Task aTask(long id) {
    return new Task(
        id,
        "xid-000000" + id,
        "Isolate host " + id,
        "",
        TaskStatus.OPEN,
        false,
        Optional.empty(),
        FieldValue.ABSENT,
        OptionalLong.empty(),
        1,
        1,
        new ParentCase(7, "Phishing wave", "High", "Open", Optional.empty()),
        List.of(),
        "https://tc.example.com/api/v3/tasks/" + id);
  }

  public static Ticket aTicket(String key, Map<FieldName, FieldValue> fields) {
    return new Ticket(
        "id-" + key,
        key,
        "https://jira.example.com/browse/" + key,
        Instant.parse("2026-03-09T10:00:00Z"),
        1,
        Set.of(),
        false,
        fields);
  }

  static net.jqwik.api.Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings()
            .withChars("ab \n\r\t…é😀\u202e\u0000")
            .ofMaxLength(60)
            .map(text -> text.repeat(8)),
        Arbitraries.integers().between(280, 1_100).map("word "::repeat),
        Arbitraries.of(
            "", " ", "Plain title", "👩‍👩‍👧‍👦".repeat(100), "x".repeat(255), "x".repeat(256)));
  }

  static net.jqwik.api.Arbitrary<Instant> instants() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 4_102_444_800L).map(Instant::ofEpochSecond),
        // Around daylight saving, the leap day, the date line's lost day, and far out.
        Arbitraries.of(
                "2026-03-08T06:59:59Z",
                "2026-03-08T07:00:00Z",
                "2026-11-01T05:30:00Z",
                "2026-11-01T06:30:00Z",
                "2026-03-08T04:59:59Z",
                "2026-03-08T05:00:00Z",
                "2026-11-01T04:30:00Z",
                "2026-11-01T05:30:00Z",
                "2026-04-23T22:00:00Z",
                "2026-10-29T20:30:00Z",
                "2026-10-29T21:30:00Z",
                "2024-02-29T12:15:00Z",
                "2011-12-30T12:00:00Z",
                "9999-12-31T23:59:59Z",
                "+10000-06-01T00:00:00Z",
                "0000-01-01T00:00:00Z")
            .map(Instant::parse));
  }

  static net.jqwik.api.Arbitrary<FieldValue> assignees() {
    return Arbitraries.of(
        FieldValue.ABSENT,
        new User("pat.jones@example.com", "pat.jones@example.com", "Pat Jones"),
        new User("pjones+analyst@example.com", "", "Pat Jones"),
        new User("apiuser123", "", "API user"),
        new User("lars.berg@example.com", "", "Lars Berg"),
        new Group("1", "SOC Team"),
        new Group("2", "IT Operations"),
        new Group("3", "Legal"));
  }

  static net.jqwik.api.Arbitrary<FieldValue> ticketAssignees() {
    return Arbitraries.of(
        FieldValue.ABSENT,
        new User("acc-1", "pat.jones@example.com", "Pat Jones"),
        new User("acc-2", "p.jones@example.com", "Pat Jones"),
        new User("acc-3", "", "Hidden"),
        new User("acc-4", "soc-queue@example.com", "SOC queue"),
        new User("acc-5", "LARS.BERG@example.com", "Lars Berg"),
        new Group("g1", "IT"),
        new Group("g2", "Unknown group"));
  }

  static net.jqwik.api.Arbitrary<FieldValue> dueDates() {
    return Arbitraries.oneOf(
        Arbitraries.just(FieldValue.ABSENT),
        instants().map(Moment::new),
        Arbitraries.of("2026-03-08", "2011-12-30", "2024-02-29", "2026-03-09", "0001-01-01")
            .map(day -> new Day(LocalDate.parse(day))),
        Arbitraries.just(new FieldValue.Text("soon")));
  }

  @Provide
  net.jqwik.api.Arbitrary<Task> tasks() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of(TaskStatus.class),
            instants().optional(),
            assignees(),
            Arbitraries.of("Low", "Medium", "High", "Critical", "", "Severe"))
        .as(
            (name, description, status, due, assignee, severity) -> {
              Task task = aTask(42);
              return new Task(
                  task.id(),
                  task.xid(),
                  name,
                  description,
                  status,
                  false,
                  due,
                  assignee,
                  task.dependentOn(),
                  1,
                  2,
                  new ParentCase(7, "Phishing", severity, "Open", Optional.empty()),
                  name.length() % 2 == 0
                      ? List.of()
                      : List.of(
                          new Task.Artifact(2, "URL", "https://evil.example.com/a?b=c"),
                          new Task.Artifact(1, "E-mail", "bad guy@evil.example.com")),
                  task.url());
            });
  }

  @Provide
  net.jqwik.api.Arbitrary<Ticket> tickets() {
    return Combinators.combine(
            texts(),
            texts(),
            Arbitraries.of("To Do", "In Progress", "Done", "Blocked", "Limbo", ""),
            dueDates(),
            ticketAssignees(),
            Arbitraries.of("Low", "Medium", "High", "Highest", ""))
        .as(
            (title, description, status, due, assignee, priority) -> {
              Map<FieldName, FieldValue> fields = new HashMap<>();
              fields.put(FieldName.TITLE, FieldValue.text(title));
              fields.put(FieldName.DESCRIPTION, FieldValue.text(description));
              fields.put(FieldName.DUE_DATE, due);
              fields.put(FieldName.ASSIGNEE, assignee);
              if (!status.isEmpty()) {
                fields.put(FieldName.STATUS, new Choice("s-" + status, status));
              }
              if (!priority.isEmpty()) {
                fields.put(FieldName.PRIORITY, new Choice("p-" + priority, priority));
              }
              Ticket ticket = Ticket.NONE;
              for (Map.Entry<FieldName, FieldValue> entry : fields.entrySet()) {
                ticket = ticket.with(entry.getKey(), entry.getValue());
              }
              return aTicket("SEC-1", ticket.fields());
            });
  }
}
