package dev.taskbridge.adapter.http;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpConstants;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/**
 * What the routes in {@code http.yaml} call around each try of a request; bean {@code
 * <system>.wire}. Thread-safe.
 */
public final class Wire {
  /** Exchange property: milliseconds to wait before the request is sent. */
  public static final String HOLD = "taskbridge.http.hold";

  private static final Pattern TARGET = Pattern.compile("/[!-~]*");
  private static final String REQUEST = "taskbridge.http.request";
  private static final String TRIES = "taskbridge.http.tries";
  private static final String FIRST_TRY = "taskbridge.http.firstTry";

  private final HttpSettings settings;
  private final Authorizer authorizer;
  private final Pace pace;
  private final Clock clock;
  private final HttpObserver observer;

  Wire(
      HttpSettings settings, Authorizer authorizer, Pace pace, Clock clock, HttpObserver observer) {
    this.settings = settings;
    this.authorizer = authorizer;
    this.pace = pace;
    this.clock = clock;
    this.observer = observer;
  }

  /**
   * Turns the {@link Http.Request} of the body into camel-http's message and says how long to
   * {@link #HOLD} it; or, if the system is to be left alone, into the answer that says until when.
   */
  public void before(Exchange exchange) {
    Http.Request request = exchange.getMessage().getBody(Http.Request.class);
    exchange.setProperty(REQUEST, request);
    if (exchange.getProperty(FIRST_TRY) == null) {
      exchange.setProperty(FIRST_TRY, clock.instant());
    }
    exchange.setProperty(TRIES, exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER));
    exchange.getMessage().removeHeaders("*");
    Pace.Turn turn = pace.ask(request.operation(), settings.longestHold());
    if (turn instanceof Pace.Go go) {
      exchange.setProperty(HOLD, go.hold().toMillis());
      address(exchange.getMessage(), request);
    } else {
      exchange.getMessage().setBody(heldBack(request, turn));
    }
  }

  /**
   * The headers that say who we are, for a transport that has a client of its own.
   *
   * @throws NotSent if there is no token to be had
   */
  public Map<String, String> identity() throws IOException {
    BasicHttpRequest request = new BasicHttpRequest("GET", "/");
    authorizer.authorize(request);
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.getHeaders()) {
      headers.put(header.getName(), header.getValue());
    }
    return headers;
  }

  /** A 401 came to such a transport; true if sending the same request once more may help. */
  public boolean mayRecover() {
    return authorizer.mayRecover();
  }

  private Http.NoAnswer heldBack(Http.Request request, Pace.Turn turn) {
    if (turn instanceof Pace.Limited limited) {
      return none(
          request,
          new Refusal.Busy(
              limited.until(),
              settings.system() + " asked us to wait until " + limited.until() + "; not sent"));
    }
    Instant until = ((Pace.Down) turn).until();
    return none(
        request,
        new Refusal.Unreachable(
            settings.system() + " does not answer; not tried again before " + until));
  }

  private static void address(Message message, Http.Request request) {
    if (!TARGET.matcher(request.target()).matches()) {
      throw new IllegalArgumentException(
          request.operation()
              + ": a request target is percent-encoded and starts with a slash, but was \""
              + Words.bounded(request.target())
              + "\"");
    }
    message.setHeader(HttpConstants.HTTP_METHOD, request.method());
    message.setHeader(SystemClient.TARGET, request.target());
    message.setHeader("Accept", "application/json");
    if (request.body().isEmpty()) {
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
      message.setBody(request.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Optional<Duration> clockAhead(Http.Response response) {
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
            })
        .map(theirs -> Duration.between(response.at(), theirs));
  }

  /**
   * Turns camel-http's answer into an {@link Http.Response}.
   *
   * @throws TryAgain if the same request may do better in a moment
   */
  public void after(Exchange exchange) throws TryAgain {
    Http.Request request = request(exchange);
    Http.Response response = response(exchange.getMessage());
    pace.learn(request.operation(), response);
    observer.tried(settings.system(), request.operation(), Integer.toString(response.status()));
    clockAhead(response).ifPresent(ahead -> observer.clockMeasured(settings.system(), ahead));
    if (request.repeatable() && mayPass(response) && hasPatience(exchange)) {
      throw again(exchange, response);
    }
    answer(exchange, response);
  }

  /**
   * Says what it means that there is no answer.
   *
   * @throws TryAgain if the same request may do better in a moment
   */
  public void failed(Exchange exchange) throws TryAgain {
    Http.Request request = request(exchange);
    Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Refusal refusal = refusal(cause);
    if (refusal instanceof Refusal.Unreachable || refusal instanceof Refusal.Unknown) {
      pace.failed();
    }
    Http.NoAnswer none = none(request, refusal);
    // What never left may be sent again whatever it is; what may have arrived, only if repeatable.
    boolean mayPass =
        refusal instanceof Refusal.Unreachable
            || (refusal instanceof Refusal.Unknown
                && request.repeatable()
                && !(cause instanceof AnswerTooLong));
    if (mayPass && hasPatience(exchange)) {
      throw again(exchange, none);
    }
    answer(exchange, none);
  }

  private Refusal refusal(Throwable cause) {
    if (cause instanceof NotSent notSent) {
      return notSent.refusal();
    }
    String words = Words.without(authorizer.secrets(), Words.of(cause));
    return new Refusal.Unknown(
        cause instanceof IOException || cause instanceof org.apache.hc.core5.http.HttpException
            ? "no answer from " + settings.url().getHost() + ": " + words
            : words);
  }

  private boolean mayPass(Http.Response response) {
    if (response.status() != 408 && response.status() != 425 && response.status() / 100 != 5) {
      return false;
    }
    Instant soon = clock.instant().plus(settings.longestHold());
    return Pace.retryAt(response).map(at -> !at.isAfter(soon)).orElse(true);
  }

  private boolean hasPatience(Exchange exchange) {
    Instant first = exchange.getProperty(FIRST_TRY, Instant.class);
    return Duration.between(first, clock.instant()).compareTo(settings.patience()) < 0;
  }

  private Http.NoAnswer none(Http.Request request, Refusal refusal) {
    observer.tried(
        settings.system(),
        request.operation(),
        refusal.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    return new Http.NoAnswer(refusal);
  }

  private Http.Response response(Message message) {
    int status = message.getHeader(HttpConstants.HTTP_RESPONSE_CODE, 0, Integer.class);
    byte[] body = Optional.ofNullable(message.getBody(byte[].class)).orElseGet(() -> new byte[0]);
    if (status / 100 != 2 || !looksLikeJson(body)) {
      // What went wrong is shown to people and kept; an echo of our own credentials must not be.
      String text = new String(body, StandardCharsets.UTF_8);
      body = Words.without(authorizer.secrets(), text).getBytes(StandardCharsets.UTF_8);
    }
    Map<String, String> headers = new HashMap<>();
    message
        .getHeaders()
        .forEach(
            (name, value) -> {
              if (!name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT), last(value));
              }
            });
    return new Http.Response(status, headers, body, clock.instant());
  }

  /** Whether it may hold records, whose text is people's own and is passed on as it is. */
  private static boolean looksLikeJson(byte[] body) {
    int first = 0;
    int last = body.length - 1;
    while (first < last && body[first] <= ' ') {
      first++;
    }
    while (last > first && body[last] <= ' ') {
      last--;
    }
    return last > first
        && ((body[first] == '{' && body[last] == '}') || (body[first] == '[' && body[last] == ']'));
  }

  private static String last(Object value) {
    return value instanceof List<?> values
        ? String.valueOf(values.get(values.size() - 1))
        : String.valueOf(value);
  }

  private static Http.Request request(Exchange exchange) {
    return exchange.getProperty(REQUEST, Http.Request.class);
  }

  private static TryAgain again(Exchange exchange, Http.Answer answer) {
    // Camel counts redeliveries in a header, which camel-http's answer has not.
    exchange
        .getMessage()
        .setHeader(Exchange.REDELIVERY_COUNTER, exchange.getProperty(TRIES, 0, Integer.class));
    return new TryAgain(answer);
  }

  private static void answer(Exchange exchange, Http.Answer answer) {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(answer);
  }
}
