package dev.taskbridge.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * The configuration as JSON Schema, for editors and for other programs' checks. It says as much as
 * a schema can; rules over several keys, secrets and schedules are the loader's.
 */
public final class ConfigSchema {
  private ConfigSchema() {}

  /**
   * The schema as indented JSON (draft-07), ending with a line break.
   *
   * @param otherKinds as for {@link ConfigLoader}
   */
  public static String json(Set<String> otherKinds) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", "Taskbridge configuration");
    schema.setAll(ConfigShape.of(otherKinds).schema());
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON can always be written", e);
    }
  }
}
