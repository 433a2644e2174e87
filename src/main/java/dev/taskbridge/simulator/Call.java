package dev.taskbridge.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came over the wire.
 *
 * @param method upper case
 * @param target the raw request target, still percent-encoded: what a signature covers
 * @param path the decoded path without the query
 * @param pathParams the decoded values of the pattern's {@code :name} parts
 * @param query decoded query parameters, repeated keys kept in order, both {@code %20} and {@code
 *     +} read as a space
 * @param headers names compared without case
 * @param body the raw bytes, empty when there are none
 */
public record Call(
    String method,
    String target,
    String path,
    Map<String, String> pathParams,
    MultiMap query,
    MultiMap headers,
    byte[] body) {

  /** The value of a {@code :name} part of the route's pattern. */
  public String param(String name) {
    String value = pathParams.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no path parameter " + name);
    }
    return value;
  }

  public Optional<String> queryParam(String name) {
    return Optional.ofNullable(query.get(name));
  }

  public List<String> queryParams(String name) {
    return query.getAll(name);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /**
   * The body as a {@code JsonObject}, {@code JsonArray} or plain value; empty when there is no
   * body.
   *
   * @throws DecodeException if it is not JSON
   */
  public Optional<Object> json() {
    String text = text();
    return text.isBlank() ? Optional.empty() : Optional.ofNullable(Json.decodeValue(text));
  }

  /** The person this request acts for, if the test or the demo named one (an e-mail address). */
  public Optional<String> actingAs() {
    return header("X-Sim-User");
  }
}
