package dev.taskbridge.simulator;

import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer as a value, so that faults can be laid over it before it is sent.
 *
 * @param body the raw bytes; empty for none
 */
public record Reply(int status, Map<String, String> headers, byte[] body) {
  /** Not an answer at all: the connection is closed instead. */
  public static final Reply CONNECTION_LOST = new Reply(0, Map.of(), new byte[0]);

  /** {@code json} is a Vert.x JSON value, a map, a list or a plain value. */
  public static Reply json(int status, Object json) {
    return new Reply(
        status,
        Map.of("Content-Type", "application/json"),
        Json.encode(json).getBytes(StandardCharsets.UTF_8));
  }

  public static Reply html(int status, String html) {
    return text(status, "text/html;charset=UTF-8", html);
  }

  public static Reply text(int status, String contentType, String text) {
    return new Reply(
        status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  public Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, more, body);
  }
}
