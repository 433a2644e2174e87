package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Jira Cloud, REST version 3. Limits and shapes are documented unless said otherwise. */
final class Cloud implements Flavour {
  /** Of the stored document, not of its words (reported). */
  private static final int DOCUMENT_LIMIT = 32_767;

  private static final int LONGEST_PAGE = 5_000;

  @Override
  public String product() {
    return "Jira Cloud";
  }

  @Override
  public String api() {
    return "/rest/api/3";
  }

  @Override
  public Http.Request projects() {
    return Http.Request.get("projects", api() + "/project/search");
  }

  @Override
  public String userId() {
    return "accountId";
  }

  @Override
  public JsonNode richText(String text, String mark) {
    JsonNode document = AdfWriter.document(text);
    int most = text.length();
    while (Json.write(document).length() > DOCUMENT_LIMIT) {
      most = most * 9 / 10;
      document = AdfWriter.document(Words.cut(text, most).stripTrailing() + mark);
    }
    return document;
  }

  @Override
  public String plainText(JsonNode stored) {
    return stored.isTextual() ? WikiText.unescape(stored.asText()) : AdfReader.text(stored);
  }

  @Override
  public Http.Request search(SearchQuery query) {
    ObjectNode body = Json.object().put("jql", query.jql()).put("maxResults", query.most());
    body.set("fields", Json.texts(query.fields()));
    if (!query.properties().isEmpty()) {
      body.set("properties", Json.texts(query.properties()));
    }
    if (query.transitions()) {
      body.put("expand", "transitions");
    }
    query.at().ifPresent(token -> body.put("nextPageToken", token));
    return Http.Request.query("search", api() + "/search/jql", Json.write(body));
  }

  @Override
  public Optional<SearchPage> page(SearchQuery query, JsonNode answer) {
    if (!answer.path("issues").isArray()) {
      return Optional.empty();
    }
    List<JsonNode> issues = new ArrayList<>();
    answer.path("issues").forEach(issues::add);
    Optional<String> token =
        answer.path("isLast").asBoolean() ? Optional.empty() : Json.textIn(answer, "nextPageToken");
    // A token that repeats would go round for ever.
    return Optional.of(new SearchPage(issues, token.filter(t -> !query.at().equals(token))));
  }

  @Override
  public int longestPage() {
    return LONGEST_PAGE;
  }

  @Override
  public Optional<Http.Request> bulkRead(
      Collection<String> ids, Collection<String> fields, String property, boolean transitions) {
    ObjectNode body = Json.object();
    body.set("issueIdsOrKeys", Json.texts(ids));
    body.set("fields", Json.texts(fields));
    body.set("properties", Json.texts(List.of(property)));
    if (transitions) {
      body.set("expand", Json.texts(List.of("transitions")));
    }
    return Optional.of(
        Http.Request.query("bulkRead", api() + "/issue/bulkfetch", Json.write(body)));
  }

  @Override
  public boolean readsInBulk() {
    return true;
  }

  @Override
  public Http.Request edit(String id, ObjectNode body) {
    return Http.Request.absolute(
        "edit",
        "PUT",
        api() + "/issue/" + JiraClient.encoded(id) + "?returnIssue=true",
        Json.write(body));
  }

  @Override
  public boolean editAnswersWithIssue() {
    return true;
  }

  @Override
  public Http.Request assignable(String project, String text) {
    return Http.Request.get(
        "findAssignable",
        api()
            + "/user/assignable/search?project="
            + JiraClient.encoded(project)
            + "&query="
            + JiraClient.encoded(text));
  }

  @Override
  public Http.Request people(String text) {
    return Http.Request.get("findUser", api() + "/user/search?query=" + JiraClient.encoded(text));
  }

  @Override
  public Http.Request priorities() {
    return Http.Request.get("priorities", api() + "/priority/search?maxResults=50");
  }

  @Override
  public List<JsonNode> rows(JsonNode answer) {
    List<JsonNode> rows = new ArrayList<>();
    for (String member : List.of("issueTypes", "fields", "values")) {
      answer.path(member).forEach(rows::add);
    }
    if (answer.isArray()) {
      answer.forEach(rows::add);
    }
    return rows;
  }

  @Override
  public boolean readsCommentPropertiesInBulk() {
    return true;
  }

  @Override
  public Http.Request comments(Collection<String> ids) {
    ObjectNode body = Json.object();
    var numbers = body.putArray("ids");
    ids.forEach(id -> numbers.add(Long.parseLong(id)));
    return Http.Request.query(
        "commentProperties", api() + "/comment/list?expand=properties", Json.write(body));
  }
}
