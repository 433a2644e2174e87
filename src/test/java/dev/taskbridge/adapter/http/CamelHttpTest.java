package dev.taskbridge.adapter.http;

import static dev.taskbridge.adapter.ScriptedServer.cutOff;
import static dev.taskbridge.adapter.ScriptedServer.dropped;
import static dev.taskbridge.adapter.ScriptedServer.json;
import static dev.taskbridge.adapter.ScriptedServer.silent;
import static dev.taskbridge.adapter.ScriptedServer.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.ScriptedServer;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Secret;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped routes over real HTTP, against a server that does as it is told. */
final class CamelHttpTest {
  private static final Instant NOW = Instant.parse("2024-01-31T09:30:00Z");
  private static CamelContext context;

  private final WoundClock clock = new WoundClock(NOW);
  private final List<String> tried = new ArrayList<>();
  private ScriptedServer server;
  private CamelHttp http;

  @BeforeAll
  static void loadTheShippedRoutes() {
    context = HttpRoutes.started();
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    http = connect(Credentials.anonymous());
  }

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  private HttpSettings settings(Credentials credentials) {
    return HttpSettings.of("demo", URI.create(server.origin() + "/api"), credentials)
        .withTimeouts(Duration.ofSeconds(2), Duration.ofMillis(400));
  }

  private CamelHttp connect(Credentials credentials) {
    return connect(settings(credentials));
  }

  private CamelHttp connect(HttpSettings settings) {
    return CamelHttp.connect(
        context, settings, clock, (system, operation, outcome) -> tried.add(outcome));
  }

  private Http.Response answered(Http.Request request) {
    return (Http.Response) http.send(request);
  }

