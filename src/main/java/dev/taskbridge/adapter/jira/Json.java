package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/** Reading and writing JSON trees: Jira answers are too loose to be bound to types. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          // A body that was cut off or glued together is not an answer.
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** The tree, or empty if {@code body} is not one complete JSON value. */
  static Optional<JsonNode> parse(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static String write(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** A member as text; empty when it is absent or null, which mean the same in Jira's answers. */
  static String text(JsonNode node, String member) {
    return node.path(member).asText("");
  }

  /** A member as text, unless it is absent, null or empty. */
  static Optional<String> textIn(JsonNode node, String member) {
    String text = text(node, member);
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
