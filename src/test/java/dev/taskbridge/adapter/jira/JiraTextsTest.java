package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Text into Jira's two formats and back. */
final class JiraTextsTest {
  private static final List<String> PIECES =
      List.of(
          "\n",
          "\n\n",
          "\n\n\n",
          " ",
          "- ",
          "* ",
          "1. ",
          "2. ",
          "  - ",
          "> ",
          ">",
          "# ",
          "## ",
          "---",
          "```",
          "```java\n",
          "\n```",
          "`",
          "[",
          "](",
          ")",
          "https://a.example/x_y?z=1#f.",
          "http://b.example/(c)",
          "{code}",
          "{",
          "}",
          "|",
          "||",
          "\\",
          "\\\\",
          "&#92;",
          "&#",
          "*b*",
          "_i_",
          "well-known",
          "h1. ",
          "bq. ",
          "!img.png!",
          "[~maria]",
          ":)",
          "(x)",
          "(on)",
          "??",
          "#",
          "^up^",
          "~down~",
          "+",
          "@",
          "é",
          "שלום",
          "مرحبا",
          "\u200F",
          "🔥",
          "👩‍🚒",
          "漢字",
          "word",
          "C:\\temp",
          "\t",
          "a",
          "7.",
          "\"",
          "<b>",
          "&amp;");

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> assembled =
        Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
    return Arbitraries.oneOf(assembled, assembled, any);
  }

  @Property(tries = 5_000)
  void a_document_made_of_a_text_reads_back_as_that_text(@ForAll("texts") String text) {
    assertThat(AdfReader.text(AdfWriter.document(text))).isEqualTo(Words.clean(text));
  }

  @Property(tries = 5_000)
  void a_document_made_of_a_text_keeps_the_published_schema(@ForAll("texts") String text) {
    assertThat(AdfRules.complaints(AdfWriter.document(text))).isEmpty();
  }

  @Property(tries = 200)
  void a_document_that_was_cut_keeps_the_published_schema(@ForAll("texts") String text) {
    JsonNode document = new Cloud().richText("x" + text.repeat(2_000), "\n\n[cut here]");

    assertThat(AdfRules.complaints(document)).isEmpty();
    assertThat(Json.write(document)).hasSizeLessThanOrEqualTo(32_767);
  }

  @Example
  void the_rules_of_the_schema_notice_what_breaks_them() {
    assertThat(
            Stream.of(
                    "{'type':'doc','version':1}",
                    doc("{'type':'text','text':'loose'}"),
                    doc("{'type':'paragraph','content':[{'type':'text','text':''}]}"),
                    doc("{'type':'paragraph','marks':[]}"),
                    doc("{'type':'heading','attrs':{'level':7}}"),
                    doc("{'type':'bulletList','content':[]}"),
                    doc("{'type':'bulletList','content':[{'type':'paragraph'}]}"),
                    doc(
                        "{'type':'orderedList','attrs':{'order':'1'},'content':[{'type':'listItem',"
                            + "'content':[{'type':'paragraph'}]}]}"),
                    doc("{'type':'blockquote','content':[{'type':'heading','attrs':{'level':1}}]}"),
                    doc("{'type':'codeBlock','content':[{'type':'hardBreak'}]}"),
                    doc(
                        "{'type':'codeBlock','content':[{'type':'text','text':'x','marks':[{'type':"
                            + "'code'}]}]}"),
                    doc(
                        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':"
                            + "'link'}]}]}"),
                    doc("{'type':'rule','content':[]}"))
                .map(json -> Json.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .map(Optional::orElseThrow)
                .map(AdfRules::complaints))
        .hasSize(13)
        .noneMatch(List::isEmpty);
  }

  private static String doc(String block) {
    return "{'type':'doc','version':1,'content':[" + block + "]}";
  }

  @Property(tries = 5_000)
  void wiki_markup_made_of_a_text_reads_back_as_that_text(@ForAll("texts") String text) {
    assertThat(WikiText.unescape(WikiText.escape(text))).isEqualTo(Words.clean(text));
  }

  @Property(tries = 2_000)
  void a_summary_is_one_line_that_jira_takes(@ForAll("texts") String text) {
    String summary = ValueWriter.summary(text.repeat(10));

    assertThat(summary).doesNotContain("\n", "\r").hasSizeLessThanOrEqualTo(255);
    assertThat(Words.clean(summary)).isEqualTo(summary);
  }

  @Example
  void lists_code_links_and_headings_become_what_they_look_like() {
    JsonNode document =
        AdfWriter.document(
            """
            ## Steps

            - isolate `FIN-LT-0142`
            - see [the runbook](https://wiki.example.com/r/7)
              1. ask the owner
              2. write it down

            ```sh
            ip route

            exit
            ```

            > as she said

            See https://tc.example.com/task/1.""");

    assertThat(document.findValuesAsText("type"))
        .contains(
            "heading",
            "bulletList",
            "orderedList",
            "codeBlock",
            "blockquote",
            "paragraph",
            "code",
            "link");
    assertThat(document.findValuesAsText("href"))
        .containsExactly("https://wiki.example.com/r/7", "https://tc.example.com/task/1");
    assertThat(document.findValuesAsText("language")).containsExactly("sh");
  }

  @Example
  void what_people_write_in_jira_stays_readable() {
    JsonNode document =
        Json.parse(
                """
                {"type":"doc","version":1,"content":[
                 {"type":"paragraph","content":[
                   {"type":"mention","attrs":{"id":"5b10","text":"@Maria Silva"}},
                   {"type":"text","text":" look at "},
                   {"type":"text","text":"this","marks":[{"type":"strong"},
                      {"type":"link","attrs":{"href":"https://x.example/"}}]},
                   {"type":"text","text":" by "},
                   {"type":"date","attrs":{"timestamp":"1775001600000"}},
                   {"type":"emoji","attrs":{"shortName":":fire:","text":"🔥"}}]},
                 {"type":"taskList","attrs":{"localId":"a"},"content":[
                   {"type":"taskItem","attrs":{"localId":"b","state":"DONE"},
                    "content":[{"type":"text","text":"mail it"}]}]},
                 {"type":"table","content":[{"type":"tableRow","content":[
                   {"type":"tableHeader","content":[{"type":"paragraph","content":[{"type":"text","text":"Host"}]}]},
                   {"type":"tableCell","content":[{"type":"paragraph","content":[{"type":"text","text":"FIN"}]}]}]}]},
                 {"type":"panel","attrs":{"panelType":"info"},"content":[
                   {"type":"paragraph","content":[{"type":"inlineCard","attrs":{"url":"https://y.example/"}}]}]},
                 {"type":"somethingNew","content":[{"type":"paragraph","content":[
                   {"type":"novelty","attrs":{"text":"kept"}}]}]},
                 {"type":"mediaSingle","content":[{"type":"media","attrs":{"id":"1","type":"file","alt":"a.png"}}]}
                ]}"""
                    .getBytes(StandardCharsets.UTF_8))
            .orElseThrow();

    assertThat(AdfReader.text(document))
        .isEqualTo(
            """
            @Maria Silva look at [this](https://x.example/) by 2026-04-01🔥

            - [x] mail it

            Host | FIN

            https://y.example/

            kept

            [attachment: a.png]""");
  }

  @Example
  void an_over_long_text_is_cut_with_a_mark_to_what_jira_stores() {
    String lines = "A line with \"quotes\" and 🔥.\n".repeat(1_500);
    String mark = "\n\n[cut here]";

    JsonNode onCloud = new Cloud().richText(lines, mark);
    JsonNode onDataCenter = new DataCenter().richText("a{b}".repeat(10_000), mark);

    assertThat(Json.write(onCloud)).hasSizeLessThanOrEqualTo(32_767);
    assertThat(AdfReader.text(onCloud)).endsWith("[cut here]").hasSizeGreaterThan(10_000);
    assertThat(onDataCenter.asText()).hasSizeLessThanOrEqualTo(32_767);
    assertThat(WikiText.unescape(onDataCenter.asText())).endsWith("[cut here]");
  }

  @Example
  void markup_that_people_wrote_on_data_center_stays_as_it_is() {
    assertThat(WikiText.unescape("h1. Title\r\n* one\r\n{code}x{code}"))
        .isEqualTo("h1. Title\n* one\n{code}x{code}");
  }
}
