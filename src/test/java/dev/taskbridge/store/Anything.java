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
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Whatever the types allow, the ugly included. */
final class Anything {
  private Anything() {}

  /** Any UTF-16 at all: NUL, halves of surrogate pairs, quotes, line separators. */
  static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(30),
        Arbitraries.strings()
            .withChars('\u0000', '\uD83D', '\uDE80', '"', '\\', '\n', '\r', '\u2028', ' ', 'a', 'ä')
            .ofMaxLength(12));
  }

  static Arbitrary<Instant> instant() {
    return Combinators.combine(
            Arbitraries.longs().between(-62_135_596_800L, 253_402_300_799L),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  /** An instant of our own clock, which is kept as a number. */
  static Arbitrary<Instant> ourInstant() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 9_000_000_000L),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  static Arbitrary<FieldName> fieldName() {
    return Arbitraries.oneOf(
        Arbitraries.of(FieldName.TITLE, FieldName.STATUS, FieldName.ASSIGNEE),
        text().filter(word -> !word.isBlank()).map(FieldName::new));
  }

  static Arbitrary<FieldValue> value() {
    return Arbitraries.oneOf(
        Arbitraries.just(FieldValue.ABSENT),
        text().map(FieldValue.Text::new),
        Combinators.combine(text(), text()).as(FieldValue.Choice::new),
        Combinators.combine(text(), text(), text()).as(FieldValue.User::new),
        Combinators.combine(text(), text()).as(FieldValue.Group::new),
        Arbitraries.longs()
            .between(-700_000, 300_000_000)
            .map(day -> new FieldValue.Day(LocalDate.ofEpochDay(day))),
        instant().map(FieldValue.Moment::new),
        text().set().ofMaxSize(4).map(names -> new FieldValue.Names(new TreeSet<>(names))));
  }

  static Arbitrary<Task> task() {
    Arbitrary<Task.ParentCase> parent =
        Combinators.combine(Arbitraries.longs(), text(), text(), text(), instant().optional())
            .as(Task.ParentCase::new);
    Arbitrary<Task.Artifact> artifact =
        Combinators.combine(Arbitraries.longs(), text(), text()).as(Task.Artifact::new);
    return Combinators.combine(
            Combinators.combine(
                    Arbitraries.longs(),
                    text(),
                    text(),
                    text(),
                    Arbitraries.of(TaskStatus.class),
                    Arbitraries.of(true, false),
                    instant().optional(),
                    value())
                .as(
                    (id, xid, name, description, status, required, due, assignee) ->
                        new Task(
                            id,
                            xid,
                            name,
                            description,
                            status,
                            required,
                            due,
                            assignee,
                            OptionalLong.empty(),
                            0,
                            0,
                            new Task.ParentCase(0, "", "", "", Optional.empty()),
                            java.util.List.of(),
                            "")),
            Arbitraries.longs().optional(),
            Arbitraries.integers(),
            Arbitraries.integers(),
            parent,
            artifact.list().ofMaxSize(3),
            text())
        .as(
            (task, dependentOn, phase, step, parentCase, artifacts, url) ->
                new Task(
                    task.id(),
                    task.xid(),
                    task.name(),
                    task.description(),
                    task.status(),
                    task.required(),
                    task.dueDate(),
                    task.assignee(),
                    dependentOn.map(OptionalLong::of).orElse(OptionalLong.empty()),
                    phase,
                    step,
                    parentCase,
                    artifacts,
                    url));
  }

  static Arbitrary<Ticket> ticket() {
    return Combinators.combine(
            text(),
            text(),
            text(),
            instant(),
            Arbitraries.longs(),
            Arbitraries.integers()
                .map(i -> IdempotencyKey.of(new LinkKey("soc", "X-" + i)))
                .set()
                .ofMaxSize(2),
            Arbitraries.of(true, false),
            values())
        .as(Ticket::new);
  }

  private static Arbitrary<Map<FieldName, FieldValue>> values() {
    return Arbitraries.maps(fieldName(), value()).ofMaxSize(4);
  }

  static Arbitrary<Map<FieldName, FieldRecord>> fields() {
    Arbitrary<Base> base = Combinators.combine(value(), value()).as(Base::new);
    Arbitrary<FieldRecord> field =
        Combinators.combine(
                Combinators.combine(
                        base.optional(),
                        Arbitraries.of(Verdict.class),
                        text(),
                        base.optional(),
                        instant())
                    .as(
                        (agreed, verdict, reason, judged, since) ->
                            new FieldRecord(
                                agreed,
                                verdict,
                                reason,
                                judged,
                                since,
                                0,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())),
                Arbitraries.integers(),
                instant().optional(),
                Arbitraries.of(Side.class).optional(),
                Combinators.combine(Arbitraries.of(Side.class), value(), value())
                    .as(FieldRecord.Writing::new)
                    .optional())
            .as(
                (some, attempts, retryAt, keep, writing) ->
                    new FieldRecord(
                        some.base(),
                        some.verdict(),
                        some.reason(),
                        some.judged(),
                        some.since(),
                        attempts,
                        retryAt,
                        keep,
                        writing));
    return Arbitraries.maps(fieldName(), field).ofMaxSize(4);
  }

  /** A link under {@code key} that knows ticket 10001. */
  static Arbitrary<Link> link(LinkKey key) {
    return Combinators.combine(
            Arbitraries.of(LinkState.class),
            ourInstant(),
            ourInstant(),
            Combinators.combine(ourInstant(), task(), values()).as(Intent::new).optional(),
            Combinators.combine(task(), ourInstant()).as(Seen::new).optional(),
            Combinators.combine(ticket(), ourInstant()).as(Seen::new).optional(),
            fields(),
            ourInstant().optional())
        .as(
            (state, created, since, intent, task, ticket, fields, due) ->
                new Link(
                    key, state, "", "10001", "SEC-1", created, since, intent, task, ticket, fields,
                    due, 3));
  }
}
