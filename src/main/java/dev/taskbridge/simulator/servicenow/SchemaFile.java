package dev.taskbridge.simulator.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code schema.yaml}; its head explains the format. */
final class SchemaFile {
  private static final Pattern FIELD = Pattern.compile("(\\w+)(?:\\((\\w+)\\))? (.+)");

  /**
   * One line of a choice list.
   *
   * @param dependentValue the other field's value this choice belongs to; empty for any
   */
  record ChoiceLine(
      String table, String element, String value, String label, String dependentValue) {}

  private final JsonNode root;

  private SchemaFile(JsonNode root) {
    this.root = root;
  }

  static SchemaFile read() {
    try (InputStream in = SchemaFile.class.getResourceAsStream("schema.yaml")) {
      return new SchemaFile(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    root.properties().forEach(entry -> tables.add(table(entry.getKey(), entry.getValue())));
    return tables;
  }

  List<ChoiceLine> choices() {
    List<ChoiceLine> lines = new ArrayList<>();
    root.properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .path("choices")
                    .properties()
                    .forEach(
                        list -> addChoices(lines, table.getKey(), list.getKey(), list.getValue())));
    return lines;
  }

  private static void addChoices(
      List<ChoiceLine> lines, String table, String element, JsonNode list) {
    boolean dependent = list.has("for");
    list.properties()
        .forEach(
            entry -> {
              if (!dependent) {
                lines.add(
                    new ChoiceLine(table, element, entry.getKey(), entry.getValue().asText(), ""));
              } else if (!entry.getKey().equals("for")) {
                entry
                    .getValue()
                    .properties()
                    .forEach(
                        choice ->
                            lines.add(
                                new ChoiceLine(
                                    table,
                                    element,
                                    choice.getKey(),
                                    choice.getValue().asText(),
                                    entry.getKey())));
              }
            });
  }

  /** Which field a dependent choice list hangs on, by {@code table.element}. */
  Map<String, String> dependents() {
    Map<String, String> dependents = new LinkedHashMap<>();
    root.properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .path("choices")
                    .properties()
                    .forEach(
                        list -> {
                          if (list.getValue().has("for")) {
                            dependents.put(
                                table.getKey() + "." + list.getKey(),
                                list.getValue().get("for").asText());
                          }
                        }));
    return dependents;
  }

  private static Table table(String name, JsonNode node) {
    Map<String, Field> fields = new LinkedHashMap<>();
    node.path("fields")
        .properties()
        .forEach(f -> fields.put(f.getKey(), field(name, f.getKey(), f.getValue().asText())));
    return new Table(
        name,
        node.path("label").asText(),
        node.has("extends") ? node.get("extends").asText() : null,
        node.path("number").asText(""),
        node.path("display").asText(""),
        node.path("audited").asBoolean(false),
        fields,
        strings(node.path("labels")),
        strings(node.path("defaults")));
  }

  private static Field field(String table, String name, String text) {
    Matcher matcher = FIELD.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalStateException("schema.yaml " + table + "." + name + ": \"" + text + "\"");
    }
    String type = matcher.group(1);
    String argument = matcher.group(2) == null ? "" : matcher.group(2);
    boolean reference = type.equals("reference");
    return new Field(
        table,
        name,
        type,
        reference ? 32 : argument.isEmpty() ? 0 : Integer.parseInt(argument),
        reference ? argument : "",
        matcher.group(3));
  }

  private static Map<String, String> strings(JsonNode node) {
    Map<String, String> strings = new LinkedHashMap<>();
    node.properties().forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
    return strings;
  }
}
