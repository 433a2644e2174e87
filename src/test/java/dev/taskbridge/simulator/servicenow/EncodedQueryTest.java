package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Encoded queries over six catalogue tasks whose answers were worked out by hand:
 *
 * <pre>
 *    title                    priority state  assigned    group  correlation  due (UTC)            active
 * A  Reset the VPN token      1        1      Pat Jones   SOC    tb:a         2025-01-10 08:00:00  yes
 * B  reset MAIL quota         2        2      Lars Berg   IT     tb:b         2025-01-20 12:15:00  yes
 * C  Order laptop             3        3      -           IT     -            -                    no
 * D  Caret ^ in the title     4        1      Maria Silva -      tb:d         2025-02-01 00:00:00  yes
 * E  -                        5        -5     -           SOC    TB:A2        -                    yes
 * F  Reset badge, then call   3        4      Pat Jones   SOC    tb:f         -                    no
 * </pre>
 */
class EncodedQueryTest {
  private static ServiceNowSimulator simulator;
  private static SnowClient snow;

  @BeforeAll
  static void start() {
    simulator = ServiceNowSimulator.start(0);
    snow = SnowClient.service(simulator);
    task(
        "A",
        "Reset the VPN token",
        "1",
        "1",
        "pat.jones",
        "SOC Team",
        "tb:a",
        "2025-01-10 08:00:00");
    task(
        "B",
        "reset MAIL quota",
        "2",
        "2",
        "lars.berg",
        "IT Operations",
        "tb:b",
        "2025-01-20 12:15:00");
    task("C", "Order laptop", "3", "3", "", "IT Operations", "", "");
    task("D", "Caret ^ in the title", "4", "1", "maria.silva", "", "tb:d", "2025-02-01 00:00:00");
    task("E", "", "5", "-5", "", "SOC Team", "TB:A2", "");
    task("F", "Reset badge, then call", "3", "4", "pat.jones", "SOC Team", "tb:f", "");
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void switchesBack() {
    snow.switches(
        "{\"unknownFieldReturnsNoRows\":null,\"notEqualsIncludesEmpty\":null,\"caretEscape\":null,"
            + "\"guardedScripts\":null}");
  }

  private static void task(
      String name,
      String title,
      String priority,
      String state,
      String assignee,
      String group,
      String correlationId,
      String due) {
    snow.create(
        "sc_task",
        "correlation_display",
        name,
        "short_description",
        title,
        "priority",
        priority,
        "state",
        state,
        "assigned_to",
        assignee.isEmpty() ? "" : SmallWorld.userId(assignee),
        "assignment_group",
        group.isEmpty() ? "" : SmallWorld.groupId(group),
        "correlation_id",
        correlationId,
        "due_date",
        due);
  }

  private static String found(String query) {
    return snow.list("sc_task", query, "sysparm_fields=correlation_display").records().stream()
        .map(record -> record.getString("correlation_display"))
        .sorted()
        .collect(Collectors.joining());
  }

  private static String foundInOrder(String query) {
    return String.join(
        "",
        snow.list("sc_task", query, "sysparm_fields=correlation_display")
            .values("correlation_display"));
  }

  @ParameterizedTest(name = "{0} finds {1}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "none",
      value = {
        // and, or, groups
        "priority=3                                            | CF",
        "priority=3^state=4                                    | F",
        "state=1^priority=1^ORpriority=4                       | AD",
        "priority=1^ORpriority=4^state=1                       | AD",
        "state=4^ORstate=3^ORstate=2                           | BCF",
        "priority=1^NQpriority=3^state=3                       | AC",
        "state=1^NQstate=1                                     | AD",
        "priority=1^ORpriority=2^NQshort_descriptionLIKEorder  | ABC",
        "priority=3^EQ                                         | CF",
        // comparisons: numbers as numbers, negative ones too
        "priority<3                                            | AB",
        "priority<=3                                           | ABCF",
        "priority>3                                            | DE",
        "priority>=3                                           | CDEF",
        "state<1                                               | E",
        "priorityBETWEEN2@3                                    | BCF",
        "priority!=3                                           | ABDE",
        // text without regard to case
        "short_descriptionLIKEreset                            | ABF",
        "short_description*reset                               | ABF",
        "short_descriptionSTARTSWITHreset                      | ABF",
        "short_descriptionENDSWITHTOKEN                        | A",
        "short_description%call                                | F",
        "short_description=ORDER LAPTOP                        | C",
        "short_descriptionNOT LIKEreset                        | CD",
        "short_description!*reset                              | CD",
        "correlation_id=TB:A                                   | A",
        // lists
        "stateIN1,2                                            | ABD",
        "stateNOT IN1,2                                        | CEF",
        "correlation_idINtb:a,tb:b,nobody                      | AB",
        "correlation_idINtb:a2                                 | E",
        // empty and not; != leaves empty values out
        "short_descriptionISEMPTY                              | E",
        "short_descriptionISNOTEMPTY                           | ABCDF",
        "short_description=                                    | E",
        "short_description!=                                   | ABCDF",
        "correlation_id=NULL                                   | C",
        "correlation_idEMPTYSTRING                             | C",
        "correlation_id!=tb:a                                  | BDEF",
        "correlation_id!=tb:a^ORcorrelation_idISEMPTY          | BCDEF",
        "assigned_toANYTHING                                   | ABCDEF",
        "active!=true                                          | CF",
        "active=True                                           | ABDE",
        "active=0                                              | CF",
        // references: id, walk, display value
        "assigned_to.email=pat.jones@example.com               | AF",
        "assignment_group.name=soc team                        | AEF",
        "assigned_toLIKEberg                                   | B",
        "assigned_toSTARTSWITHMaria                            | D",
        "assigned_to=Pat Jones                                 | ",
        "assigned_toISEMPTY                                    | CE",
        "assigned_to.nameISEMPTY                               | CE",
        "assignment_group.manager.nameISNOTEMPTY               | ",
        "assigned_to.user_nameINpat.jones,lars.berg            | ABF",
        // fields against fields
        "short_descriptionSAMEASshort_description              | ABCDEF",
        "sys_created_onSAMEASsys_updated_on                    | ABCDEF",
        "priorityGT_FIELDstate                                 | DE",
        // times
        "due_date=2025-01-20 12:15:00                          | B",
        "due_date>2025-01-20 12:15:00                          | D",
        "due_date>=2025-01-20 12:15:00                         | BD",
        "due_date<2025-01-20                                   | A",
        "due_date<=2025-01-20                                  | AB",
        "due_date>2025-01-20                                   | D",
        "due_date=2025-01-20                                   | B",
        "due_dateON2025-02-01                                  | D",
        "due_date>javascript:gs.dateGenerate('2025-01-20','12:15:00') | D",
        "due_dateBETWEENjavascript:gs.dateGenerate('2025-01-10','start')@javascript:gs.dateGenerate('2025-01-20','end') | AB",
        "sys_created_on>=javascript:gs.minutesAgoStart(15)     | ABCDEF",
        "sys_created_on>=javascript:gs.beginningOfLastMonth()  | ABCDEF",
        "sys_created_on<javascript:gs.daysAgoStart(7)          | ",
        "sys_created_onONToday@javascript:gs.beginningOfToday()@javascript:gs.endOfToday() | ABCDEF",
        "sys_created_onRELATIVEGT@hour@ago@3                   | ABCDEF",
        "sys_created_onRELATIVELT@hour@ago@3                   | ",
        // whole words and classes
        "123TEXTQUERY321=laptop                                | C",
        "sys_class_nameINSTANCEOFtask                          | ABCDEF",
        "sys_class_name=incident                               | ",
        // a caret in a value is doubled
        "short_descriptionLIKE^^ in                            | D",
        "short_descriptionLIKE^^ in^state=1                    | D",
        // the traps: what cannot be understood is dropped and the list widens
        "no_such_field=1                                       | ABCDEF",
        "no_such_field=1^priority=1                            | A",
        "priority=1^ORno_such_field=1                          | A",
        "assigned_to.no_such=1                                 | ABCDEF",
        "PRIORITY=1                                            | ABCDEF",
        "nonsense                                              | ABCDEF",
        "^^^                                                   | ABCDEF",
        // but a known field with an impossible operand finds nothing
        "priority==1                                           | ",
        "priority=one                                          | ",
        "due_date>=yesterday                                   | ",
        "priority=javascript:new Evil().run()                  | ",
      })
  void a_query_finds_exactly_these_tasks(String query, String expected) {
    assertThat(found(query)).isEqualTo(expected == null ? "" : expected);
  }

  @ParameterizedTest(name = "{0} gives {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "ORDERBYcorrelation_display                            | ABCDEF",
        "ORDERBYDESCcorrelation_display                        | FEDCBA",
        "ORDERBYpriority^ORDERBYDESCcorrelation_display        | ABFCDE",
        "ORDERBYstate^ORDERBYcorrelation_display               | EADBCF",
        "ORDERBYassigned_to^ORDERBYcorrelation_display         | CEBDAF",
        "ORDERBYDESCdue_date^ORDERBYcorrelation_display        | DBACEF",
        "active=true^ORDERBYassigned_to.name^ORDERBYpriority   | EBDA",
        "ORDERBYno_such_field^ORDERBYcorrelation_display       | ABCDEF",
        "priority=1^NQpriority=4^ORDERBYDESCpriority           | DA",
      })
  void an_order_sorts_numbers_as_numbers_and_references_by_name(String query, String expected) {
    assertThat(foundInOrder(query)).isEqualTo(expected);
  }

