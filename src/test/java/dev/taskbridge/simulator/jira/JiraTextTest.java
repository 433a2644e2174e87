package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formatted text: documents in version 3, wiki markup in version 2. */
class JiraTextTest extends BothFlavours {
  private static final String V2 = "/rest/api/2/issue";

  private static JsonObject withDescription(Object description) {
    JsonObject body = JiraBench.task("text");
    body.getJsonObject("fields").put("description", description);
    return body;
  }

  private static String created(JsonObject body) {
    return cloud().post("issue", body).json().getString("key");
  }

  private static String wiki(String key) {
    return cloud()
        .send("GET", V2 + "/" + key, null, cloud().headers())
        .json()
        .getJsonObject("fields")
        .getString("description");
  }

  private static String createdFromWiki(String markup) {
    return cloud()
        .send("POST", V2, withDescription(markup).encode(), cloud().headers())
        .json()
        .getString("key");
  }

  @Test
  void a_string_where_a_document_belongs_is_refused() {
    Answer answer = cloud().post("issue", withDescription("words"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error("description")).contains("Atlassian Document");
    String key = cloud().create("comment", Map.of());
    Answer comment =
        cloud().post("issue/" + key + "/comment", new JsonObject().put("body", "words"));
    assertThat(comment.error("comment")).contains("not valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}]}",
        "{\"type\":\"doc\",\"version\":2,\"content\":[]}",
        "{\"type\":\"doc\",\"version\":1}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"text\",\"text\":\"loose\"}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraf\"}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"heading\",\"attrs\":{\"level\":7}}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"bulletList\",\"content\":[]}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"marks\":[{\"type\":\"link\"}]}]}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"codeBlock\",\"content\":[{\"type\":\"hardBreak\"}]}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"text\":\"x\"}]}",
        "{\"type\":\"doc\",\"version\":1,\"content\":[{\"type\":\"paragraph\",\"content\":[{\"type\":\"text\",\"text\":\"x\",\"marks\":[{\"type\":\"code\"},{\"type\":\"strong\"}]}]}]}",
      })
  void a_document_that_breaks_the_schema_is_invalid_input(String document) {
    Answer answer = cloud().post("issue", withDescription(new JsonObject(document)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getJsonArray("errorMessages")).contains("INVALID_INPUT");
  }

  @Test
  void markup_that_no_document_can_nest_keeps_its_words_and_the_schema() {
    String key =
        createdFromWiki(
            "{quote}\nh1. Title\n||a||b||\n----\n{panel}inside{panel}\nbq. said\n{quote}\nafter");

    JsonObject document = cloud().fields(key).getJsonObject("description");
    assertThat(AdfSchema.problem(document)).isEmpty();
    assertThat(AdfText.plain(document)).contains("Title", "a\nb", "inside", "said", "after");
    assertThat(document.getJsonArray("content").getJsonObject(0).getString("type"))
        .isEqualTo("blockquote");
  }

  @Test
  void an_empty_document_and_null_are_allowed() {
    JsonObject empty =
        new JsonObject().put("type", "doc").put("version", 1).put("content", new JsonArray());
    assertThat(cloud().post("issue", withDescription(empty)).status()).isEqualTo(201);
    String key = created(withDescription(JiraBench.document("words")));
    JsonObject clear = new JsonObject().put("fields", new JsonObject().putNull("description"));
    assertThat(cloud().put("issue/" + key, clear).status()).isEqualTo(204);
    assertThat(cloud().fields(key).getValue("description")).isNull();
  }

  @Test
  void what_is_stored_is_not_byte_for_byte_what_was_sent() {
    JsonObject sent = JiraBench.document("one");
    JsonArray content = sent.getJsonArray("content").getJsonObject(0).getJsonArray("content");
    content.add(new JsonObject().put("type", "text").put("text", " two"));
    JsonObject stored = cloud().fields(created(withDescription(sent))).getJsonObject("description");
    JsonObject paragraph = stored.getJsonArray("content").getJsonObject(0);
    assertThat(paragraph.getJsonArray("content")).hasSize(1);
    assertThat(paragraph.getJsonArray("content").getJsonObject(0).getString("text"))
        .isEqualTo("one two");
    assertThat(paragraph.getJsonObject("attrs").getString("localId")).isNotBlank();
    cloud().turn("adfNormalised", false);
    JsonObject plain = JiraBench.document("one");
    assertThat(cloud().fields(created(withDescription(plain))).getJsonObject("description"))
        .isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain words",
        "two\nlines",
        "a paragraph\n\nand another",
        "h2. Steps",
        "* one\n* two\n** deeper\n* three",
        "# first\n# second",
        "*bold* and _leaning_ and {{code}}",
        "see [the task|https://tc.example.com/1]",
        "[https://tc.example.com/1]",
        "{code:java}\nint x = 1; // * not bold *\n{code}",
        "{quote}said{quote}",
        "----",
        "||Host||Owner||\n|FIN-1|Pat|",
        "1 \\| 2 and \\{code\\}",
        "\u0645\u0631\u062d\u0628\u0627 \ud83d\udd12",
      })
  void wiki_markup_sent_to_version_2_comes_back_as_it_was(String markup) {
    assertThat(wiki(createdFromWiki(markup))).isEqualTo(markup);
  }

  @Test
  void wiki_markup_sent_to_version_2_is_a_document_in_version_3() {
    JsonObject document =
        cloud().fields(createdFromWiki("h2. Steps\n\n*bold*")).getJsonObject("description");
    JsonObject heading = document.getJsonArray("content").getJsonObject(0);
    assertThat(heading.getString("type")).isEqualTo("heading");
    assertThat(heading.getJsonObject("attrs").getInteger("level")).isEqualTo(2);
    assertThat(document.encode()).contains("strong");
  }

  @Test
  void words_of_a_document_that_look_like_markup_are_escaped_in_version_2() {
    String key = created(withDescription(JiraBench.document("a {code} | *b* [c]")));
    assertThat(wiki(key)).isEqualTo("a \\{code\\} \\| \\*b\\* \\[c\\]");
  }

  @Test
  void a_document_sent_to_version_2_is_refused() {
    Answer answer =
        cloud()
            .send(
                "POST",
                V2,
                withDescription(JiraBench.document("words")).encode(),
                cloud().headers());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error("description")).contains("string");
  }

  @Test
  void data_center_keeps_the_string_as_it_was_and_may_return_other_line_ends() {
    String key = dataCenter().create("dc", Map.of("description", "{code}\n|x|"));
    assertThat(dataCenter().fields(key).getString("description")).isEqualTo("{code}\n|x|");
    dataCenter().turn("crlf", true);
    assertThat(dataCenter().fields(key).getString("description")).isEqualTo("{code}\r\n|x|");
  }

  @Test
  void data_center_has_no_version_3() {
    Answer answer = dataCenter().send("GET", "/rest/api/3/myself", null, dataCenter().headers());
    assertThat(answer.status()).isEqualTo(404);
  }
}
