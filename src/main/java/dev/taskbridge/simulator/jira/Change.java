package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry of an issue's history: everything one person changed in one call. */
record Change(
    long id, User author, Instant created, List<Item> items, @Nullable JsonObject metadata) {

  /**
   * @param fieldId null for the kinds of items that carry none, such as links
   */
  record Item(
      String field,
      @Nullable String fieldId,
      String fieldType,
      @Nullable String from,
      @Nullable String fromText,
      @Nullable String to,
      @Nullable String toText) {}
}
