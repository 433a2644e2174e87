package dev.taskbridge.adapter.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Hint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a business rule posts: {@code sys_id}, and {@code sys_mod_count} if it cares to (a
 * convention, since ServiceNow has no webhooks of its own; see docs/webhooks.md).
 */
final class WebhookBody {
  private static final String DELETE = "delete";

  private WebhookBody() {}

  /** The record that {@code body} names; none if it is no JSON or names none. */
  static List<Hint> hints(byte[] body) {
    JsonNode event;
    try {
      event = TableApi.JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return List.of();
    }
    String id = event.path("sys_id").asText("");
    if (id.isEmpty()) {
      return List.of();
    }
    String count = event.path("sys_mod_count").asText("");
    boolean known =
        count.matches("\\d{1,18}") && !event.path("operation").asText("").equals(DELETE);
    return List.of(
        new Hint(
            id,
            Optional.empty(),
            known ? OptionalLong.of(Long.parseLong(count)) : OptionalLong.empty()));
  }
}
