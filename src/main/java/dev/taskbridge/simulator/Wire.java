package dev.taskbridge.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Between the web framework's requests and answers and those of the simulators. */
final class Wire {
  private static final String BODY = "body";

  private Wire() {}

  /** Keeps the bytes as they came; the web framework would take forms and uploads apart. */
  static void readBody(RoutingContext context) {
    context
        .request()
        .body()
        .onSuccess(
            body -> {
              context.put(BODY, body);
              context.next();
            })
        .onFailure(context::fail);
  }

  /** A request as the simulators see it. */
  static Call call(RoutingContext context) {
    String target = context.request().uri();
    int question = target.indexOf('?');
    Buffer body = context.get(BODY);
    return new Call(
        context.request().method().name().toUpperCase(Locale.ROOT),
        target,
        context.normalizedPath(),
        context.pathParams(),
        question < 0 ? MultiMap.caseInsensitiveMultiMap() : query(target.substring(question + 1)),
        context.request().headers(),
        body == null ? new byte[0] : body.getBytes());
  }

  private static MultiMap query(String raw) {
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    for (String pair : raw.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        query.add(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return encoded;
    }
  }

  /** Sends an answer, dated by the simulated system's clock; one that comes too late is dropped. */
  static void send(SimulatedClock clock, RoutingContext context, Reply reply) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (reply == Reply.CONNECTION_LOST) {
      context.request().connection().close();
      return;
    }
    response.setStatusCode(reply.status());
    // Clients measure how far the system's clock is from theirs.
    response.putHeader(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
    reply.headers().forEach(response::putHeader);
    if (context.request().method() == HttpMethod.HEAD) {
      response.putHeader("Content-Length", String.valueOf(reply.body().length));
      response.end();
      return;
    }
    response.end(Buffer.buffer(reply.body()));
  }
}
