package dev.taskbridge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told about each mistake. */
class ConfigProblemsTest {
  private static final ConfigText VALID = ConfigText.VALID;

  @TempDir Path folder;

  @ParameterizedTest(name = "{1}")
  @MethodSource("mistakes")
  void a_mistake_is_told_with_its_line_its_key_and_what_would_be_accepted(
      ConfigText text, List<String> expected) {
    assertThat(problems(text)).containsExactlyElementsOf(expected);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        // Keys
        mistake(
            "searchLag: 60s",
            "serchLag: 60s",
            "12 systems.jira-soc.serchLag: unknown key; did you mean searchLag?"),
        mistake(
            "store:",
            "colour: blue\nstore:",
            "4 colour: unknown key; known here: threatconnect, store, queue, web, systems, syncs"),
        mistake("accessId: id, ", "", "3 threatconnect.auth.accessId: missing; give an access ID"),
        mistake(
            "lanes: 4 }",
            "lanes: 4, lanes: 5 }",
            "5 queue.lanes: is there twice; the first is in line 5"),
        mistake(
            "kind: memory, ",
            "kind: memry, ",
            "5 queue.kind: \"memry\" is not one of memory, kafka; did you mean memory?"),
        mistake(
            "    kind: jira\n",
            "",
            "8 systems.jira-soc.kind: missing; give one of jira, servicenow"),
        mistake(
            "kind: jira\n",
            "kind: halo\n",
            "9 systems.jira-soc.kind: \"halo\" is not one of jira, servicenow"),
        mistake(
            "project: SEC",
            "projekt: SEC",
            List.of(
                "20 syncs.soc.tickets.project: missing; give a project key such as SEC",
                "20 syncs.soc.tickets.projekt: unknown key; did you mean project?")),
        mistake(
            "project: SEC",
            "project: SEC, table: incident",
            "20 syncs.soc.tickets.table: unknown key; known here: system, project, type, every, rule,"
                + " match, remoteLink"),
        // Types
        mistake(
            "tasks: { tql: status = \"Open\", every: 30s }",
            "tasks: Open",
            "19 syncs.soc.tasks: \"Open\" is not a mapping with the keys tql, every, case"),
        mistake(
            "project: SEC",
            "project: 17",
            "20 syncs.soc.tickets.project: \"17\" is not a project key such as SEC; put it in quotes"),
        mistake(
            "project: SEC",
            "project: [ SEC ]",
            "20 syncs.soc.tickets.project: a list is not a project key such as SEC"),
        mistake(
            "project: SEC",
            "project: ",
            "20 syncs.soc.tickets.project: nothing is not a project key such as SEC"),
        mistake(
            "project: SEC",
            "project: \" \"",
            "20 syncs.soc.tickets.project: \" \" is not a project key such as SEC"),
        mistake(
            "port: 8080",
            "port: 80800",
            "6 web.port: \"80800\" is not a whole number from 0 to 65535"),
        mistake(
            "port: 8080",
            "port: http",
            "6 web.port: \"http\" is not a whole number from 0 to 65535"),
        mistake("lanes: 4", "lanes: 0", "5 queue.lanes: \"0\" is not a whole number from 1 to 256"),
        mistake(
            "    searchLag: 60s",
            "    searchLag: soon",
            "12 systems.jira-soc.searchLag: \"soon\" is not a duration such as 250ms, 30s, 5m or 2h"),
        mistake(
            "every: 30s",
            "every: 0s",
            "19 syncs.soc.tasks.every: \"0s\" is not a duration such as 250ms, 30s, 5m or 2h, at least"
                + " 100ms"),
        mistake(
            "every: 30s",
            "every: 30",
            "19 syncs.soc.tasks.every: \"30\" is not a duration such as 250ms, 30s, 5m or 2h, at least"
                + " 100ms; put it in quotes"),
        // Words
        mistake(
            "direction: both",
            "direction: both-ways",
            "24 syncs.soc.fields.status.direction: \"both-ways\" is not one of both, to-ticket,"
                + " to-task, off"),
        mistake(
            "direction: both",
            "direction: to-tiket",
            "24 syncs.soc.fields.status.direction: \"to-tiket\" is not one of both, to-ticket,"
                + " to-task, off; did you mean to-ticket?"),
        mistake(
            "    sweep:",
            "    create: all\n    sweep:",
            "21 syncs.soc.create: \"all\" is not one of to-ticket, to-task, both, none"),
        // Addresses
        mistake(
            "url: https://jira.example.com",
            "url: http://jira.example.com",
            "10 systems.jira-soc.url: \"http://jira.example.com\" is not an https:// address (http://"
                + " only to localhost): credentials would travel unprotected"),
        mistake(
            "url: https://jira.example.com",
            "url: http://localhost.example.com",
            "10 systems.jira-soc.url: \"http://localhost.example.com\" is not an https:// address"
                + " (http:// only to localhost): credentials would travel unprotected"),
        mistake(
            "url: https://jira.example.com",
            "url: jira.example.com",
            "10 systems.jira-soc.url: \"jira.example.com\" is not an https:// address (http:// only to"
                + " localhost)"),
        mistake(
            "url: https://jira.example.com",
            "url: https://jira.example.com/?a=b",
            "10 systems.jira-soc.url: \"https://jira.example.com/?a=b\" is not an https:// address"
                + " (http:// only to localhost): it must end with its path"),
        mistake(
            "url: https://jira.example.com",
            "url: https:///x",
            "10 systems.jira-soc.url: \"https:///x\" is not an https:// address (http:// only to"
                + " localhost): it names no host"),
        mistake(
            "url: https://jira.example.com",
            "url: https://a b",
            "10 systems.jira-soc.url: \"https://a b\" is not an https:// address (http:// only to"
                + " localhost): Illegal character in authority at position 9"),
        mistake(
            "jdbc:sqlite:data/x.db",
            "jdbc:mysql://db/x",
            "4 store.url: \"jdbc:mysql://db/x\" is not jdbc:sqlite:FILE or"
                + " jdbc:postgresql://HOST/DATABASE (user and password have keys of their own)"),
        mistake(
            "jdbc:sqlite:data/x.db\"",
            "jdbc:sqlite:data/x.db\", user: me",
            "4 store.user: SQLite has no user; remove this"),
        mistake(
            "host: 127.0.0.1",
            "host: 0.0.0.0",
            "6 web: token is missing: a server that listens beyond this machine must ask for one"),
        // Times
        mistake(
            "\"0 0/15 * * * ?\"",
            "\"*/15 * * * *\"",
            "21 syncs.soc.sweep: \"*/15 * * * *\" is not a Quartz cron expression such as \"0 0/15 * *"
                + " * ?\" (seconds come first): Unexpected end of expression."),
        mistake(
            "zone: UTC",
            "zone: America/NewYork",
            "29 syncs.soc.fields.dueDate.zone: \"America/NewYork\" is not a time zone such as"
                + " America/New_York or UTC: did you mean America/New_York?"),
        mistake(
            "zone: UTC",
            "zone: here and there",
            "29 syncs.soc.fields.dueDate.zone: \"here and there\" is not a time zone such as"
                + " America/New_York or UTC"),
        // Names
        mistake(
            "system: jira-soc",
            "system: jira-sok",
            "20 syncs.soc.tickets.system: \"jira-sok\" is not one of jira-soc, snow-it; did you mean"
                + " jira-soc?"),
        mistake(
            "  snow-it:",
            "  jira-soc:",
            List.of("13 systems.jira-soc: is there twice; the first is in line 8")),
        mistake(
            "  snow-it:",
            "  Jira-SOC:",
            "13 systems.Jira-SOC: differs from jira-soc in large and small letters only"),
        mistake(
            "  snow-it:",
            "  snow.it:",
            "13 systems.\"snow.it\": \"snow.it\" cannot name a system; use letters, digits, - and _"),
        mistake(
            "  snow-it:",
            "  ThreatConnect:",
            "13 systems.ThreatConnect: a system cannot be called threatconnect; that is where the"
                + " tasks are"),
        // Secrets
        mistake(
            "{{env:KEY}}\" }\nstore",
            "plain-pass\" }\nstore",
            "3 threatconnect.auth.secretKey: a secret must not be written here; give"
                + " \"{{env:NAME}}\" or \"{{file:PATH}}\""),
        mistake(
            "{{env:KEY}}\" }\nstore",
            "x{{env:KEY}}\" }\nstore",
            "3 threatconnect.auth.secretKey: a secret must not be written here; give"
                + " \"{{env:NAME}}\" or \"{{file:PATH}}\""),
        mistake(
            "{{env:KEY}}\" }\nstore",
            "{{env:KEI}}\" }\nstore",
            "3 threatconnect.auth.secretKey: the environment variable KEI is not set; set it, or"
                + " write another {{env:NAME}} or {{file:PATH}}"),
        mistake(
            "{{env:KEY}}\" }\nstore",
            "{{env:EMPTY}}\" }\nstore",
            "3 threatconnect.auth.secretKey: the environment variable EMPTY is empty; set it, or"
                + " write another {{env:NAME}} or {{file:PATH}}"),
        mistake(
            "{{env:KEY}}\" }\nstore",
            "{{file:none.txt}}\" }\nstore",
            "3 threatconnect.auth.secretKey: the file none.txt cannot be read: there is no such file;"
                + " set it, or write another {{env:NAME}} or {{file:PATH}}"),
        mistake(
            "secretKey: \"{{env:KEY}}\"",
            "secretKey: {{env:KEY}}",
            "3 threatconnect.auth.secretKey: a mapping is not \"{{env:NAME}}\" or"
                + " \"{{file:PATH}}\"; a placeholder must be in quotes: \"{{env:NAME}}\""),
        // The status map
        mistake(
            "Open: [",
            "Opened: [",
            "26 syncs.soc.fields.status.map.Opened: \"Opened\" is not one of Pending, Open, Reopened,"
                + " Closed; did you mean Open?"),
        mistake(
            "Done: Closed }",
            "Done: Open }",
            "28 syncs.soc.fields.status.back.Done: \"Done\" means Open here, but map in line 26 lets"
                + " Open agree with To Do, In Progress; add \"Done\" there or change this"),
        mistake(
            "Done: Closed }",
            "Done: Pending }",
            "28 syncs.soc.fields.status.back.Done: \"Done\" means Pending here, but map in line 25 has"
                + " no Pending; add \"Done\" there or change this"),
        mistake(
            "Done: Closed }",
            "Cancelled: Closed }",
            "28 syncs.soc.fields.status.back.Cancelled: \"Cancelled\" means Closed here, but map in"
                + " line 27 lets Closed agree with Done; add \"Cancelled\" there or change this"),
        mistake(
            "Done: Closed }",
            "Done: closed }",
            "28 syncs.soc.fields.status.back.Done: \"closed\" is not one of Pending, Open, Reopened,"
                + " Closed; did you mean Closed?"),
        mistake(
            "Done: Closed }",
            "reopened: Reopened }",
            "28 syncs.soc.fields.status.back.reopened: map in line 25 has no Reopened; add it there,"
                + " or give one of Open"),
        mistake(
            "Done: Closed }",
            "reopened: Closed }",
            "28 syncs.soc.fields.status.back.reopened: a task that is opened again cannot be Closed;"
                + " give Reopened or Open"),
        mistake(
            "Done: Closed }",
            "to do: Open }",
            "28 syncs.soc.fields.status.back.\"to do\": is the same status as To Do in line 28: large"
                + " and small letters do not count"),
        mistake(
            "[ To Do, In Progress ]",
            "[ To Do, in progress, TO DO ]",
            "26 syncs.soc.fields.status.map.Open[2]: \"TO DO\" is in this list twice"),
        mistake(
            "[ Done ]",
            "[]",
            "27 syncs.soc.fields.status.map.Closed: the list is empty; give a list of: a ticket"
                + " status"),
        // Fields
        mistake(
            "dueDate:",
            "dueDat:",
            "29 syncs.soc.fields.dueDat: unknown key; did you mean dueDate?"),
        mistake(
            "dueDate:",
            "customfield_7: { direction: to-ticket }\n      dueDate:",
            "29 syncs.soc.fields.customfield_7.value: missing; give a text, such as"
                + " \"${case.name}\""),
        mistake(
            "dueDate:",
            "customfield_7: { value: \"${case.nam}\" }\n      dueDate:",
            "29 syncs.soc.fields.customfield_7.value: ${case.nam} is not known; did you mean"
                + " ${case.name}?"),
        mistake(
            "dueDate:",
            "customfield_7: { direction: both, value: x }\n      dueDate:",
            "29 syncs.soc.fields.customfield_7.direction: \"both\" is not one of to-ticket, off"),
        mistake(
            "dueDate:",
            "priority: { direction: to-task, map: { High: High } }\n      dueDate:",
            "29 syncs.soc.fields.priority.direction: \"to-task\" is not one of to-ticket, off"),
        mistake(
            "dueDate:",
            "priority: { map: { Hihg: High } }\n      dueDate:",
            "29 syncs.soc.fields.priority.map.Hihg: \"Hihg\" is not one of Low, Medium, High,"
                + " Critical, true, false; did you mean High?"),
        mistake(
            "dueDate:",
            "priority: { from: required, map: { High: High } }\n      dueDate:",
            "29 syncs.soc.fields.priority.map.High: \"High\" cannot come from required; it gives true,"
                + " false"),
        mistake(
            "tickets: { system: jira-soc, project: SEC }",
            "tickets: { system: snow-it, table: incident }\n    onTaskDeleted: delete",
            "21 syncs.soc.onTaskDeleted: a ServiceNow record is never deleted; give close, comment or"
                + " leave"),
        mistake(
            "    searchLag: 60s",
            "    searchLag: 60s\n    internalTo: { role: Developers, group: SOC }",
            "13 systems.jira-soc.internalTo: give either role or group"),
        mistake(
            "dueDate:",
            "assignee: { default: nobody }\n      dueDate:",
            "29 syncs.soc.fields.assignee.default: \"nobody\" is not none, { user: … } or { group: … }"),
        mistake(
            "dueDate:",
            "assignee: { groups: { SOC: { user: a, group: b } } }\n      dueDate:",
            List.of(
                "29 syncs.soc.fields.assignee.groups.SOC: give either user or group",
                "29 syncs.soc.fields.assignee.groups.SOC.group: Jira assigns issues to users only;"
                    + " give { user: … } instead of a group")),
        mistake(
            "dueDate:",
            "assignee: { default: { group: SOC } }\n      dueDate:",
            "29 syncs.soc.fields.assignee.default.group: Jira assigns issues to users only; give {"
                + " user: … } instead of a group"),
        // Keys that need each other
        mistake(
            "    sweep:",
            "    create: both\n    sweep:",
            List.of(
                "19 syncs.soc.tasks: case is missing: with create: \"both\" tickets become tasks in a"
                    + " case; name it",
                "20 syncs.soc.tickets: rule is missing: with create: \"both\" say which tickets become"
                    + " tasks")),
        mistake(
            "auth: { kind: basic, user: svc, password: \"{{env:KEY}}\" }",
            "auth: { kind: oauth, clientId: c, clientSecret: \"{{env:KEY}}\", user: svc }",
            "16 systems.snow-it.auth: user is given without password"));
  }

  @Test
  void all_mistakes_come_out_together_in_the_order_of_the_file() {
    ConfigText text =
        VALID
            .with("url: https://tc", "uri: https://tc")
            .with("lanes: 4", "lanes: many")
            .with("searchLag: 60s", "searchLag: never")
            .with("system: jira-soc", "system: jira")
            .with("direction: both", "direction: both-ways")
            .with("Done: Closed }", "Done: Open }");

    assertThat(problems(text))
        .extracting(problem -> problem.substring(0, problem.indexOf(": ")))
        .containsExactly(
            "1 threatconnect.url",
            "2 threatconnect.uri",
            "5 queue.lanes",
            "12 systems.jira-soc.searchLag",
            "20 syncs.soc.tickets.system",
            "24 syncs.soc.fields.status.direction",
            "28 syncs.soc.fields.status.back.Done");
  }

  @Test
  void no_problem_shows_a_secret() {
    ConfigText text =
        VALID
            .with("{{env:KEY}}\" }\nstore", "pa55word\" }\nstore")
            .with("https://snow.example.com", "http://{{env:KEY}}")
            .with("jdbc:sqlite:data/x.db", "jdbc:postgresql://db/x?password=pa55word");

    assertThat(problems(text))
        .hasSize(3)
        .noneMatch(problem -> problem.contains("pa55word"))
        .noneMatch(problem -> problem.contains(ConfigText.SECRET));
  }

  @Test
  void what_is_not_yaml_is_told_with_its_line() {
    ConfigText text = VALID.with("store: {", "store: {{");

    assertThat(problems(text))
        .singleElement()
        .asString()
        .isEqualTo(
            "5: is not YAML: while parsing a flow mapping begun in line 4, expected ',' or '}', but"
                + " got <scalar> (column 1)");
  }

  @Test
  void a_missing_file_a_folder_an_empty_file_and_a_binary_file_are_problems() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.yaml"));
    Path comment = Files.writeString(folder.resolve("comment.yaml"), "# nothing yet\n");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "owner: Müller".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(told(folder.resolve("none.yaml"))).endsWith("cannot be read: there is no such file");
    assertThat(told(folder)).endsWith("cannot be read: it is a folder");
    assertThat(told(empty)).endsWith("the file is empty");
    assertThat(told(comment)).endsWith("the file is empty");
    assertThat(told(latin)).endsWith("cannot be read: it is not UTF-8 text");
  }

  @Test
  void a_list_a_word_and_two_documents_are_no_configuration() {
    assertThat(problems(new ConfigText("- a\n")))
        .containsExactly(
            "1: a list is not a mapping with the keys threatconnect, store, queue, web, systems,"
                + " syncs");
    assertThat(problems(new ConfigText("word")))
        .containsExactly(
            "1: \"word\" is not a mapping with the keys threatconnect, store, queue, web, systems,"
                + " syncs");
    assertThat(problems(new ConfigText("a: 1\n---\nb: 2\n")))
        .singleElement()
        .asString()
        .contains("is not YAML: expected a single document");
  }

  @Test
  void aliases_that_would_blow_up_or_run_in_circles_are_refused_or_ignored() {
    assertThat(problems(new ConfigText("threatconnect: &a [ *a ]\n"))).isNotEmpty();
    assertThat(problems(new ConfigText("threatconnect: &a { auth: *a }\nstore: *a\n")))
        .isNotEmpty();
  }

  private String told(Path file) {
    return ((Loaded.Invalid) new ConfigLoader(Map.of()).load(file)).problems().get(0).toString();
  }

  private List<String> problems(ConfigText text) {
    Loaded loaded = text.load(folder);
    assertThat(loaded).isInstanceOf(Loaded.Invalid.class);
    String file = folder.resolve("taskbridge.yaml") + ":";
    return ((Loaded.Invalid) loaded)
        .problems().stream().map(problem -> problem.toString().replace(file, "")).toList();
  }

  private static Arguments mistake(String passage, String replacement, String expected) {
    return mistake(passage, replacement, List.of(expected));
  }

  private static Arguments mistake(String passage, String replacement, List<String> expected) {
    return arguments(VALID.with(passage, replacement), expected);
  }
}
