package dev.taskbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.Arbitrary;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/** The three laws that every mapping keeps, over values that no test author would think of. */
@Domain(Arbitrary.class)
@Domain(net.jqwik.api.domains.DomainContext.Global.class)
class MappingLawsTest {
  static final StatusMapping STATUS =
      new StatusMapping(
          Map.of(
              TaskStatus.PENDING, List.of("To Do"),
              TaskStatus.OPEN, List.of("To Do", "In Progress"),
              TaskStatus.REOPENED, List.of("To Do", "In Progress"),
              TaskStatus.CLOSED, List.of("Done")),
          Map.of(
              "To Do", TaskStatus.OPEN,
              "In Progress", TaskStatus.OPEN,
              "Done", TaskStatus.CLOSED),
          Optional.of(TaskStatus.REOPENED));

  static final List<FieldMapping> MAPPINGS =
      List.of(
          new TitleMapping(255),
          new TitleMapping(160),
          new DescriptionMapping(32_000, ArtifactBlock.NONE),
          new DescriptionMapping(4_000, ArtifactBlock.DEFANGED),
          STATUS,
          new StatusMapping(
              Map.of(TaskStatus.OPEN, List.of("In Progress"), TaskStatus.CLOSED, List.of("Done")),
              Map.of("In Progress", TaskStatus.OPEN, "Done", TaskStatus.CLOSED),
              Optional.empty()),
          new AssigneeMapping(Map.of(), Map.of(), Optional.empty()),
          new AssigneeMapping(
              Map.of("pjones+analyst@example.com", "p.jones@example.com"),
              Map.of(
                  "SOC Team",
                  User.withEmail("soc-queue@example.com"),
                  "IT Operations",
                  Group.named("IT")),
              Optional.of(User.withEmail("triage@example.com"))),
          new DueDateMapping(ZoneId.of("America/New_York"), false),
          new DueDateMapping(ZoneId.of("Pacific/Apia"), false),
          // Their clocks change at midnight: a day without its first hour, or with two of them.
          new DueDateMapping(ZoneId.of("America/Havana"), false),
          new DueDateMapping(ZoneId.of("Africa/Cairo"), false),
          new DueDateMapping(ZoneId.of("UTC"), true),
          new PriorityMapping(
              PriorityMapping.From.SEVERITY,
              Map.of("Low", "Low", "Medium", "Medium", "High", "High", "Critical", "Highest")),
          new PriorityMapping(
              PriorityMapping.From.REQUIRED, Map.of("true", "High", "false", "Low")),
          new TemplateMapping(new FieldName("customfield_1"), "${case.name} / ${task.id}"),
          new LabelsMapping("phase-${task.phase} step-${task.step} ${case.name} bridge"));

  @Provide
  net.jqwik.api.Arbitrary<FieldMapping> mappings() {
    return Arbitraries.of(MAPPINGS);
  }

  @Property(tries = 2_000)
  void what_is_written_to_the_ticket_agrees_with_the_task(
      @ForAll("mappings") FieldMapping mapping, @ForAll Task task, @ForAll Ticket ticket) {
    if (mapping.toTicket(task, ticket) instanceof Mapped.To to) {
      assertThat(mapping.agree(task, ticket.with(mapping.field(), to.value()))).isTrue();
    }
  }

  @Property(tries = 2_000)
  void what_is_written_to_the_task_agrees_with_the_ticket(
      @ForAll("mappings") FieldMapping mapping, @ForAll Task task, @ForAll Ticket ticket) {
    if (mapping.toTask(ticket, task) instanceof Mapped.To to) {
      FieldValue present = mapping.onTask(task);
      Task after = to.value().equals(present) ? task : task.with(mapping.field(), to.value());
      assertThat(mapping.agree(after, ticket)).isTrue();
    }
  }

  @Property(tries = 2_000)
  void sides_that_agree_are_left_as_they_are(
      @ForAll("mappings") FieldMapping mapping, @ForAll Task task, @ForAll Ticket ticket) {
    Ticket agreeing =
        mapping.toTicket(task, ticket) instanceof Mapped.To to
            ? ticket.with(mapping.field(), to.value())
            : ticket;
    if (mapping.agree(task, agreeing)) {
      assertThat(mapping.toTicket(task, agreeing))
          .isEqualTo(new Mapped.To(mapping.onTicket(agreeing)));
      assertThat(mapping.toTask(agreeing, task)).isEqualTo(new Mapped.To(mapping.onTask(task)));
    }
  }

  @Property(tries = 2_000)
  void every_value_gives_a_value_or_a_reason_that_a_person_can_read(
      @ForAll("mappings") FieldMapping mapping, @ForAll Task task, @ForAll Ticket ticket) {
    for (Mapped mapped :
        List.of(
            mapping.toTicket(task, ticket),
            mapping.toTicket(task, Ticket.NONE),
            mapping.toTask(ticket, task))) {
      mapped.match(
          value -> assertThat(value).isNotNull(), reason -> assertThat(reason).isNotBlank());
    }
  }
}
