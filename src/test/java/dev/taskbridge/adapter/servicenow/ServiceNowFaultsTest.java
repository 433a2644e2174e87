package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What each thing that goes wrong on the wire means. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowFaultsTest extends ServiceNowBench {
  ServiceNowFaultsTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void a_list_that_breaks_off_with_success_is_no_list() {
    incidents(10);
    strike("partialList", "GET", "/table/incident");

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Unknown.class);
    assertThat(why.words()).contains("200 with an error").contains("maximum execution time");
  }

  @Test
  void a_list_that_breaks_off_does_not_make_the_missing_keys_absent() {
    List<NewTicket> wanted = Instance.tickets(10);
    incidents(10);
    strike("partialList", "GET", "/table/incident");

    assertThat(refusal(find(Instance.incidents(), wanted))).isInstanceOf(Refusal.Unknown.class);
    assertThat(done(find(Instance.incidents(), wanted))).hasSize(10);
  }

  @Test
  void json_that_ends_early_is_no_answer() {
    Ticket ticket = incident();
    strike("cutOff", "GET", "/table/incident");
    strikeMore("cutOff", "PATCH", "/table/incident");

    assertThat(refusal(changed(Instance.incidents(), ""))).isInstanceOf(Refusal.Unknown.class);
    assertThat(refusal(update(Instance.incidents(), ticket, title("Renamed"))))
        .isInstanceOf(Refusal.Unknown.class);
    assertThat(stored(ticket, "short_description")).isEqualTo("Renamed");
  }

  @Test
  void the_page_of_a_hibernating_instance_is_no_answer_and_says_what_it_may_be() {
    instance.switches("{\"sleeping\": true}");

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Unknown.class);
    assertThat(why.words()).contains("page instead of data").contains("hibernating");
  }

  @Test
  void an_insert_that_was_cancelled_after_it_was_stored_is_unknown_and_found_by_its_key() {
    NewTicket wanted = Instance.tickets(1).get(0);
    strike("errorAfterCommit", "POST", "/table/incident");

    Outcome<Written<Ticket>> outcome = create(Instance.incidents(), List.of(wanted)).get(0);

    assertThat(refusal(outcome)).isInstanceOf(Refusal.Unknown.class);
    assertThat(done(find(Instance.incidents(), List.of(wanted)))).hasSize(1);
  }

  @Test
  void one_insert_of_a_batch_that_is_cancelled_is_unknown_and_the_others_are_done() {
    List<NewTicket> wanted = Instance.tickets(5);
    instance.switches(
        "{\"scriptedFaults\": [{\"fault\": \"errorAfterCommit\", \"method\": \"POST\","
            + " \"path\": \"/table/incident\", \"after\": 2, \"times\": 1}]}");

    List<Outcome<Written<Ticket>>> outcomes = create(Instance.incidents(), wanted);

    assertThat(outcomes).filteredOn(outcome -> outcome.value().isPresent()).hasSize(4);
    assertThat(refusal(outcomes.get(2))).isInstanceOf(Refusal.Unknown.class);
    assertThat(done(find(Instance.incidents(), wanted))).hasSize(5);
  }

  @Test
  void a_batch_whose_answer_is_lost_is_unknown_for_each_and_all_are_found_by_their_keys() {
    List<NewTicket> wanted = Instance.tickets(20);
    strike("lostResponse", "POST", "/batch");

    List<Outcome<Written<Ticket>>> outcomes = create(Instance.incidents(), wanted);

    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(refusal(outcome)).isInstanceOf(Refusal.Unknown.class));
    assertThat(done(find(Instance.incidents(), wanted))).hasSize(20);
  }

  @Test
  void what_a_batch_leaves_over_is_asked_again_and_made_once() {
    List<NewTicket> wanted = Instance.tickets(50);
    instance.switches("{\"batchUnservicedAfter\": 20}");
    instance.forgetRequests();

    List<Outcome<Written<Ticket>>> outcomes = create(Instance.incidents(), wanted);

    assertThat(outcomes).allMatch(outcome -> outcome.value().isPresent());
    assertThat(done(find(Instance.incidents(), wanted))).hasSize(50);
    assertThat(instance.requestsByOperation().get("POST /api/now/v1/batch").asInt()).isEqualTo(3);
  }

  @Test
  void a_batch_that_services_nothing_is_certainly_not_executed() {
    instance.switches("{\"batchUnservicedAfter\": 0}");

    List<Outcome<Written<Ticket>>> outcomes = create(Instance.incidents(), Instance.tickets(3));

    assertThat(outcomes)
        .allSatisfy(
            outcome -> assertThat(refusal(outcome)).isInstanceOf(Refusal.Unreachable.class));
  }

  @Test
  void without_the_batch_api_each_write_is_a_request_of_its_own() {
    reopen(settings -> settings.withBatch(1));

    List<Ticket> made = incidents(3);

    assertThat(made).hasSize(3);
    assertThat(instance.requestsByOperation().get("POST /api/now/v2/table/{id}").asInt())
        .isEqualTo(3);
    assertThat(instance.requestsByOperation().has("POST /api/now/v1/batch")).isFalse();
  }

  @Test
  void too_many_requests_with_headers_is_busy_until_then() {
    instance.switches(
        "{\"rateRules\": [{\"for\": \"user:svc.bridge\", \"resource\": \"table\", \"limit\": 0}]}");

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Busy.class);
    assertThat(((Refusal.Busy) why).retryAt())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofHours(1)).plusSeconds(5));
  }

  @Test
  void too_many_requests_without_headers_or_json_is_busy_for_a_while() {
    instance.switches(
        "{\"rateHeaders\": false, \"rateJson\": false, \"rateRules\": [{\"for\":"
            + " \"user:svc.bridge\", \"resource\": \"table\", \"limit\": 0}]}");

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Busy.class);
    assertThat(((Refusal.Busy) why).retryAt()).isAfter(Instant.now());
  }

  @Test
  void a_refused_password_is_denied_and_not_tried_twice() {
    instance.switches("{\"basicAuthRestricted\": true}");
    instance.asAdmin("GET", "/api/now/v2/table/incident?sysparm_limit=1", "");
    strike("unauthenticated", "GET", "/table/incident");
    instance.forgetRequests();

    assertThat(refusal(changed(Instance.incidents(), ""))).isInstanceOf(Refusal.Denied.class);
    assertThat(instance.requests()).isEqualTo(1);
  }

  @Test
  void a_table_that_the_account_may_not_query_is_denied() {
    instance.switches("{\"deniedTables\": {\"incident\": \"forbidden\"}}");

    Refusal why = refusal(changed(Instance.incidents(), ""));

    assertThat(why).isInstanceOf(Refusal.Denied.class);
    assertThat(why.words()).contains("Insufficient rights");
  }

  @Test
  void a_table_that_is_not_there_is_refused_by_name() {
    instance.switches("{\"absentTables\": [\"sn_si_incident\"]}");

    Refusal why = refusal(changed(Instance.scope("sn_si_incident", java.util.Map.of()), ""));

    assertThat(why).isInstanceOf(Refusal.Rejected.class);
    assertThat(why.words()).contains("Invalid table sn_si_incident");
  }

  @Test
  void a_moment_without_service_passes_by_a_read_and_a_change_but_no_insert_is_sent_twice() {
    reopenPatiently();
    Ticket ticket = incident();
    strike("unavailable", "GET", "/table/incident");
    assertThat(done(changed(Instance.incidents(), "")).tickets()).isNotEmpty();
    strike("errorAfterCommit", "PATCH", "/table/incident");
    assertThat(done(update(Instance.incidents(), ticket, title("Renamed"))).refused()).isEmpty();
    strike("errorAfterCommit", "POST", "/table/incident");
    NewTicket wanted = Instance.ticket("made once", title("Made once"));

    assertThat(refusal(create(Instance.incidents(), List.of(wanted)).get(0)))
        .isInstanceOf(Refusal.Unknown.class);
    assertThat(done(find(Instance.incidents(), List.of(wanted)))).hasSize(1);
  }

  @Test
  void an_instance_that_is_down_is_not_reached() {
    instance.simulator.close();

    assertThat(refusal(changed(Instance.incidents(), ""))).isInstanceOf(Refusal.Unreachable.class);
    assertThat(refusal(create(Instance.incidents(), Instance.tickets(1)).get(0)))
        .isInstanceOf(Refusal.Unreachable.class);
  }

  private void strike(String fault, String method, String path) {
    instance.switches("{\"scriptedFaults\": [" + entry(fault, method, path) + "]}");
  }

  private void strikeMore(String fault, String method, String path) {
    String present = instance.get("/_sim/switches").get("scriptedFaults").toString();
    instance.switches(
        "{\"scriptedFaults\": "
            + present.substring(0, present.length() - 1)
            + ", "
            + entry(fault, method, path)
            + "]}");
  }

  private static String entry(String fault, String method, String path) {
    return "{\"fault\": \"%s\", \"method\": \"%s\", \"path\": \"%s\"}"
        .formatted(fault, method, path);
  }
}
