package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an answer means. Judged by status and by the shape of the body; of the texts, only
 * ServiceNow's constant {@code error.message} tells a refused record from a refused account.
 */
final class Verdict {
  /** How long to stay away when the server sheds load without saying for how long. */
  private static final Duration BREATHER = Duration.ofSeconds(30);

  private static final Duration LONGEST_WAIT = Duration.ofHours(2);
  private static final int MOST_WORDS = 400;

  /** What was being done: an unreadable answer to a write means that it may have been done. */
  enum Doing {
    READING,
    WRITING
  }

  /**
   * A list answer.
   *
   * @param total rows that match, hidden ones probably included (assumed); empty if not counted
   * @param serverTime the server's clock, if it said
   * @param received when the answer came, by our clock
   */
  record Listed(
      List<Row> rows, OptionalInt total, Optional<Instant> serverTime, Instant received) {}

  private Verdict() {}

  static Outcome<Listed> list(Http.Answer answer) {
    return result(answer, Doing.READING)
        .then(
            result -> {
              if (!result.isArray()) {
                return Outcome.refused(
                    new Refusal.Unknown("a list was asked for, but the answer holds none"));
              }
              List<Row> rows = new ArrayList<>();
              result.forEach(node -> rows.add(new Row(node)));
              Http.Response response = (Http.Response) answer;
              return Outcome.done(
                  new Listed(rows, total(response), serverTime(response), response.at()));
            });
  }

  static Outcome<Row> row(Http.Answer answer, Doing doing) {
    return result(answer, doing)
        .then(
            result ->
                result.isObject()
                    ? Outcome.done(new Row(result))
                    : Outcome.refused(
                        new Refusal.Unknown("a record was asked for, but the answer holds none")));
  }

  /** The {@code result} of a good answer, or what a bad one means. */
  static Outcome<JsonNode> result(Http.Answer answer, Doing doing) {
    if (answer instanceof Http.NoAnswer none) {
      return Outcome.refused(none.refusal());
    }
    Http.Response response = (Http.Response) answer;
    Optional<JsonNode> body = body(response);
    int status = response.status();
    if (status != 200 && status != 201) {
      return Outcome.refused(refusal(response, body, doing));
    }
    if (body.isEmpty()) {
      return Outcome.refused(
          new Refusal.Unknown(
              status
                  + (response.isJson()
                      ? " with JSON that ends early or is broken"
                      : " with a page instead of data: the instance may be hibernating, or asks for"
                          + " a login")));
    }
    // A quota that ends a list while it streams still answers 200, rows first (seen).
    if (body.get().has("error") || body.get().path("status").asText().equals("failure")) {
      return Outcome.refused(
          new Refusal.Unknown(bounded(status + " with an error: " + words(response, body))));
    }
    return body.get().has("result")
        ? Outcome.done(body.get().get("result"))
        : Outcome.refused(new Refusal.Unknown(status + " without a result"));
  }

  private static Refusal refusal(Http.Response response, Optional<JsonNode> body, Doing doing) {
    int status = response.status();
    String words = bounded(status + " " + words(response, body));
    if (status == 429) {
      return new Refusal.Busy(retryAt(response), words);
    }
    if (status == 401) {
      return new Refusal.Denied(words);
    }
    if (status == 403) {
      return forbidden(body, doing, words);
    }
    if (status == 404) {
      // A wrong path is 400, so a 404 with an error speaks of the record (documented).
      return body.isPresent() ? new Refusal.Gone(words) : new Refusal.Unreachable(words);
    }
    if (status == 408 || status == 425 || (status >= 300 && status < 400)) {
      return new Refusal.Unreachable(words);
    }
    if (status >= 400 && status < 500) {
      return new Refusal.Rejected(Optional.empty(), words);
    }
    return doing == Doing.WRITING ? new Refusal.Unknown(words) : new Refusal.Unreachable(words);
  }

  /**
   * A write that rules, policies or rights to this record refuse says {@code Operation Failed}
   * (documented); everything else is about the account.
   */
  private static Refusal forbidden(Optional<JsonNode> body, Doing doing, String words) {
    boolean aboutRecord =
        doing == Doing.WRITING
            && body.map(json -> json.path("error").path("message").asText())
                .filter("Operation Failed"::equalsIgnoreCase)
                .isPresent();
    return aboutRecord ? new Refusal.Rejected(Optional.empty(), words) : new Refusal.Denied(words);
  }

  static Instant retryAt(Http.Response response) {
    Optional<Instant> after =
        response
            .header("retry-after")
            .flatMap(Verdict::number)
            .map(seconds -> response.at().plusSeconds(seconds));
    Optional<Instant> reset =
        response
            .header("x-ratelimit-reset")
            .flatMap(Verdict::number)
            .map(Instant::ofEpochSecond)
            .map(
                // Counted by the server's clock, waited for by ours.
                at ->
                    response
                        .at()
                        .plus(Duration.between(serverTime(response).orElse(response.at()), at)));
    Instant wanted = after.or(() -> reset).orElse(response.at().plus(BREATHER));
    Instant latest = response.at().plus(LONGEST_WAIT);
    Instant soonest = response.at().plusSeconds(1);
    return wanted.isAfter(latest) ? latest : wanted.isBefore(soonest) ? soonest : wanted;
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip())).filter(n -> n >= 0 && n < 1L << 40);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static OptionalInt total(Http.Response response) {
    return response.header("x-total-count").flatMap(Verdict::number).stream()
        .mapToInt(Math::toIntExact)
        .findFirst();
  }

  private static Optional<Instant> serverTime(Http.Response response) {
    return response
        .header("date")
        .flatMap(
            text -> {
              try {
                return Optional.of(
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
              } catch (DateTimeException e) {
                return Optional.empty();
              }
            });
  }

  private static Optional<JsonNode> body(Http.Response response) {
    if (!response.isJson()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TableApi.JSON.readTree(response.text())).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The server's words: an object everywhere, except that tokens are refused by a bare text. */
  private static String words(Http.Response response, Optional<JsonNode> body) {
    JsonNode error = body.map(json -> json.path("error")).orElse(TableApi.JSON.nullNode());
    if (error.isTextual()) {
      return error.asText();
    }
    String message = error.path("message").asText("");
    String detail = error.path("detail").asText("");
    if (message.isEmpty() && detail.isEmpty()) {
      return response.body().length == 0
          ? "and no words"
          : "and " + response.body().length + " bytes that are not the API's";
    }
    return detail.isEmpty() || detail.equals(message) ? message : message + ": " + detail;
  }

  private static String bounded(String words) {
    return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "…";
  }
}
