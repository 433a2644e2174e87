package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The operations of one Jira that the bridge means to use, from the files under {@code jira/}: what
 * else it sends is a complaint. Thread-safe.
 */
public final class JiraDescription {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<Flavour, JiraDescription> READ = new HashMap<>();

  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, JsonSchema> schemas = new HashMap<>();

  /**
   * @param query by parameter, the pattern of its values
   * @param body the name of the schema of its body; empty for none
   */
  private record Operation(
      String name, Pattern path, Map<String, String> query, Optional<String> body) {}

  public static synchronized JiraDescription of(Flavour flavour) {
    return READ.computeIfAbsent(flavour, JiraDescription::new);
  }

  private JiraDescription(Flavour flavour) {
    JsonNode file = read("/jira/" + (flavour == Flavour.CLOUD ? "cloud" : "data-center") + ".yaml");
    file.path("schemas")
        .fieldNames()
        .forEachRemaining(
            name -> {
              ObjectNode schema = JSON.createObjectNode().put("$ref", "#/schemas/" + name);
              schema.set("schemas", file.path("schemas"));
              schemas.put(
                  name, JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema));
            });
    file.path("operations")
        .fields()
        .forEachRemaining(
            entry -> {
              Map<String, String> query = new HashMap<>();
              entry
                  .getValue()
                  .path("query")
                  .fields()
                  .forEachRemaining(one -> query.put(one.getKey(), one.getValue().asText()));
              operations.add(
                  new Operation(
                      entry.getKey(),
                      Pattern.compile(entry.getKey().replace("{}", "[^/?]+")),
                      query,
                      Optional.ofNullable(entry.getValue().get("body")).map(JsonNode::asText)));
            });
  }

  private static JsonNode read(String resource) {
    try (InputStream in = JiraDescription.class.getResourceAsStream(resource)) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with the recorded requests, each with what was sent.
   *
   * @param people the agent whose requests are passed over
   */
  public List<String> complaints(JsonArray requests, String people) {
    List<String> complaints = new ArrayList<>();
    for (Object each : requests) {
      JsonObject request = (JsonObject) each;
      if (!request.getString("agent").equals(people)) {
        complaints(request).stream()
            .map(
                why ->
                    why
                        + ": "
                        + request.getString("method")
                        + " "
                        + request.getString("target")
                        + " "
                        + excerpt(request.getString("body")))
            .forEach(complaints::add);
      }
    }
    return complaints;
  }

  List<String> complaints(JsonObject request) {
    String target = request.getString("target");
    int question = target.indexOf('?');
    String call =
        request.getString("method") + " " + (question < 0 ? target : target.substring(0, question));
    // What is spelt out goes before what has a place for an id, such as issue/bulk.
    return operations.stream()
        .filter(operation -> operation.name().equals(call))
        .findFirst()
        .or(
            () ->
                operations.stream()
                    .filter(operation -> operation.path().matcher(call).matches())
                    .findFirst())
        .map(
            operation -> {
              List<String> found = new ArrayList<>();
              query(operation, question < 0 ? "" : target.substring(question + 1), found);
              body(operation, request.getString("body"), found);
              contentType(request, found);
              return found;
            })
        .orElseGet(() -> List.of("no such operation"));
  }

  private static void query(Operation operation, String query, List<String> found) {
    for (String pair : query.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      String[] parts = pair.split("=", 2);
      String pattern = operation.query().get(parts[0]);
      String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      if (pattern == null) {
        found.add("no such parameter " + parts[0]);
      } else if (!Pattern.compile(pattern, Pattern.DOTALL).matcher(value).matches()) {
        found.add("parameter " + parts[0] + " cannot be " + value);
      }
    }
  }

  /** Every body is declared as JSON; without one the product takes that or nothing. */
  private static void contentType(JsonObject request, List<String> found) {
    String type = request.getString("contentType");
    boolean json = type.equals("application/json") || type.startsWith("application/json;");
    if (!json && !(type.isEmpty() && request.getString("body").isEmpty())) {
      found.add("content type " + type);
    }
  }

  private void body(Operation operation, String body, List<String> found) {
    if (operation.body().isEmpty() || body.isEmpty()) {
      if (operation.body().isPresent() || !body.isEmpty()) {
        found.add(body.isEmpty() ? "the body is missing" : "there is no body to be sent");
      }
      return;
    }
    try {
      JsonSchema schema = schemas.get(operation.body().get());
      if (schema == null) {
        throw new IllegalStateException("no schema " + operation.body().get());
      }
      schema.validate(JSON.readTree(body)).forEach(message -> found.add(message.getMessage()));
    } catch (JsonProcessingException e) {
      found.add("the body is no JSON");
    }
  }

  private static String excerpt(String body) {
    return body.length() <= 300 ? body : body.substring(0, 300) + "…";
  }
}
