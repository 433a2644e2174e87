package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Fixture.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each query finds in a fixed seed, over HTTP. The expected ids come from a Java predicate
 * over plain records; no line of the parser or the evaluator has a part in them.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class TqlQueriesTest {
  private static final Instant NOW = Fixture.MONDAY;
  private static final Instant DUE = Instant.parse("2026-03-05T10:30:00Z");

  private ThreatConnectSimulator simulator;
  private Caller api;
  private List<Task> tasks;

  /** One line of the table. */
  record Line(String query, Predicate<Task> expected) {
    @Override
    public String toString() {
      return query;
    }
  }

  @BeforeAll
  void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
    tasks = Fixture.fill(simulator, api);
  }

  @AfterAll
  void stop() {
    simulator.close();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void finds_exactly(Line line) {
    List<Long> expected = tasks.stream().filter(line.expected()).map(Task::id).toList();

    assertThat(api.query("/tasks", line.query(), "&resultLimit=10000").ids()).isEqualTo(expected);
  }

  /** A table of queries that find nothing or everything would prove little. */
  @Test
  void the_table_is_long_and_most_of_its_lines_tell_tasks_apart() {
    List<Line> lines = lines();
    long telling =
        lines.stream()
            .filter(
                line -> {
                  long found = tasks.stream().filter(line.expected()).count();
                  return found > 0 && found < tasks.size();
                })
            .count();

    assertThat(lines).hasSizeGreaterThanOrEqualTo(150);
    assertThat(lines.stream().map(Line::query)).doesNotHaveDuplicates();
    assertThat(telling).isGreaterThanOrEqualTo(lines.size() * 85L / 100);
  }

  static List<Line> lines() {
    List<Line> lines = new ArrayList<>();
    comparisons(lines);
    lists(lines);
    texts(lines);
    escapes(lines);
    dates(lines);
    nulls(lines);
    logic(lines);
    people(lines);
    cases(lines);
    notesAndArtifacts(lines);
    return lines;
  }

  private static void comparisons(List<Line> lines) {
    add(lines, "id = 5", t -> t.id() == 5);
    add(lines, "id == 5", t -> t.id() == 5);
    add(lines, "id EQ 5", t -> t.id() == 5);
    add(lines, "id equals 5", t -> t.id() == 5);
    add(lines, "ID=5", t -> t.id() == 5);
    add(lines, "id = \"5\"", t -> t.id() == 5);
    add(lines, "id = 5.0", t -> t.id() == 5);
    add(lines, "id != 5", t -> t.id() != 5);
    add(lines, "id NE 5", t -> t.id() != 5);
    add(lines, "id > 40", t -> t.id() > 40);
    add(lines, "id GT 40", t -> t.id() > 40);
    add(lines, "id < 7", t -> t.id() < 7);
    add(lines, "id lt 7", t -> t.id() < 7);
    add(lines, "id >= 40", t -> t.id() >= 40);
    add(lines, "id GEQ 40", t -> t.id() >= 40);
    add(lines, "id <= 7", t -> t.id() <= 7);
    add(lines, "id leq 7", t -> t.id() <= 7);
    add(lines, "id>4 and id<9", t -> t.id() > 4 && t.id() < 9);
    add(lines, "id > -1 and id < 3", t -> t.id() < 3);
    add(lines, "id > 9223372036854775807", t -> false);
    add(lines, "workflowPhase = 2", t -> t.phase() == 2);
    add(lines, "workflowPhase >= 3", t -> t.phase() >= 3);
    add(lines, "workflowStep > 1", t -> t.step() > 1);
    add(lines, "workflowPhase = 1 and workflowStep = 1", t -> t.phase() == 1 && t.step() == 1);
    add(lines, "required = true", Task::required);
    add(lines, "required = True", Task::required);
    add(lines, "required = FALSE", t -> !t.required());
    add(lines, "required != true", t -> !t.required());
    add(lines, "required = \"true\"", Task::required);
    add(lines, "automated = false", t -> true);
    add(lines, "automated = true", t -> false);
    add(lines, "caseId = 3", t -> t.theCase().id() == 3);
    add(lines, "caseId > 3", t -> t.theCase().id() > 3);
    add(lines, "caseIdAsString = \"3\"", t -> t.theCase().id() == 3);
    add(lines, "caseIdAsString like \"1%\"", t -> ("" + t.theCase().id()).startsWith("1"));
    add(lines, "owner = 1", t -> true);
    add(lines, "owner = 2", t -> false);
    add(lines, "ownerName = \"Demo Organization\"", t -> true);
    add(lines, "missingArtifactCount > 0", TqlQueriesTest::missesAnArtifact);
    add(lines, "missingArtifactCount = 0", t -> !missesAnArtifact(t));
  }

  private static void lists(List<Line> lines) {
    add(lines, "id in (1, 2, 3)", t -> t.id() <= 3);
    add(lines, "id IN (3,2,1,2)", t -> t.id() <= 3);
    add(lines, "id in 5", t -> t.id() == 5);
    add(lines, "id in (\"5\", 6)", t -> t.id() == 5 || t.id() == 6);
    add(lines, "id not in (1, 2, 3)", t -> t.id() > 3);
    add(lines, "id NOT IN 5", t -> t.id() != 5);
    add(lines, "id in (999, 998)", t -> false);
    add(lines, "status = \"Open\"", status("Open"));
    add(lines, "status = 'Open'", status("Open"));
    add(lines, "status = `Open`", status("Open"));
    add(lines, "status = \"open\"", status("Open"));
    add(lines, "STATUS = \"OPEN\"", status("Open"));
    add(lines, "status != \"Closed\"", status("Closed").negate());
    add(lines, "status in (\"Open\", \"Reopened\")", status("Open", "Reopened"));
    add(lines, "status not in (\"Open\", 'Closed')", status("Open", "Closed").negate());
    add(lines, "status in (\"Open\", \"Nonsense\")", status("Open"));
    add(lines, "status = \"Nonsense\"", t -> false);
    add(lines, "status like \"%open%\"", status("Open", "Reopened"));
    add(lines, "status startswith \"re\"", status("Reopened"));
    add(lines, "caseSeverity = \"High\"", severity("High"));
    add(lines, "caseSeverity in (\"High\", \"Critical\")", severity("High", "Critical"));
    add(lines, "caseSeverity not in (\"High\", \"Critical\")", severity("Low", "Medium"));
    add(
        lines,
        "status in (\"Open\", \"Reopened\", \"Pending\") and caseSeverity in (\"High\","
            + " \"Critical\")",
        status("Closed").negate().and(severity("High", "Critical")));
    add(lines, "workflowPhase in (1, 4)", t -> t.phase() == 1 || t.phase() == 4);
    add(lines, "xid in (\"exactly-due-xid\", \"unknown-xid-000\")", t -> DUE.equals(t.due()));
    add(lines, "xid = \"exactly-due-xid\"", t -> DUE.equals(t.due()));
    add(lines, "xid = \"EXACTLY-DUE-XID\"", t -> false);
    add(lines, "xid like \"%-due-%\"", t -> DUE.equals(t.due()));
    add(lines, "caseId in (1, 2) and id > 3", t -> t.theCase().id() <= 2 && t.id() > 3);
  }

  private static void texts(List<Line> lines) {
    String lower = "close access from the internet";
    add(lines, "name = \"" + lower + "\"", t -> t.name().equals(lower));
    add(lines, "name != \"" + lower + "\"", t -> !t.name().equals(lower));
    add(lines, "name like \"" + lower + "\"", t -> t.name().equalsIgnoreCase(lower));
    add(lines, "name LIKE \"close%\"", t -> low(t.name()).startsWith("close"));
    add(lines, "name like \"%internet\"", t -> low(t.name()).endsWith("internet"));
    add(lines, "name like \"%the%\"", t -> low(t.name()).contains("the"));
    add(lines, "name like \"c%the%t\"", t -> low(t.name()).matches("(?s)c.*the.*t"));
    add(lines, "name like \"%\"", t -> true);
    add(lines, "name like \"%o%o%\"", t -> low(t.name()).matches("(?s).*o.*o.*"));
    add(lines, "name not like \"%the%\"", t -> !low(t.name()).contains("the"));
    add(lines, "name like (\"close%\")", t -> low(t.name()).startsWith("close"));
    add(lines, "name like \"done_or%\"", t -> false);
    add(lines, "name like \"%done_or%\"", t -> t.name().contains("done_or"));
    add(lines, "name like \"%doneXor%\"", t -> false);
    add(lines, "name contains \"THE\"", t -> low(t.name()).contains("the"));
    add(
        lines,
        "name contains (\"block\", \"reset\")",
        t -> low(t.name()).contains("block") || low(t.name()).contains("reset"));
    add(
        lines,
        "name not contains (\"block\", \"the\")",
        t -> !low(t.name()).contains("block") && !low(t.name()).contains("the"));
    add(lines, "name NOT CONTAINS \"the\"", t -> !low(t.name()).contains("the"));
    add(lines, "name startswith \"find\"", t -> low(t.name()).startsWith("find"));
    add(lines, "name not startswith \"find\"", t -> !low(t.name()).startsWith("find"));
    add(lines, "name endswith \"INTERNET\"", t -> low(t.name()).endsWith("internet"));
    add(lines, "name not endswith \"internet\"", t -> !low(t.name()).endsWith("internet"));
    add(lines, "name > \"P\"", t -> t.name().compareTo("P") > 0);
    add(lines, "name <= \"D\"", t -> t.name().compareTo("D") <= 0);
    add(lines, "name contains \"フィッシング\"", t -> t.name().contains("フィッシング"));
    add(lines, "name contains \"🦊\"", t -> t.name().contains("🦊"));
    add(lines, "name contains \"PRÜFEN\"", t -> t.name().contains("prüfen"));
    add(
        lines,
        "description contains \"edr\"",
        t -> t.description() != null && low(t.description()).contains("edr"));
    add(
        lines,
        "description not contains \"edr\"",
        t -> t.description() == null || !low(t.description()).contains("edr"));
  }

  private static void escapes(List<Line> lines) {
    String quoted = "It's \"quoted\" \\ `ticked`";
    Predicate<Task> isQuoted = t -> t.name().equals(quoted);
    add(lines, "name = \"It\\'s \\\"quoted\\\" \\\\ \\`ticked\\`\"", isQuoted);
    add(lines, "name = 'It\\'s \\\"quoted\\\" \\\\ \\`ticked\\`'", isQuoted);
    add(lines, "name = `It's \"quoted\" \\\\ \\`ticked\\``", isQuoted);
    add(lines, "name = 'It\\'s \"quoted\" \\\\ `ticked`'", isQuoted);
    add(lines, "name contains \"\\\\\"", t -> t.name().contains("\\"));
    add(lines, "name contains '\"'", t -> t.name().contains("\""));
    add(lines, "name contains \"'\"", t -> t.name().contains("'"));
    add(lines, "name contains \"`\"", t -> t.name().contains("`"));
    add(lines, "name like \"100%\"", t -> t.name().startsWith("100"));
    add(lines, "name = \"100%\"", t -> false);
    add(lines, "name = \"line one\nline two\"", t -> t.name().contains("\n"));
    add(lines, "name like \"line%two\"", t -> t.name().contains("\n"));
    add(lines, "name = \") or id > 0 or (name = \"", t -> false);
    add(lines, "name = \"\\\") or id > 0 or (name = \\\"\"", t -> false);
    add(lines, "hasCase(name = \"Odd \\\"names\\\" \\\\ and 100% \\`unusual\\` ones\")", odd());
    add(lines, "hasCase(name contains \"\\\"names\\\"\")", odd());
  }

  private static void dates(List<Line> lines) {
    add(lines, "dueDate = \"2026-03-05T10:30:00Z\"", t -> DUE.equals(t.due()));
    add(lines, "dueDate = \"2026-03-05 10:30:00\"", t -> DUE.equals(t.due()));
    add(lines, "dueDate = \"2026-03-05T10:30:00.750\"", t -> DUE.equals(t.due()));
    add(lines, "dueDate = \"2026-03-05T12:30:00+02:00\"", t -> DUE.equals(t.due()));
    add(lines, "dueDate = \"2026-03-05 10:30\"", t -> DUE.equals(t.due()));
    add(lines, "dueDate != \"2026-03-05 10:30:00\"", t -> !DUE.equals(t.due()));
    add(lines, "dueDate in (\"2026-03-05 10:30:00\", \"2020-01-01\")", t -> DUE.equals(t.due()));
    add(lines, "dueDate > \"2026-03-05 10:30:00\"", due(d -> d.isAfter(DUE)));
    add(lines, "dueDate >= \"2026-03-05 10:30:00\"", due(d -> !d.isBefore(DUE)));
    add(lines, "dueDate < \"2026-03-02\"", due(d -> d.isBefore(day("2026-03-02"))));
    add(
        lines,
        "dueDate >= '2026-03-02' and dueDate < '2026-03-03'",
        due(d -> d.truncatedTo(ChronoUnit.DAYS).equals(day("2026-03-02"))));
    add(lines, "dueDate < \"NOW()\"", due(d -> d.isBefore(NOW)));
    add(lines, "dueDate > \"now()\"", due(d -> d.isAfter(NOW)));
    add(lines, "dueDate > \"NOW() + 2 DAYS\"", due(d -> d.isAfter(NOW.plus(Duration.ofDays(2)))));
    add(
        lines,
        "dueDate > \"NOW() - 24 hours\" and dueDate < \"NOW()+36HOURS\"",
        due(
            d ->
                d.isAfter(NOW.minus(Duration.ofHours(24)))
                    && d.isBefore(NOW.plus(Duration.ofHours(36)))));
    add(lines, "dueDate>\"TODAY()\"", due(d -> d.isAfter(day("2026-03-02"))));
    add(lines, "dueDate < \"TODAY() + 1 WEEK\"", due(d -> d.isBefore(day("2026-03-09"))));
    add(lines, "dueDate > \"TODAY() + 1 MONTH - 28 DAYS\"", due(d -> d.isAfter(day("2026-03-05"))));
    add(lines, "dueDate > \"NOW() + 1 YEAR\"", t -> false);
    add(
        lines,
        "completedDate < \"2026-02-28\"",
        t -> t.completed() != null && t.completed().isBefore(day("2026-02-28")));
    add(
        lines,
        "completedDate >= \"TODAY() - 3 DAYS\"",
        t -> t.completed() != null && !t.completed().isBefore(day("2026-02-27")));
  }

  private static void nulls(List<Line> lines) {
    add(lines, "dueDate IS NULL", t -> t.due() == null);
    add(lines, "dueDate is not null", t -> t.due() != null);
    add(lines, "completedBy is null", t -> t.completedBy() == null);
    add(lines, "description is not null", t -> t.description() != null);
    add(lines, "assigneeName IS NULL", t -> t.assigneeName() == null);
    add(lines, "not dueDate is null", t -> t.due() != null);
    add(
        lines,
        "dueDate is null or dueDate < \"NOW()\"",
        t -> t.due() == null || t.due().isBefore(NOW));
  }

  private static void logic(List<Line> lines) {
    add(
        lines,
        "status = \"Open\" or status = \"Pending\" and required = true",
        t -> t.status().equals("Open") || (t.status().equals("Pending") && t.required()));
    add(
        lines,
        "(status = \"Open\" or status = \"Pending\") and required = true",
        status("Open", "Pending").and(Task::required));
    add(lines, "not status = \"Open\"", status("Open").negate());
    add(lines, "NOT (status = \"Open\")", status("Open").negate());
    add(
        lines,
        "not status = \"Open\" and required = true",
        status("Open").negate().and(Task::required));
    add(
        lines,
        "not (status = \"Open\" and required = true)",
        status("Open").and(Task::required).negate());
    add(lines, "not (not (id = 4))", t -> t.id() == 4);
    add(lines, "not id not in (4, 5)", t -> t.id() == 4 || t.id() == 5);
    add(
        lines,
        "required = true AND NOT name contains \"the\"",
        t -> t.required() && !low(t.name()).contains("the"));
    add(lines, "((((id = 3))))", t -> t.id() == 3);
    add(lines, "id = 1 or id = 2 or id = 3 and id = 4", t -> t.id() == 1 || t.id() == 2);
    add(
        lines,
        "(id = 1 or id = 9) and (required = true or id = 9) or id = 30",
        t -> (t.id() == 1 && t.required()) || t.id() == 9 || t.id() == 30);
    add(lines, "id=1 OR(id=2)OR(id=3)", t -> t.id() <= 3);
    add(lines, " id\t=\n7 ", t -> t.id() == 7);
    add(lines, "id = 1 and id = 2", t -> false);
  }

  private static void people(List<Line> lines) {
    String maria = "maria.silva@example.com";
    add(lines, "assigneeName = \"SOC Team\"", t -> "SOC Team".equals(t.assigneeName()));
    add(lines, "assigneeName = \"" + maria + "\"", t -> maria.equals(t.assigneeName()));
    add(
        lines,
        "assigneeName in (\"SOC Team\", \"IT Operations\")",
        t -> "Group".equals(t.assigneeType()));
    add(lines, "assigneeName endswith \"@example.com\"", t -> "User".equals(t.assigneeType()));
    add(lines, "assigneeName != \"SOC Team\"", t -> !"SOC Team".equals(t.assigneeName()));
    add(lines, "assignedToUserOrGroup = \"User\"", t -> "User".equals(t.assigneeType()));
    add(lines, "assignedToUserOrGroup = \"Group\"", t -> "Group".equals(t.assigneeType()));
    add(lines, "assignedToUserOrGroup = \"None\"", t -> t.assigneeType() == null);
    add(
        lines,
        "assignedToUserOrGroup in (\"none\", \"group\")",
        t -> !"User".equals(t.assigneeType()));
    add(lines, "targetType = \"Group\"", t -> "Group".equals(t.assigneeType()));
    add(lines, "targetType is null", t -> t.assigneeType() == null);
    add(lines, "targetId = 1", t -> t.assigneeId() != null && t.assigneeId() == 1);
    add(lines, "targetId = 1 and targetType = \"Group\"", t -> "SOC Team".equals(t.assigneeName()));
    add(lines, "targetId > 3", t -> t.assigneeId() != null && t.assigneeId() > 3);
    add(
        lines,
        "completedBy contains \"berg\"",
        t -> t.completedBy() != null && t.completedBy().contains("berg"));
    add(
        lines,
        "completedBy is not null and completedBy != \"lars.berg@example.com\"",
        t -> t.completedBy() != null && !t.completedBy().equals("lars.berg@example.com"));
  }

  private static void cases(List<Line> lines) {
    add(lines, "hasCase(id = 5)", t -> t.theCase().id() == 5);
    add(lines, "HASCASE(ID=5)", t -> t.theCase().id() == 5);
    add(lines, "hasCase(id in (1, 2))", t -> t.theCase().id() <= 2);
    add(lines, "hasCase(idAsString = \"5\")", t -> t.theCase().id() == 5);
    add(lines, "hasCase(xid = \"odd-case-xid\")", odd());
    add(lines, "not hasCase(xid = \"odd-case-xid\")", odd().negate());
    add(lines, "hasCase(severity in (\"High\", \"critical\"))", severity("High", "Critical"));
    add(lines, "hasCase(severity = \"Low\" or severity = \"Medium\")", severity("Low", "Medium"));
    add(lines, "hasCase(status = \"Closed\")", t -> t.theCase().status().equals("Closed"));
    add(lines, "hasCase(caseCloseTime is not null)", t -> t.theCase().id() == 2);
    add(
        lines,
        "hasCase(caseCloseUser = \"12345678901234567890\" and caseCloseDate > \"TODAY()\")",
        t -> t.theCase().id() == 2);
    add(
        lines,
        "hasCase(lastUpdated >= \"2026-03-01 09:30:00\")",
        t -> !t.theCase().lastUpdated().isBefore(Fixture.SUNDAY));
    add(
        lines,
        "hasCase(lastUpdated < \"2026-03-01 00:00:00\")",
        t -> t.theCase().lastUpdated().isBefore(day("2026-03-01")));
    add(
        lines,
        "hasCase(lastUpdated > \"NOW() - 1 HOUR\")",
        t -> t.theCase().lastUpdated().isAfter(NOW.minusSeconds(3600)));
    add(
        lines,
        "hasCase(dateAdded > \"TODAY() - 1 DAY\")",
        t -> t.theCase().dateAdded().isAfter(day("2026-03-01")));
    add(
        lines,
        "hasCase(name contains \"phishing\")",
        t -> low(t.theCase().name()).contains("phishing"));
    add(
        lines,
        "hasCase(description contains \"our\")",
        t -> t.theCase().description() != null && low(t.theCase().description()).contains("our"));
    add(lines, "hasCase(description is null)", odd());
    add(
        lines,
        "hasCase(resolution = \"Not Specified\")",
        t -> t.theCase().resolution().equals("Not Specified"));
    add(
        lines,
        "hasCase(assigneeName = \"SOC Team\")",
        t -> "SOC Team".equals(t.theCase().assigneeName()));
    add(
        lines,
        "hasCase(assignedToUserOrGroup = \"None\")",
        t -> t.theCase().assigneeType() == null);
    add(
        lines,
        "hasCase(createdBy = \"12345678901234567890\")",
        t -> t.theCase().createdBy().equals("12345678901234567890"));
    add(
        lines,
        "hasCase(caseDetectionTime < \"2026-02-28\")",
        t -> t.theCase().detected() != null && t.theCase().detected().isBefore(day("2026-02-28")));
    add(lines, "hasCase(ownerName = \"Demo Organization\" and id < 4)", t -> t.theCase().id() < 4);
    add(lines, "hasCase(tag = \"Phishing\")", t -> t.theCase().name().startsWith("Phishing"));
    add(lines, "hasCase(hasTask(id = 1))", t -> t.theCase().tasks().contains(1L));
    add(
        lines,
        "hasCase(hasTask(id in (1, 12) and hasCase(id > 0)))",
        t -> t.theCase().tasks().contains(1L) || t.theCase().tasks().contains(12L));
    add(
        lines,
        "hasCase(hasNote(data contains \"[tb:0001]\"))",
        t -> t.theCase().notes().stream().anyMatch(n -> n.text().contains("[tb:0001]")));
    add(
        lines,
        "status in (\"Open\", \"Reopened\") and hasCase(lastUpdated >= \"2026-03-01T09:30:00\" and"
            + " severity != \"Low\")",
        status("Open", "Reopened")
            .and(t -> !t.theCase().lastUpdated().isBefore(Fixture.SUNDAY))
            .and(severity("Low").negate()));
    add(
        lines,
        "hasCase(id = 1) or hasCase(id = 2) and workflowPhase = 1",
        t -> t.theCase().id() == 1 || (t.theCase().id() == 2 && t.phase() == 1));
  }

  private static void notesAndArtifacts(List<Line> lines) {
    String maria = "maria.silva@example.com";
    add(lines, "hasNote(id > 0)", t -> !t.notes().isEmpty());
    add(lines, "not hasNote(id > 0)", t -> t.notes().isEmpty());
    add(lines, "hasNote(taskId = 1)", t -> t.id() == 1);
    add(lines, "hasNote(id = 1)", t -> t.notes().stream().anyMatch(n -> n.id() == 1));
    add(lines, "hasNote(data contains \"[tb:0001]\")", t -> t.id() == 1);
    add(lines, "hasNote(summary startswith \"marker\")", t -> t.id() == 1);
    add(
        lines,
        "hasNote(author = \"" + maria + "\")",
        t -> t.notes().stream().anyMatch(n -> n.author().equals(maria)));
    add(
        lines,
        "hasNote(author != \"" + maria + "\")",
        t -> t.notes().stream().anyMatch(n -> !n.author().equals(maria)));
    add(
        lines,
        "hasNote(lastModified >= \"2026-03-01 09:30:00\")",
        t -> t.notes().stream().anyMatch(n -> !n.lastModified().isBefore(Fixture.SUNDAY)));
    add(
        lines,
        "hasNote(dateAdded < \"2026-03-01\")",
        t -> t.notes().stream().anyMatch(n -> n.dateAdded().isBefore(day("2026-03-01"))));
    add(
        lines,
        "hasNote(data contains \"{\" or data contains \"night\")",
        t -> t.notes().stream().anyMatch(n -> low(n.text()).contains("night")));
    add(lines, "hasNote(hasTask(required = true))", t -> !t.notes().isEmpty() && t.required());
    add(lines, "hasNote(caseId is not null)", t -> false);
    add(lines, "hasArtifact(id > 0)", t -> !t.artifacts().isEmpty());
    add(
        lines,
        "hasArtifact(type = \"File Hash\")",
        t -> t.artifacts().stream().anyMatch(a -> a.type().equals("File Hash")));
    add(
        lines,
        "hasArtifact(typeName contains \"email\" or summary contains \"203.\")",
        t ->
            t.artifacts().stream()
                .anyMatch(a -> low(a.type()).contains("email") || a.summary().contains("203.")));
    add(
        lines,
        "hasArtifact(source = \"Analysis\") and status != \"Closed\"",
        t -> !t.artifacts().isEmpty() && !t.status().equals("Closed"));
    add(
        lines,
        "hasNote(id > 0) and hasArtifact(id > 0)",
        t -> !t.notes().isEmpty() && !t.artifacts().isEmpty());
  }

  private static void add(List<Line> lines, String query, Predicate<Task> expected) {
    lines.add(new Line(query, expected));
  }

  private static Predicate<Task> status(String... names) {
    return task -> Set.of(names).contains(task.status());
  }

  private static Predicate<Task> severity(String... names) {
    return task -> Set.of(names).contains(task.theCase().severity());
  }

  private static Predicate<Task> due(Predicate<Instant> test) {
    return task -> task.due() != null && test.test(task.due());
  }

  private static Predicate<Task> odd() {
    return task -> task.theCase().xid().equals("odd-case-xid");
  }

  /** Only these steps ask for a required input, and one artifact of the task's own fills it. */
  private static boolean missesAnArtifact(Task task) {
    return task.required()
        && task.name().equals("List what the key did since the push")
        && task.artifacts().isEmpty();
  }

  private static Instant day(String date) {
    return Instant.parse(date + "T00:00:00Z");
  }

  private static String low(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
