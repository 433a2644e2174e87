package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What queries mean. The world is four issues in project OPS; the account that asks is in New York,
 * four hours behind UTC on these days in July, the site in Berlin.
 */
class JiraJqlTest {
  private static JiraBench jira;
  private static JiraBench dataCenter;

  @BeforeAll
  static void four_issues() {
    jira = world(Flavour.CLOUD);
    dataCenter = world(Flavour.DATA_CENTER);
  }

  private static JiraBench world(Flavour flavour) {
    JiraBench jira = new JiraBench(flavour);
    JsonObject ops = new JsonObject().put("key", "OPS");
    String userKey = jira.cloud() ? "accountId" : "name";
    String parameter = jira.cloud() ? "query" : "username";
    JsonObject pat = jira.get("user/search?" + parameter + "=pat").array().getJsonObject(0);
    jira.setTime(Instant.parse("2026-07-01T10:00:30Z"));
    jira.create(
        "Rotate the keys",
        Map.of(
            "project", ops,
            "labels", new JsonArray().add("a").add("Sync-1"),
            "priority", new JsonObject().put("name", "High"),
            "duedate", "2026-07-10",
            "assignee", new JsonObject().put(userKey, pat.getString(userKey)),
            "description", jira.text("Ask the owner, then rotate.")));
    jira.setTime(Instant.parse("2026-07-02T10:00:30Z"));
    jira.create(
        "Patch mail gateway",
        Map.of(
            "project",
            ops,
            "issuetype",
            new JsonObject().put("name", "Bug"),
            "labels",
            new JsonArray().add("b"),
            "priority",
            new JsonObject().put("name", "Lowest"),
            "customfield_10042",
            "Case 17",
            "customfield_10046",
            3));
    jira.setTime(Instant.parse("2026-07-03T03:30:30Z"));
    jira.create(
        "Key ceremony",
        Map.of("project", ops, "duedate", "2026-07-20", "labels", new JsonArray().add("a")));
    jira.setTime(Instant.parse("2026-07-04T10:00:30Z"));
    jira.create("Close ticket \"quoted\"", Map.of("project", ops));
    jira.post("issue/OPS-4/transitions", jira.transition("31"));
    jira.post("issue/OPS-3/comment", new JsonObject().put("body", jira.text("see Wiki page")));
    jira.post(
        "issue/OPS-2/remotelink",
        new JsonObject()
            .put("globalId", "tb=1&x")
            .put("object", new JsonObject().put("url", "https://tc/1").put("title", "t")));
    jira.setTime(Instant.parse("2026-07-05T10:00:30Z"));
    return jira;
  }

