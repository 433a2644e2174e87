package dev.taskbridge.reconcile;

import static dev.taskbridge.Arbitrary.aTask;
import static dev.taskbridge.Arbitrary.aTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.AssigneeMapping;
import dev.taskbridge.mapping.DueDateMapping;
import dev.taskbridge.mapping.TitleMapping;
import dev.taskbridge.reconcile.FieldDecision.Agreed;
import dev.taskbridge.reconcile.FieldDecision.Conflict;
import dev.taskbridge.reconcile.FieldDecision.LeftAlone;
import dev.taskbridge.reconcile.FieldDecision.Write;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReconcilerTest {
  private static final LinkKey LINK = new LinkKey("soc", "xid-0000001");
  private static final Instant NOW = Instant.parse("2026-03-09T12:00:00Z");

  private static Reconciler titles(Direction direction, ConflictPolicy policy) {
    return new Reconciler(
        java.util.List.of(new FieldRule(new TitleMapping(255), direction, policy)));
  }

  private static Task task(String title) {
    return aTask(1).withName(title);
  }

  private static Ticket ticket(String title) {
    return aTicket("SEC-1", Map.of(FieldName.TITLE, new Text(title)));
  }

  private static Map<FieldName, FieldRecord> agreedOn(String title) {
    return Map.of(
        FieldName.TITLE,
        new FieldRecord(
            Optional.of(new Base(new Text(title), new Text(title))),
            Verdict.AGREED,
            "",
            Optional.empty(),
            NOW,
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static FieldDecision decide(
      Reconciler reconciler, Map<FieldName, FieldRecord> memory, Task task, Ticket ticket) {
    return reconciler.plan(LINK, memory, task, ticket, NOW).decisions().get(FieldName.TITLE);
  }

  @ParameterizedTest
  @CsvSource({"old, old", "new, new"})
  void sides_that_say_the_same_are_left_alone(String onTask, String onTicket) {
    assertThat(
            decide(
                titles(Direction.BOTH, ConflictPolicy.ASK),
                agreedOn("old"),
                task(onTask),
                ticket(onTicket)))
        .isInstanceOf(Agreed.class);
  }

  @ParameterizedTest
  @EnumSource(ConflictPolicy.class)
  void the_side_that_moved_is_carried_over_whatever_the_policy(ConflictPolicy policy) {
    Reconciler reconciler = titles(Direction.BOTH, policy);
    assertThat(decide(reconciler, agreedOn("old"), task("new"), ticket("old")))
        .isInstanceOfSatisfying(
            Write.class,
            write -> {
              assertThat(write.to()).isEqualTo(Side.TICKET);
              assertThat(write.value()).isEqualTo(new Text("new"));
            });
    assertThat(decide(reconciler, agreedOn("old"), task("old"), ticket("new")))
        .isInstanceOfSatisfying(Write.class, write -> assertThat(write.to()).isEqualTo(Side.TASK));
  }

  @ParameterizedTest
  @CsvSource({"THREATCONNECT, TICKET", "TICKET, TASK", "NEWEST, TICKET"})
  void when_both_moved_the_policy_says_which_side_is_written(ConflictPolicy policy, Side written) {
    assertThat(
            decide(titles(Direction.BOTH, policy), agreedOn("old"), task("this"), ticket("that")))
        .isInstanceOfSatisfying(Write.class, write -> assertThat(write.to()).isEqualTo(written));
  }

  @Test
  void when_both_moved_and_a_person_is_to_be_asked_nothing_is_written() {
    assertThat(
            decide(
                titles(Direction.BOTH, ConflictPolicy.ASK),
                agreedOn("old"),
                task("this"),
                ticket("that")))
        .isEqualTo(new Conflict(new Base(new Text("this"), new Text("that"))));
  }

  @ParameterizedTest
  @EnumSource(Side.class)
  void a_persons_choice_decides_a_conflict_and_only_for_the_values_they_saw(Side kept) {
    Base seen = new Base(new Text("this"), new Text("that"));
    FieldRecord conflict =
        new FieldRecord(
            agreedOn("old").get(FieldName.TITLE).base(),
            Verdict.CONFLICT,
            "",
            Optional.of(seen),
            NOW,
            0,
            Optional.empty(),
            Optional.of(kept),
            Optional.empty());
    Reconciler reconciler = titles(Direction.BOTH, ConflictPolicy.ASK);

    assertThat(decide(reconciler, Map.of(FieldName.TITLE, conflict), task("this"), ticket("that")))
        .isInstanceOfSatisfying(
            Write.class, write -> assertThat(write.to()).isEqualTo(kept.other()));
    assertThat(decide(reconciler, Map.of(FieldName.TITLE, conflict), task("this"), ticket("other")))
        .isInstanceOf(Conflict.class);
  }

  @Test
  void a_field_that_goes_one_way_is_put_back_where_it_was_changed_on_the_far_side() {
    assertThat(
            decide(
                titles(Direction.TO_TICKET, ConflictPolicy.NEWEST),
                agreedOn("old"),
                task("old"),
                ticket("changed")))
        .isInstanceOfSatisfying(
            Write.class,
            write -> {
              assertThat(write.to()).isEqualTo(Side.TICKET);
              assertThat(write.value()).isEqualTo(new Text("old"));
            });
  }

  @Test
  void a_refused_write_is_left_alone_until_its_time_comes_or_a_side_moves() {
    Reconciler reconciler = titles(Direction.BOTH, ConflictPolicy.NEWEST);
    Plan plan = reconciler.plan(LINK, agreedOn("old"), task("new"), ticket("old"), NOW);
    Map<FieldName, FieldRecord> after =
        Settlement.settle(
            reconciler,
            plan,
            agreedOn("old"),
            task("new"),
            ticket("old"),
            Map.of(
                FieldName.TITLE,
                new Refusal.Rejected(Optional.of(FieldName.TITLE), "not on the screen")),
            Optional.of(ticket("old")),
            NOW);

    assertThat(after.get(FieldName.TITLE).reason()).isEqualTo("not on the screen");
    assertThat(decide(reconciler, after, task("new"), ticket("old"))).isInstanceOf(LeftAlone.class);
    assertThat(decide(reconciler, after, task("newer"), ticket("old"))).isInstanceOf(Write.class);
    assertThat(
            reconciler
                .plan(LINK, after, task("new"), ticket("old"), NOW.plus(Settlement.FIRST_RETRY))
                .decisions()
                .get(FieldName.TITLE))
        .isInstanceOfSatisfying(
            Write.class, write -> assertThat(write.to()).isEqualTo(Side.TICKET));
  }

  @Test
  void a_text_that_the_system_keeps_in_its_own_words_is_no_news_and_no_failure() {
    Reconciler reconciler = titles(Direction.BOTH, ConflictPolicy.TICKET);
    Plan plan = reconciler.plan(LINK, agreedOn("old"), task("a  b"), ticket("old"), NOW);
    Map<FieldName, FieldRecord> after =
        Settlement.settle(
            reconciler,
            plan,
            agreedOn("old"),
            task("a  b"),
            ticket("a b"),
            Map.of(),
            Optional.of(ticket("old")),
            NOW);

    assertThat(after.get(FieldName.TITLE).verdict()).isEqualTo(Verdict.AGREED);
    assertThat(decide(reconciler, after, task("a  b"), ticket("a b"))).isInstanceOf(Agreed.class);
    assertThat(decide(reconciler, after, task("a  b"), ticket("c")))
        .isInstanceOfSatisfying(Write.class, write -> assertThat(write.to()).isEqualTo(Side.TASK));
  }

  @Test
  void an_edit_of_the_task_while_its_text_is_kept_in_other_words_already_is_news() {
    Reconciler reconciler = titles(Direction.BOTH, ConflictPolicy.TICKET);
    Plan plan = reconciler.plan(LINK, agreedOn("a b"), task("a  b"), ticket("a b"), NOW);
    assertThat(plan.writes(Side.TICKET)).containsKey(FieldName.TITLE);
    Map<FieldName, FieldRecord> after =
        Settlement.settle(
            reconciler,
            plan,
            agreedOn("a b"),
            task("edited meanwhile"),
            ticket("a b"),
            Map.of(),
            Optional.of(ticket("a b")),
            NOW);

    assertThat(decide(reconciler, after, task("edited meanwhile"), ticket("a b")))
        .isInstanceOfSatisfying(
            Write.class, write -> assertThat(write.to()).isEqualTo(Side.TICKET));
  }

  @Test
  void a_write_that_was_cut_short_is_known_though_its_mapping_was_edited_since() {
    // given: a due date was written by the day in New York, and the crash left it unrecorded
    FieldValue then = new FieldValue.Moment(Instant.parse("2026-06-08T00:15:00Z"));
    Task task = aTask(1).withDueDate(Optional.of(Instant.parse("2026-06-08T00:15:00Z")));
    Base seen = new Base(then, FieldValue.ABSENT);
    FieldValue written = new FieldValue.Day(LocalDate.parse("2026-06-07"));
    Map<FieldName, FieldRecord> memory =
        Map.of(FieldName.DUE_DATE, agreedOnNothing().whileWriting(Side.TICKET, seen, written));
    Ticket ticket = aTicket("SEC-1", Map.of(FieldName.DUE_DATE, written));

    // when: days are read in Auckland from now on
    Reconciler edited =
        new Reconciler(
            java.util.List.of(
                new FieldRule(
                    new DueDateMapping(ZoneId.of("Pacific/Auckland"), false),
                    Direction.BOTH,
                    ConflictPolicy.ASK)));
    Plan plan = edited.plan(LINK, memory, task, ticket, NOW);

    // then: nobody is asked about what only we wrote
    assertThat(plan.writes(Side.TICKET))
        .isEqualTo(
            Map.of(
                FieldName.DUE_DATE,
                (FieldValue) new FieldValue.Day(LocalDate.parse("2026-06-08"))));
  }

  private static FieldRecord agreedOnNothing() {
    return new FieldRecord(
        Optional.of(new Base(FieldValue.ABSENT, FieldValue.ABSENT)),
        Verdict.AGREED,
        "",
        Optional.empty(),
        NOW,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void an_assignee_that_could_not_be_written_at_the_creation_is_never_cleared_on_the_task() {
    Reconciler reconciler =
        new Reconciler(
            java.util.List.of(
                new FieldRule(
                    new AssigneeMapping(Map.of(), Map.of(), Optional.empty()),
                    Direction.BOTH,
                    ConflictPolicy.TICKET)));
    Task task = aTask(1).withAssignee(new User("pat@example.com", "pat@example.com", "Pat"));
    Ticket unassigned = aTicket("SEC-1", Map.of());
    Plan plan = reconciler.planNewTicket(LINK, task);
    Map<FieldName, FieldRecord> after =
        Settlement.settle(
            reconciler,
            plan,
            new HashMap<>(),
            task,
            unassigned,
            Map.of(
                FieldName.ASSIGNEE,
                new Refusal.Rejected(Optional.of(FieldName.ASSIGNEE), "nobody has this address")),
            Optional.empty(),
            NOW);

    Instant later = NOW.plus(Settlement.LONGEST_RETRY);
    Plan retried = reconciler.plan(LINK, after, task, unassigned, later);

    assertThat(retried.writes(Side.TASK)).isEmpty();
    assertThat(retried.writes(Side.TICKET))
        .isEqualTo(Map.of(FieldName.ASSIGNEE, (FieldValue) User.withEmail("pat@example.com")));
  }
}
