package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema of documents, block by block: what it takes and what it refuses. */
final class AdfSchemaTest {

  /** Quotes are left out of the JSON below: {@code 'type'} stands for {@code "type"}. */
  private static Optional<String> problem(String block) {
    JsonArray content = new JsonArray().add(new JsonObject(block.replace('\'', '"')));
    return AdfSchema.problem(
        new JsonObject().put("type", "doc").put("version", 1).put("content", content));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'paragraph','marks':[{'type':'alignment','attrs':{'align':'center'}}]}",
        "{'type':'paragraph','marks':[{'type':'fontSize','attrs':{'fontSize':'small'}}]}",
        "{'type':'heading','attrs':{'level':2},'marks':[{'type':'indentation','attrs':{'level':3}}]}",
        "{'type':'codeBlock','attrs':{'language':'sh'},'marks':[{'type':'breakout','attrs':{'mode':'wide'}}]}",
        "{'type':'codeBlock','content':[{'type':'text','text':'x'}]}",
        "{'type':'blockquote','content':[{'type':'bulletList','content':[{'type':'listItem','content':[{'type':'codeBlock'}]}]}]}",
        "{'type':'expand','content':[{'type':'table','content':[{'type':'tableRow','content':[{'type':'tableCell','content':[{'type':'paragraph','marks':[{'type':'alignment','attrs':{'align':'end'}}]}]}]}]}]}",
        "{'type':'mediaSingle','content':[{'type':'media','attrs':{'type':'file','id':'1','collection':''}},{'type':'caption'}]}",
        "{'type':'mediaGroup','content':[{'type':'media','attrs':{'type':'external','url':'https://x'},'marks':[{'type':'border','attrs':{'size':1,'color':'#12345678'}}]}]}",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':'code'},{'type':'link','attrs':{'href':''}}]}]}",
        "{'type':'paragraph','content':[{'type':'status','attrs':{'text':'new','color':'#00ff00'}}]}",
        "{'type':'paragraph','content':[{'type':'inlineCard','attrs':{'data':{}}}]}",
        "{'type':'panel','attrs':{'panelType':'tip'},'content':[{'type':'rule'}]}",
        "{'type':'taskList','attrs':{'localId':''},'content':[{'type':'taskItem','attrs':{'localId':'','state':'DONE'}}]}"
      })
  void a_block_that_the_schema_knows_is_taken(String block) {
    assertThat(problem(block)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'rule','marks':[]} | a rule has no marks",
        "{'type':'blockquote','marks':[],'content':[{'type':'paragraph'}]} | a blockquote has no marks",
        "{'type':'paragraph','marks':[{'type':'strong'}]} | strong is not for a paragraph",
        "{'type':'paragraph','marks':[{'type':'alignment','attrs':{'align':'center'}},{'type':'indentation','attrs':{'level':1}}]} | alignment is not for a paragraph",
        "{'type':'blockquote','content':[{'type':'paragraph','marks':[{'type':'alignment','attrs':{'align':'end'}}]}]} | alignment is not for a paragraph",
        "{'type':'paragraph','content':[{'type':'mention','attrs':{'id':'1'},'marks':[]}]} | a mention has no marks",
        "{'type':'codeBlock','content':[{'type':'text','text':'x','marks':[{'type':'em'}]}]} | em is not for a text",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':'code'},{'type':'em'}]}]} | em is not for a text",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':'subsup','attrs':{'type':'x'}}]}]} | subsup needs a proper type",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':'textColor','attrs':{'color':'red'}}]}]} | textColor needs a proper color",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':[{'type':'em'},{'type':'em'}]}]} | a mark twice",
        "{'type':'paragraph','content':[{'type':'text','text':'x','marks':{}}]} | must be an array",
        "{'type':'panel','attrs':{'panelType':'info'},'content':[{'type':'codeBlock','marks':[{'type':'breakout','attrs':{'mode':'wide'}}]}]} | breakout is not for a codeBlock",
        "{'type':'listItem','content':[{'type':'paragraph'}]} | must not be a listItem",
        "{'type':'bulletList','content':[{'type':'listItem','content':[{'type':'heading','attrs':{'level':1}}]}]} | must not be a heading",
        "{'type':'blockquote','content':[{'type':'blockquote','content':[{'type':'paragraph'}]}]} | must not be a blockquote",
        "{'type':'orderedList','attrs':{'order':-1},'content':[{'type':'listItem','content':[{'type':'paragraph'}]}]} | order cannot be -1",
        "{'type':'codeBlock','attrs':{'language':7}} | language cannot be 7",
        "{'type':'paragraph','content':[{'type':'hardBreak','attrs':{'text':'x'}}]} | text cannot be x",
        "{'type':'paragraph','content':[{'type':'mention','attrs':{'text':'@x'}}]} | id is missing",
        "{'type':'paragraph','content':[{'type':'mention','attrs':{'id':'1','userType':'X'}}]} | userType cannot be X",
        "{'type':'paragraph','content':[{'type':'status','attrs':{'text':'','color':'red'}}]} | text cannot be",
        "{'type':'paragraph','content':[{'type':'inlineCard','attrs':{'url':'https://x','data':{}}}]} | either url or data",
        "{'type':'paragraph','content':[{'type':'mediaInline','attrs':{'id':'1'}}]} | collection is missing",
        "{'type':'mediaGroup','content':[{'type':'media','attrs':{'type':'file','id':'1'}}]} | needs id and collection",
        "{'type':'mediaSingle','content':[{'type':'caption'}]} | a media and perhaps a caption",
        "{'type':'embedCard','attrs':{'url':'https://x','layout':'odd'}} | layout cannot be odd",
        "{'type':'expand','attrs':{'title':3},'content':[{'type':'rule'}]} | title cannot be 3",
        "{'type':'expand','content':[{'type':'nestedExpand','content':[{'type':'rule'}]}]} | attrs is missing",
        "{'type':'table','content':[{'type':'tableRow','content':[{'type':'tableCell','content':[{'type':'table','content':[]}]}]}]} | must not be a table",
        "{'type':'taskList','attrs':{'localId':''},'content':[{'type':'taskItem','attrs':{'localId':'','state':'OPEN'}}]} | state cannot be OPEN"
      })
  void a_block_that_breaks_the_schema_is_refused_with_the_place(String block, String why) {
    assertThat(problem(block)).hasValueSatisfying(words -> assertThat(words).contains(why));
    assertThat(problem(block).orElseThrow()).startsWith("/content/0");
  }
}
