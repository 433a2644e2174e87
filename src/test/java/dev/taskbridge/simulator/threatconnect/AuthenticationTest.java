package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both schemes, and what the server says to whom it does not know. */
final class AuthenticationTest {
  private static final String TIMESTAMP = "1700000000";
  private static final String TARGET = "/api/v3/tasks?resultStart=0&resultLimit=100";
  private static final String SIGNATURE = "/1Ac9THNqpX3CELCqZRuAIHIOzo55WvxsV6kcJoGbSs=";

  private static ThreatConnectSimulator simulator;
  private static Caller api;

  @BeforeAll
  static void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @BeforeEach
  void the_time_of_the_test_vectors() {
    simulator.flip("tokenExpired", false);
    wind(1_700_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v3/tasks?resultStart=0&resultLimit=100, 200,"
        + " /1Ac9THNqpX3CELCqZRuAIHIOzo55WvxsV6kcJoGbSs=",
    "PUT, /api/v3/tasks/42, 404, Sp/YFPAVHZJ9qHLG2kpv1XYdzJk6IQfG51VTwRgNrKU=",
    "GET, '/api/v3/tasks?tql=status%20in%20%28%22Open%22%2C%20%22Reopened%22%29%20and%20hasCase%28"
        + "lastUpdated%20%3E%3D%20%222024-01-31%2009%3A30%3A00%22%29&resultStart=0&resultLimit=1000"
        + "&fields=caseId', 200, 5fIDlqs0ew52vz1f/i28fpfNiCW5+Slpho7gDGvh5dw=",
    "GET, '/api/v3/tasks?tql=status+in+%28%22Open%22%2C+%22Reopened%22%29+and+hasCase%28lastUpdated"
        + "+%3E%3D+%222024-01-31+09%3A30%3A00%22%29&resultStart=0&resultLimit=1000&fields=caseId',"
        + " 200, n8p7pSXxtfTyJUNgn+9ua/1OzVnSwcR5zuhVLADzyzY=",
  })
  void a_signature_over_the_raw_target_passes(
      String method, String target, int status, String signature) {
    assertThat(signed(method, target, TIMESTAMP, signature).status()).isEqualTo(status);
    assertThat(Caller.signature(target, method, TIMESTAMP)).isEqualTo(signature);
  }

  @Test
  void a_space_may_be_written_both_ways_and_means_the_same() {
    String percent = "/api/v3/tasks?tql=id%20in%20(1,%202)";
    String plus = "/api/v3/tasks?tql=id+in+(1,+2)";

    assertThat(api.signed("GET", percent, null).ids()).containsExactly(1L, 2L);
    assertThat(api.signed("GET", plus, null).ids()).containsExactly(1L, 2L);
  }

  @Test
  void a_signature_over_the_decoded_target_fails() {
    String sent = "/api/v3/tasks?tql=id%20%3D%201";
    String decoded = "/api/v3/tasks?tql=id = 1";

    Answer answer = signed("GET", sent, TIMESTAMP, Caller.signature(decoded, "GET", TIMESTAMP));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("Signature data did not match expected result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE"})
  void a_signature_is_good_for_its_method_only(String method) {
    assertThat(signed(method, TARGET, TIMESTAMP, SIGNATURE).message())
        .isEqualTo("Signature data did not match expected result");
  }

  @Test
  void a_signature_may_come_twice() {
    assertThat(signed("GET", TARGET, TIMESTAMP, SIGNATURE).status()).isEqualTo(200);
    assertThat(signed("GET", TARGET, TIMESTAMP, SIGNATURE).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"299, 200", "-299, 200", "302, 401", "-302, 401"})
  void clocks_may_differ_by_five_minutes(long seconds, int status) {
    wind(1_700_000_000 + seconds);

    Answer answer = signed("GET", TARGET, TIMESTAMP, SIGNATURE);

    assertThat(answer.status()).isEqualTo(status);
    if (status == 401) {
      assertThat(answer.message()).isEqualTo("Timestamp out of acceptable time range");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "1700000000000000000", "-1", "1.7e9"})
  void a_timestamp_is_a_number_of_seconds(String timestamp) {
    Answer answer = signed("GET", TARGET, timestamp, Caller.signature(TARGET, "GET", timestamp));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("Invalid timestamp");
  }

  @Test
  void an_unknown_access_id_is_denied() {
    Answer answer =
        api.send(
            "GET",
            TARGET,
            null,
            Map.of("Timestamp", TIMESTAMP, "Authorization", "TC 999:" + SIGNATURE));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("Access Denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Basic dXNlcjpwYXNz", "Bearer token", "TC-Token", "tc x:y"})
  void no_supported_scheme_is_forbidden(String authorization) {
    Answer answer =
        api.send(
            "GET",
            TARGET,
            null,
            authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.contentType()).isEqualTo("application/json");
    assertThat(answer.json().getString("status")).isEqualTo("Error");
  }

  @Test
  void the_token_of_the_credentials_passes_without_a_timestamp() {
    JsonObject credentials = api.control("GET", "/_sim/credentials", null);
    assertThat(credentials.fieldNames())
        .containsExactlyInAnyOrder("accessId", "secretKey", "token");
    assertThat(credentials.getString("secretKey")).isEqualTo(Caller.SECRET_KEY);
    Map<String, String> token =
        Map.of("Authorization", "TC-Token " + credentials.getString("token"));

    assertThat(api.send("GET", TARGET, null, token).status()).isEqualTo(200);

    simulator.flip("tokenExpired", true);
    Answer expired = api.send("GET", TARGET, null, token);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.message()).isEqualTo("Unauthorized");
    assertThat(signed("GET", TARGET, TIMESTAMP, SIGNATURE).status()).isEqualTo(200);
  }

  @Test
  void an_unknown_token_is_unauthorized() {
    Answer answer = api.send("GET", TARGET, null, Map.of("Authorization", "TC-Token APIV2:1:x"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.message()).isEqualTo("Unauthorized");
  }

  @Test
  void a_request_may_act_as_a_person() {
    Caller maria = api.with("X-Sim-User", "maria.silva@example.com");
    JsonObject note = new JsonObject().put("taskId", 1).put("text", "hello");

    assertThat(maria.post("/notes", note).data().getString("author"))
        .isEqualTo("maria.silva@example.com");
    assertThat(api.post("/notes", note).data().getString("author")).isEqualTo(Caller.ACCESS_ID);
    assertThat(api.with("X-Sim-User", "nobody@example.com").get("/tasks").status()).isEqualTo(400);
  }

  private static Answer signed(String method, String target, String timestamp, String signature) {
    return api.send(
        method,
        target,
        null,
        Map.of(
            "Timestamp", timestamp, "Authorization", "TC " + Caller.ACCESS_ID + ":" + signature));
  }

  private static void wind(long epochSecond) {
    simulator
        .clock()
        .setOffset(Duration.between(Instant.now(), Instant.ofEpochSecond(epochSecond)));
  }
}
