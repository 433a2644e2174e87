package dev.taskbridge.adapter;

import dev.taskbridge.domain.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The way out to one system over HTTP. In the program it is the route {@code direct:<system>.http},
 * which adds credentials, time-outs, retries and throttling; an adapter only says what it wants.
 */
public interface Http {

  /**
   * One request.
   *
   * @param operation a stable name for metrics, such as {@code bulkCreate}
   * @param method upper case
   * @param target path and query below the configured base URL, already percent-encoded, starting
   *     with a slash; sent and signed exactly as it stands
   * @param body JSON, or empty for none
   * @param repeatable whether sending it twice does no harm, so that it may be retried after a time
   *     out or a 5xx
   */
  record Request(String operation, String method, String target, String body, boolean repeatable) {
    public static Request get(String operation, String target) {
      return new Request(operation, "GET", target, "", true);
    }

    /** A POST that only reads, such as a search. */
    public static Request query(String operation, String target, String body) {
      return new Request(operation, "POST", target, body, true);
    }

    /** A write that must not be sent twice. */
    public static Request once(String operation, String method, String target, String body) {
      return new Request(operation, method, target, body, false);
    }

    /** A write of absolute values. */
    public static Request absolute(String operation, String method, String target, String body) {
      return new Request(operation, method, target, body, true);
    }
  }

  /** What came of it. */
  sealed interface Answer {}

  /**
   * An HTTP answer of any status.
   *
   * @param headers by lower-case name, last value wins
   * @param at our clock when it came, to compare with the {@code date} header
   */
  record Response(int status, Map<String, String> headers, byte[] body, Instant at)
      implements Answer {
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    public boolean isJson() {
      return header("content-type").orElse("").toLowerCase(Locale.ROOT).contains("json");
    }
  }

  /**
   * No answer.
   *
   * @param refusal {@code Unreachable} if certainly not executed, {@code Unknown} if it may have
   *     been, {@code Busy} if our own throttle held it back, {@code Denied} if there is no token
   */
  record NoAnswer(Refusal refusal) implements Answer {}

  /** Sends it; blocks until there is an answer or none is to be expected. Thread-safe. */
  Answer send(Request request);
}
