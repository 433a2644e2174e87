package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hangs on an issue beside its fields: watchers, votes, worklogs and files. */
final class JiraFollowersAndFilesTest extends BothFlavours {

  private static String me(JiraBench jira) {
    return jira.get("myself").json().getString(jira.cloud() ? "accountId" : "name");
  }

  @OnBoth
  void who_watches_an_issue_is_seen_on_it_until_they_stop(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("Watched", Map.of());
    String watchers = "issue/" + key + "/watchers";

    assertThat(jira.put(watchers, me(jira)).status()).isEqualTo(405);
    assertThat(posted(jira, watchers, "\"" + me(jira) + "\"").status()).isEqualTo(204);
    assertThat(jira.get(watchers).json().getJsonArray("watchers")).hasSize(1);
    assertThat(jira.fields(key).getJsonObject("watches").getInteger("watchCount")).isEqualTo(1);
    assertThat(jira.fields(key).getJsonObject("watches").getBoolean("isWatching")).isTrue();

    String parameter = jira.cloud() ? "accountId" : "username";
    String one = watchers + "?" + parameter + "=" + JiraBench.encoded(me(jira));
    assertThat(jira.delete(one).status()).isEqualTo(204);
    assertThat(jira.get(watchers).json().getInteger("watchCount")).isZero();
    assertThat(posted(jira, watchers, "\"nobody\"").status()).isEqualTo(404);
  }

  private static Answer posted(JiraBench jira, String path, String body) {
    return jira.send("POST", jira.api() + path, body, jira.headers());
  }

  @OnBoth
  void a_vote_counts_once(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String votes = "issue/" + jira.create("Voted for", Map.of()) + "/votes";

    posted(jira, votes, "");
    posted(jira, votes, "");
    assertThat(jira.get(votes).json().getInteger("votes")).isEqualTo(1);
    assertThat(jira.get(votes).json().getBoolean("hasVoted")).isTrue();

    assertThat(jira.delete(votes).status()).isEqualTo(204);
    assertThat(jira.get(votes).json().getInteger("votes")).isZero();
  }

  @OnBoth
  void work_is_logged_edited_and_taken_back(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("Worked on", Map.of());
    String worklogs = "issue/" + key + "/worklog";
    JsonObject work =
        new JsonObject()
            .put("timeSpent", "1d 1h 30m")
            .put("started", "2026-03-09T14:05:06.000+0100")
            .put("comment", jira.text("looked into it"));

    JsonObject added = jira.post(worklogs, work).json();
    assertThat(added.getInteger("timeSpentSeconds")).isEqualTo((8 * 60 + 90) * 60);
    assertThat(added.getString("started")).isEqualTo("2026-03-09T14:05:06.000+0100");
    assertThat(added.encode()).contains("looked into it");
    assertThat(added.getValue("comment")).isInstanceOf(jira.text("").getClass());
    assertThat(jira.fields(key).getJsonObject("worklog").getInteger("total")).isEqualTo(1);

    String one = worklogs + "/" + added.getString("id");
    assertThat(jira.put(one, new JsonObject().put("timeSpentSeconds", 90)).status()).isEqualTo(200);
    assertThat(jira.get(one).json().getString("timeSpent")).isEqualTo("1m");
    assertThat(jira.get(one).json().getValue("comment")).isEqualTo(added.getValue("comment"));
    assertThat(jira.delete(one).status()).isEqualTo(204);
    assertThat(jira.get(worklogs).json().getJsonArray("worklogs")).isEmpty();
    assertThat(jira.get(one).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "timeSpent, 1 parsec",
    "timeSpent, ''",
    "timeSpent, 30",
    "started, tomorrow",
    "comment, 7"
  })
  void work_that_cannot_be_understood_is_refused(String member, String value) {
    String worklogs = "issue/" + cloud().create("Refused", Map.of()) + "/worklog";
    JsonObject work = new JsonObject().put("timeSpent", "1h").put(member, value);
    assertThat(cloud().post(worklogs, work).status()).isEqualTo(400);
    assertThat(cloud().post(worklogs, new JsonObject()).status()).isEqualTo(400);
  }

  @OnBoth
  void a_file_is_uploaded_read_and_deleted(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("With a file", Map.of());

    Answer answer = uploaded(jira, key, "no-check");
    assertThat(answer.status()).isEqualTo(200);
    JsonObject file = answer.array().getJsonObject(0);
    assertThat(file.getString("filename")).isEqualTo("Befund ü.txt");
    assertThat(file.getInteger("size")).isEqualTo(5);
    JsonArray shown = jira.fields(key).getJsonArray("attachment");
    assertThat(shown.getJsonObject(0).getString("id")).isEqualTo(file.getString("id"));

    String content = file.getString("content").substring(jira.simulator.origin().length());
    assertThat(jira.send("GET", content, null, jira.headers()).text()).isEqualTo("hello");
    String one = "attachment/" + file.getString("id");
    assertThat(jira.get(one).json().getString("mimeType")).isEqualTo("text/plain");
    assertThat(jira.delete(one).status()).isEqualTo(204);
    assertThat(jira.get(one).status()).isEqualTo(404);
    assertThat(jira.fields(key).getJsonArray("attachment")).isEmpty();
  }

  @OnBoth
  void an_upload_without_its_token_header_fails_the_xsrf_check(Flavour flavour) {
    JiraBench jira = bench(flavour);
    assertThat(uploaded(jira, jira.create("Guarded", Map.of()), "").status()).isEqualTo(403);
  }

  private static Answer uploaded(JiraBench jira, String key, String token) {
    Map<String, String> headers = new TreeMap<>(jira.headers());
    headers.put("Content-Type", "multipart/form-data; boundary=edge");
    if (!token.isEmpty()) {
      headers.put("X-Atlassian-Token", token);
    }
    String form =
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Befund ü.txt\"\r\n"
            + "Content-Type: text/plain\r\n\r\nhello\r\n--edge--\r\n";
    return jira.send("POST", jira.api() + "issue/" + key + "/attachments", form, headers);
  }
}
