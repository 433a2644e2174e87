package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paging, lag and the limits of search; what queries mean is tested with the queries. */
class JiraSearchTest extends BothFlavours {

  private static JsonObject query(String jql) {
    return new JsonObject().put("jql", jql);
  }

  private static String labelled(JiraBench jira, String label) {
    return jira.create(label, Map.of("labels", new JsonArray().add(label)));
  }

  @OnBoth
  void search_does_not_know_of_a_fresh_issue_until_the_lag_has_passed(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.setSearchLag("60s");
    String key = labelled(jira, "lagging");
    assertThat(jira.keys("labels = lagging")).isEmpty();
    assertThat(jira.get("issue/" + key).status()).isEqualTo(200);
    jira.simulator.clock().advance(Duration.ofSeconds(61));
    assertThat(jira.keys("labels = lagging")).containsExactly(key);
  }

  @OnBoth
  void search_matches_and_shows_old_values_and_deleted_issues_until_the_lag_has_passed(
      Flavour flavour) {
    JiraBench jira = bench(flavour);
    String edited = labelled(jira, "stale");
    String deleted = labelled(jira, "stale");
    assertThat(jira.keys("labels = stale")).hasSize(2);
    jira.setSearchLag("60s");
    jira.put(
        "issue/" + edited,
        new JsonObject()
            .put("fields", new JsonObject().put("labels", new JsonArray()).put("summary", "new")));
    jira.delete("issue/" + deleted);
    assertThat(jira.keys("labels = stale")).containsExactlyInAnyOrder(edited, deleted);
    assertThat(jira.search("key = " + edited).text()).contains("\"summary\":\"stale\"");
    jira.simulator.clock().advance(Duration.ofSeconds(61));
    assertThat(jira.keys("labels = stale")).isEmpty();
  }