  @AfterAll
  static void stop() {
    jira.close();
    dataCenter.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "labels = a                                     | 1 3",
        "labels = \"sync-1\"                            | 1",
        "labels in (\"b\", \"Sync-1\")                  | 1 2",
        "labels != a                                    | 2",
        "labels not in (a, b)                           | none",
        "labels is EMPTY                                | 4",
        "labels is not empty                            | 1 2 3",
        "labels = nothing                               | none",
        "labels in (b, EMPTY)                           | 2 4",
        "key = OPS-2                                    | 2",
        "issuekey in (\"OPS-1\", 'OPS-4')               | 1 4",
        "key not in (OPS-1)                             | 2 3 4",
        "key > OPS-2                                    | 3 4",
        "status = \"To Do\"                             | 1 2 3",
        "status != Done                                 | 1 2 3",
        "statusCategory = done                          | 4",
        "statusCategory != Done                         | 1 2 3",
        "resolution is EMPTY                            | 1 2 3",
        "resolution = Done                              | 4",
        "priority = high                                | 1",
        "priority >= Medium                             | 1 3 4",
        "priority < Medium                              | 2",
        "issuetype = Bug                                | 2",
        "type in (Task)                                 | 1 3 4",
        "assignee is EMPTY                              | 2 3 4",
        "assignee = \"pat.jones@example.com\"           | 1",
        "assignee in membersOf(\"SOC Team\")            | 1",
        "creator = currentUser()                        | 1 2 3 4",
        "reporter != currentUser()                      | none",
        "summary ~ rotate                               | 1",
        "summary ~ \"key*\"                             | 1 3",
        "summary !~ key                                 | 1 2 4",
        "description ~ owner                            | 1",
        "text ~ wiki                                    | 3",
        "comment ~ \"\\\"wiki page\\\"\"                | 3",
        "text ~ \"ticket \\\\\\\"quoted\\\\\\\"\"       | 4",
        "cf[10042] ~ \"17\"                             | 2",
        "\"Case\" ~ case                                | 2",
        "customfield_10046 >= 3                         | 2",
        "due <= 2026-07-10                              | 1",
        "duedate > \"2026/07/10\"                       | 3",
        "duedate is EMPTY                               | 2 4",
        "created >= \"2026-07-02 06:00\"                | 2 3 4",
        "created >= \"2026-07-02 06:01\"                | 3 4",
        "created >= \"2026-07-03\"                      | 4",
        "created = \"2026-07-02\"                       | 2 3",
        "created < \"2026/07/02 06:01\"                 | 1 2",
        "created >= 1782986400000                       | 2 3 4",
        "created >= 1782986460000                       | 3 4",
        "created >= -50h                                | 4",
        "created >= \"-73h\"                            | 2 3 4",
        "created <= \"-2d 1h\"                          | 1 2 3",
        "created >= startOfDay(\"-1d\")                 | 4",
        "created < now()                                | 1 2 3 4",
        "resolved >= 2026-07-04                         | 4",
        "issue in issuesWithRemoteLinksByGlobalId(\"tb=1&x\", none) | 2",
        "labels = a and priority = High                 | 1",
        "labels = a or labels = b                       | 1 2 3",
        "labels = a and (due is empty or priority=High) | 1",
        "not labels = a                                 | 2",
        "NOT (labels = a OR labels = b)                 | none",
        "labels = b or labels = a and priority = High   | 1 2",
        "labels = a && priority = High || key = OPS-4   | 1 4",
      })
  void a_query_finds(String jql, String numbers) {
    List<String> expected =
        numbers.strip().equals("none")
            ? List.of()
            : List.of(numbers.strip().split(" ")).stream().map(n -> "OPS-" + n).toList();
    String inProject = "project = \"OPS\" AND (" + jql + ") ORDER BY key";
    assertThat(jira.keys(inProject)).isEqualTo(expected);
    assertThat(dataCenter.keys(inProject)).as("Data Center").isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = " | ",
      value = {
        "ORDER BY key DESC                 | 4 3 2 1",
        "ORDER BY created                  | 1 2 3 4",
        "ORDER BY priority DESC, key DESC  | 1 4 3 2",
        "order by due asc, key             | 1 3 2 4",
        "ORDER BY summary                  | 4 3 2 1",
      })
  void an_order_sorts(String order, String numbers) {
    List<String> expected =
        List.of(numbers.strip().split(" ")).stream().map(n -> "OPS-" + n).toList();
    assertThat(jira.keys("project = OPS " + order)).isEqualTo(expected);
    assertThat(dataCenter.keys("project = OPS " + order)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "project = NOPE",
        "labels = 'open",
        "labels = ",
        "labels = INT",
        "status = Sleeping",
        "priority = Huge",
        "colour = red",
        "summary = Rotate",
        "labels ~ a",
        "created >= soon",
        "created > updated",
        "created >= \"2026-13-01\"",
        "assignee = nobody",
        "key = OPS-999",
        "issue in magic()",
        "project = OPS ORDER BY mood",
        "project = OPS AND",
        "(project = OPS",
        "labels = \"a\\q\"",
        "labels = a@b",
      })
  void a_query_that_cannot_be_meant_is_400_and_says_why(String jql) {
    for (JiraBench each : List.of(jira, dataCenter)) {
      Answer answer = each.search(jql);
      assertThat(answer.status()).as(each.flavour + " " + jql).isEqualTo(400);
      assertThat(answer.json().getJsonArray("errorMessages")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zebra crossing", "zebra"})
  void bare_words_are_a_text_search_on_cloud_and_a_mistake_on_data_center(String words) {
    assertThat(jira.keys(words)).isEmpty();
    assertThat(jira.keys("ceremony")).containsExactly("OPS-3");
    assertThat(dataCenter.search(words).status()).isEqualTo(400);
  }
}
