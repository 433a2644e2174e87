package dev.taskbridge.simulator.jira;

import dev.taskbridge.simulator.Reply;
import dev.taskbridge.simulator.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a request, gathered before anything is done: Jira's ErrorCollection. */
final class Problems {
  private final String language;
  private final List<String> messages = new ArrayList<>();
  private final Map<String, String> fields = new LinkedHashMap<>();

  Problems(String language) {
    this.language = language;
  }

  /** A problem of the whole request. */
  Problems add(Wording wording, String... values) {
    messages.add(wording.in(language, List.of(values)));
    return this;
  }

  /** A problem of one field; only the first of a field is kept. */
  Problems field(String fieldId, Wording wording, String... values) {
    fields.putIfAbsent(fieldId, wording.in(language, List.of(values)));
    return this;
  }

  boolean any() {
    return !messages.isEmpty() || !fields.isEmpty();
  }

  JsonObject toJson() {
    JsonObject errors = new JsonObject();
    fields.forEach(errors::put);
    return new JsonObject()
        .put("errorMessages", new JsonArray(new ArrayList<>(messages)))
        .put("errors", errors);
  }

  ReplyException refused(int status) {
    return new ReplyException(Reply.json(status, toJson()));
  }

  void refuseIfAny() {
    if (any()) {
      throw refused(400);
    }
  }
}
