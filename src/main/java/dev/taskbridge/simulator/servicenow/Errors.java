package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The platform's refusals in its own words. */
final class Errors {
  private Errors() {}

  static Reply reply(int status, String message, @Nullable String detail) {
    return Reply.json(status, body(message, detail));
  }

  static JsonObject body(String message, @Nullable String detail) {
    return new JsonObject()
        .put("error", new JsonObject().put("message", message).put("detail", detail))
        .put("status", "failure");
  }

  static ReplyException invalidTable(String table) {
    return new ReplyException(reply(400, "Invalid table " + table, null));
  }

  static ReplyException noResource() {
    return new ReplyException(
        reply(400, "Requested URI does not represent any resource", "Invalid URI"));
  }

  static ReplyException badRequest(String message, String detail) {
    return new ReplyException(reply(400, message, detail));
  }

  static ReplyException unauthenticated() {
    return new ReplyException(
        reply(401, "User Not Authenticated", "Required to provide Auth information")
            .with("WWW-Authenticate", "BASIC realm=\"Service-now\""));
  }

  static ReplyException noRecord() {
    return new ReplyException(
        reply(
            404, "No Record found", "Record doesn't exist or ACL restricts the record retrieval"));
  }

  /**
   * @param operation Update, Insert or Delete
   */
  static ReplyException acl(String operation) {
    return operationFailed("ACL Exception " + operation + " Failed due to security constraints");
  }

  static ReplyException mandatory(List<String> labels) {
    return operationFailed(
        "Data Policy Exception: The following fields are mandatory: " + String.join(", ", labels));
  }

  static ReplyException abortedByRule(String table, String rule) {
    return operationFailed(
        "Operation against file '"
            + table
            + "' was aborted by Business Rule '"
            + rule
            + "^"
            + Instance.idOf("sys_script " + rule)
            + "'. Business Rule Stack:"
            + rule);
  }

  static ReplyException insertFailed(String table, String why) {
    return operationFailed("Error during insert of " + table + " (" + why + ")");
  }

  static ReplyException operationFailed(String detail) {
    return new ReplyException(reply(403, "Operation Failed", detail));
  }

  static ReplyException mayNotQuery(@Nullable String detail) {
    return new ReplyException(reply(403, "Insufficient rights to query records", detail));
  }

  static Reply cancelled() {
    return reply(
        500,
        "Transaction cancelled: maximum execution time exceeded",
        "Transaction cancelled: maximum execution time exceeded Check logs for error trace or enable"
            + " glide.rest.debug property to verify REST request processing");
  }
}
