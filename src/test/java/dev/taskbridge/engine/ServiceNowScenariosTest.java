package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of tasks whose tickets are incidents, and what people are told where it ends. */
@ParameterizedClass
@EnumSource(ServiceNowDesk.Transport.class)
final class ServiceNowScenariosTest {
  private static final String COMPLETE =
      ServiceNowDesk.STATUS + ServiceNowDesk.RESOLVING + ServiceNowDesk.ASSIGNEE;

  /** As somebody maps who wants incidents closed. */
  private static final String TO_CLOSED =
      """
            status:
              direction: both
              map:
                Open:     [ New, In Progress, On Hold ]
                Pending:  [ New ]
                Reopened: [ In Progress, New, On Hold ]
                Closed:   [ Closed, Resolved, Canceled ]
              set:
                Closed: { close_code: Solution provided, close_notes: Closed from ThreatConnect. }
      """;

  @TempDir Path folder;
  private final ServiceNowDesk.Transport transport;
  private ServiceNowDesk desk;

  ServiceNowScenariosTest(ServiceNowDesk.Transport transport) {
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

  private Link carried(String fields) {
    desk.runs(fields);
    desk.cycle();
    return desk.link();
  }

  /** A field that could not be carried, as {@code links} shows it. */
  private String failing(Link link, FieldName field) {
    FieldRecord record = desk.field(link, field);
    assertThat(record.verdict()).as(record.reason()).isEqualTo(Verdict.FAILING);
    assertThat(desk.now(link).state()).isEqualTo(LinkState.FAILING);
    assertThat(desk.now(link).reason()).isEqualTo(field + ": " + record.reason());
    assertThat(desk.story(link)).contains(record.reason());
    return record.reason();
  }

  @Test
  void edits_reach_the_other_side_and_cause_no_echo() {
    Link link = carried(COMPLETE);

    desk.editTask(link, new JsonObject().put("name", "Renamed in ThreatConnect"));
    desk.cycle();
    assertThat(desk.record(link).getString("short_description"))
        .isEqualTo("Renamed in ThreatConnect");
    desk.thenASecondCycleWritesNothing();

    desk.editRecord(link, new JsonObject().put("short_description", "Renamed in ServiceNow"));
    desk.cycle();
    assertThat(desk.task(link).getString("name")).isEqualTo("Renamed in ServiceNow");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_closed_task_resolves_its_incident_with_the_code_and_the_notes_that_set_gives() {
    Link link = carried(COMPLETE);

    desk.setStatus(link, "Closed");
    desk.cycle();

    assertThat(desk.record(link))
        .contains(
            java.util.Map.entry("state", "6"),
            java.util.Map.entry("close_code", "Solution provided"),
            java.util.Map.entry("close_notes", "Closed from ThreatConnect."));
    assertThat(desk.now(link).state()).isEqualTo(LinkState.LINKED);
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void without_close_notes_the_status_fails_and_everything_else_is_carried() {
    Link link = carried(ServiceNowDesk.STATUS);

    desk.editTask(link, new JsonObject().put("status", "Closed").put("name", "Done, look again"));
    desk.cycle();

    assertThat(failing(link, FieldName.STATUS))
        .contains("Resolution code, Resolution notes")
        .contains("fields.status.set")
        .contains("set: { Resolved: { close_code: …, close_notes: … } }");
    assertThat(desk.record(link).getString("state")).isEqualTo("1");
    assertThat(desk.record(link).getString("short_description")).isEqualTo("Done, look again");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void what_failed_is_done_once_the_configuration_says_what_was_missing() {
    Link link = carried(ServiceNowDesk.STATUS);
    desk.setStatus(link, "Closed");
    desk.cycle();
    failing(link, FieldName.STATUS);

    desk.runs(COMPLETE);
    desk.retry();

    assertThat(desk.record(link).getString("state")).isEqualTo("6");
    assertThat(desk.now(link).state()).isEqualTo(LinkState.LINKED);
  }

  @Test
  void an_incident_that_people_resolve_closes_its_task() {
    Link link = carried(COMPLETE);

    desk.editRecord(
        link,
        new JsonObject()
            .put("state", "6")
            .put("close_code", "User error")
            .put("close_notes", "It was a drill."));
    desk.cycle();

    assertThat(desk.task(link).getString("status")).isEqualTo("Closed");
    assertThat(desk.record(link).getString("close_notes")).isEqualTo("It was a drill.");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void closing_without_the_role_for_it_fails_in_words_that_say_so() {
    Link link = carried(TO_CLOSED);

    desk.setStatus(link, "Closed");
    desk.cycle();

    assertThat(failing(link, FieldName.STATUS))
        .contains("ACL Exception Update Failed")
        .contains("The account may not take " + link.ticketKey() + " from \"New\" to \"Closed\"")
        .contains("grant the role")
        .contains("fields.status.map")
        .contains("such as Resolved");
    assertThat(desk.record(link).getString("state")).isEqualTo("1");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void closing_that_is_dropped_without_an_error_fails_all_the_same() {
    desk.switches(new JsonObject().put("closeWithoutRole", "dropped"));
    Link link = carried(TO_CLOSED);

    desk.setStatus(link, "Closed");
    desk.cycle();

    assertThat(failing(link, FieldName.STATUS))
        .contains("asked for status \"Closed\"")
        .contains(link.ticketKey() + " has state \"New\"")
        .contains("role");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_resolved_incident_that_people_take_up_again_reopens_its_task() {
    Link link = carried(COMPLETE);
    desk.setStatus(link, "Closed");
    desk.cycle();

    desk.editRecord(link, new JsonObject().put("state", "2"));
    desk.cycle();

    assertThat(desk.task(link).getString("status")).isEqualTo("Reopened");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_closed_task_that_people_reopen_takes_its_incident_up_again() {
    Link link = carried(COMPLETE);
    desk.setStatus(link, "Closed");
    desk.cycle();

    desk.setStatus(link, "Reopened");
    desk.cycle();

    assertThat(desk.record(link).getString("state")).isEqualTo("2");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_task_reopened_after_its_incident_was_closed_for_good_fails_and_says_that_it_is_closed() {
    Link link = carried(COMPLETE);
    desk.setStatus(link, "Closed");
    desk.cycle();
    desk.editRecord(link, new JsonObject().put("state", "7"));
    desk.cycle();
    assertThat(desk.task(link).getString("status")).isEqualTo("Closed");

    desk.setStatus(link, "Reopened");
    desk.cycle();

    assertThat(failing(link, FieldName.STATUS))
        .contains("ACL Exception")
        .contains(link.ticketKey() + " is \"Closed\"")
        .contains("reopen it in ServiceNow, or unlink it");
    assertThat(desk.record(link).getString("state")).isEqualTo("7");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_state_that_the_table_does_not_have_fails_with_those_that_it_has() {
    Link link =
        carried(
            """
                  status:
                    direction: both
                    map:
                      Open:   [ New, In Progress, On Hold ]
                      Closed: [ Done, Resolved ]
            """);

    desk.setStatus(link, "Closed");
    desk.cycle();

    assertThat(failing(link, FieldName.STATUS))
        .contains("incident has no state called \"Done\"")
        .contains("New, In Progress, On Hold, Resolved, Closed, Canceled")
        .contains("fields.status.map");
    assertThat(desk.record(link).getString("state")).isEqualTo("1");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void an_assignee_who_does_not_exist_fails_by_name_and_clears_nobody() {
    Link link = carried(COMPLETE);
    desk.assign(link, "User", "pat.jones@example.com");
    desk.cycle();
    String before = desk.record("incident", link.ticketId()).encode();
    assertThat(desk.shown("incident", link.ticketId()).getString("assigned_to"))
        .isEqualTo("Pat Jones");

    // She left: known to ThreatConnect, no longer active in ServiceNow.
    String user = desk.records("sys_user", "user_name=chen.wei").get(0).getString("sys_id");
    desk.admin()
        .send(
            "PATCH", "/api/now/v2/table/sys_user/" + user, new JsonObject().put("active", "false"));
    desk.assign(link, "User", "chen.wei@example.com");
    desk.cycle();

    assertThat(failing(link, FieldName.ASSIGNEE))
        .contains("chen.wei@example.com")
        .contains("no active user")
        .contains("fields.assignee.users");
    assertThat(desk.record("incident", link.ticketId()).encode()).isEqualTo(before);
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_group_is_carried_by_its_name_both_ways() {
    Link link = carried(COMPLETE);

    desk.assign(link, "Group", "IT Operations");
    desk.cycle();
    assertThat(desk.shown("incident", link.ticketId()).getString("assignment_group"))
        .isEqualTo("IT Operations");
    assertThat(desk.record(link).getString("assigned_to")).isEmpty();
    desk.thenASecondCycleWritesNothing();

    String soc = desk.records("sys_user_group", "name=SOC Team").get(0).getString("sys_id");
    desk.editRecord(link, new JsonObject().put("assignment_group", soc));
    desk.cycle();
    assertThat(desk.task(link).getJsonObject("assignee").getJsonObject("data").getString("name"))
        .isEqualTo("SOC Team");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_group_that_does_not_exist_fails_by_name() {
    Link link =
        carried(
            """
                  assignee:
                    direction: both
                    groups: { SOC Team: { group: Security Operations }, IT Operations: { group: IT Operations } }
            """);

    desk.assign(link, "Group", "SOC Team");
    desk.cycle();

    assertThat(failing(link, FieldName.ASSIGNEE))
        .contains("no active group named \"Security Operations\"")
        .contains("fields.assignee.groups");
    desk.thenASecondCycleWritesNothing();
  }

  @Test
  void a_value_that_servicenow_drops_without_an_error_fails_by_its_column() {
    Link link = carried(COMPLETE + "      dueDate: { direction: both }\n");
    desk.switches(
        new JsonObject()
            .put(
                "unwritableFields",
                new JsonObject()
                    .put("incident", new io.vertx.core.json.JsonArray().add("due_date"))));

    desk.editTask(link, new JsonObject().put("dueDate", "2027-03-29T12:15:00Z"));
    desk.cycle();

    assertThat(failing(link, FieldName.DUE_DATE))
        .contains("2027-03-29")
        .contains("ServiceNow answered without an error")
        .contains(link.ticketKey() + " has due_date")
        .contains("write rule");
    desk.thenASecondCycleWritesNothing();
  }
}
