package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rate rules, and failures at a moment of the test's choosing. */
class LimitsAndFaultsTest extends WithSimulator {
  private static final String LIST = "/api/now/v2/table/incident";

  private void script(String fault) {
    snow.switches("{\"scriptedFaults\":[" + fault + "]}");
  }

  private Answer create(String words) {
    return snow.post(LIST, SnowClient.object("short_description", words));
  }

  private int stored(String words) {
    return snow.list("incident", "short_description=" + words).records().size();
  }

  @Test
  void without_rules_there_are_no_rate_headers() {
    assertThat(snow.get(LIST).headers().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-ratelimit"));
  }

  @Test
  void a_rule_announces_itself_and_its_excess_is_429_with_the_wait_until_the_hour_ends() {
    snow.switches("{\"rateRules\":[{\"for\":\"all\",\"resource\":\"table\",\"limit\":2}]}");

    Answer first = snow.get(LIST);
    assertThat(first.header("X-RateLimit-Limit")).isEqualTo("2");
    assertThat(first.header("X-RateLimit-Rule")).matches("[0-9a-f]{32}");
    snow.get(LIST);
    Answer refused = snow.get(LIST);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.errorMessage()).isEqualTo("Rate limit exceeded");
    long wait = Long.parseLong(refused.header("Retry-After"));
    long now = simulator.clock().instant().getEpochSecond();
    assertThat(Long.parseLong(refused.header("X-RateLimit-Reset")) - now).isBetween(wait - 2, wait);
    assertThat(snow.get("/api/now/stats/incident").status()).isEqualTo(200);

    wind(Duration.ofSeconds(wait));
    assertThat(snow.get(LIST).status()).isEqualTo(200);
  }

  @Test
  void a_users_rule_beats_a_roles_and_of_several_roles_the_lowest_limit_holds() {
    String rules =
        "{\"for\":\"all\",\"limit\":1},{\"for\":\"role:itil\",\"limit\":3},"
            + "{\"for\":\"role:sn_si.basic\",\"limit\":2}";
    snow.switches("{\"rateRules\":[" + rules + "]}");
    assertThat(snow.get(LIST).header("X-RateLimit-Limit")).isEqualTo("2");

    snow.switches("{\"rateRules\":[" + rules + ",{\"for\":\"user:svc.bridge\",\"limit\":9}]}");
    assertThat(snow.get(LIST).header("X-RateLimit-Limit")).isEqualTo("9");
    assertThat(person("pat.jones").get(LIST).header("X-RateLimit-Limit")).isEqualTo("3");
  }

  @Test
  void a_429_may_come_without_headers_and_without_json() {
    snow.switches("{\"rateRules\":[{\"limit\":0}],\"rateHeaders\":false,\"rateJson\":false}");

    Answer refused = snow.get(LIST);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isNull();
    assertThat(refused.header("X-RateLimit-Limit")).isNull();
    assertThat(refused.text()).startsWith("<html>");
  }

  @Test
  void an_insert_may_be_answered_500_after_it_was_committed_or_instead() {
    script("{\"fault\":\"errorAfterCommit\",\"method\":\"POST\",\"path\":\"/table/incident\"}");
    Answer committed = create("committed");
    assertThat(committed.status()).isEqualTo(500);
    assertThat(committed.errorMessage()).startsWith("Transaction cancelled");
    assertThat(stored("committed")).isEqualTo(1);

    script("{\"fault\":\"error\",\"method\":\"POST\"}");
    assertThat(create("not done").status()).isEqualTo(500);
    assertThat(stored("not done")).isZero();
  }

  @Test
  void a_connection_may_be_lost_before_or_after_the_work() {
    script("{\"fault\":\"reset\",\"method\":\"POST\"}");
    assertThatThrownBy(() -> create("before")).isInstanceOf(UncheckedIOException.class);
    assertThat(stored("before")).isZero();

    script("{\"fault\":\"lostResponse\",\"method\":\"POST\"}");
    assertThatThrownBy(() -> create("after")).isInstanceOf(UncheckedIOException.class);
    assertThat(stored("after")).isEqualTo(1);
  }

