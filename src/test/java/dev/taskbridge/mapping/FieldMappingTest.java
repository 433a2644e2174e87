package dev.taskbridge.mapping;

import static dev.taskbridge.Arbitrary.aTask;
import static dev.taskbridge.Arbitrary.aTicket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Day;
import dev.taskbridge.domain.FieldValue.Moment;
import dev.taskbridge.domain.FieldValue.Names;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FieldMappingTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private static Ticket withStatus(String status) {
    return aTicket("SEC-1", Map.of(FieldName.STATUS, new Choice("9", status)));
  }

  private static Ticket due(LocalDate day) {
    return aTicket("SEC-1", Map.of(FieldName.DUE_DATE, new Day(day)));
  }

  @Test
  void a_due_time_survives_the_round_trip_through_a_date() {
    DueDateMapping mapping = new DueDateMapping(NEW_YORK, false);
    Task task = aTask(1).withDueDate(Optional.of(Instant.parse("2022-03-29T12:15:00Z")));

    Mapped toTicket = mapping.toTicket(task, Ticket.NONE);

    assertThat(toTicket).isEqualTo(new Mapped.To(new Day(LocalDate.parse("2022-03-29"))));
    assertThat(mapping.toTask(due(LocalDate.parse("2022-03-29")), task))
        .isEqualTo(new Mapped.To(new Moment(Instant.parse("2022-03-29T12:15:00Z"))));
  }

  @Test
  void a_day_moved_in_the_ticket_keeps_the_tasks_time_of_day_across_daylight_saving() {
    DueDateMapping mapping = new DueDateMapping(NEW_YORK, false);
    // 08:15 in New York, winter time; the new day is in summer time.
    Task task = aTask(1).withDueDate(Optional.of(Instant.parse("2026-03-06T13:15:00Z")));

    assertThat(mapping.toTask(due(LocalDate.parse("2026-03-09")), task))
        .isEqualTo(new Mapped.To(new Moment(Instant.parse("2026-03-09T12:15:00Z"))));
  }

  @Test
  void a_day_given_to_a_task_without_a_due_date_lasts_until_its_end() {
    assertThat(
            new DueDateMapping(NEW_YORK, false)
                .toTask(due(LocalDate.parse("2026-03-09")), aTask(1)))
        .isEqualTo(new Mapped.To(new Moment(Instant.parse("2026-03-10T03:59:59Z"))));
  }

  @Test
  void a_day_that_a_zone_skipped_has_no_counterpart() {
    assertThat(
            new DueDateMapping(ZoneId.of("Pacific/Apia"), false)
                .toTask(due(LocalDate.parse("2011-12-30")), aTask(1)))
        .isInstanceOf(Mapped.Unmappable.class);
  }

  @Test
  void a_ticket_moving_from_to_do_to_in_progress_leaves_an_open_task_alone() {
    assertThat(MappingLawsTest.STATUS.agree(aTask(1), withStatus("In Progress"))).isTrue();
  }

  @Test
  void a_done_ticket_that_is_taken_up_again_reopens_its_closed_task() {
    assertThat(
            MappingLawsTest.STATUS.toTask(
                withStatus("In Progress"), aTask(1).withStatus(TaskStatus.CLOSED)))
        .isEqualTo(new Mapped.To(Choice.named("Reopened")));
  }

  @Test
  void a_status_without_a_counterpart_is_named_and_never_guessed() {
    assertThat(MappingLawsTest.STATUS.toTask(withStatus("Blocked"), aTask(1)))
        .isInstanceOfSatisfying(
            Mapped.Unmappable.class,
            unmappable -> assertThat(unmappable.reason()).contains("\"Blocked\"", "fields.status"));
  }

  @Test
  void a_long_title_is_cut_between_characters_with_a_mark() {
    Task task = aTask(1).withName("👩‍👩‍👧‍👦".repeat(40));

    Mapped mapped = new TitleMapping(160).toTicket(task, Ticket.NONE);

    assertThat(mapped).isEqualTo(new Mapped.To(new Text("👩‍👩‍👧‍👦".repeat(14) + "…")));
  }

  @Test
  void a_cut_description_says_where_the_whole_text_is() {
    Ticket ticket =
        aTicket("SEC-1", Map.of(FieldName.DESCRIPTION, new Text("long ".repeat(1_000))));

    Mapped mapped = new DescriptionMapping(32_000, ArtifactBlock.NONE).toTask(ticket, aTask(1));

    assertThat(mapped)
        .isInstanceOfSatisfying(
            Mapped.To.class,
            to -> {
              assertThat(to.value().shown()).hasSizeLessThanOrEqualTo(1_500);
              assertThat(to.value().shown())
                  .endsWith("ticket SEC-1: https://jira.example.com/browse/SEC-1]");
            });
  }

  @Test
  void a_user_is_found_by_the_table_then_by_address() {
    AssigneeMapping mapping =
        new AssigneeMapping(
            Map.of("pjones+analyst@example.com", "p.jones@example.com"),
            Map.of(),
            Optional.empty());
    Task byTable = aTask(1).withAssignee(new User("pjones+analyst@example.com", "", "Pat"));
    Task byAddress = aTask(1).withAssignee(new User("lars.berg@example.com", "", "Lars"));

    assertThat(mapping.toTicket(byTable, Ticket.NONE))
        .isEqualTo(new Mapped.To(User.withEmail("p.jones@example.com")));
    assertThat(mapping.toTicket(byAddress, Ticket.NONE))
        .isEqualTo(new Mapped.To(User.withEmail("lars.berg@example.com")));
  }

  @Test
  void an_assignee_without_a_counterpart_clears_nothing() {
    AssigneeMapping mapping = new AssigneeMapping(Map.of(), Map.of(), Optional.empty());
    Ticket hidden =
        aTicket("SEC-1", Map.of(FieldName.ASSIGNEE, new User("acc-3", "", "Hidden Person")));

    assertThat(mapping.toTask(hidden, aTask(1)))
        .isInstanceOfSatisfying(
            Mapped.Unmappable.class,
            unmappable -> assertThat(unmappable.reason()).contains("Hidden Person", "e-mail"));
    assertThat(mapping.toTicket(aTask(1).withAssignee(FieldValue.ABSENT), hidden))
        .isEqualTo(new Mapped.To(FieldValue.ABSENT));
  }

  @Test
  void artifacts_follow_the_description_defanged_and_are_not_carried_back() {
    DescriptionMapping mapping = new DescriptionMapping(32_000, ArtifactBlock.DEFANGED);
    Task task =
        aTask(1)
            .withDescription("Block these.")
            .withArtifacts(
                List.of(
                    new Task.Artifact(1, "URL", "http://evil.example.com/x"),
                    new Task.Artifact(2, "Email Address", "bad@evil.example.com"),
                    new Task.Artifact(3, "Address", "192.0.2.7")));

    Mapped mapped = mapping.toTicket(task, Ticket.NONE);

    String text =
        """
        Block these.

        Artifacts in ThreatConnect:
        - URL: hxxp[://]evil[.]example[.]com/x
        - Email Address: bad[@]evil[.]example[.]com
        - Address: 192[.]0[.]2[.]7""";
    assertThat(mapped).isEqualTo(new Mapped.To(new Text(text)));
    Ticket edited =
        aTicket(
            "SEC-1",
            Map.of(FieldName.DESCRIPTION, new Text(text.replace("Block these.", "Blocked both."))));
    assertThat(mapping.toTask(edited, task)).isEqualTo(new Mapped.To(new Text("Blocked both.")));
  }

  @Test
  void a_label_that_the_task_does_not_say_any_more_goes_and_what_people_set_stays() {
    LabelsMapping mapping = new LabelsMapping("phase-${task.phase} ${case.severity} from-bridge");
    Ticket ticket =
        aTicket(
            "SEC-1",
            Map.of(
                FieldName.LABELS,
                new Names(new TreeSet<>(List.of("phase-0", "urgent", "from-bridge", "Low")))));

    assertThat(mapping.agree(aTask(1), ticket)).isFalse();
    Mapped mapped = mapping.toTicket(aTask(1), ticket);

    // "Low" may be a person's as well as the severity of before: it stays.
    Names expected =
        new Names(new TreeSet<>(List.of("phase-1", "urgent", "from-bridge", "High", "Low")));
    assertThat(mapped).isEqualTo(new Mapped.To(expected));
    assertThat(mapping.agree(aTask(1), ticket.with(FieldName.LABELS, expected))).isTrue();
  }

  @Test
  void white_space_in_a_label_is_written_as_jira_takes_it() {
    LabelsMapping mapping = new LabelsMapping("${case.name}");
    assertThat(mapping.onTask(aTask(1)).shown()).isEqualTo("Phishing_wave");
  }
}