  private Refusal refused(Http.Request request) {
    return ((Http.NoAnswer) http.send(request)).refusal();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v3/tasks?tql=status%20in%20%28%22Open%22%2C%20%22Reopened%22%29&fields=caseId&fields=parentCase",
        "/v3/tasks?tql=name+%3D+%22a%2Bb%26c%3Bd%2Fe%25f%22&x=~-_.",
        "/table/incident?sysparm_query=a%3Db%5EORc%3Dd%5EEQ&empty=&flag",
        "/v3/tasks/x%2Fy%20z%3B1,2;3=4:5@6",
        "/rest/api/3/issue/SEC-1?q=%F0%9F%98%80%C3%A9&RAW(x)=RAW(%20)&y=%7B%7Bsecret%7D%7D",
        "/v3/tasks/",
        "/v3//tasks/../a/./b"
      })
  void the_target_goes_over_the_wire_exactly_as_given(String target) {
    answered(Http.Request.get("read", target));
    assertThat(server.last().target()).isEqualTo("/api" + target);
  }

  @Test
  void a_get_carries_a_body_only_when_asked_and_no_camel_headers() {
    answered(Http.Request.get("list", "/v3/tasks"));
    assertThat(server.last().headers()).doesNotContainKeys("content-length", "content-type");
    assertThat(server.last().headers().keySet()).noneMatch(name -> name.startsWith("camel"));

    answered(new Http.Request("list", "GET", "/v3/tasks", "{\"data\":{\"tql\":\"é\"}}", true));
    assertThat(server.last().method()).isEqualTo("GET");
    assertThat(server.last().body()).isEqualTo("{\"data\":{\"tql\":\"é\"}}");
    assertThat(server.last().headers()).containsEntry("content-type", "application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
  void every_method_is_sent_as_it_is_named(String method) {
    answered(Http.Request.once("write", method, "/v3/tasks", "{\"a\":1}"));
    assertThat(server.last().method()).isEqualTo(method);
    if (!method.equals("OPTIONS")) {
      assertThat(server.last().body()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void a_delete_says_its_content_type_though_it_has_no_body() {
    answered(Http.Request.absolute("delete", "DELETE", "/v3/tasks/1", ""));
    assertThat(server.last().headers()).containsEntry("content-type", "application/json");
    assertThat(server.last().body()).isEmpty();
  }

  @Test
  void an_answer_comes_with_status_headers_body_and_time() {
    server.then(
        json(404, "{\"message\":\"näh\"}")
            .with("Retry-After", "7")
            .with("CamelHttpUri", "http://elsewhere")
            .with("X-Total-Count", "3"));
    Http.Response response = answered(Http.Request.get("read", "/v3/tasks/1"));
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.text()).isEqualTo("{\"message\":\"näh\"}");
    assertThat(response.header("Retry-After")).contains("7");
    assertThat(response.header("x-total-count")).contains("3");
    assertThat(response.header("camelhttpuri")).isEmpty();
    assertThat(response.isJson()).isTrue();
    assertThat(response.at()).isEqualTo(NOW);
  }

  @Test
  void a_large_answer_comes_whole() {
    String large = "[" + "1234567,".repeat(200_000) + "1]";
    server.then(json(200, large));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).text()).isEqualTo(large);
  }

  @Test
  void an_answer_beyond_the_limit_is_given_up_at_once() {
    http = connect(settings(Credentials.anonymous()).withLongestAnswer(1000));
    server.then(json(200, "x".repeat(1001)));
    assertThat(refused(Http.Request.get("list", "/v3/tasks")))
        .isInstanceOf(Refusal.Unknown.class)
        .extracting(Refusal::words)
        .asString()
        .contains("longer than 1000 bytes");
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 502, 503, 504})
  void a_repeatable_request_is_sent_again_after_a_passing_trouble(int status) {
    server.then(json(status, "{}"), json(200, "{\"ok\":1}"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).text()).isEqualTo("{\"ok\":1}");
    assertThat(server.received()).hasSize(2);
    assertThat(tried).containsExactly(Integer.toString(status), "200");
  }

  @Test
  void after_four_tries_the_last_answer_is_the_answer() {
    server.otherwise(request -> json(500, "{\"message\":\"no\"}"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(500);
    assertThat(server.received()).hasSize(4);
    assertThat(server.received())
        .extracting(ScriptedServer.Received::target)
        .hasSameElementsAs(List.of("/api/v3/tasks"));
  }

  @Test
  void an_impatient_request_is_not_sent_again() {
    server.then(json(500, "{}"));
    clock.onEveryLook(Duration.ofSeconds(21));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(500);
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 413, 422, 429, 301, 302})
  void other_statuses_are_answers_at_once(int status) {
    server.then(json(status, "{}").with("Location", "/elsewhere"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(status);
    assertThat(server.received()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 503})
  void a_write_that_must_not_be_doubled_is_sent_once_whatever_comes(int status) {
    server.then(json(status, "{}"));
    Http.Request create = Http.Request.once("create", "POST", "/v3/tasks", "{}");
    assertThat(answered(create).status()).isEqualTo(status);
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void a_write_whose_answer_was_lost_may_have_taken_effect() {
    Http.Request create = Http.Request.once("create", "POST", "/v3/tasks", "{}");
    server.then(dropped());
    assertThat(refused(create)).isInstanceOf(Refusal.Unknown.class);
    server.then(silent());
    assertThat(refused(create)).isInstanceOf(Refusal.Unknown.class);
    server.then(cutOff("{\"data\":{\"id\":1}}"));
    assertThat(refused(create)).isInstanceOf(Refusal.Unknown.class);
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void a_read_whose_answer_was_lost_is_sent_again() {
    server.then(dropped(), cutOff("{\"data\":[]}"), silent(), json(200, "{\"data\":[]}"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).text()).isEqualTo("{\"data\":[]}");
    assertThat(server.received()).hasSize(4);
  }

  @Test
  void nobody_listening_is_unreachable_and_even_a_create_is_tried_again() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    http =
        connect(
            HttpSettings.of(
                "demo", URI.create("http://127.0.0.1:" + port), Credentials.anonymous()));
    assertThat(refused(Http.Request.once("create", "POST", "/v3/tasks", "{}")))
        .isInstanceOf(Refusal.Unreachable.class)
        .extracting(Refusal::words)
        .asString()
        .contains("127.0.0.1:" + port);
    assertThat(tried).containsExactly("unreachable", "unreachable", "unreachable", "unreachable");
  }

  @Test
  void an_unknown_host_and_a_failed_tls_handshake_are_unreachable() {
    http =
        connect(
            HttpSettings.of(
                "demo",
                URI.create("https://127.0.0.1:" + URI.create(server.origin()).getPort()),
                Credentials.anonymous()));
    assertThat(refused(Http.Request.once("create", "POST", "/x", "{}")))
        .isInstanceOf(Refusal.Unreachable.class);
    http =
        connect(
            HttpSettings.of(
                "demo", URI.create("http://no-such-host.invalid"), Credentials.anonymous()));
    assertThat(refused(Http.Request.get("read", "/x"))).isInstanceOf(Refusal.Unreachable.class);
  }

  @Test
  void after_a_429_nothing_is_sent_until_the_time_that_was_asked_for() {
    server.then(json(429, "{}").with("Retry-After", "30"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(429);
    assertThat(refused(Http.Request.get("other", "/v3/cases")))
        .isInstanceOfSatisfying(
            Refusal.Busy.class, busy -> assertThat(busy.retryAt()).isEqualTo(NOW.plusSeconds(30)));
    assertThat(http.throttledUntil()).contains(NOW.plusSeconds(30));
    assertThat(server.received()).hasSize(1);

    clock.advance(Duration.ofSeconds(30));
    assertThat(answered(Http.Request.get("other", "/v3/cases")).status()).isEqualTo(200);
    assertThat(http.throttledUntil()).isEmpty();
  }

  @Test
  void a_503_that_names_a_time_is_believed() {
    server.then(json(503, "{}").with("Retry-After", "Wed, 31 Jan 2024 09:31:00 GMT"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(503);
    assertThat(refused(Http.Request.get("list", "/v3/tasks")))
        .isInstanceOfSatisfying(
            Refusal.Busy.class, busy -> assertThat(busy.retryAt()).isEqualTo(NOW.plusSeconds(60)));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void a_system_that_does_not_answer_is_left_alone_and_probed_by_one_request() {
    server.otherwise(request -> dropped());
    Http.Request create = Http.Request.once("create", "POST", "/v3/tasks", "{}");
    for (int i = 0; i < Pace.ENOUGH; i++) {
      refused(create);
    }
    assertThat(refused(create).words()).contains("not tried again before");
    assertThat(server.received()).hasSize(Pace.ENOUGH);

    clock.advance(Pace.FIRST_REST);
    refused(create);
    refused(create);
    assertThat(server.received()).hasSize(Pace.ENOUGH + 1);

    clock.advance(Pace.FIRST_REST.multipliedBy(2));
    server.otherwise(request -> json(200, "{}"));
    answered(create);
    answered(create);
    assertThat(server.received()).hasSize(Pace.ENOUGH + 3);
  }

  @Test
  void threatconnect_requests_are_signed_on_the_bytes_that_go_out() {
    Secret key = new Secret("ExampleSecretKey-0123456789abcdef-NotReal");
    http = connect(Credentials.hmac("12345678901234567890", key));
    clock.set(Instant.ofEpochSecond(1_700_000_000));
    answered(Http.Request.get("list", "/v3/tasks?resultStart=0&resultLimit=100"));
    assertThat(server.last().headers())
        .containsEntry("timestamp", "1700000000")
        .containsEntry(
            "authorization",
            "TC 12345678901234567890:/1Ac9THNqpX3CELCqZRuAIHIOzo55WvxsV6kcJoGbSs=");
  }

  @Test
  void each_try_has_a_time_stamp_and_a_signature_of_its_own() {
    http = connect(Credentials.hmac("id", new Secret("ExampleSecretKey")));
    clock.onEveryLook(Duration.ofSeconds(1));
    server.then(json(500, "{}"), json(200, "{}"));
    answered(Http.Request.get("list", "/v3/tasks"));
    assertThat(server.received())
        .extracting(received -> received.headers().get("timestamp"))
        .doesNotHaveDuplicates();
    assertThat(server.received())
        .extracting(received -> received.headers().get("authorization"))
        .doesNotHaveDuplicates();
  }

  @Test
  void threatconnect_gets_one_more_try_after_a_401_and_a_password_does_not() {
    http = connect(Credentials.threatConnectToken(new Secret("APIV2:1:abc:2:def")));
    server.then(json(401, "{}"), json(200, "{}"));
    assertThat(answered(Http.Request.once("create", "POST", "/v3/tasks", "{\"a\":1}")).status())
        .isEqualTo(200);
    assertThat(server.received())
        .extracting(ScriptedServer.Received::body)
        .containsExactly("{\"a\":1}", "{\"a\":1}");
    assertThat(server.last().headers())
        .containsEntry("authorization", "TC-Token APIV2:1:abc:2:def");
    server.then(json(401, "{}"), json(401, "{}"));
    assertThat(answered(Http.Request.get("list", "/v3/tasks")).status()).isEqualTo(401);
    assertThat(server.received()).hasSize(4);

    http = connect(Credentials.basic("bot", new Secret("hunter22")));
    server.then(json(401, "{}"));
    assertThat(answered(Http.Request.get("list", "/x")).status()).isEqualTo(401);
    assertThat(server.received()).hasSize(5);
    assertThat(server.last().headers()).containsEntry("authorization", "Basic Ym90Omh1bnRlcjIy");
  }

  @Test
  void bearer_tokens_and_api_keys_go_into_their_headers() {
    http = connect(Credentials.bearer(new Secret("pat-1")));
    answered(Http.Request.get("list", "/x"));
    assertThat(server.last().headers()).containsEntry("authorization", "Bearer pat-1");
    http = connect(Credentials.apiKey("x-sn-apikey", new Secret("key-1")));
    answered(Http.Request.get("list", "/x"));
    assertThat(server.last().headers()).containsEntry("x-sn-apikey", "key-1");
    assertThat(server.last().headers()).doesNotContainKey("authorization");
  }

  @Test
  void an_echo_of_our_credentials_in_an_error_is_struck_out() {
    http = connect(Credentials.basic("bot", new Secret("hunter22")));
    server.then(text(500, "text/html", "<b>Basic Ym90Omh1bnRlcjIy</b> hunter22"));
    Http.Response response = answered(Http.Request.once("create", "POST", "/x", "{}"));
    assertThat(response.text()).doesNotContain("hunter22").doesNotContain("Ym90Omh1bnRlcjIy");
    assertThat(Credentials.basic("bot", new Secret("hunter22")).toString())
        .doesNotContain("hunter22")
        .doesNotContain("Ym90Omh1bnRlcjIy");
  }

  @Test
  void an_oauth_token_is_kept_until_shortly_before_its_end_and_renewed_after_a_401() {
    List<String> tokens = new ArrayList<>(List.of("one", "two", "three"));
    server.otherwise(
        request -> {
          if (request.target().equals("/oauth_token.do")) {
            return json(200, "{\"access_token\":\"" + tokens.remove(0) + "\",\"expires_in\":1800}");
          }
          return json(
              request.headers().get("authorization").equals("Bearer two") ? 401 : 200, "{}");
        });
    http =
        connect(
            Credentials.passwordGrant(
                URI.create(server.origin() + "/oauth_token.do"),
                "client",
                new Secret("client&secret"),
                "svc.bridge",
                new Secret("pass word")));
    answered(Http.Request.get("list", "/x"));
    assertThat(server.received().get(0).body())
        .isEqualTo(
            "grant_type=password&client_id=client&client_secret=client%26secret"
                + "&username=svc.bridge&password=pass+word");
    clock.advance(Duration.ofSeconds(1700));
    answered(Http.Request.get("list", "/x"));
    assertThat(tokens).hasSize(2);
    clock.advance(Duration.ofSeconds(60));
    assertThat(answered(Http.Request.get("list", "/x")).status()).isEqualTo(200);
    assertThat(tokens).isEmpty();
    assertThat(server.last().headers()).containsEntry("authorization", "Bearer three");
  }

  @Test
  void a_refused_grant_denies_without_sending_and_is_not_asked_for_at_every_request() {
    server.otherwise(
        request ->
            json(401, "{\"error\":\"access_denied\",\"error_description\":\"access_denied\"}"));
    http =
        connect(
            Credentials.clientCredentials(
                URI.create(server.origin() + "/oauth_token.do"), "client", new Secret("sesame")));
    assertThat(refused(Http.Request.get("list", "/x")))
        .isInstanceOf(Refusal.Denied.class)
        .extracting(Refusal::words)
        .asString()
        .contains("access_denied")
        .doesNotContain("sesame");
    refused(Http.Request.get("list", "/x"));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void connecting_again_under_the_same_name_uses_the_new_credentials() {
    http = connect(Credentials.bearer(new Secret("old-token")));
    answered(Http.Request.get("list", "/x"));
    http = connect(Credentials.bearer(new Secret("new-token")));
    answered(Http.Request.get("list", "/x"));
    assertThat(server.last().headers()).containsEntry("authorization", "Bearer new-token");
  }

  /** A clock that moves when told, or by itself at each look. */
  private static final class WoundClock extends Clock {
    private Instant now;
    private Duration step = Duration.ZERO;

    WoundClock(Instant now) {
      this.now = now;
    }

    synchronized void set(Instant instant) {
      now = instant;
    }

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }

    synchronized void onEveryLook(Duration by) {
      step = by;
    }

    @Override
    public synchronized Instant instant() {
      Instant seen = now;
      now = now.plus(step);
      return seen;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
