package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which records in ServiceNow are taken for tickets of ours: never another's, never one twice. */
@ParameterizedClass
@EnumSource(ServiceNowDesk.Transport.class)
final class ServiceNowRecordsTest {
  private static final String FIELDS = ServiceNowDesk.STATUS + ServiceNowDesk.RESOLVING;

  @TempDir Path folder;
  private final ServiceNowDesk.Transport transport;
  private ServiceNowDesk desk;

  ServiceNowRecordsTest(ServiceNowDesk.Transport transport) {
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

  private List<JsonObject> ours() {
    return desk.records("incident", "correlation_idSTARTSWITHtaskbridge-");
  }

  private void forgetTheLinks() throws Exception {
    desk.stop();
    Files.delete(folder.resolve("links.db"));
  }

  @Test
  void a_hidden_record_is_not_made_again_and_the_links_beside_it_go_on() throws Exception {
    desk.runs(FIELDS);
    desk.cycle();
    int made = ours().size();
    Link hidden = desk.link();
    forgetTheLinks();
    desk.switches(
        new JsonObject()
            .put("hiddenRows", new JsonObject().put("incident", "sys_id=" + hidden.ticketId())));

    desk.runs(FIELDS);
    desk.cycle();

    assertThat(ours()).hasSize(made);
    Link failing = desk.now(hidden);
    assertThat(failing.state()).isEqualTo(LinkState.FAILING);
    assertThat(failing.reason())
        .contains("incident", IdempotencyKey.of(hidden.key()).value(), "grant read access");
    assertThat(desk.links().stream().filter(link -> !link.key().equals(hidden.key())))
        .isNotEmpty()
        .allMatch(link -> link.state() == LinkState.LINKED);

    desk.switches(new JsonObject().put("hiddenRows", new JsonObject()));
    desk.retry();

    assertThat(desk.now(hidden).ticketId()).isEqualTo(hidden.ticketId());
    assertThat(desk.now(hidden).state()).isEqualTo(LinkState.LINKED);
    assertThat(ours()).hasSize(made);
  }

  /** Every incident that does not carry a key of ours, with the count of its changes. */
  private Map<String, String> others() {
    Map<String, String> others = new HashMap<>();
    desk.records("incident", "").stream()
        .filter(row -> !row.getString("correlation_id").startsWith("taskbridge-"))
        .forEach(row -> others.put(row.getString("sys_id"), row.getString("sys_mod_count")));
    return others;
  }

  private int tasks() {
    return desk.bench
        .tasks
        .get("/api/v3/tasks?resultLimit=1000&tql=id%20%3E%200")
        .getJsonArray("data")
        .size();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_rule_with_a_misspelled_column_selects_nothing(boolean unknownFieldsSelectNothing) {
    desk.switches(new JsonObject().put("unknownFieldReturnsNoRows", unknownFieldsSelectNothing));
    int before = tasks();
    Map<String, String> others = others();
    assertThat(others).isNotEmpty();

    desk.runs(
        "{ system: snow-it, table: incident, every: 30s, rule: \"asignment_group.name=SOC Team\" }",
        "    create: both\n",
        FIELDS);
    desk.cycle();
    desk.sweep();

    assertThat(tasks()).isEqualTo(before);
    assertThat(others()).isEqualTo(others);
    assertThat(ours()).hasSameSizeAs(desk.links());
  }

  @Test
  void a_rule_that_is_spelled_right_selects_what_it_says() {
    int before = tasks();

    desk.runs(
        "{ system: snow-it, table: incident, every: 30s, rule: \"assignment_group.name=SOC Team\" }",
        "    create: both\n",
        FIELDS);
    desk.cycle();

    assertThat(tasks()).isEqualTo(before + 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_misspelled_column_among_the_fields_fails_by_name_and_touches_no_other_record(
      boolean unknownFieldsSelectNothing) {
    desk.switches(new JsonObject().put("unknownFieldReturnsNoRows", unknownFieldsSelectNothing));
    Map<String, String> others = others();

    desk.runs(FIELDS + "      catgory: { direction: to-ticket, value: network }\n");
    desk.cycle();
    desk.sweep();

    assertThat(others()).isEqualTo(others);
    assertThat(desk.links())
        .isNotEmpty()
        .allSatisfy(
            link -> {
              assertThat(link.state()).isEqualTo(LinkState.FAILING);
              assertThat(link.reason()).contains("catgory", "network", "incident");
            });
    assertThat(ours()).hasSameSizeAs(desk.links());
    desk.thenASecondCycleWritesNothing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INC", "taskbridge-of-another-tool"})
  void a_correlation_id_of_another_integration_is_left_alone(String foreign) {
    String id = desk.records("incident", "").get(0).getString("sys_id");
    desk.admin()
        .send(
            "PATCH",
            "/api/now/v2/table/incident/" + id,
            new JsonObject().put("correlation_id", foreign));
    String before = desk.record("incident", id).encode();

    desk.runs(FIELDS);
    desk.cycle();
    desk.sweep();

    assertThat(desk.record("incident", id).encode()).isEqualTo(before);
    assertThat(desk.links()).noneMatch(link -> link.ticketId().equals(id));
  }
}
