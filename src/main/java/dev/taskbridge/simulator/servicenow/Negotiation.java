package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import java.time.Duration;
import java.util.Locale;

/** What is decided before a resource sees the request, and the answers that no resource gives. */
final class Negotiation {
  private static final String JSON = "application/json";

  private final Instance instance;

  Negotiation(Instance instance) {
    this.instance = instance;
  }

  /** The container's refusal, which is not JSON. */
  void urlLength(Call call) {
    if (call.target().length() > instance.switches.number(Trap.MAX_URL_BYTES)) {
      throw new ReplyException(page(414, "Request-URI Too Long"));
    }
  }

  void mediaTypes(Call call) {
    String accept = call.header("Accept").orElse("").toLowerCase(Locale.ROOT);
    if (accept.isEmpty() && instance.switches.on(Trap.ACCEPT_REQUIRED)) {
      throw Errors.badRequest("Accept header is missing", "Accept must be application/json");
    }
    if (!accept.isEmpty()
        && !accept.contains(JSON)
        && !accept.contains("*/*")
        && !accept.contains("application/*")) {
      throw new ReplyException(
          Errors.reply(406, "Requested media type is not supported", "Accept: " + accept));
    }
    boolean writes = call.body().length > 0 && !call.method().equals("GET");
    String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (writes && type.isEmpty() && instance.switches.on(Trap.CONTENT_TYPE_REQUIRED)) {
      throw Errors.badRequest("Content-Type header is missing", "it must be application/json");
    }
    if (writes && !type.isEmpty() && !type.startsWith(JSON) && !isUpload(call)) {
      throw new ReplyException(
          Errors.reply(415, "Unsupported media type", "Content-Type: " + type));
    }
  }

  private static boolean isUpload(Call call) {
    return call.path().contains("/attachment/");
  }

  static ReplyException methodNotAllowed(String method) {
    return new ReplyException(
        Errors.reply(405, "Method not supported", method + " is not supported by this resource"));
  }

  static Reply sleeping() {
    return page(200, "Instance Hibernating page. Your instance is hibernating.");
  }

  Reply tooManyRequests(Duration retryAfter) {
    Reply reply =
        instance.switches.on(Trap.RATE_JSON)
            ? Errors.reply(429, "Rate limit exceeded", "Rejected by a rate limit rule")
            : page(429, "Too many requests");
    return instance.switches.on(Trap.RATE_HEADERS)
        ? reply.with("Retry-After", String.valueOf(Math.max(1, retryAfter.toSeconds())))
        : reply;
  }

  static Reply fault(int status) {
    return switch (status) {
      case 500 -> Errors.cancelled();
      case 429 -> Errors.reply(429, "Rate limit exceeded", null);
      case 401 -> Errors.unauthenticated().reply();
      case 403 -> Errors.acl("Update").reply();
      case 404 -> Errors.noRecord().reply();
      case 400 -> Errors.reply(400, "Bad request", null);
      default -> page(status, "Service temporarily unavailable");
    };
  }

  static Reply page(int status, String words) {
    return Reply.html(status, "<html><body><h1>" + words + "</h1></body></html>");
  }
}
