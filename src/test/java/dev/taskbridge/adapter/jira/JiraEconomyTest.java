package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.done;
import static dev.taskbridge.adapter.TicketBench.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.simulator.People;
import dev.taskbridge.simulator.jira.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What things cost in requests, as the simulator counts them. */
final class JiraEconomyTest {

  private static List<NewTicket> tickets(TicketBench jira, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                jira.ticket(
                    "Task " + i,
                    Map.of(
                        FieldName.ASSIGNEE,
                        User.withEmail(People.ALL.get(i % 8).email()),
                        FieldName.PRIORITY,
                        FieldValue.Choice.named("High"))))
        .toList();
  }

  /** As the engine does it: look for the keys first, then create, a hundred at a time. */
  private static List<Ticket> carry(TicketBench jira, int count) {
    List<Ticket> made = new ArrayList<>();
    List<NewTicket> all = tickets(jira, count);
    for (int i = 0; i < count; i += 100) {
      List<NewTicket> batch = all.subList(i, Math.min(count, i + 100));
      List<IdempotencyKey> keys = batch.stream().map(NewTicket::key).toList();
      assertThat(jira.find(keys)).isEmpty();
      jira.create(batch.toArray(NewTicket[]::new)).forEach(written -> made.add(written.now()));
    }
    return made;
  }

  @Test
  void a_first_carry_of_a_thousand_with_eight_assignees_costs_at_most_53_requests_on_cloud() {
    try (TicketBench jira = JiraWorld.bench(Flavour.CLOUD)) {
      List<Ticket> made = carry(jira, 1_000);

      assertThat(made).hasSize(1_000);
      assertThat(jira.requests())
          .containsEntry("POST /rest/api/3/issue/bulk", 20)
          .containsEntry("POST /rest/api/3/issue/bulkfetch", 10)
          .containsEntry("POST /rest/api/3/search/jql", 10);
      assertThat(jira.total()).isLessThanOrEqualTo(53);
    }
  }

  @Test
  void a_first_carry_of_a_thousand_costs_as_little_on_data_center() {
    try (TicketBench jira = JiraWorld.bench(Flavour.DATA_CENTER)) {
      assertThat(carry(jira, 1_000)).hasSize(1_000);

      assertThat(jira.requests()).containsEntry("POST /rest/api/2/issue/bulk", 20);
      assertThat(jira.total()).isLessThanOrEqualTo(53);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_idle_look_costs_one_request_even_right_after_a_first_carry(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      String cursor = jira.drained("").nextCursor();
      carry(jira, 900);
      cursor = jira.drained(cursor).nextCursor();
      jira.countFromZero();

      for (int looks = 1; looks <= 3; looks++) {
        TicketBench.Drained drained = jira.drained(cursor);
        cursor = drained.nextCursor();
        assertThat(drained.tickets()).isEmpty();
        assertThat(jira.total()).isEqualTo(looks);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_status_change_over_one_transition_costs_three_requests_from_the_first_on(Flavour flavour) {
    try (TicketBench warm = JiraWorld.bench(flavour)) {
      Ticket ticket = warm.made(Map.of());
      TicketBench jira = JiraWorld.restarted(warm);
      done(jira.system().describe(jira.scope()));

      for (String wanted : List.of("In Progress", "Done", "To Do")) {
        jira.countFromZero();
        Ticket fresh = jira.present(ticket.id());
        assertThat(jira.update(fresh, status(wanted)).refused()).isEmpty();
        assertThat(jira.total()).as("%s: %s", wanted, jira.requests()).isLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void a_hundred_issues_are_read_in_one_request_on_cloud() {
    try (TicketBench jira = JiraWorld.bench(Flavour.CLOUD)) {
      List<String> ids = carry(jira, 100).stream().map(Ticket::id).toList();
      jira.countFromZero();

      assertThat(done(jira.system().read(new ReadById(jira.scope(), ids)))).hasSize(100);

      assertThat(jira.total()).isEqualTo(1);
    }
  }

  @Test
  void several_changed_fields_cost_one_edit_and_nothing_more_on_cloud() {
    try (TicketBench jira = JiraWorld.bench(Flavour.CLOUD)) {
      Ticket ticket =
          jira.made(Map.of(FieldName.ASSIGNEE, User.withEmail(People.ALL.get(0).email())));
      jira.countFromZero();

      jira.update(
          ticket,
          Map.of(
              FieldName.TITLE, FieldValue.text("Renamed"),
              FieldName.DESCRIPTION, FieldValue.text("New text."),
              FieldName.ASSIGNEE, FieldValue.ABSENT));

      assertThat(jira.requests()).isEqualTo(Map.of("PUT /rest/api/3/issue/{id}", 1));
    }
  }
}