  @Test
  void a_list_may_hold_half_its_rows_and_an_error_or_end_in_the_middle() {
    script("{\"fault\":\"partialList\"}");
    Answer partial = snow.get(LIST);
    assertThat(partial.status()).isEqualTo(200);
    assertThat(partial.records()).hasSize(1); // of three
    assertThat(partial.json().getString("status")).isEqualTo("failure");

    script("{\"fault\":\"cutOff\"}");
    Answer cut = snow.get(LIST);
    assertThat(cut.status()).isEqualTo(200);
    assertThatThrownBy(cut::json).hasMessageContaining("decode");
  }

  @Test
  void other_answers_can_be_scripted_too() {
    script("{\"fault\":\"unavailable\"}");
    assertThat(snow.get(LIST).status()).isEqualTo(503);
    script("{\"fault\":\"unauthenticated\"}");
    assertThat(snow.get(LIST).status()).isEqualTo(401);
    script("{\"fault\":\"tooManyRequests\"}");
    assertThat(snow.get(LIST).header("Retry-After")).isEqualTo("1");
    script("{\"fault\":\"sleeping\"}");
    assertThat(snow.get(LIST).header("Content-Type")).startsWith("text/html");
  }

  @Test
  void a_scripted_fault_waits_for_its_turn_and_strikes_as_often_as_told() {
    script("{\"fault\":\"error\",\"path\":\"/table/incident\",\"after\":1,\"times\":2}");

    assertThat(snow.get("/api/now/table/problem").status()).isEqualTo(200);
    assertThat(snow.get(LIST).status()).isEqualTo(200);
    assertThat(snow.get(LIST).status()).isEqualTo(500);
    assertThat(snow.get(LIST).status()).isEqualTo(500);
    assertThat(snow.get(LIST).status()).isEqualTo(200);
  }

  @Test
  void a_fault_inside_a_batch_strikes_one_item_or_loses_the_whole_answer() {
    String items =
        "{\"batch_request_id\":\"1\",\"rest_requests\":["
            + item("a", "one")
            + ","
            + item("b", "two")
            + "]}";
    script("{\"fault\":\"errorAfterCommit\",\"path\":\"/table/incident\",\"after\":1}");
    JsonObject answer = snow.post("/api/now/v1/batch", new JsonObject(items)).json();
    assertThat(
            answer.getJsonArray("serviced_requests").stream()
                .map(serviced -> ((JsonObject) serviced).getInteger("status_code")))
        .containsExactly(201, 500);
    assertThat(stored("two")).isEqualTo(1);

    script("{\"fault\":\"lostResponse\",\"path\":\"/table/incident\",\"after\":1}");
    assertThatThrownBy(() -> snow.post("/api/now/v1/batch", new JsonObject(items)))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(stored("one")).isEqualTo(2);
    assertThat(stored("two")).isEqualTo(2);
  }

  private static String item(String id, String words) {
    String body = "{\"short_description\":\"" + words + "\"}";
    return "{\"id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/api/now/v2/table/incident\",\"headers\":[{\"name\":"
        + "\"Accept\",\"value\":\"application/json\"},{\"name\":\"Content-Type\",\"value\":"
        + "\"application/json\"}],\"body\":\""
        + java.util.Base64.getEncoder()
            .encodeToString(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        + "\"}";
  }

  @Test
  void the_shared_faults_speak_the_platforms_words() {
    snow.send("PUT", "/_sim/faults", "{\"errorRate\":1,\"errorStatuses\":[500]}");
    assertThat(snow.get(LIST).errorMessage()).startsWith("Transaction cancelled");
    snow.send("PUT", "/_sim/faults", "{\"errorRate\":1,\"errorStatuses\":[503]}");
    assertThat(snow.get(LIST).header("Content-Type")).startsWith("text/html");
    snow.send("PUT", "/_sim/faults", "{\"errorRate\":0,\"rateLimitPerSecond\":1}");
    snow.get(LIST);
    snow.get(LIST);
    Answer limited = snow.get(LIST);
    if (limited.status() == 200) {
      limited = snow.get(LIST); // a second had ended in between
    }
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.header("Retry-After")).isEqualTo("1");
  }
}
