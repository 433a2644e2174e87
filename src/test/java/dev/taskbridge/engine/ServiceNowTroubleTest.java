package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.SystemHealth.Condition;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What goes wrong between Taskbridge and ServiceNow costs time: no record twice, no change lost.
 */
@ParameterizedClass
@EnumSource(ServiceNowDesk.Transport.class)
final class ServiceNowTroubleTest {
  private static final String FIELDS = ServiceNowDesk.STATUS + ServiceNowDesk.RESOLVING;
  private static final String OAUTH =
      "{ kind: oauth, clientId: \"{{env:SNOW_CLIENT}}\", clientSecret: \"{{env:SNOW_SECRET}}\","
          + " user: \"{{env:SNOW_USER}}\", password: \"{{env:SNOW_PASSWORD}}\" }";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final ServiceNowDesk.Transport transport;
  private ServiceNowDesk desk;

  ServiceNowTroubleTest(ServiceNowDesk.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void open() {
    desk = new ServiceNowDesk(folder, transport);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Link carried() {
    desk.runs(FIELDS);
    desk.cycle();
    return desk.link();
  }

  private List<String> keys() {
    return desk.records("incident", "correlation_idSTARTSWITHtaskbridge-").stream()
        .map(row -> row.getString("correlation_id"))
        .toList();
  }

  /** Cycles until every link stands, and each has one record. */
  private void thenAllIsWellInTheEnd() {
    for (int cycle = 0; cycle < 5; cycle++) {
      desk.waits(Duration.ofSeconds(5));
      desk.cycle();
    }
    assertThat(desk.links())
        .isNotEmpty()
        .extracting(Link::state, Link::reason)
        .containsOnly(tuple(LinkState.LINKED, ""));
    assertThat(keys()).doesNotHaveDuplicates().hasSameSizeAs(desk.links());
    assertThat(condition()).isEqualTo(Condition.UP);
  }

  private Condition condition() {
    return desk.bridge().health().states().get("snow-it").condition();
  }

  @Test
  void tokens_that_die_after_every_third_request_cost_no_record_and_no_change() {
    desk.switches(new JsonObject().put("accessTokenUses", 3));
    desk.runs(FIELDS, OAUTH, false);
    desk.cycle();
    thenAllIsWellInTheEnd();
    Link link = desk.link();

    desk.editTask(link, new JsonObject().put("name", "Renamed while tokens die"));
    desk.cycle();
    assertThat(desk.record(link).getString("short_description"))
        .isEqualTo("Renamed while tokens die");

    desk.editRecord(link, new JsonObject().put("short_description", "Renamed there as well"));
    desk.cycle();
    assertThat(desk.task(link).getString("name")).isEqualTo("Renamed there as well");
  }

  @Test
  void a_look_up_that_breaks_off_with_200_and_an_error_makes_no_record_twice() throws Exception {
    carried();
    List<String> before = keys();
    desk.stop();
    Files.delete(folder.resolve("links.db"));
    desk.strike("partialList", "GET", "correlation_id", 0);

    desk.runs(FIELDS);
    desk.cycle();
    thenAllIsWellInTheEnd();

    assertThat(keys()).containsExactlyInAnyOrderElementsOf(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"partialList", "cutOff", "lostResponse"})
  void a_poll_that_comes_to_nothing_loses_no_change(String fault) {
    Link link = carried();
    desk.editRecord(link, new JsonObject().put("short_description", "Edited in bad times"));
    desk.strike(fault, "GET", "sys_updated_on", 0);

    desk.cycle();

    thenAllIsWellInTheEnd();
    assertThat(desk.task(link).getString("name")).isEqualTo("Edited in bad times");
  }

  @ParameterizedTest
  @CsvSource({"lostResponse,     true", "lostResponse,     false", "errorAfterCommit, true"})
  void an_insert_whose_answer_is_lost_after_the_row_was_written_makes_one_record(
      String fault, boolean batch) {
    desk.strike(fault, "POST", "/table/incident", 2);

    desk.runs(FIELDS, ServiceNowDesk.PASSWORD, batch);
    desk.cycle();

    assertThat(keys()).isNotEmpty();
    thenAllIsWellInTheEnd();
  }

  @Test
  void what_people_change_in_a_record_whose_making_was_not_answered_is_carried() {
    desk.strike("lostResponse", "POST", "/api/now/v1/batch", 0);
    desk.runs(FIELDS);
    // No record is made before the sync follows what happens to records.
    desk.bridge().call("direct:poll-tickets", "soc");
    desk.bridge().call("direct:poll-tasks", "soc");
    await().atMost(PATIENCE).until(() -> condition() == Condition.DOWN);
    // One answer is one failure, however many records it was to tell of.
    assertThat(desk.bridge().health().states().get("snow-it").failures()).isEqualTo(1);
    JsonObject made = desk.records("incident", "correlation_idISNOTEMPTY").get(0);
    desk.editRecord(
        "lars.berg@example.com",
        "incident",
        made.getString("sys_id"),
        new JsonObject().put("short_description", "Edited before it was known"));

    thenAllIsWellInTheEnd();

    Link link =
        desk.links().stream()
            .filter(each -> each.ticketId().equals(made.getString("sys_id")))
            .findFirst()
            .orElseThrow();
    assertThat(desk.task(link).getString("name")).isEqualTo("Edited before it was known");
    assertThat(desk.record(link).getString("short_description"))
        .isEqualTo("Edited before it was known");
  }

  @Test
  void a_change_whose_answer_is_lost_is_done_once_and_causes_no_echo() {
    Link link = carried();
    int before = Integer.parseInt(desk.record(link).getString("sys_mod_count"));
    desk.strike("errorAfterCommit", "PATCH", "/table/incident", 0);

    desk.editTask(link, new JsonObject().put("name", "Written, not answered"));
    desk.cycle();
    thenAllIsWellInTheEnd();

    JsonObject record = desk.record(link);
    assertThat(record.getString("short_description")).isEqualTo("Written, not answered");
    assertThat(Integer.parseInt(record.getString("sys_mod_count"))).isEqualTo(before + 1);
    assertThat(desk.task(link).getString("name")).isEqualTo("Written, not answered");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void what_the_thirty_seconds_of_a_batch_do_not_suffice_for_is_sent_again() {
    desk.switches(new JsonObject().put("batchUnservicedAfter", 3));

    desk.runs(FIELDS);
    desk.cycle();

    thenAllIsWellInTheEnd();
  }

  @Test
  void asked_too_often_it_is_throttled_and_not_down_and_goes_on_when_it_may() {
    Link link = carried();
    desk.editRecord(link, new JsonObject().put("short_description", "Edited under a limit"));
    desk.strike("tooManyRequests", "GET", "sys_updated_on", 0);

    desk.bridge().call("direct:poll-tickets", "soc");

    SystemHealth.State state = desk.bridge().health().states().get("snow-it");
    assertThat(state.condition()).isEqualTo(Condition.THROTTLED);
    assertThat(state.words()).contains("429").contains("Rate limit exceeded");
    assertThat(state.askAgainAt()).isBefore(Instant.now().plusSeconds(3));
    thenAllIsWellInTheEnd();
    assertThat(desk.task(link).getString("name")).isEqualTo("Edited under a limit");
  }

  @Test
  void a_limit_that_says_neither_how_long_nor_in_json_is_left_alone_for_a_while() {
    carried();
    desk.switches(new JsonObject().put("rateHeaders", false).put("rateJson", false));
    desk.strike("tooManyRequests", "GET", "sys_updated_on", 0);

    desk.bridge().call("direct:poll-tickets", "soc");

    SystemHealth.State state = desk.bridge().health().states().get("snow-it");
    assertThat(state.condition()).isEqualTo(Condition.THROTTLED);
    assertThat(state.askAgainAt())
        .isBetween(Instant.now().plusSeconds(1), Instant.now().plusSeconds(60));
    desk.bench.forgetRequests();
    desk.bridge().call("direct:poll-tickets", "soc");
    assertThat(Bench.requests(desk.bench.records)).isZero();
  }

  @Test
  void a_refused_password_stops_the_work_and_locks_nobody_out() {
    carried();
    desk.switches(
        new JsonObject().put("mfaUsers", new io.vertx.core.json.JsonArray().add("svc.bridge")));
    desk.bench.forgetRequests();

    desk.bridge().call("direct:poll-tickets", "soc");
    desk.bridge().call("direct:poll-tickets", "soc");

    assertThat(condition()).isEqualTo(Condition.DENIED);
    assertThat(Bench.requests(desk.bench.records)).isEqualTo(1);
    desk.switches(new JsonObject().put("mfaUsers", new io.vertx.core.json.JsonArray()));
    thenAllIsWellInTheEnd();
  }
}
