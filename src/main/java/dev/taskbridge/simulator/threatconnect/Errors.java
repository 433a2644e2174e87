package dev.taskbridge.simulator.threatconnect;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.JsonObject;

/**
 * The answers of the error table. The texts are the vendor's where one is known, odd spaces
 * included; several codes are assumed, since the documentation lists texts and codes apart.
 */
final class Errors {
  private Errors() {}

  static Reply reply(int status, String message) {
    return Reply.json(status, new JsonObject().put("message", message).put("status", "Error"));
  }

  static ReplyException of(int status, String message) {
    return new ReplyException(reply(status, message));
  }

  static ReplyException notFound() {
    return of(404, "The requested resource was not found");
  }

  static ReplyException badRequest(String message) {
    return of(400, message);
  }

  static ReplyException notProperlyFormed() {
    return of(400, "The request was not properly formed");
  }

  static ReplyException missing(String fields) {
    return of(400, "Missing required field: " + fields);
  }

  static ReplyException length(String field, String noun, int shortest, int longest) {
    return of(
        400,
        "The %s for this %s is invalid, please enter a %s between %d-%d characters in length"
            .formatted(field, noun, field, shortest, longest));
  }

  static ReplyException range(String field, String noun, long least, long most) {
    return of(
        400,
        "The %s for this %s is invalid, please enter a number between %d-%d"
            .formatted(field, noun, least, most));
  }

  static ReplyException choice(String field, String noun, String values) {
    // The space before the comma is the vendor's.
    return of(
        400,
        "The %s for this %s is invalid , please enter one of the following values: %s"
            .formatted(field, noun, values));
  }

  static ReplyException invalid(String field, String noun, String why) {
    return of(400, "The %s for this %s is invalid, %s".formatted(field, noun, why));
  }

  static ReplyException accessDenied(String noun, String done) {
    return of(401, "The requested %s was not %s - access was denied".formatted(noun, done));
  }

  static ReplyException bulkDeleteDisabled() {
    return of(403, "Bulk delete is not enabled on this system");
  }

  static Reply forStatus(int status) {
    return switch (status) {
      case 400 -> reply(400, "The request was not properly formed");
      case 401 -> reply(401, "Access Denied");
      case 403 -> reply(403, "Access Denied");
      case 404 -> reply(404, "The requested resource was not found");
      case 503 ->
          reply(
              503,
              "API access has not been licensed for this system, please contact"
                  + " sales@threatconnect.com if you wish to enable it");
      default -> reply(status, "An unknown error occurred");
    };
  }
}
