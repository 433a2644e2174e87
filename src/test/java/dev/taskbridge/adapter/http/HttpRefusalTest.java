package dev.taskbridge.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an unsuccessful answer means, and how its words are shown. */
final class HttpRefusalTest {
  private static final Instant NOW = Instant.parse("2024-01-31T09:30:00Z");

  private static Http.Response answer(int status, String body) {
    return new Http.Response(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected", "401, Denied", "403, Rejected", "404, Gone", "405, Rejected", "407, Denied",
    "408, Busy", "409, Rejected", "410, Gone", "413, Rejected", "415, Rejected", "422, Rejected",
    "425, Busy", "429, Busy", "500, Unknown", "502, Unknown", "503, Unknown", "504, Unknown",
    "301, Rejected"
  })
  void the_status_decides(int status, String refusal) {
    assertThat(HttpRefusal.of(answer(status, "{}")).getClass().getSimpleName()).isEqualTo(refusal);
  }

  @Test
  void a_503_that_says_when_to_come_back_was_not_executed() {
    Http.Response response = new Http.Response(503, Map.of("retry-after", "12"), new byte[0], NOW);
    assertThat(HttpRefusal.of(response))
        .isEqualTo(new Refusal.Busy(NOW.plusSeconds(12), "HTTP 503"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          {"message":"The xid is invalid","status":"Error"}                  | The xid is invalid
          {"errorMessages":["a","b"],"errors":{"summary":"too long"}}        | a; b; summary: too long
          {"errorMessages":[],"errors":{"duedate":"not a date"}}             | duedate: not a date
          {"error":{"message":"Operation Failed","detail":"ACL"},"status":"f"} | Operation Failed; ACL
          {"error":"access_denied","error_description":"expired"}            | expired; access_denied
          [{"message":"first"},{"message":"second"}]                         | first; second
          {"odd":1}                                                          | {"odd":1}
          {"message":"cut o                                                  | {"message":"cut o
          <html><head><style>x{}</style></head><b>Bad</b> Gateway &lt;1&gt;</html> | Bad Gateway <1>
          plain words                                                        | plain words
          """)
  void the_words_are_found_in_every_usual_body(String body, String words) {
    assertThat(HttpRefusal.words(answer(400, body))).isEqualTo(words);
  }

  @Test
  void an_empty_body_leaves_the_status() {
    assertThat(HttpRefusal.of(answer(400, "")).words()).isEqualTo("HTTP 400");
  }

  @Test
  void words_are_bounded_and_on_one_line() {
    String words = HttpRefusal.of(answer(400, "x\n\ty😀".repeat(100_000))).words();
    assertThat(words).hasSizeLessThanOrEqualTo(Words.LONGEST).doesNotContain("\n").endsWith("…");
    assertThat(Character.isHighSurrogate(words.charAt(words.length() - 2))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Basic Ym90OnNlc2FtZS1vcGVuLW5vdw==",
        "bearer Ym90OnNlc2FtZS1vcGVuLW5vdw was refused",
        "TC-Token APIV2:430:Ym90OnNlc2FtZS1vcGVuLW5vdw",
        "got TC 1234567890:Ym90OnNlc2FtZS1vcGVuLW5vdw=",
        "{\"access_token\":\"Ym90OnNlc2FtZS1vcGVuLW5vdw\"",
        "password=Ym90OnNlc2FtZS1vcGVuLW5vdw&x=1",
        "x-sn-apikey: Ym90OnNlc2FtZS1vcGVuLW5vdw"
      })
  void what_looks_like_a_secret_is_struck_out(String text) {
    assertThat(Words.bounded(text)).doesNotContain("Ym90OnNlc2").contains("***");
  }

  @Test
  void words_about_secrets_stay_readable() {
    String text = "Basic authentication with passwords is deprecated; use a bearer token instead";
    assertThat(Words.bounded(text)).isEqualTo(text);
  }

  @Test
  void known_secrets_are_struck_out_wherever_they_stand() {
    assertThat(Words.without(List.of(new Secret("sesame"), new Secret("x")), "open sesame x"))
        .isEqualTo("open *** x");
  }
}
