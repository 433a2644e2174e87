package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.Found;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records by key and by sys_id: never a wrong one, and never "gone" on weak evidence. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowLookupsTest extends ServiceNowBench {
  ServiceNowLookupsTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void a_table_that_does_not_extend_task_is_refused_by_name() {
    Refusal why = refusal(find(Instance.scope("sys_user_group", Map.of()), Instance.tickets(3)));

    assertThat(why.words()).contains("sys_user_group does not extend task");
  }

  @Test
  void a_table_without_the_key_s_column_never_gives_a_record_that_does_not_carry_our_key() {
    Scope wrong = Instance.scope("sys_user_group", Map.of());
    for (boolean noRows : List.of(false, true)) {
      reopen(settings -> settings);
      // So that nothing says beforehand what kind of table it is.
      instance.switches(
          "{\"deniedTables\": {\"sys_db_object\": \"forbidden\"}, \"unknownFieldReturnsNoRows\": "
              + noRows
              + "}");

      var outcome = find(wrong, Instance.tickets(3));

      assertThat(outcome.value().orElse(List.of())).isEmpty();
      if (!noRows) {
        assertThat(refusal(outcome).words()).contains("correlation_id");
      }
    }
  }

  @Test
  void a_key_that_the_account_may_not_read_is_not_taken_for_absent() {
    incidents(3);
    instance.switches("{\"unreadableFields\": {\"incident\": [\"correlation_id\"]}}");

    assertThat(find(Instance.incidents(), Instance.tickets(3)).refusal()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void records_with_our_key_that_access_rules_hide_are_invisible_and_the_others_are_found(
      int hidden) {
    List<Ticket> made = incidents(40);
    List<Ticket> out = made.stream().skip(40 - hidden).toList();
    instance.switches(
        "{\"hiddenRows\": {\"incident\": \"sys_idIN"
            + String.join(",", out.stream().map(Ticket::id).toList())
            + "\"}}");

    // Twenty of the sixty are nowhere.
    Found found = done(found(Instance.incidents(), Instance.tickets(60)));

    assertThat(found.tickets()).hasSize(40 - hidden).doesNotContainAnyElementsOf(out);
    assertThat(found.invisible().keySet())
        .containsExactlyInAnyOrderElementsOf(
            out.stream().flatMap(ticket -> ticket.idempotencyKeys().stream()).toList());
    assertThat(found.invisible().values())
        .allSatisfy(words -> assertThat(words).contains("correlation_id", "grant read access"));
  }

  @Test
  void the_only_absent_one_of_a_hundred_is_known_to_be_hidden_after_one_request_more() {
    List<Ticket> made = incidents(100);
    instance.switches("{\"hiddenRows\": {\"incident\": \"sys_id=" + made.get(70).id() + "\"}}");
    instance.forgetRequests();

    assertThat(done(found(Instance.incidents(), Instance.tickets(100))).invisible()).hasSize(1);

    assertThat(instance.requests()).isEqualTo(2);
  }

  @Test
  void two_records_with_one_key_are_both_told() {
    Ticket ticket = incident();
    instance.asAdmin(
        "POST",
        "/api/now/v2/table/incident",
        "{\"short_description\": \"A copy\", \"correlation_id\": \""
            + ticket.idempotencyKeys().iterator().next().value()
            + "\"}");

    assertThat(done(find(Instance.incidents(), Instance.tickets(1)))).hasSize(2);
  }

  @Test
  void the_longest_look_up_stays_below_what_a_url_may_have() {
    List<NewTicket> wanted = Instance.tickets(100);
    instance.switches("{\"maxUrlBytes\": 8192}");
    Scope many =
        new Scope(
            Map.of("table", "incident"),
            java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> new dev.taskbridge.domain.FieldName("u_a_rather_long_name_" + i))
                .toList(),
            Map.of());

    assertThat(done(find(many, wanted))).isEmpty();
  }

  @Test
  void a_deleted_record_is_missing_and_a_hidden_one_invisible() {
    List<Ticket> tickets = incidents(3);
    instance.asAdmin("DELETE", "/api/now/v2/table/incident/" + tickets.get(0).id(), "");
    instance.switches("{\"hiddenRows\": {\"incident\": \"sys_id=" + tickets.get(1).id() + "\"}}");

    Map<String, Presence> present =
        done(
            instance.system.read(
                new ReadById(Instance.incidents(), tickets.stream().map(Ticket::id).toList())));

    assertThat(present.get(tickets.get(0).id())).isInstanceOf(Presence.Missing.class);
    assertThat(present.get(tickets.get(1).id())).isInstanceOf(Presence.Invisible.class);
    assertThat(present.get(tickets.get(2).id())).isEqualTo(new Presence.Present(tickets.get(2)));
  }

  @Test
  void an_account_that_sees_no_record_at_all_cannot_tell_missing_from_hidden() {
    Ticket ticket = incident();
    instance.switches(
        "{\"hiddenRows\": {\"incident\": \"sys_idISNOTEMPTY\"},"
            + " \"totalCountIgnoresReadRules\": false}");

    assertThat(presence(ticket.id())).isInstanceOf(Presence.Invisible.class);
  }

  @Test
  void what_is_no_sys_id_is_missing_without_a_request() {
    instance.forgetRequests();

    assertThat(presence("INC0010001")).isInstanceOf(Presence.Missing.class);
    assertThat(presence("x^ORactive=true")).isInstanceOf(Presence.Missing.class);
    assertThat(instance.requests()).isZero();
  }

  @Test
  void only_the_absent_ones_of_a_hundred_cost_a_request_each() {
    List<String> ids = new ArrayList<>(incidents(97).stream().map(Ticket::id).toList());
    for (int i = 0; i < 3; i++) {
      ids.add("%032x".formatted(0xbad0 + i));
    }
    instance.forgetRequests();

    Map<String, Presence> present =
        done(instance.system.read(new ReadById(Instance.incidents(), ids)));

    assertThat(present).hasSize(100);
    assertThat(present.values()).filteredOn(Presence.Missing.class::isInstance).hasSize(3);
    assertThat(instance.requests()).isEqualTo(4);
  }
}
