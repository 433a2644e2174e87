package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.JiraBench.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Who gets in, how often, with which headers, and what a refusal looks like. */
class JiraAccessTest extends BothFlavours {

  private static Answer withHeader(
      JiraBench jira, String method, String path, String body, String name, String value) {
    Map<String, String> headers = new TreeMap<>(jira.headers());
    if (value.isEmpty()) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return jira.send(method, jira.api() + path, body, headers);
  }

  @OnBoth
  void wrong_or_missing_credentials_are_401_but_the_server_says_who_it_is(Flavour flavour) {
    JiraBench jira = bench(flavour);
    assertThat(withHeader(jira, "GET", "myself", null, "Authorization", "Basic eDp5").status())
        .isEqualTo(401);
    assertThat(withHeader(jira, "GET", "myself", null, "Authorization", "").status())
        .isEqualTo(401);
    Answer info = jira.send("GET", "/rest/api/2/serverInfo", null, Map.of());
    assertThat(info.json().getString("deploymentType"))
        .isEqualTo(jira.cloud() ? "Cloud" : "Server");
    assertThat(info.json().getJsonArray("versionNumbers").getInteger(0))
        .isEqualTo(jira.cloud() ? 1001 : 10);
  }

  @OnBoth
  void a_dead_token_can_find_nothing_with_200_and_only_a_header_says_so(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("deadToken", "anonymous");
    Answer search = jira.search("assignee is EMPTY");
    assertThat(search.status()).isEqualTo(200);
    assertThat(search.json().getJsonArray("issues")).isEmpty();
    assertThat(search.header("X-Seraph-LoginReason")).isEqualTo("AUTHENTICATED_FAILED");
    assertThat(jira.get("issue/SEC-1").status()).isEqualTo(404);
    assertThat(jira.get("myself").status()).isEqualTo(401);
    assertThat(jira.post("issue", JiraBench.task("x")).status()).isEqualTo(401);
  }

  @Test
  void a_dead_token_makes_clouds_multi_get_and_even_project_queries_empty() {
    cloud().turn("deadToken", "anonymous");
    JsonObject wanted = new JsonObject().put("issueIdsOrKeys", new JsonArray().add("SEC-1"));
    Answer fetched = cloud().post("issue/bulkfetch", wanted);
    assertThat(fetched.status()).isEqualTo(200);
    assertThat(fetched.json().getJsonArray("issues")).isEmpty();
    assertThat(cloud().keys("project = SEC AND key = SEC-1")).isEmpty();
  }

  @OnBoth
  void a_locked_account_is_denied_and_a_revoked_token_is_401(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.turn("deadToken", "captcha");
    Answer locked = jira.get("myself");
    assertThat(locked.status()).isEqualTo(403);
    assertThat(locked.header("X-Seraph-LoginReason")).isEqualTo("AUTHENTICATION_DENIED");
    assertThat(locked.header("X-Authentication-Denied-Reason")).isNotBlank();
    jira.turn("deadToken", "unauthorized");
    assertThat(jira.search("project = SEC").status()).isEqualTo(401);
  }

  @Test
  void data_center_takes_a_personal_access_token_and_may_refuse_passwords() {
    String token = dataCenter().control("GET", "credentials", null).json().getString("token");
    dataCenter().turn("basicAuth", false);
    assertThat(dataCenter().get("myself").status()).isEqualTo(401);
    Answer answer =
        withHeader(dataCenter(), "GET", "myself", null, "Authorization", "Bearer " + token);
    assertThat(answer.json().getString("name")).isEqualTo("bot");
    assertThat(answer.json().containsKey("accountId")).isFalse();
  }

  @Test
  void cloud_bearer_tokens_come_from_client_credentials_and_work_at_the_gateway_for_an_hour() {
    JsonObject credentials = cloud().control("GET", "credentials", null).json();
    JsonObject grant =
        new JsonObject()
            .put("grant_type", "client_credentials")
            .put("client_id", credentials.getString("clientId"))
            .put("client_secret", credentials.getString("clientSecret"));
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String token =
        cloud().send("POST", "/oauth/token", grant.encode(), json).json().getString("access_token");
    Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
    String gateway = "/ex/jira/" + credentials.getString("cloudId") + "/rest/api/3/myself";
    assertThat(cloud().send("GET", gateway, null, bearer).status()).isEqualTo(200);
    assertThat(cloud().send("GET", "/rest/api/3/myself", null, bearer).status()).isEqualTo(401);
    assertThat(cloud().send("GET", "/_edge/tenant_info", null, Map.of()).text())
        .contains(credentials.getString("cloudId"));
    cloud().simulator.clock().advance(Duration.ofMinutes(61));
    assertThat(cloud().send("GET", gateway, null, bearer).status()).isEqualTo(401);
    assertThat(
            cloud()
                .send("POST", "/oauth/token", grant.put("client_secret", "x").encode(), json)
                .status())
        .isEqualTo(401);
  }