  @OnBoth
  void an_issue_found_before_can_vanish_again_for_a_moment(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = labelled(jira, "wavering");
    jira.turn("indexRegress", 2);
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sizes.add(jira.keys("labels = wavering").size());
    }
    assertThat(sizes).containsExactlyInAnyOrder(0, 1, 0, 1);
    jira.simulator.clock().advance(Duration.ofMinutes(2));
    assertThat(jira.keys("labels = wavering")).containsExactly(key);
    assertThat(jira.keys("labels = wavering")).containsExactly(key);
  }

  @Test
  void cloud_reconciles_named_issues_from_fresh_data_but_only_if_they_match() {
    cloud().setSearchLag("60s");
    String match = labelled(cloud(), "fresh");
    String other = labelled(cloud(), "otherwise");
    JsonArray ids = new JsonArray();
    for (String key : List.of(match, other)) {
      ids.add(Long.valueOf(cloud().get("issue/" + key).json().getString("id")));
    }
    JsonObject body =
        query("labels = fresh")
            .put("fields", new JsonArray().add("summary"))
            .put("reconcileIssues", ids);
    assertThat(JiraBench.keys(cloud().post("search/jql", body))).containsExactly(match);
  }

  @Test
  void cloud_refuses_more_than_fifty_issues_to_reconcile_and_keys_among_them() {
    JsonArray many = new JsonArray();
    for (int i = 0; i < 51; i++) {
      many.add(20_000 + i);
    }
    assertThat(
            cloud()
                .post("search/jql", query("project = SEC").put("reconcileIssues", many))
                .status())
        .isEqualTo(400);
    JsonArray keys = new JsonArray().add("SEC-1");
    assertThat(
            cloud()
                .post("search/jql", query("project = SEC").put("reconcileIssues", keys))
                .status())
        .isEqualTo(400);
  }

  @Test
  void cloud_pages_by_token_until_the_last_page_which_has_none() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      created.add(labelled(cloud(), "paged"));
    }
    JsonObject body =
        query("labels = paged ORDER BY key ASC")
            .put("maxResults", 2)
            .put("fields", new JsonArray().add("summary"));
    List<String> seen = new ArrayList<>();
    int pages = 0;
    boolean last = false;
    while (!last) {
      Answer answer = cloud().post("search/jql", body);
      seen.addAll(JiraBench.keys(answer));
      last = answer.json().getBoolean("isLast");
      assertThat(answer.json().containsKey("nextPageToken")).isEqualTo(!last);
      assertThat(answer.json().fieldNames()).doesNotContain("total", "startAt");
      body.put("nextPageToken", answer.json().getString("nextPageToken"));
      pages++;
    }
    assertThat(seen).isEqualTo(created);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void cloud_gives_shorter_pages_than_asked_when_it_likes() {
    for (int i = 0; i < 4; i++) {
      labelled(cloud(), "short");
    }
    cloud().turn("shortPages", 3);
    JsonObject page =
        cloud().post("search/jql", query("labels = short").put("maxResults", 50)).json();
    assertThat(page.getJsonArray("issues")).hasSize(3);
    assertThat(page.getBoolean("isLast")).isFalse();
  }

  @Test
  void cloud_rows_hold_nothing_but_the_id_unless_fields_are_asked_for() {
    JsonObject row =
        cloud()
            .post("search/jql", query("key = SEC-1"))
            .json()
            .getJsonArray("issues")
            .getJsonObject(0);
    assertThat(row.fieldNames()).containsExactly("id");
  }

  @Test
  void cloud_page_tokens_expire_and_belong_to_one_query_and_one_reconcile_list() {
    labelled(cloud(), "token");
    labelled(cloud(), "token");
    JsonObject body = query("labels = token").put("maxResults", 1);
    String token = cloud().post("search/jql", body).json().getString("nextPageToken");
    JsonObject next = body.copy().put("nextPageToken", token);
    assertThat(cloud().post("search/jql", next).status()).isEqualTo(200);
    assertThat(cloud().post("search/jql", next.copy().put("jql", "project = SEC")).status())
        .isEqualTo(400);
    JsonArray changed = new JsonArray().add(10_000);
    assertThat(cloud().post("search/jql", next.copy().put("reconcileIssues", changed)).status())
        .isEqualTo(400);
    cloud().simulator.clock().advance(Duration.ofDays(8));
    assertThat(cloud().post("search/jql", next).status()).isEqualTo(400);
  }

  @Test
  void cloud_refuses_a_query_without_a_restriction_and_too_many_orders() {
    assertThat(cloud().search("ORDER BY created").status()).isEqualTo(400);
    assertThat(cloud().search("").status()).isEqualTo(400);
    assertThat(
            cloud()
                .search(
                    "project = SEC ORDER BY key, created, updated, summary, status, priority, due,"
                        + " id")
                .status())
        .isEqualTo(400);
    assertThat(cloud().post("search/approximate-count", query("ORDER BY key")).status())
        .isEqualTo(400);
  }

  @Test
  void cloud_has_removed_the_old_search() {
    Answer answer = cloud().post("search", query("project = SEC"));
    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.text()).contains("CHANGE-2046").contains("search/jql");
    assertThat(cloud().get("search?jql=project%3DSEC").status()).isEqualTo(410);
  }

  @Test
  void clouds_version_2_still_searches_by_offset_unless_switched() {
    Answer first = inVersion2("GET", "search?jql=project+%3D+SEC&startAt=1&maxResults=1", null);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().getInteger("startAt")).isEqualTo(1);
    assertThat(first.json().getInteger("maxResults")).isEqualTo(1);
    assertThat(first.json().getInteger("total")).isGreaterThan(1);
    assertThat(first.json().getJsonArray("issues")).hasSize(1);
    JsonObject old =
        query("project = SEC")
            .put("startAt", 0)
            .put("validateQuery", "strict")
            .put("expand", new JsonArray().add("names"))
            .put("properties", new JsonArray().add("x"));
    assertThat(inVersion2("POST", "search", old).json().containsKey("names")).isTrue();

    cloud().turn("offsetSearch", false);
    Answer gone = inVersion2("GET", "search?jql=project+%3D+SEC", null);
    assertThat(gone.status()).isEqualTo(410);
    assertThat(inVersion2("POST", "search", old).status()).isEqualTo(410);
  }

  private static Answer inVersion2(String method, String path, JsonObject body) {
    return cloud()
        .send(
            method, "/rest/api/2/" + path, body == null ? null : body.encode(), cloud().headers());
  }

  @Test
  void a_search_that_does_not_validate_warns_instead_of_refusing() {
    String unknown = "search?jql=project+%3D+SEC+AND+status+%3D+Nowhere";
    assertThat(dataCenter().get(unknown).status()).isEqualTo(400);
    Answer lenient = dataCenter().get(unknown + "&validateQuery=False");
    assertThat(lenient.status()).isEqualTo(200);
    assertThat(lenient.json().getJsonArray("warningMessages")).isNotEmpty();
  }

  @OnBoth
  void a_search_box_is_offered_the_issues_that_hold_what_was_typed(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("Quarantine the <b>printer</b>", Map.of());

    JsonObject section =
        jira.get("issue/picker?query=quarantine%20the&currentJQL=project%20%3D%20SEC")
            .json()
            .getJsonArray("sections")
            .getJsonObject(0);

    assertThat(section.getJsonArray("issues").getJsonObject(0).getString("key")).isEqualTo(key);
    assertThat(section.encode()).contains("&lt;b>".replace(">", "&gt;"));
  }

  @Test
  void cloud_refuses_properties_of_the_old_search() {
    for (String old : List.of("startAt", "validateQuery")) {
      Answer answer = cloud().post("search/jql", query("project = SEC").put(old, 0));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains(old);
    }
    JsonObject nulls = query("project = SEC").putNull("expand").putNull("properties");
    assertThat(cloud().post("search/jql", nulls).status()).isEqualTo(200);
  }

  @Test
  void cloud_counts_and_takes_a_search_by_get() {
    labelled(cloud(), "counted");
    labelled(cloud(), "counted");
    assertThat(
            cloud()
                .post("search/approximate-count", query("labels = counted"))
                .json()
                .getInteger("count"))
        .isEqualTo(2);
    Answer answer =
        cloud().get("search/jql?jql=labels%3Dcounted&fields=summary&fields=status,labels");
    assertThat(
            answer
                .json()
                .getJsonArray("issues")
                .getJsonObject(0)
                .getJsonObject("fields")
                .fieldNames())
        .containsExactlyInAnyOrder("summary", "status", "labels");
  }

  @Test
  void data_center_pages_by_offset_and_says_how_many_there_are() {
    for (int i = 0; i < 3; i++) {
      labelled(dataCenter(), "offset");
    }
    JsonObject body = query("labels = offset ORDER BY key").put("startAt", 2).put("maxResults", 2);
    JsonObject page = dataCenter().post("search", body).json();
    assertThat(page.getInteger("total")).isEqualTo(3);
    assertThat(page.getInteger("startAt")).isEqualTo(2);
    assertThat(page.getJsonArray("issues")).hasSize(1);
    assertThat(page.getJsonArray("issues").getJsonObject(0).getJsonObject("fields").fieldNames())
        .contains("summary", "status")
        .doesNotContain("comment");
  }

  @Test
  void data_center_offsets_shift_while_issues_change() {
    for (int i = 0; i < 4; i++) {
      labelled(dataCenter(), "shifting");
    }
    JsonObject body = query("labels = shifting ORDER BY key").put("maxResults", 2);
    List<String> first = JiraBench.keys(dataCenter().post("search", body));
    dataCenter().delete("issue/" + first.get(0));
    List<String> second = JiraBench.keys(dataCenter().post("search", body.put("startAt", 2)));
    assertThat(second).as("one of the four was skipped").hasSize(1);
  }

  @Test
  void data_center_cuts_the_page_size_and_says_so() {
    dataCenter().turn("maxPage", 2);
    JsonObject page =
        dataCenter().post("search", query("project = SEC").put("maxResults", 500)).json();
    assertThat(page.getInteger("maxResults")).isEqualTo(2);
    assertThat(page.getJsonArray("issues")).hasSize(2);
  }

  @Test
  void data_center_fails_beyond_the_result_window() {
    JsonObject body = query("project = SEC").put("startAt", 9_990).put("maxResults", 20);
    Answer answer = dataCenter().post("search", body);
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.text()).contains("limit exceeded");
    assertThat(dataCenter().post("search", body.put("maxResults", 10)).status()).isEqualTo(200);
  }

  @Test
  void data_center_refuses_properties_in_a_posted_search_but_not_in_the_query() {
    JsonObject body = query("project = SEC").put("properties", new JsonArray());
    assertThat(dataCenter().post("search", body).status()).isEqualTo(400);
    assertThat(dataCenter().get("search?jql=project%3DSEC&properties=x").status()).isEqualTo(200);
  }

  @Test
  void data_center_warns_instead_of_failing_when_told_not_to_validate() {
    JsonObject body = query("key = SEC-99999");
    assertThat(dataCenter().post("search", body).status()).isEqualTo(400);
    JsonObject page = dataCenter().post("search", body.put("validateQuery", false)).json();
    assertThat(page.getJsonArray("issues")).isEmpty();
    assertThat(page.getJsonArray("warningMessages")).isNotEmpty();
  }

  @OnBoth
  void ten_thousand_issues_are_searched_fast_enough_to_poll(Flavour flavour) {
    try (JiraBench jira = new JiraBench(flavour)) {
      jira.control("POST", "seed", new JsonObject().put("tasks", 10_000));
      jira.put(
          "issue/SEC-5000",
          new JsonObject()
              .put("fields", new JsonObject().put("labels", new JsonArray().add("needle"))));
      String labels = "labels in (\"needle\"" + ", \"x\"".repeat(99) + ")";
      assertThat(jira.keys(labels)).containsExactly("SEC-5000");
      assertThat(jira.keys("key in (SEC-5000, SEC-7)")).hasSize(2);
      assertThat(jira.keys("project = SEC AND updated >= -1h ORDER BY updated ASC, key ASC"))
          .contains("SEC-5000");
    }
  }
}
