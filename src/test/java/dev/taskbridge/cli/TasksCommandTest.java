package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.taskbridge.simulator.threatconnect.ThreatConnectSimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code taskbridge tasks …} as it is typed, against the simulator. */
final class TasksCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONFIG =
      """
      threatconnect:
        url: %s/api
        auth: { kind: token, token: "{{file:%s}}" }
      systems:
        jira:
          kind: jira
          url: http://127.0.0.1:1
          auth: { kind: basic, user: bot@example.com, token: "{{file:%s}}" }
      syncs:
        demo:
          tasks: { tql: 'status = "Open"' }
          tickets: { system: jira, project: SEC, type: Task }
          fields:
            title: { direction: both }
      """;

  @TempDir static Path folder;
  private static ThreatConnectSimulator simulator;
  private static Path config;

  private record Ended(int code, String out, String err) {
    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (IOException e) {
        throw new IllegalStateException(out + err, e);
      }
    }
  }

  @BeforeAll
  static void start() throws IOException {
    simulator = ThreatConnectSimulator.start(0);
    Path token = folder.resolve("token");
    Files.writeString(token, simulator.acceptedCredentials().getString("token"));
    config = folder.resolve("taskbridge.yaml");
    Files.writeString(config, CONFIG.formatted(simulator.origin(), token, token));
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @AfterEach
  void behave() {
    simulator.flip("bulkDelete", false);
    simulator.flip("tokenExpired", false);
  }

  private static Ended tasks(String... arguments) {
    List<String> all = new ArrayList<>(List.of("tasks"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.execute(all.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    return new Ended(code, out.toString(), err.toString());
  }

  private static long made(String name) {
    Ended created = tasks("create", "caseId=1", "name=" + name, "--json");
    assertThat(created.code()).as(created.err()).isZero();
    return created.json().path("id").asLong();
  }

  private static int requests() {
    try {
      HttpClient http = HttpClient.newHttpClient();
      URI counts = URI.create(simulator.origin() + "/_sim/requests");
      String body =
          http.send(HttpRequest.newBuilder(counts).build(), BodyHandlers.ofString()).body();
      return JSON.readTree(body).path("total").asInt();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_task_is_made_shown_changed_and_deleted() {
    Ended created =
        tasks(
            "create",
            "caseId=1",
            "name=Call the reporter",
            "xid=by-hand-0001",
            "required=true",
            "workflowPhase=2",
            "dueDate=2031-03-29T12:15:00Z",
            "assignee=group:SOC Team",
            "--fields",
            "caseId",
            "--json");
    assertThat(created.code()).as(created.err()).isZero();
    assertThat(created.json().path("caseId").asLong()).isEqualTo(1);
    assertThat(created.json().path("required").asBoolean()).isTrue();
    assertThat(created.json().path("assignee").path("data").path("name").asText())
        .isEqualTo("SOC Team");

    Ended updated =
        tasks("update", "by-hand-0001", "status=Closed", "dueDate=", "assignee=", "--json");
    assertThat(updated.json().path("status").asText()).isEqualTo("Closed");
    assertThat(updated.json().has("dueDate")).isFalse();
    assertThat(updated.json().has("assignee")).isFalse();

    Ended shown = tasks("get", "by-hand-0001", "--fields", "parentCase");
    assertThat(shown.code()).isZero();
    assertThat(shown.out()).contains("FIELD", "Call the reporter", "parentCase", "Closed");

    assertThat(tasks("delete", "by-hand-0001").out()).isEqualTo("deleted by-hand-0001\n");
    Ended gone = tasks("get", "by-hand-0001");
    assertThat(gone.code()).isEqualTo(2);
    assertThat(gone.err()).contains("404", "not found");
  }

  @Test
  void notes_and_other_nested_values_are_given_as_json() {
    Ended created =
        tasks(
            "create",
            "--data",
            "{\"caseId\":1,\"name\":\"with a note\"}",
            "notes:={\"data\":[{\"text\":\"seen\"}]}",
            "--fields",
            "notes",
            "--json");
    assertThat(created.json().path("notes").path("data").path(0).path("text").asText())
        .isEqualTo("seen");
  }

  @Test
  void tasks_are_listed_by_query_sorted_and_limited() {
    made("aaa listed");
    made("bbb listed");
    Ended listed =
        tasks(
            "list",
            "--tql",
            "name like \"%listed\"",
            "--sort",
            "name desc",
            "--fields",
            "caseId,parentCase",
            "--json");
    assertThat(listed.json().path("data").findValuesAsText("xid")).hasSizeGreaterThan(1);
    assertThat(listed.json().path("data").path(0).path("name").asText()).isEqualTo("bbb listed");
    assertThat(listed.json().path("data").path(0).path("caseId").asLong()).isEqualTo(1);
    assertThat(listed.json().path("more").asBoolean()).isFalse();

    Ended limited = tasks("list", "--limit", "1", "--start", "1");
    assertThat(limited.code()).isZero();
    assertThat(limited.out()).startsWith("ID").contains("DUE DATE").hasLineCount(2);
    assertThat(limited.err()).contains("1 task; there are more");
  }

  @Test
  void tasks_are_counted() {
    long all = tasks("list", "--count", "--json").json().path("count").asLong();
    made("one more");
    assertThat(tasks("list", "--count").out()).isEqualTo((all + 1) + "\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          status = "Open" and                | position 20 | end of query
          staus = "Open"                     | position 1  | did you mean status?
          hasCase(severty = "High")          | position 9  | did you mean severity?
          status = "Opne"                    | position 10 | did you mean Open?
          """)
  void a_wrong_query_is_told_before_any_request(String tql, String position, String hint) {
    int before = requests();
    Ended ended = tasks("list", "--tql", tql);
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains(position, hint);
    assertThat(requests()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "list --limit 0",
        "list --start -1",
        "list --lmit 5",
        "create caseId=1",
        "create name=x",
        "create caseId=one name=x",
        "create caseId=1 name=x required=maybe",
        "create caseId=1 name=x assignee=maria",
        "create --data [1] name=x",
        "create --data {\"a\": name=x",
        "update 1",
        "update 1 status",
        "delete",
        "delete 1 --tql id=1",
        "lst"
      })
  void a_wrong_command_is_told_before_any_request(String line) {
    int before = requests();
    Ended ended = tasks(line.split(" "));
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).isNotBlank();
    assertThat(requests()).isEqualTo(before);
  }

  @Test
  void a_bulk_delete_needs_a_query_and_yes() {
    simulator.flip("bulkDelete", true);
    long one = made("bulk one");
    long two = made("bulk two");
    int before = requests();
    assertThat(tasks("delete", "--tql", " ", "--yes").code()).isEqualTo(2);
    assertThat(tasks("delete", "--tql", "", "--yes").err()).contains("every task");
    assertThat(requests()).isEqualTo(before);

    String query = "id in (" + one + ", " + two + ")";
    Ended asked = tasks("delete", "--tql", query);
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err()).contains("2 tasks", "--yes");
    assertThat(tasks("get", Long.toString(one)).code()).isZero();

    Ended done = tasks("delete", "--tql", query, "--yes");
    assertThat(done.code()).isZero();
    assertThat(done.out()).contains("2 tasks");
    assertThat(tasks("get", Long.toString(one)).code()).isEqualTo(2);
  }

  @Test
  void a_bulk_delete_that_is_not_enabled_says_so() {
    Ended ended = tasks("delete", "--tql", "id = 1", "--yes");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("Bulk delete is not enabled");
  }

  @Test
  void a_refused_value_is_told_in_the_server_s_words() {
    Ended ended = tasks("create", "caseId=1", "name=x", "status=Dreaming");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Pending, Open, Reopened, Closed");
  }

  @Test
  void the_fields_are_shown_with_their_rules() {
    Ended table = tasks("fields", "--read-only");
    assertThat(table.code()).isZero();
    assertThat(table.out())
        .contains("Pending, Open, Reopened, Closed", "1-255", "always, required", "never")
        .containsPattern("caseId +Long +on create, required unless caseXid +on request");
    Ended json = tasks("fields", "--json");
    assertThat(json.json().path("fields").has("id")).isFalse();
    assertThat(json.json().path("fields").path("name").path("maxLength").asInt()).isEqualTo(255);
    assertThat(json.json().path("more").findValuesAsText("name")).contains("parentCase");
  }

  @Test
  void the_parameters_of_queries_are_shown_and_a_query_is_checked() {
    assertThat(tasks("tql").out()).contains("PARAMETER", "hasCase", "dueDate");
    assertThat(tasks("tql", "status = \"Open\"").out()).isEqualTo("fine\n");
    Ended wrong = tasks("tql", "dueDat > \"TODAY()\"");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("did you mean dueDate?");
  }

  @Test
  void refused_credentials_end_with_5_and_do_not_show_the_token() {
    simulator.flip("tokenExpired", true);
    Ended ended = tasks("list");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("401", "Unauthorized");
    Ended json = tasks("list", "--json");
    assertThat(json.json().path("refused").path("kind").asText()).isEqualTo("denied");
    assertThat(ended.out() + ended.err() + json.out() + json.err())
        .doesNotContain(simulator.acceptedCredentials().getString("token"));
  }

  @Test
  void another_owner_than_the_configured_one_can_be_named() {
    Ended ended = tasks("list", "--owner", "Nobody's Organization");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("owner was not found");
  }
}
