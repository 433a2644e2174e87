package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Comments, who sees them, and the properties that ride on them and on issues. */
class JiraCommentsTest extends BothFlavours {

  private static JsonObject comment(JiraBench jira, String words) {
    return new JsonObject().put("body", jira.text(words));
  }

  private static JsonObject restricted(JiraBench jira, String type, String value) {
    return comment(jira, "restricted")
        .put("visibility", new JsonObject().put("type", type).put("value", value));
  }

  private static int total(JiraBench jira, String key) {
    return jira.get("issue/" + key + "/comment").json().getInteger("total");
  }

  @OnBoth
  void a_comment_is_added_read_edited_and_deleted(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String comments = "issue/" + jira.create("comments", Map.of()) + "/comment";
    Answer added = jira.post(comments, comment(jira, "first"));
    assertThat(added.status()).isEqualTo(201);
    String id = added.json().getString("id");
    jira.simulator.clock().advance(Duration.ofSeconds(5));
    Answer edited = jira.put(comments + "/" + id, comment(jira, "second"));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.json().getString("updated"))
        .isGreaterThan(edited.json().getString("created"));
    assertThat(jira.get(comments + "/" + id).text()).contains("second");
    assertThat(jira.delete(comments + "/" + id).status()).isEqualTo(204);
    assertThat(jira.get(comments + "/" + id).status()).isEqualTo(404);
  }

  @OnBoth
  void an_empty_comment_is_refused(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String comments = "issue/" + jira.create("empty", Map.of()) + "/comment";
    assertThat(jira.post(comments, comment(jira, " ")).status()).isEqualTo(400);
    assertThat(jira.post(comments, new JsonObject()).status()).isEqualTo(400);
  }

  @OnBoth
  void comments_come_in_pages_in_either_order(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String comments = "issue/" + jira.create("pages", Map.of()) + "/comment";
    for (int i = 0; i < 3; i++) {
      jira.post(comments, comment(jira, "number " + i));
    }
    JsonObject page = jira.get(comments + "?startAt=1&maxResults=1").json();
    assertThat(page.getInteger("total")).isEqualTo(3);
    assertThat(page.getJsonArray("comments")).hasSize(1);
    assertThat(page.encode()).contains("number 1");
    assertThat(jira.get(comments + "?orderBy=-created&maxResults=1").text()).contains("number 2");
    assertThat(jira.get(comments + "?orderBy=mood").status()).isEqualTo(400);
    assertThat(jira.get(comments + "?startAt=3").json().getJsonArray("comments")).isEmpty();
  }

  @OnBoth
  void a_comment_for_others_is_not_even_counted(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("audience", Map.of());
    String comments = "issue/" + key + "/comment";
    Answer posted =
        jira.send(
            "POST",
            jira.api() + comments,
            restricted(jira, "group", "IT Operations").encode(),
            jira.as("lars.berg@example.com"));
    assertThat(posted.status()).isEqualTo(201);
    assertThat(total(jira, key)).isZero();
    jira.turn("apiUserGroups", new JsonArray().add("IT Operations"));
    assertThat(total(jira, key)).isEqualTo(1);
  }

  @OnBoth
  void a_comment_can_only_be_restricted_to_ones_own_groups_and_roles(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String comments = "issue/" + jira.create("own", Map.of()) + "/comment";
    assertThat(jira.post(comments, restricted(jira, "role", "Developers")).status()).isEqualTo(201);
    for (JsonObject bad :
        java.util.List.of(
            restricted(jira, "role", "Administrators"),
            restricted(jira, "group", "No Such Group"),
            restricted(jira, "planet", "Mars"))) {
      assertThat(jira.post(comments, bad).status()).isEqualTo(400);
    }
  }

  @OnBoth
  void a_restriction_that_is_not_repeated_in_an_edit_is_gone(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String comments = "issue/" + jira.create("lost", Map.of()) + "/comment";
    String id = jira.post(comments, restricted(jira, "role", "Developers")).json().getString("id");
    jira.put(comments + "/" + id, comment(jira, "open"));
    assertThat(jira.get(comments + "/" + id).json().containsKey("visibility")).isFalse();
  }

  @Test
  void cloud_gives_comments_by_id_with_their_properties() {
    String comments = "issue/" + cloud().create("ids", Map.of()) + "/comment";
    JsonObject body =
        comment(cloud(), "keyed")
            .put(
                "properties",
                new JsonArray().add(new JsonObject().put("key", "tb").put("value", "n-1")));
    int id = Integer.parseInt(cloud().post(comments, body).json().getString("id"));
    JsonObject ids = new JsonObject().put("ids", new JsonArray().add(id).add(999_999));
    JsonObject page = cloud().post("comment/list?expand=properties", ids).json();
    assertThat(page.getJsonArray("values")).hasSize(1);
    assertThat(page.encode()).contains("\"key\":\"tb\"").contains("n-1");
    assertThat(dataCenter().post("comment/list", ids).status()).isEqualTo(404);
  }

  @OnBoth
  void properties_are_created_replaced_read_and_removed(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("properties", Map.of());
    String id = jira.post("issue/" + key + "/comment", comment(jira, "x")).json().getString("id");
    for (String owner : java.util.List.of("issue/" + key, "comment/" + id)) {
      String property = owner + "/properties/tb.key";
      assertThat(jira.get(property).status()).isEqualTo(404);
      assertThat(jira.put(property, new JsonObject().put("a", 1).put("b", 2)).status())
          .isEqualTo(201);
      assertThat(jira.put(property, new JsonObject().put("a", 2)).status()).isEqualTo(200);
      assertThat(jira.get(property).json().getJsonObject("value"))
          .as("replaced, not merged")
          .isEqualTo(new JsonObject().put("a", 2));
      assertThat(jira.get(owner + "/properties").text()).contains("tb.key");
      assertThat(jira.delete(property).status()).isEqualTo(204);
      assertThat(jira.delete(property).status()).isEqualTo(404);
    }
  }

  @OnBoth
  void a_property_is_any_json_of_limited_size(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String property = "issue/" + jira.create("size", Map.of()) + "/properties/k";
    assertThat(jira.put(property, "text").status()).isEqualTo(201);
    assertThat(jira.put(property, "x".repeat(32_768)).status()).isEqualTo(400);
    assertThat(jira.put(property + "x".repeat(255), 1).status()).isEqualTo(400);
    assertThat(jira.send("PUT", jira.api() + property, "", jira.headers()).status()).isEqualTo(400);
  }

  @OnBoth
  void adding_a_comment_touches_the_issue_but_editing_it_or_a_property_does_not(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("touch", Map.of());
    String comments = "issue/" + key + "/comment";
    String before = jira.fields(key).getString("updated");
    jira.simulator.clock().advance(Duration.ofMinutes(1));
    String id = jira.post(comments, comment(jira, "one")).json().getString("id");
    String added = jira.fields(key).getString("updated");
    assertThat(added).isNotEqualTo(before);
    jira.simulator.clock().advance(Duration.ofMinutes(1));
    jira.put(comments + "/" + id, comment(jira, "two"));
    jira.put("issue/" + key + "/properties/k", 1);
    assertThat(jira.fields(key).getString("updated")).isEqualTo(added);
    jira.turn("commentEditBumpsUpdated", true);
    jira.put(comments + "/" + id, comment(jira, "three"));
    String edited = jira.fields(key).getString("updated");
    assertThat(edited).isNotEqualTo(added);
    jira.turn("propertyBumpsUpdated", true);
    jira.simulator.clock().advance(Duration.ofMinutes(1));
    jira.put("issue/" + key + "/properties/k", 2);
    assertThat(jira.fields(key).getString("updated")).isNotEqualTo(edited);
  }

  @OnBoth
  void state_shows_comments_with_properties_and_audience(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("state", Map.of());
    jira.post(
        "issue/" + key + "/comment",
        restricted(jira, "role", "Developers")
            .put(
                "properties",
                new JsonArray().add(new JsonObject().put("key", "k").put("value", 1))));
    JsonObject issue =
        jira.control("GET", "state", null).json().getJsonArray("issues").stream()
            .map(JsonObject.class::cast)
            .filter(each -> each.getString("key").equals(key))
            .findFirst()
            .orElseThrow();
    JsonObject comment = issue.getJsonArray("comments").getJsonObject(0);
    assertThat(comment.getString("text")).isEqualTo("restricted");
    assertThat(comment.getJsonObject("properties").getInteger("k")).isEqualTo(1);
    assertThat(comment.getJsonObject("visibility").getString("value")).isEqualTo("Developers");
  }
}