  @Test
  void with_the_property_set_an_unknown_field_gives_no_rows() {
    snow.switches("{\"unknownFieldReturnsNoRows\":true}");

    assertThat(found("no_such_field=1")).isEmpty();
    assertThat(found("no_such_field=1^priority=1")).isEmpty();
    assertThat(found("priority=1")).isEqualTo("A");
  }

  @Test
  void where_the_platform_counts_empty_values_as_different_not_equals_finds_them() {
    snow.switches("{\"notEqualsIncludesEmpty\":true}");

    assertThat(found("correlation_id!=tb:a")).isEqualTo("BCDEF");
    assertThat(found("short_descriptionNOT LIKEreset")).isEqualTo("CDE");
  }

  @Test
  void without_the_caret_escape_every_caret_separates() {
    snow.switches("{\"caretEscape\":false}");

    assertThat(found("short_descriptionLIKECaret ^^ in the title")).isEqualTo("D");
    assertThat(found("short_description=Caret ^^ in the title")).isEmpty();
  }

  @Test
  void generated_dates_are_read_in_the_callers_zone_and_literals_in_utc() {
    SnowClient admin = SnowClient.admin(simulator);
    String pat = SmallWorld.userId("pat.jones");
    admin.update("sys_user", pat, "time_zone", "America/New_York");
    SnowClient asPat = snow.actingAs("pat.jones@example.com");

    // 12:15 UTC is 07:15 in New York in January.
    assertThat(
            asPat
                .list("sc_task", "due_date=javascript:gs.dateGenerate('2025-01-20','07:15:00')")
                .values("correlation_display"))
        .containsExactly("B");
    assertThat(asPat.list("sc_task", "due_date=2025-01-20 12:15:00").values("correlation_display"))
        .containsExactly("B");
    admin.update("sys_user", pat, "time_zone", "");
  }

  @Test
  void who_is_asking_can_be_part_of_the_query() {
    SnowClient asPat = snow.actingAs("pat.jones@example.com");

    assertThat(
            asPat
                .list("sc_task", "assigned_to=javascript:gs.getUserID()^ORDERBYpriority")
                .values("correlation_display"))
        .containsExactly("A", "F");
    assertThat(
            asPat
                .list(
                    "sc_task", "assigned_toDYNAMIC90d1921e5f510100a9ad2572f2b477fe^ORDERBYpriority")
                .values("correlation_display"))
        .containsExactly("A", "F");
  }

  @Test
  void bare_pairs_filter_like_a_query_by_display_value() {
    assertThat(
            snow.get("/api/now/table/sc_task?state=Work%20in%20Progress")
                .values("short_description"))
        .containsExactly("reset MAIL quota");
    assertThat(
            snow.get("/api/now/table/sc_task?assigned_to=Lars%20Berg&active=True")
                .values("short_description"))
        .containsExactly("reset MAIL quota");
    assertThat(snow.get("/api/now/table/sc_task?no_such=1").records()).hasSize(6);
  }
}
