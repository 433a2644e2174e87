package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Group;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked for, what is stored, and what is said of the difference. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowValuesTest extends ServiceNowBench {
  private static final FieldName CATEGORY = new FieldName("category");
  private static final FieldName CALLER = new FieldName("caller_id");

  ServiceNowValuesTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void a_group_is_found_by_its_name_and_takes_the_place_of_the_user() {
    Ticket ticket =
        updated(Instance.incidents(), incident(), assignee(User.withEmail("pat.jones@example.com")))
            .now();

    Written<Ticket> written =
        updated(Instance.incidents(), ticket, assignee(Group.named("soc team")));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().value(FieldName.ASSIGNEE))
        .isInstanceOfSatisfying(
            Group.class, group -> assertThat(group.name()).isEqualTo("SOC Team"));
    assertThat(stored(ticket, "assigned_to")).isEmpty();
  }

  @Test
  void a_user_keeps_the_group_and_nobody_clears_both() {
    Ticket ticket =
        updated(Instance.incidents(), incident(), assignee(Group.named("SOC Team"))).now();

    Written<Ticket> user =
        updated(Instance.incidents(), ticket, assignee(User.withEmail("chen.wei@example.com")));
    boolean groupKept =
        !record("incident", ticket.id()).path("assignment_group").path("value").asText().isEmpty();
    Written<Ticket> nobody = updated(Instance.incidents(), user.now(), assignee(FieldValue.ABSENT));

    assertThat(user.now().value(FieldName.ASSIGNEE).shown()).isEqualTo("chen.wei@example.com");
    assertThat(groupKept).isTrue();
    assertThat(nobody.refused()).isEmpty();
    assertThat(nobody.now().value(FieldName.ASSIGNEE)).isEqualTo(FieldValue.ABSENT);
    assertThat(stored(ticket, "assignment_group")).isEmpty();
  }

  @Test
  void a_user_is_found_by_user_name_too() {
    Written<Ticket> written =
        updated(Instance.incidents(), incident(), assignee(User.withEmail("yuki.tanaka")));

    assertThat(written.now().value(FieldName.ASSIGNEE).shown())
        .isEqualTo("yuki.tanaka@example.com");
  }

  @Test
  void an_address_that_two_users_have_is_refused_and_names_it() {
    instance.asAdmin(
        "POST",
        "/api/now/v2/table/sys_user",
        "{\"user_name\": \"second.maria\", \"email\": \"maria.silva@example.com\"}");

    Written<Ticket> written =
        updated(
            Instance.incidents(), incident(), assignee(User.withEmail("maria.silva@example.com")));

    assertThat(written.refused().get(FieldName.ASSIGNEE).words())
        .contains("more than one")
        .contains("maria.silva@example.com");
    assertThat(written.now().value(FieldName.ASSIGNEE)).isEqualTo(FieldValue.ABSENT);
  }

  @Test
  void names_that_would_change_a_query_never_enter_one() {
    Ticket ticket = incident();
    for (String name :
        List.of(
            "x@example.com^ORactive=true",
            "javascript:gs.getUserID()",
            " JavaScript:gs.getUserID()",
            "a\nb@example.com",
            "")) {
      instance.forgetRequests();

      Written<Ticket> written =
          updated(Instance.incidents(), ticket, assignee(new User("", name, name)));

      assertThat(written.refused()).as(name).containsOnlyKeys(FieldName.ASSIGNEE);
      assertThat(instance.requests()).as(name).isZero();
    }
  }

  @Test
  void names_with_signs_that_mean_something_in_a_url_are_looked_up_as_they_are() {
    List<String> names =
        List.of("R&D + 100%25 #1", "A, B and C", "50% = half", "Süd/Ost", "100%41");
    for (String name : names) {
      instance.asAdmin("POST", "/api/now/v2/table/sys_user_group", "{\"name\": \"" + name + "\"}");
    }
    List<Ticket> tickets = incidents(names.size());
    List<TicketUpdate> updates = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      updates.add(new TicketUpdate(tickets.get(i), assignee(Group.named(names.get(i)))));
    }

    List<Outcome<Written<Ticket>>> outcomes =
        instance.system.update(new UpdateTickets(Instance.incidents(), updates));

    assertThat(outcomes)
        .extracting(outcome -> ((Group) done(outcome).now().value(FieldName.ASSIGNEE)).name())
        .containsExactlyElementsOf(names);
  }

  @Test
  void users_and_groups_of_many_tickets_are_looked_up_by_one_request_each_and_then_known() {
    List<NewTicket> wanted = new ArrayList<>();
    List<String> people =
        List.of("maria.silva", "pat.jones", "chen.wei", "amina.diallo", "lars.berg");
    for (int i = 0; i < 40; i++) {
      wanted.add(
          Instance.ticket(
              "assigned-" + i,
              assignee(
                  i % 4 == 0
                      ? Group.named(i % 8 == 0 ? "SOC Team" : "IT Operations")
                      : User.withEmail(people.get(i % 5) + "@example.com"))));
    }
    instance.forgetRequests();

    List<Outcome<Written<Ticket>>> first = create(Instance.incidents(), wanted.subList(0, 20));
    int cold = instance.requests();
    List<Outcome<Written<Ticket>>> second = create(Instance.incidents(), wanted.subList(20, 40));

    assertThat(first).allMatch(outcome -> done(outcome).refused().isEmpty());
    assertThat(second).allMatch(outcome -> done(outcome).refused().isEmpty());
    assertThat(cold).isEqualTo(4);
    assertThat(instance.requests()).isEqualTo(5);
  }

  @Test
  void priority_is_written_through_impact_and_urgency_where_the_table_makes_it_from_them() {
    Ticket ticket = incident();
    for (String priority :
        List.of("1 - Critical", "2 - High", "3 - Moderate", "4 - Low", "5 - Planning")) {
      Written<Ticket> written =
          updated(Instance.incidents(), ticket, Map.of(FieldName.PRIORITY, Choice.named(priority)));

      assertThat(written.refused()).as(priority).isEmpty();
      assertThat(written.now().value(FieldName.PRIORITY).shown()).isEqualTo(priority);
      ticket = written.now();
    }
  }

  @Test
  void priority_is_written_directly_where_the_table_holds_it() {
    Scope scope = Instance.scope("sc_task", Map.of());

    Written<Ticket> written =
        updated(
            scope,
            made(scope, title("A catalog task")),
            Map.of(FieldName.PRIORITY, Choice.named("2")));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().value(FieldName.PRIORITY)).isEqualTo(new Choice("2", "2 - High"));
    assertThat(record("sc_task", written.now().id()).path("urgency").asText()).isEqualTo("3");
  }

  @Test
  void a_column_that_the_account_may_not_write_is_refused_by_name_and_the_others_are_done() {
    instance.switches("{\"unwritableFields\": {\"incident\": [\"due_date\"]}}");
    Ticket ticket = incident();

    Written<Ticket> written =
        updated(
            Instance.incidents(),
            ticket,
            Map.of(
                FieldName.DUE_DATE,
                new FieldValue.Moment(java.time.Instant.parse("2026-03-04T12:15:00Z")),
                FieldName.TITLE,
                FieldValue.text("Renamed")));

    assertThat(written.refused()).containsOnlyKeys(FieldName.DUE_DATE);
    assertThat(written.refused().get(FieldName.DUE_DATE).words())
        .contains("due_date")
        .contains("2026-03-04T12:15:00Z")
        .contains(ticket.key());
    assertThat(written.now().value(FieldName.TITLE)).isEqualTo(FieldValue.text("Renamed"));
  }

  @Test
  void a_title_that_the_server_cuts_is_a_refusal() {
    Written<Ticket> written =
        updated(Instance.incidents(), incident(), title("A very long title ".repeat(20)));

    assertThat(written.refused()).containsOnlyKeys(FieldName.TITLE);
  }

  @Test
  void a_column_of_the_table_s_own_takes_a_label_and_refuses_what_it_does_not_have() {
    Scope scope = withColumns("category", "caller_id", "u_nowhere");
    Ticket ticket = incident();

    Written<Ticket> label = updated(scope, ticket, Map.of(CATEGORY, Choice.named("Hardware")));
    Written<Ticket> dropped =
        updated(scope, label.now(), Map.of(CATEGORY, FieldValue.text("Frobnication")));
    Written<Ticket> byName = updated(scope, ticket, Map.of(CALLER, FieldValue.text("Maria Silva")));
    Written<Ticket> nowhere =
        updated(scope, ticket, Map.of(new FieldName("u_nowhere"), FieldValue.text("x")));

    assertThat(label.refused()).isEmpty();
    assertThat(label.now().value(CATEGORY)).isEqualTo(new Choice("hardware", "Hardware"));
    assertThat(dropped.refused().get(CATEGORY).words())
        .contains("category")
        .contains("Frobnication");
    assertThat(byName.refused().get(CALLER).words()).contains("caller_id").contains("Maria Silva");
    assertThat(nowhere.refused().get(new FieldName("u_nowhere")).words()).contains("u_nowhere");
  }

  @Test
  void what_belongs_to_the_bridge_or_to_the_system_is_not_written() {
    Ticket ticket = incident();
    for (String column : List.of("correlation_id", "sys_created_on", "sys_id", "Not a column")) {
      Written<Ticket> written =
          updated(
              withColumns("category"),
              ticket,
              Map.of(new FieldName(column), FieldValue.text("mine")));

      assertThat(written.refused()).as(column).containsOnlyKeys(new FieldName(column));
    }
    assertThat(stored(ticket, "correlation_id"))
        .isEqualTo(ticket.idempotencyKeys().iterator().next().value());
  }

  @Test
  void a_dependency_is_the_parent_record() {
    List<Ticket> tickets = incidents(2);
    Scope scope =
        new Scope(
            Map.of("table", "incident"), List.of(FieldName.TITLE, FieldName.DEPENDENCY), Map.of());

    Written<Ticket> written =
        updated(
            scope,
            tickets.get(0),
            Map.of(FieldName.DEPENDENCY, FieldValue.text(tickets.get(1).id())));

    assertThat(written.refused()).isEmpty();
    assertThat(written.now().value(FieldName.DEPENDENCY)).isEqualTo(new Text(tickets.get(1).id()));
  }

  @Test
  void a_key_that_is_not_stored_is_told_and_no_more_records_are_made_without_one() {
    instance.switches("{\"unwritableFields\": {\"incident\": [\"correlation_id\"]}}");

    Written<Ticket> first = done(create(Instance.incidents(), Instance.tickets(1)).get(0));
    instance.forgetRequests();
    Outcome<Written<Ticket>> second =
        instance.system.create(new CreateTickets(Instance.incidents(), Instance.tickets(1))).get(0);

    assertThat(first.refused().values())
        .singleElement()
        .satisfies(why -> assertThat(why.words()).contains("correlation_id"));
    assertThat(refusal(second)).isInstanceOf(Refusal.Rejected.class);
    assertThat(instance.requests()).isZero();
  }

  @Test
  void rules_that_touch_a_record_after_us_change_nothing_that_is_compared() {
    instance.switches("{\"asyncRuleMillis\": 1}");
    Ticket made = incident();

    org.awaitility.Awaitility.await().until(() -> !stored(made, "sys_mod_count").equals("0"));
    Ticket later = done(find(Instance.incidents(), Instance.tickets(1))).get(0);

    assertThat(later.fields()).isEqualTo(made.fields());
    assertThat(later.version()).isGreaterThan(made.version());
  }

  private static Map<FieldName, FieldValue> assignee(FieldValue who) {
    return Map.of(FieldName.ASSIGNEE, who);
  }

  private static Scope withColumns(String... columns) {
    List<FieldName> fields = new ArrayList<>(List.of(FieldName.TITLE, FieldName.STATUS));
    for (String column : columns) {
      fields.add(new FieldName(column));
    }
    return new Scope(Map.of("table", "incident"), fields, Map.of());
  }
}
