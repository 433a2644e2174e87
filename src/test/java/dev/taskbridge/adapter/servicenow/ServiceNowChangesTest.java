package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What changed, page by page: none missed, none twice, whatever is hidden or moves meanwhile. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowChangesTest extends ServiceNowBench {
  private static final Scope INCIDENTS = Instance.incidents();

  ServiceNowChangesTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void many_rows_of_one_second_are_all_delivered_once_in_pages() {
    reopen(settings -> settings.withPageSize(20));
    String start = end("");
    Set<String> all = ofOneSecond(130);

    List<Ticket> read = drained(start);

    assertThat(among(all, read)).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void rows_that_change_while_others_are_read_are_delivered_in_their_new_state() {
    reopen(settings -> settings.withPageSize(20));
    String start = end("");
    Set<String> all = ofOneSecond(130);
    List<String> edited = all.stream().sorted().limit(25).toList();

    List<Ticket> read = new ArrayList<>();
    String cursor = start;
    TicketPage page;
    int pages = 0;
    do {
      page = done(changed(INCIDENTS, cursor));
      read.addAll(page.tickets());
      cursor = page.nextCursor();
      if (++pages == 2) {
        instance.simulator.clock().advance(Duration.ofSeconds(3));
        edited.forEach(
            id ->
                instance.asAdmin(
                    "PATCH",
                    "/api/now/v2/table/incident/" + id,
                    "{\"short_description\": \"Edited meanwhile\"}"));
      }
    } while (page.more());

    Map<String, Ticket> last = new HashMap<>();
    Set<String> states = new HashSet<>();
    for (Ticket ticket : read) {
      assertThat(states.add(ticket.id() + " " + ticket.version())).as(ticket.key()).isTrue();
      last.put(ticket.id(), ticket);
    }
    assertThat(last.keySet()).containsAll(all);
    assertThat(edited)
        .allSatisfy(
            id ->
                assertThat(last.get(id).value(FieldName.TITLE).shown())
                    .isEqualTo("Edited meanwhile"));
  }

  @Test
  void ten_thousand_of_one_second_come_in_pages_of_a_thousand_while_a_hundred_change() {
    // What comes from where is the same for both; the larger of the two goes over the default.
    int rows = transport() == Instance.Transport.COMPONENT ? 10_000 : 2_000;
    reopen(settings -> settings.withPageSize(rows / 10));
    String start = end("");
    Set<String> all = ofOneSecond(rows);
    List<String> edited = all.stream().sorted().skip(rows / 3).limit(100).toList();
    instance.forgetRequests();

    Map<String, Ticket> last = new HashMap<>();
    Set<String> states = new HashSet<>();
    String cursor = start;
    TicketPage page;
    int pages = 0;
    do {
      page = done(changed(INCIDENTS, cursor));
      for (Ticket ticket : page.tickets()) {
        assertThat(states.add(ticket.id() + " " + ticket.version())).as(ticket.key()).isTrue();
        last.put(ticket.id(), ticket);
      }
      cursor = page.nextCursor();
      if (++pages == 3) {
        instance.asAdminTogether(
            edited.stream()
                .map(
                    id ->
                        new Batch.Item(
                            "PATCH",
                            "/api/now/v2/table/incident/" + id,
                            "{\"short_description\": \"Edited meanwhile\"}"))
                .toList());
      }
    } while (page.more());

    assertThat(last.keySet()).containsAll(all);
    assertThat(edited)
        .allSatisfy(
            id ->
                assertThat(last.get(id).value(FieldName.TITLE).shown())
                    .isEqualTo("Edited meanwhile"));
    assertThat(pages).isLessThan(16);
  }

  @Test
  void whole_pages_that_access_rules_hide_are_not_the_end() {
    reopen(settings -> settings.withPageSize(10));
    String start = end("");
    Set<String> all = ofOneSecond(100);
    List<String> order = all.stream().sorted().toList();
    // All but the last ten, so that the first nine pages come back empty.
    instance.switches("{\"hiddenRows\": {\"incident\": \"sys_id<" + order.get(90) + "\"}}");

    List<Ticket> read = drained(start);

    assertThat(among(all, read)).containsExactlyInAnyOrderElementsOf(order.subList(90, 100));
  }

  @Test
  void rows_hidden_here_and_there_cost_no_visible_one() {
    for (boolean countHidden : List.of(true, false)) {
      reopen(settings -> settings.withPageSize(10));
      String start = end("");
      Set<String> all = ofOneSecond(100);
      // A digit of the sys_id is as good as a coin.
      instance.switches(
          "{\"hiddenRows\": {\"incident\": \"sys_idENDSWITH0^ORsys_idENDSWITH3^ORsys_idENDSWITH7"
              + "^ORsys_idENDSWITHa^ORsys_idENDSWITHb^ORsys_idENDSWITHd\"},"
              + " \"totalCountIgnoresReadRules\": "
              + countHidden
              + "}");
      List<String> visible =
          all.stream().filter(id -> "037abd".indexOf(id.charAt(31)) < 0).toList();

      List<Ticket> read = drained(start);

      assertThat(among(all, read)).containsExactlyInAnyOrderElementsOf(visible);
    }
  }

  @Test
  void an_idle_poll_costs_one_request_though_much_is_hidden() {
    reopen(settings -> settings.withPageSize(10));
    ofOneSecond(40);
    instance.simulator.clock().advance(Duration.ofMinutes(10));
    String cursor = end("");
    instance.forgetRequests();

    TicketPage page = done(changed(INCIDENTS, cursor));

    assertThat(page.tickets()).isEmpty();
    assertThat(page.more()).isFalse();
    assertThat(instance.requests()).isEqualTo(1);
  }

  @Test
  void a_server_whose_clock_is_behind_ours_loses_no_change() {
    instance.simulator.clock().setOffset(Duration.ofMinutes(-20));
    String start = end("");

    Ticket made = incident();

    assertThat(drained(start)).extracting(Ticket::id).contains(made.id());
  }

  @Test
  void a_row_that_is_committed_late_is_found_by_the_overlap() {
    reopen(settings -> settings.withOverlap(Duration.ofSeconds(60)));
    String cursor = end("");
    instance.simulator.clock().advance(Duration.ofSeconds(60));
    cursor = end(cursor);
    // Stamped half a minute ago, visible only now.
    instance.simulator.clock().advance(Duration.ofSeconds(-30));
    Ticket late = incident();
    instance.simulator.clock().advance(Duration.ofSeconds(30));

    assertThat(drained(cursor)).extracting(Ticket::id).contains(late.id());
  }

  @Test
  void a_cursor_of_no_form_that_is_known_starts_anew() {
    Ticket made = incident();

    assertThat(drained("something else")).extracting(Ticket::id).contains(made.id());
  }

  @Test
  void candidates_are_what_the_rule_says_from_the_oldest_on_and_a_poll_follows_everything() {
    Ticket ours = incident();
    String urgent = byHand("{\"short_description\": \"Urgent\", \"category\": \"network\"}");
    String other = byHand("{\"short_description\": \"Another\", \"category\": \"software\"}");
    byHand("{\"short_description\": \"Over\", \"category\": \"network\", \"state\": \"8\"}");
    Map<String, String> settings =
        Map.of("table", "incident", "rule", "category=network^stateIN1,2^ORDERBYnumber");
    Map<String, String> narrow = new HashMap<>(settings);
    narrow.put("candidates", "true");

    List<Ticket> candidates = drained(scope(narrow), ChangedSince.BEGINNING);
    List<Ticket> polled = drained(scope(settings), "");

    assertThat(candidates).extracting(Ticket::id).contains(urgent).doesNotContain(ours.id(), other);
    assertThat(candidates)
        .allSatisfy(
            ticket ->
                assertThat(record("incident", ticket.id()).path("category").asText())
                    .isEqualTo("network"));
    assertThat(polled).extracting(Ticket::id).contains(ours.id(), urgent, other);
  }

  @Test
  void a_rule_with_a_misspelled_column_is_refused_before_it_is_asked_with() {
    incidents(3);
    for (boolean noRows : List.of(false, true)) {
      for (boolean dictionary : List.of(true, false)) {
        reopen(settings -> settings);
        incidents(3);
        instance.switches(
            "{\"unknownFieldReturnsNoRows\": "
                + noRows
                + (dictionary ? "" : ", \"deniedTables\": {\"sys_dictionary\": \"empty\"}")
                + "}");
        Scope scope =
            scope(
                Map.of(
                    "table", "incident",
                    "candidates", "true",
                    "rule", "active=true^catgory=network"));

        Refusal why = refusal(changed(scope, ""));

        assertThat(why).isInstanceOf(Refusal.Rejected.class);
        assertThat(why.words()).contains("incident.catgory").contains("select everything");
        assertThat(done(instance.system.describe(scope)).problems())
            .anySatisfy(problem -> assertThat(problem).contains("incident.catgory"));
      }
    }
  }

  @Test
  void a_table_that_only_extends_task_is_read_like_any_other() {
    Scope scope = Instance.scope("change_task", Map.of());
    Ticket made = made(scope, title("A change task"));

    Outcome<TicketPage> page = changed(scope, "");

    assertThat(done(page).tickets()).extracting(Ticket::id).contains(made.id());
  }

  /** Incidents that were all stamped with one and the same second. */
  private Set<String> ofOneSecond(int rows) {
    return instance.recordsOfOneSecond("incident", rows);
  }

  private String byHand(String json) {
    return instance.asAdmin("POST", "/api/now/v2/table/incident", json).path("sys_id").asText();
  }

  private static Scope scope(Map<String, String> settings) {
    return new Scope(settings, List.of(FieldName.TITLE), Map.of());
  }

  private String end(String cursor) {
    String at = cursor;
    TicketPage page;
    do {
      page = done(changed(INCIDENTS, at));
      at = page.nextCursor();
    } while (page.more());
    return at;
  }

  private List<Ticket> drained(String from) {
    return drained(INCIDENTS, from);
  }

  private List<Ticket> drained(Scope scope, String from) {
    List<Ticket> read = new ArrayList<>();
    String cursor = from;
    TicketPage page;
    do {
      page = done(changed(scope, cursor));
      read.addAll(page.tickets());
      assertThat(page.more() && page.nextCursor().equals(cursor)).isFalse();
      cursor = page.nextCursor();
    } while (page.more());
    return read;
  }

  private static List<String> among(Set<String> all, List<Ticket> read) {
    return read.stream().map(Ticket::id).filter(all::contains).toList();
  }
}