  @OnBoth
  void without_a_right_reads_are_empty_and_writes_are_403(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("rights", Map.of());
    jira.turn("editIssues", false);
    JsonObject edit = new JsonObject().put("fields", new JsonObject().put("summary", "x"));
    assertThat(jira.put("issue/" + key, edit).status()).isEqualTo(403);
    jira.turn("browseUsers", false);
    String parameter = jira.cloud() ? "query" : "username";
    assertThat(jira.get("user/search?" + parameter + "=maria").array()).isEmpty();
    jira.turn("browseProjects", false);
    assertThat(jira.get("project/SEC").status()).isEqualTo(404);
    assertThat(jira.get("issue/" + key).status()).isEqualTo(404);
    assertThat(jira.search("project = SEC").status()).isEqualTo(jira.cloud() ? 200 : 400);
  }

  @OnBoth
  void people_are_found_by_the_flavours_own_parameter(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String parameter = jira.cloud() ? "query" : "username";
    JsonArray found = jira.get("user/search?" + parameter + "=maria.silva@example.com").array();
    assertThat(found).hasSize(1);
    JsonObject maria = found.getJsonObject(0);
    assertThat(maria.containsKey("accountId")).isEqualTo(jira.cloud());
    assertThat(maria.containsKey("name")).isEqualTo(!jira.cloud());
    assertThat(jira.get("user/search").status()).isEqualTo(400);
    assertThat(jira.get("user/assignable/search?" + parameter + "=m").status()).isEqualTo(400);
  }

  @Test
  void a_hidden_address_is_neither_shown_nor_searched_on_cloud() {
    cloud().turn("hiddenEmails", new JsonArray().add("maria.silva@example.com"));
    assertThat(cloud().get("user/search?query=maria.silva@example.com").array()).isEmpty();
    JsonObject maria = cloud().get("user/search?query=silva").array().getJsonObject(0);
    assertThat(maria.containsKey("emailAddress")).isFalse();
  }

  @Test
  void cloud_wants_a_content_type_to_delete_a_remote_link_and_where_switched_anything() {
    String key = cloud().create("415", Map.of());
    String links = "issue/" + key + "/remotelink";
    cloud()
        .post(
            links,
            new JsonObject()
                .put("globalId", "g")
                .put("object", new JsonObject().put("url", "https://x.example").put("title", "x")));

    assertThat(deletedBare(links + "?globalId=g")).isEqualTo(415);
    cloud().turn("deleteWantsContentType", "none");
    assertThat(deletedBare(links + "?globalId=g")).isEqualTo(204);
    cloud().turn("deleteWantsContentType", "all");
    assertThat(deletedBare("issue/" + key)).isEqualTo(415);
    cloud().turn("deleteWantsContentType", "remote-links");
    assertThat(deletedBare("issue/" + key)).isEqualTo(204);
  }

  private static int deletedBare(String path) {
    return withHeader(cloud(), "DELETE", path, null, "Content-Type", "").status();
  }

  @OnBoth
  void head_answers_as_get_does_but_without_a_body(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Answer get = jira.get("issue/SEC-1");
    Answer head = jira.send("HEAD", jira.api() + "issue/SEC-1", null, jira.headers());
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Content-Length")).isEqualTo(get.header("Content-Length"));
    assertThat(jira.send("HEAD", jira.api() + "issue/NO-1", null, jira.headers()).status())
        .isEqualTo(404);
  }

