package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Sends requests to one Jira and judges what comes back by status, headers and shape, never by
 * wording: messages come in the account's language (documented). Thread-safe.
 */
final class JiraClient {
  /** Which of Cloud's limits says nothing about other issues (documented). */
  private static final String ONE_ISSUE = "jira-per-issue-on-write";

  private static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

  private final Http http;
  private final Clock clock;
  private volatile Duration ahead = Duration.ZERO;

  JiraClient(Http http, Clock clock) {
    this.http = http;
    this.clock = clock;
  }

  /** What one request came to. */
  sealed interface Reply permits Ok, Failed {}

  /**
   * A 2xx that could be read.
   *
   * @param body missing when there was none
   */
  record Ok(int status, JsonNode body) implements Reply {}

  /**
   * Anything else.
   *
   * @param status 0 if there was no answer
   * @param body missing unless it was JSON
   */
  record Failed(int status, JiraProblem problem, JsonNode body, Refusal refusal) implements Reply {}

  Reply ask(Http.Request request) {
    Http.Answer answer = http.send(request);
    if (answer instanceof Http.NoAnswer none) {
      return new Failed(0, JiraProblem.NONE, MissingNode.getInstance(), none.refusal());
    }
    Http.Response response = (Http.Response) answer;
    response
        .header("date")
        .flatMap(JiraTime::parseHttpDate)
        .ifPresent(theirs -> ahead = Duration.between(response.at(), theirs));
    return judge(request, response);
  }

  /** For requests where a refusal is a refusal, whatever its details. */
  Outcome<JsonNode> read(Http.Request request) {
    Reply reply = ask(request);
    return reply instanceof Ok ok
        ? Outcome.done(ok.body())
        : Outcome.refused(((Failed) reply).refusal());
  }

  /** Jira's clock as last seen; whole seconds. */
  Instant theirNow() {
    return clock.instant().plus(ahead);
  }

  /** How far Jira's clock is ahead of ours, to about a second. */
  Duration ahead() {
    return ahead;
  }

  private Reply judge(Http.Request request, Http.Response response) {
    int status = response.status();
    JiraProblem problem = status < 400 ? JiraProblem.NONE : JiraProblem.of(response);
    JsonNode body =
        status < 400
            ? MissingNode.getInstance()
            : Json.parse(response.body()).orElse(MissingNode.getInstance());
    Optional<String> refusedLogin = refusedLogin(response);
    if (refusedLogin.isPresent()) {
      return new Failed(status, problem, body, new Refusal.Denied(refusedLogin.get()));
    }
    if (status >= 200 && status < 300) {
      return understood(status, response);
    }
    String words = problem.words("Jira answered " + status + " and said nothing");
    return new Failed(status, problem, body, refusal(request, response, problem, words));
  }

  private static Reply understood(int status, Http.Response response) {
    if (response.body().length == 0) {
      return new Ok(status, MissingNode.getInstance());
    }
    return Json.parse(response.body())
        .<Reply>map(body -> new Ok(status, body))
        .orElseGet(
            () ->
                new Failed(
                    status,
                    JiraProblem.NONE,
                    MissingNode.getInstance(),
                    new Refusal.Unknown(
                        "Jira answered "
                            + status
                            + " with something that is no JSON: "
                            + Words.bounded(Words.cut(response.text(), 200)))));
  }

  private Refusal refusal(
      Http.Request request, Http.Response response, JiraProblem problem, String words) {
    int status = response.status();
    return switch (status) {
      case 401 -> new Refusal.Denied("Jira refuses the credentials (401): " + words);
      case 403 ->
          concernsOneIssue(request)
              ? new Refusal.Rejected(problem.field(), words)
              : new Refusal.Denied("Jira forbids this to the account (403): " + words);
      case 429 ->
          response.header("ratelimit-reason").orElse("").equals(ONE_ISSUE)
              ? new Refusal.Later(retryAt(response), busyWords(response))
              : new Refusal.Busy(retryAt(response), busyWords(response));
      case 408, 425 -> new Refusal.Unknown(words);
      case 503 ->
          // Only a reading may be repeated without a thought: a write may have been done.
          request.repeatable() && response.header("retry-after").isPresent()
              ? new Refusal.Busy(retryAt(response), words)
              : new Refusal.Unknown(words);
      default -> {
        if (status >= 500) {
          yield new Refusal.Unknown(words);
        }
        if (status < 400) {
          yield new Refusal.Rejected(
              Optional.empty(),
              "Jira answered " + status + ", a redirection: is the configured url Jira's own?");
        }
        yield new Refusal.Rejected(problem.field(), words);
      }
    };
  }

  private static boolean concernsOneIssue(Http.Request request) {
    String target = request.target();
    return target.contains("/issue/")
        && !target.contains("/issue/bulk")
        && !target.contains("/issue/createmeta");
  }

  /**
   * A dead token may be answered as an anonymous visitor is, with 200 and nothing in it; the only
   * hint is this header (seen on Cloud).
   */
  private static Optional<String> refusedLogin(Http.Response response) {
    return response
        .header("x-seraph-loginreason")
        .filter(reason -> reason.contains("AUTHENTICATED_FAILED") || reason.contains("DENIED"))
        .map(
            reason ->
                "Jira did not accept the credentials ("
                    + Words.bounded(reason)
                    + ")"
                    + (reason.contains("DENIED")
                        ? ": log in once with a browser to lift a CAPTCHA, or renew the token"
                        : ": renew the token"));
  }

  private Instant retryAt(Http.Response response) {
    Optional<Duration> after =
        response.header("retry-after").map(String::strip).flatMap(JiraClient::seconds);
    return after
        .map(wait -> clock.instant().plus(wait))
        .or(
            () ->
                response
                    .header("x-ratelimit-reset")
                    .flatMap(JiraTime::parse)
                    .map(theirs -> theirs.minus(ahead)))
        .orElseGet(() -> clock.instant().plus(DEFAULT_WAIT));
  }

  private static Optional<Duration> seconds(String text) {
    try {
      return Optional.of(Duration.ofSeconds(Math.max(0, Math.min(86_400, Long.parseLong(text)))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String busyWords(Http.Response response) {
    return "Jira asks us to slow down"
        + response.header("ratelimit-reason").map(why -> " (" + why + ")").orElse("");
  }

  /** One part of a path or one value of a query. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
