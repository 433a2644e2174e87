package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many writes in one request. They run in order and each for itself; what the 30 seconds of a batch
 * do not suffice for comes back unserviced, which is certainly not executed (documented).
 */
final class Batch {
  private static final String TARGET = "/api/now/v1/batch";

  /**
   * One write.
   *
   * @param target relative, percent-encoded
   */
  record Item(String method, String target, String body) {}

  /** What came of a batch. */
  sealed interface Reply {}

  /**
   * The outer request was served.
   *
   * @param answers one per item, in that order; empty for an item that was not serviced
   */
  record Served(List<Optional<Http.Answer>> answers) implements Reply {}

  /** The outer request failed: this is what it means for every item. */
  record Failed(Refusal refusal) implements Reply {}

  /** The account or the instance has no Batch API; nothing was executed. */
  record Unavailable(String words) implements Reply {}

  private final Http http;

  Batch(Http http) {
    this.http = http;
  }

  /**
   * @param repeatable whether every item is a write of absolute values
   */
  Reply send(List<Item> items, boolean repeatable) {
    String body = body(items);
    Http.Answer answer =
        http.send(
            repeatable
                ? Http.Request.absolute("batch", "POST", TARGET, body)
                : Http.Request.once("batch", "POST", TARGET, body));
    if (answer instanceof Http.NoAnswer none) {
      return new Failed(none.refusal());
    }
    Http.Response response = (Http.Response) answer;
    int status = response.status();
    if (status == 200 || status == 201) {
      return served(items, response);
    }
    if (status == 400 || status == 403 || status == 404 || status == 405 || status == 413) {
      return new Unavailable("POST " + TARGET + " gave " + status);
    }
    return Verdict.result(answer, Verdict.Doing.WRITING)
        .match(result -> new Failed(new Refusal.Unknown("an unexpected " + status)), Failed::new);
  }

  private static String body(List<Item> items) {
    ObjectNode root = TableApi.JSON.createObjectNode();
    root.put("batch_request_id", "1");
    ArrayNode requests = root.putArray("rest_requests");
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      ObjectNode request = requests.addObject();
      request.put("id", String.valueOf(i));
      request.put("method", item.method());
      request.put("url", item.target());
      ArrayNode headers = request.putArray("headers");
      headers.addObject().put("name", "Content-Type").put("value", "application/json");
      headers.addObject().put("name", "Accept").put("value", "application/json");
      request.put(
          "body", Base64.getEncoder().encodeToString(item.body().getBytes(StandardCharsets.UTF_8)));
      request.put("exclude_response_headers", true);
    }
    return root.toString();
  }

  private static Reply served(List<Item> items, Http.Response response) {
    JsonNode root;
    try {
      root = TableApi.JSON.readTree(response.text());
    } catch (JsonProcessingException e) {
      return new Failed(new Refusal.Unknown("the answer to a batch ends early or is no JSON"));
    }
    if (!root.path("serviced_requests").isArray()) {
      return new Failed(new Refusal.Unknown("the answer to a batch names no serviced request"));
    }
    Map<String, Http.Answer> byId = new HashMap<>();
    root.get("serviced_requests")
        .forEach(node -> byId.put(node.path("id").asText(), answer(node, response)));
    root.path("unserviced_requests").forEach(id -> byId.remove(id.asText()));
    List<String> unserviced = new ArrayList<>();
    root.path("unserviced_requests").forEach(id -> unserviced.add(id.asText()));
    List<Optional<Http.Answer>> answers = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String id = String.valueOf(i);
      if (byId.containsKey(id)) {
        answers.add(Optional.of(byId.get(id)));
      } else if (unserviced.contains(id)) {
        answers.add(Optional.empty());
      } else {
        answers.add(
            Optional.of(
                new Http.NoAnswer(new Refusal.Unknown("the answer to a batch leaves it out"))));
      }
    }
    return new Served(answers);
  }

  private static Http.Answer answer(JsonNode node, Http.Response outer) {
    byte[] body;
    try {
      body = Base64.getDecoder().decode(node.path("body").asText(""));
    } catch (IllegalArgumentException e) {
      body = new byte[0];
    }
    return new Http.Response(
        node.path("status_code").asInt(0),
        Map.of("content-type", "application/json"),
        body,
        outer.at());
  }
}
