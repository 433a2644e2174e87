package dev.taskbridge.simulator.jira;

import static dev.taskbridge.simulator.jira.JiraBench.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links to the outside, links between issues, and the history of both. */
class JiraLinksTest extends BothFlavours {

  private static JsonObject remote(String globalId, String title) {
    return new JsonObject()
        .put("globalId", globalId)
        .put("relationship", "tracks")
        .put("object", new JsonObject().put("url", "https://tc/1").put("title", title));
  }

  private static JsonObject blocks(String source, String target) {
    return new JsonObject()
        .put("type", new JsonObject().put("name", "Blocks"))
        .put("inwardIssue", new JsonObject().put("key", source))
        .put("outwardIssue", new JsonObject().put("key", target));
  }

  @OnBoth
  void a_known_global_id_updates_and_what_is_left_out_is_gone(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String links = "issue/" + jira.create("remote", Map.of()) + "/remotelink";
    Answer first = jira.post(links, remote("system=tc&id=1", "one"));
    assertThat(first.status()).isEqualTo(jira.cloud() ? 201 : 200);
    JsonObject again = remote("system=tc&id=1", "two");
    again.remove("relationship");
    Answer second = jira.post(links, again);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.json().getLong("id")).isEqualTo(first.json().getLong("id"));
    JsonObject link = jira.get(links + "?globalId=" + encoded("system=tc&id=1")).json();
    assertThat(link.getJsonObject("object").getString("title")).isEqualTo("two");
    assertThat(link.getValue("relationship")).isNull();
    assertThat(jira.get(links).array()).hasSize(1);
  }

  @OnBoth
  void without_a_global_id_each_post_adds_a_link(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String links = "issue/" + jira.create("anonymous", Map.of()) + "/remotelink";
    JsonObject link = remote("x", "t");
    link.remove("globalId");
    jira.post(links, link);
    jira.post(links, link);
    assertThat(jira.get(links).array()).hasSize(2);
  }

  @OnBoth
  void a_remote_link_is_replaced_by_id_and_deleted_by_global_id(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String links = "issue/" + jira.create("delete", Map.of()) + "/remotelink";
    long id = jira.post(links, remote("a b", "one")).json().getLong("id");
    assertThat(jira.put(links + "/" + id, remote("a b", "two")).status()).isEqualTo(204);
    assertThat(jira.get(links + "/" + id).text()).contains("two");
    assertThat(jira.delete(links + "?globalId=a%20b").status()).isEqualTo(204);
    assertThat(jira.delete(links + "/" + id).status()).isEqualTo(404);
  }

  @OnBoth
  void a_remote_link_needs_a_url_and_a_title(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String links = "issue/" + jira.create("bad", Map.of()) + "/remotelink";
    Answer answer = jira.post(links, new JsonObject().put("object", new JsonObject()));
    assertThat(answer.error("url")).isNotBlank();
    assertThat(answer.error("title")).isNotBlank();
    assertThat(jira.post(links, remote("x".repeat(256), "t")).error("globalId")).contains("255");
    assertThat(jira.post(links, remote("x", "t").put("colour", "red")).status()).isEqualTo(400);
  }

  @OnBoth
  void the_inward_issue_is_the_one_that_blocks(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String a = jira.create("a", Map.of());
    String b = jira.create("b", Map.of());
    Answer created = jira.post("issueLink", blocks(a, b));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).isEmpty();
    JsonObject seenFromA = jira.fields(a).getJsonArray("issuelinks").getJsonObject(0);
    assertThat(seenFromA.getJsonObject("outwardIssue").getString("key")).isEqualTo(b);
    JsonObject seenFromB = jira.fields(b).getJsonArray("issuelinks").getJsonObject(0);
    assertThat(seenFromB.getJsonObject("inwardIssue").getString("key")).isEqualTo(a);
    assertThat(jira.keys("issue in linkedIssues(" + a + ")")).containsExactly(b);
  }

  @OnBoth
  void a_doubled_link_is_absorbed_and_a_link_can_be_deleted(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String a = jira.create("a", Map.of());
    String b = jira.create("b", Map.of());
    jira.post("issueLink", blocks(a, b));
    assertThat(jira.post("issueLink", blocks(a, b)).status()).isEqualTo(201);
    JsonArray links = jira.fields(a).getJsonArray("issuelinks");
    assertThat(links).hasSize(1);
    String id = links.getJsonObject(0).getString("id");
    assertThat(jira.get("issueLink/" + id).status()).isEqualTo(200);
    assertThat(jira.delete("issueLink/" + id).status()).isEqualTo(204);
    assertThat(jira.fields(a).getJsonArray("issuelinks")).isEmpty();
    assertThat(jira.delete("issueLink/" + id).status()).isEqualTo(404);
  }

  @OnBoth
  void an_edit_can_add_a_link(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String a = jira.create("a", Map.of());
    String b = jira.create("b", Map.of());
    JsonObject add =
        new JsonObject(
            "{\"update\":{\"issuelinks\":[{\"add\":{\"type\":{\"name\":\"Blocks\"},"
                + "\"outwardIssue\":{\"key\":\""
                + b
                + "\"}}}]}}");
    assertThat(jira.put("issue/" + a, add).status()).isEqualTo(204);
    assertThat(jira.fields(a).getJsonArray("issuelinks").encode()).contains(b);
  }

  @OnBoth
  void linking_can_be_turned_off(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String a = jira.create("a", Map.of());
    jira.turn("linking", false);
    assertThat(jira.get("issueLinkType").status()).isEqualTo(404);
    assertThat(jira.post("issueLink", blocks(a, "SEC-1")).status()).isEqualTo(404);
    assertThat(jira.post("issue/" + a + "/remotelink", remote("g", "t")).status()).isEqualTo(403);
  }

  @OnBoth
  void an_unknown_link_type_or_issue_is_404(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject type = blocks("SEC-1", "SEC-2").put("type", new JsonObject().put("name", "Hates"));
    assertThat(jira.post("issueLink", type).status()).isEqualTo(404);
    assertThat(jira.post("issueLink", blocks("SEC-1", "SEC-99999")).status()).isEqualTo(404);
  }

  @Test
  void cloud_gives_an_issues_history_oldest_first_and_many_histories_at_once() {
    String key = cloud().create("history", Map.of());
    for (String summary : java.util.List.of("one", "two")) {
      JsonObject edit =
          new JsonObject()
              .put("fields", new JsonObject().put("summary", summary))
              .put("historyMetadata", new JsonObject().put("type", "taskbridge"));
      cloud().put("issue/" + key, edit);
    }
    JsonArray values = cloud().get("issue/" + key + "/changelog").json().getJsonArray("values");
    assertThat(values).hasSize(2);
    JsonObject first = values.getJsonObject(0);
    assertThat(first.getJsonArray("items").getJsonObject(0).getString("toString")).isEqualTo("one");
    assertThat(first.getJsonObject("historyMetadata").getString("type")).isEqualTo("taskbridge");
    JsonObject wanted =
        new JsonObject()
            .put("issueIdsOrKeys", new JsonArray().add(key))
            .put("fieldIds", new JsonArray().add("summary"))
            .put("maxResults", 1);
    JsonObject page = cloud().post("changelog/bulkfetch", wanted).json();
    JsonObject history =
        page.getJsonArray("issueChangeLogs")
            .getJsonObject(0)
            .getJsonArray("changeHistories")
            .getJsonObject(0);
    assertThat(history.getValue("created")).isInstanceOf(Long.class);
    String token = page.getString("nextPageToken");
    JsonObject next =
        cloud().post("changelog/bulkfetch", wanted.put("nextPageToken", token)).json();
    assertThat(next.containsKey("nextPageToken")).isFalse();
    assertThat(next.encode()).contains("two");
  }

  @Test
  void cloud_clears_a_parent_with_its_own_word() {
    JsonObject ops = new JsonObject().put("key", "OPS");
    String epic =
        cloud()
            .create(
                "epic", Map.of("project", ops, "issuetype", new JsonObject().put("name", "Epic")));
    String task =
        cloud().create("task", Map.of("project", ops, "parent", new JsonObject().put("key", epic)));
    assertThat(cloud().keys("parent = " + epic)).containsExactly(task);
    JsonObject none = new JsonObject("{\"update\":{\"parent\":[{\"set\":{\"none\":true}}]}}");
    assertThat(cloud().put("issue/" + task, none).status()).isEqualTo(204);
    assertThat(cloud().fields(task).getValue("parent")).isNull();
  }
}