  @OnBoth
  void a_method_that_a_resource_does_not_have_is_405_and_not_404(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Answer answer = jira.send("PATCH", jira.api() + "issue/SEC-1", "{}", jira.headers());
    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).contains("GET", "PUT", "DELETE");
    assertThat(jira.get("no/such/thing").status()).isEqualTo(404);
  }

  @OnBoth
  void a_body_that_is_not_declared_as_json_is_415_and_no_json_is_400(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String body = JiraBench.task("x").encode();
    assertThat(withHeader(jira, "POST", "issue", body, "Content-Type", "text/plain").status())
        .isEqualTo(415);
    assertThat(jira.send("POST", jira.api() + "issue", "{", jira.headers()).status())
        .isEqualTo(400);
  }

  @OnBoth
  void a_browsers_write_fails_the_xsrf_check(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String body = JiraBench.task("x").encode();
    Answer answer = withHeader(jira, "POST", "issue", body, "User-Agent", "Mozilla/5.0");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).isEqualTo("XSRF check failed");
  }

  @Test
  void a_get_with_a_body_meets_clouds_html_page() {
    Answer answer = cloud().send("GET", "/rest/api/3/myself", "{}", cloud().headers());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).startsWith("<html>");
  }

  @OnBoth
  void errors_can_be_html_empty_or_in_another_language(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String english = jira.get("issue/SEC-99999").text();
    jira.turn("language", "de");
    assertThat(jira.get("issue/SEC-99999").text()).contains("Vorgang").isNotEqualTo(english);
    jira.turn("errorBody", "html");
    assertThat(jira.get("issue/SEC-99999").text()).startsWith("<!DOCTYPE html>");
    jira.turn("errorBody", "empty");
    Answer empty = jira.get("issue/SEC-99999");
    assertThat(empty.status()).isEqualTo(404);
    assertThat(empty.text()).isEmpty();
  }

  @OnBoth
  void a_503_says_when_to_come_back_or_does_not(Flavour flavour) {
    JiraBench jira = bench(flavour);
    JsonObject fault =
        new JsonObject().put("errorRate", 1.0).put("errorStatuses", new JsonArray().add(503));
    jira.control("PUT", "faults", fault);
    Answer bare = jira.get("myself");
    jira.turn("retryAfterOn503", true);
    Answer told = jira.get("myself");
    jira.control("PUT", "faults", new JsonObject().put("errorRate", 0.0));
    assertThat(bare.status()).isEqualTo(503);
    assertThat(bare.header("Retry-After")).isEmpty();
    assertThat(told.header("Retry-After")).isNotEmpty();
  }

  @Test
  void cloud_limits_writes_to_one_issue_and_leaves_the_others_alone() {
    String busy = cloud().create("busy", Map.of());
    String calm = cloud().create("calm", Map.of());
    Answer last = null;
    for (int i = 0; i < 101; i++) {
      if (i % 15 == 0) {
        cloud().simulator.clock().advance(Duration.ofSeconds(3));
      }
      last = cloud().put("issue/" + busy + "/properties/k", i);
      if (last.status() == 429) {
        break;
      }
    }
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("RateLimit-Reason")).isEqualTo("jira-per-issue-on-write");
    assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
    assertThat(cloud().put("issue/" + calm + "/properties/k", 1).status()).isEqualTo(201);
    cloud().simulator.clock().advance(Duration.ofSeconds(31));
    assertThat(cloud().put("issue/" + busy + "/properties/k", 1).status()).isEqualTo(200);
  }

  @Test
  void cloud_counts_points_by_the_hour_and_warns_before_they_are_used_up() {
    cloud().simulator.clock().advance(Duration.ofHours(2));
    cloud().get("myself");
    cloud().turn("hourlyPoints", 10);
    Answer near = cloud().get("myself");
    Answer last = near;
    for (int i = 0; i < 12 && last.status() == 200; i++) {
      near = last;
      last = cloud().get("myself");
    }
    assertThat(near.header("X-RateLimit-NearLimit")).isEqualTo("true");
    assertThat(last.status()).isEqualTo(429);
    assertThat(last.header("RateLimit-Reason")).isEqualTo("jira-quota-global-based");
    assertThat(last.header("X-RateLimit-Reset")).endsWith("Z");
    cloud().turn("quotaScope", "tenant");
    assertThat(cloud().get("myself").header("RateLimit-Reason"))
        .isEqualTo("jira-quota-tenant-based");
    cloud().simulator.clock().advance(Duration.ofHours(1));
    assertThat(cloud().get("myself").status()).isEqualTo(200);
  }

  @Test
  void cloud_limits_bursts_when_switched_on() {
    cloud().turn("burstLimits", true);
    cloud().turn("perIssueWriteLimit", false);
    // The simulated second is frozen only as fast as the loop: far more than it allows.
    Answer answer = cloud().delete("issue/SEC-99999");
    for (int i = 0; i < 2_000 && answer.status() != 429; i++) {
      answer = cloud().delete("issue/SEC-99999");
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("RateLimit-Reason")).isEqualTo("jira-burst-based");
  }

  @Test
  void data_centers_bucket_is_told_in_every_answer() {
    dataCenter().turn("dcBucket", 1000);
    Answer answer = dataCenter().get("myself");
    assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("1000");
    assertThat(answer.header("X-RateLimit-FillRate")).isEqualTo("1000");
    assertThat(answer.header("retry-after")).isEqualTo("0");
    assertThat(Integer.parseInt(answer.header("X-RateLimit-Remaining"))).isLessThan(1000);
  }

  @OnBoth
  void acting_as_nobody_known_is_refused_by_name(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Answer answer = jira.send("GET", jira.api() + "myself", null, jira.as("nobody@example.com"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("nobody@example.com");
  }

  @OnBoth
  void requests_are_counted_by_operation(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.control("DELETE", "requests", null);
    jira.get("issue/SEC-1");
    jira.get("issue/SEC-2");
    jira.post("issue/bulk", new JsonObject());
    JsonObject counts = jira.control("GET", "requests", null).json();
    assertThat(counts.getInteger("total")).isEqualTo(3);
    assertThat(counts.getJsonObject("byOperation").getInteger("GET " + jira.api() + "issue/{id}"))
        .isEqualTo(2);
    assertThat(counts.getJsonObject("byOperation").fieldNames())
        .contains("POST " + jira.api() + "issue/bulk");
  }

  @OnBoth
  void an_unknown_switch_or_value_is_refused_by_name(Flavour flavour) {
    JiraBench jira = bench(flavour);
    for (String bad : java.util.List.of("{\"deadTokn\":\"no\"}", "{\"deadToken\":\"maybe\"}")) {
      Answer answer = jira.send("PUT", "/_sim/switches", bad, Map.of());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("deadTok");
    }
  }
}
