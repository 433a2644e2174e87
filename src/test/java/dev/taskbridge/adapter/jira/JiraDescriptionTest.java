package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every test of the engine and of the adapter is held to this; here is what it would not let
 * through.
 */
class JiraDescriptionTest {
  private static List<String> complaints(
      Flavour flavour, String method, String target, String body) {
    return complaints(flavour, method, target, body, body.isEmpty() ? "" : "application/json");
  }

  private static List<String> complaints(
      Flavour flavour, String method, String target, String body, String contentType) {
    return JiraDescription.of(flavour)
        .complaints(
            new JsonObject()
                .put("method", method)
                .put("target", target)
                .put("contentType", contentType)
                .put("body", body));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, true",
    "application/json;charset=utf-8, true",
    "'', false",
    "text/plain, false",
    "application/jsonp, false"
  })
  void a_body_is_declared_as_json(String contentType, boolean good) {
    String search = "{\"jql\": \"a = 1\"}";
    assertThat(
            complaints(Flavour.CLOUD, "POST", "/rest/api/3/search/jql", search, contentType)
                .isEmpty())
        .isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "CLOUD|GET|/rest/api/3/issue/1?fields=summary%2Cstatus&properties=taskbridge|-|-",
        "CLOUD|GET|/rest/api/2/issue/1|-|no such operation",
        "CLOUD|GET|/rest/api/2/serverInfo|-|no such operation",
        "CLOUD|POST|/rest/api/2/search|{\"jql\": \"a = 1\"}|no such operation",
        "CLOUD|GET|/rest/api/3/issue/createmeta/SEC/issuetypes?maxResults=200|-|-",
        "CLOUD|GET|/rest/api/3/issue/createmeta/SEC/issuetypes?maxResults=201|-|cannot be 201",
        "CLOUD|POST|/rest/api/3/issue/1/remotelink|{\"object\": {\"url\": \"https://x\"}}|title",
        "CLOUD|POST|/rest/api/3/issueLink|{\"type\": {\"name\": \"Blocks\", \"x\": 1}, \"inwardIssue\": {\"id\": \"1\"}, \"outwardIssue\": {\"id\": \"2\"}}|'x'",
        "DATA_CENTER|GET|/rest/api/2/user/assignable/search?project=SEC&startAt=0|-|startAt",
        "CLOUD|POST|/rest/api/3/search|{\"jql\": \"a = 1\"}|no such operation",
        "CLOUD|GET|/rest/api/3/issue/1?fieldz=summary|-|no such parameter fieldz",
        "CLOUD|GET|/rest/api/3/issue/1/comment?orderBy=author|-|cannot be author",
        "CLOUD|POST|/rest/api/3/search/jql|{\"jql\": \"a = 1\", \"expand\": \"transitions\"}|-",
        "CLOUD|POST|/rest/api/3/search/jql|{\"jql\": \"a = 1\", \"startAt\": 0}|startAt",
        "CLOUD|POST|/rest/api/3/issue/bulkfetch|{\"issueIdsOrKeys\": [\"1\"], \"expand\": \"transitions\"}|expand",
        "CLOUD|PUT|/rest/api/3/issue/1|{\"fields\": {\"description\": \"text\"}}|description",
        "CLOUD|PUT|/rest/api/3/issue/1|{\"fields\": {\"status\": {\"id\": \"1\"}}}|status",
        "CLOUD|POST|/rest/api/3/issue/bulk|{\"issueUpdates\": [{\"fields\": {\"summary\": \"x\"}}]}|required",
        "CLOUD|DELETE|/rest/api/3/issue/1|{}|there is no body",
        "CLOUD|POST|/rest/api/3/issue/1/transitions|{\"transition\": {\"id\": 7}}|integer found",
        "DATA_CENTER|POST|/rest/api/2/search|{\"jql\": \"a = 1\", \"expand\": [\"transitions\"]}|-",
        "DATA_CENTER|POST|/rest/api/2/search|{\"jql\": \"a = 1\", \"properties\": [\"x\"]}|properties",
        "DATA_CENTER|GET|/rest/api/3/myself|-|no such operation",
        "DATA_CENTER|PUT|/rest/api/2/issue/1?returnIssue=true|{\"fields\": {}}|returnIssue",
        "DATA_CENTER|PUT|/rest/api/2/issue/1|{\"fields\": {\"summary\": \"two\\nlines\"}}|summary",
        "DATA_CENTER|PUT|/rest/api/2/issue/1|{\"fields\": {\"assignee\": {\"accountId\": \"x\"}}}|assignee"
      })
  void a_request_outside_of_the_published_description_is_a_complaint(
      Flavour flavour, String method, String target, String body, String complaint) {
    List<String> complaints = complaints(flavour, method, target, body == null ? "" : body);

    if (complaint == null) {
      assertThat(complaints).isEmpty();
    } else {
      assertThat(complaints).anyMatch(each -> each.contains(complaint));
    }
  }
}
