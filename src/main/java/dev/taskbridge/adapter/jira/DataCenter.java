package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.taskbridge.adapter.Http;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Jira Data Center and its forerunner Server, REST version 2. */
final class DataCenter implements Flavour {
  /** The product's default for text fields; an administrator may change it. */
  private static final int TEXT_LIMIT = 32_767;

  /** What servers commonly cut a page to; the answer says what it did. */
  private static final int LONGEST_PAGE = 1_000;

  private static final int OFFSET_OVERLAP = 20;

  @Override
  public String product() {
    return "Jira Data Center";
  }

  @Override
  public String api() {
    return "/rest/api/2";
  }

  @Override
  public Http.Request projects() {
    return Http.Request.get("projects", api() + "/project");
  }

  @Override
  public String userId() {
    return "name";
  }

  @Override
  public JsonNode richText(String text, String mark) {
    String markup = WikiText.escape(text);
    int most = text.length();
    while (markup.length() > TEXT_LIMIT) {
      most = most * 9 / 10;
      markup = WikiText.escape(Words.cut(text, most).stripTrailing() + mark);
    }
    return TextNode.valueOf(markup);
  }

  @Override
  public String plainText(JsonNode stored) {
    return WikiText.unescape(stored.asText(""));
  }

  @Override
  public Http.Request search(SearchQuery query) {
    ObjectNode body = Json.object().put("jql", query.jql()).put("maxResults", query.most());
    body.put("startAt", query.at().map(Integer::parseInt).orElse(0));
    body.set("fields", Json.texts(query.fields()));
    if (query.transitions()) {
      body.set("expand", Json.texts(List.of("transitions")));
    }
    // There is no way to ask for properties here: an unknown member is refused.
    return Http.Request.query("search", api() + "/search", Json.write(body));
  }

  @Override
  public Optional<SearchPage> page(SearchQuery query, JsonNode answer) {
    if (!answer.path("issues").isArray()) {
      return Optional.empty();
    }
    List<JsonNode> issues = new ArrayList<>();
    answer.path("issues").forEach(issues::add);
    int end = query.at().map(Integer::parseInt).orElse(0) + issues.size();
    boolean more = !issues.isEmpty() && end < answer.path("total").asInt();
    // Rows that left the result meanwhile have moved the others up: begin a little earlier.
    int next = end - Math.min(OFFSET_OVERLAP, issues.size() / 4);
    return Optional.of(
        new SearchPage(issues, more ? Optional.of(String.valueOf(next)) : Optional.empty()));
  }

  @Override
  public int longestPage() {
    return LONGEST_PAGE;
  }

  @Override
  public Optional<Http.Request> bulkRead(
      Collection<String> ids, Collection<String> fields, String property, boolean transitions) {
    return Optional.empty();
  }

  @Override
  public boolean readsInBulk() {
    return false;
  }

  @Override
  public Http.Request edit(String id, ObjectNode body) {
    return Http.Request.absolute(
        "edit", "PUT", api() + "/issue/" + JiraClient.encoded(id), Json.write(body));
  }

  @Override
  public boolean editAnswersWithIssue() {
    return false;
  }

  @Override
  public Http.Request assignable(String project, String text) {
    return Http.Request.get(
        "findAssignable",
        api()
            + "/user/assignable/search?project="
            + JiraClient.encoded(project)
            + "&username="
            + JiraClient.encoded(text));
  }

  @Override
  public Http.Request people(String text) {
    return Http.Request.get(
        "findUser", api() + "/user/search?username=" + JiraClient.encoded(text));
  }

  @Override
  public Http.Request priorities() {
    return Http.Request.get("priorities", api() + "/priority");
  }

  @Override
  public List<JsonNode> rows(JsonNode answer) {
    List<JsonNode> rows = new ArrayList<>();
    (answer.isArray() ? answer : answer.path("values")).forEach(rows::add);
    return rows;
  }

  @Override
  public boolean readsCommentPropertiesInBulk() {
    return false;
  }

  @Override
  public Http.Request comments(Collection<String> ids) {
    throw new UnsupportedOperationException("Data Center reads a comment's properties one by one");
  }
}
