package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Ticket;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Issue JSON to {@link Ticket}. */
final class IssueReader {
  private final JiraSettings settings;
  private final Flavour flavour;
  private final People people;
  private final JiraScope scope;
  private final Map<String, Schema> schemas;

  /**
   * @param schemas the types of Jira's own fields, where the sync maps any
   */
  IssueReader(
      JiraSettings settings,
      Flavour flavour,
      People people,
      JiraScope scope,
      Map<String, Schema> schemas) {
    this.settings = settings;
    this.flavour = flavour;
    this.people = people;
    this.scope = scope;
    this.schemas = schemas;
  }

  Ticket ticket(JsonNode issue) throws UnreadableIssueException {
    String id = Json.text(issue, "id");
    String key = Json.text(issue, "key");
    JsonNode fields = issue.path("fields");
    if (id.isEmpty() || key.isEmpty() || !fields.isObject()) {
      throw new UnreadableIssueException("an issue without id, key or fields", issue);
    }
    Instant updated =
        JiraTime.parse(Json.text(fields, "updated"))
            .orElseThrow(
                () ->
                    new UnreadableIssueException(
                        key + ": updated is \"" + Json.text(fields, "updated") + "\"", issue));
    JsonNode status = fields.path("status");
    if (Json.text(status, "id").isEmpty()) {
      throw new UnreadableIssueException(key + ": no status", issue);
    }
    Map<FieldName, FieldValue> values = new HashMap<>();
    put(values, FieldName.STATUS, choice(status));
    put(values, JiraFields.ISSUE_TYPE, choice(fields.path("issuetype")));
    JsonNode project = fields.path("project");
    if (project.isObject()) {
      put(
          values,
          JiraFields.PROJECT,
          new FieldValue.Choice(Json.text(project, "id"), Json.text(project, "key")));
    }
    put(values, FieldName.TITLE, FieldValue.text(Json.text(fields, "summary")));
    for (FieldName name : scope.read()) {
      if (!values.containsKey(name)) {
        put(values, name, value(key, name, fields, issue));
      }
    }
    return new Ticket(
        id,
        key,
        settings.browseUrl() + "/browse/" + key,
        updated,
        Ticket.UNCOUNTED,
        keys(issue, fields),
        Json.text(status.path("statusCategory"), "key").equals("done"),
        values);
  }

  private static void put(Map<FieldName, FieldValue> values, FieldName name, FieldValue value) {
    if (!value.equals(FieldValue.ABSENT)) {
      values.put(name, value);
    }
  }

  private Set<IdempotencyKey> keys(JsonNode issue, JsonNode fields) {
    Set<IdempotencyKey> keys = new HashSet<>();
    if (settings.keyField().isPresent()) {
      String held = Json.text(fields, settings.keyField().get()).strip();
      if (IdempotencyKey.looksLikeOne(held)) {
        keys.add(new IdempotencyKey(held));
      }
    } else {
      for (JsonNode label : fields.path("labels")) {
        if (IdempotencyKey.looksLikeOne(label.asText())) {
          keys.add(new IdempotencyKey(label.asText()));
        }
      }
    }
    // A copied or relabelled issue carries another's label; the property is written by us alone.
    Marker.keyIn(issue).ifPresent(marked -> keys.removeIf(key -> !key.value().equals(marked)));
    return keys;
  }

  private FieldValue value(String key, FieldName name, JsonNode fields, JsonNode issue)
      throws UnreadableIssueException {
    String id = JiraFields.idOf(name);
    JsonNode node = fields.path(id);
    if (name.equals(FieldName.DEPENDENCY)) {
      return IssueLinks.dependency(node, scope.dependencyLink(), Marker.dependencyIn(issue));
    }
    if (node.isMissingNode() || node.isNull()) {
      return FieldValue.ABSENT;
    }
    Schema schema = Schema.builtIn(id);
    if (schema.equals(Schema.UNKNOWN)) {
      schema = schemas.getOrDefault(id, Schema.UNKNOWN);
    }
    try {
      return value(node, schema);
    } catch (DateTimeException e) {
      throw new UnreadableIssueException(
          key + ": " + id + " is \"" + node.asText() + "\", which is no date", issue);
    }
  }

  private FieldValue value(JsonNode node, Schema schema) {
    if (schema.isRichText()) {
      return FieldValue.text(flavour.plainText(node));
    }
    return switch (schema.type()) {
      case "date" -> new FieldValue.Day(LocalDate.parse(node.asText()));
      case "datetime" ->
          new FieldValue.Moment(
              JiraTime.parse(node.asText())
                  .orElseThrow(() -> new DateTimeException(node.asText())));
      case "number" -> FieldValue.text(number(node));
      case "user" -> people.read(flavour, node);
      case "group" ->
          new FieldValue.Group(
              Json.textIn(node, "groupId").orElse(Json.text(node, "name")),
              Json.text(node, "name"));
      case "array" -> names(node);
      default -> node.isArray() ? names(node) : single(node);
    };
  }

  private FieldValue single(JsonNode node) {
    if (!node.isObject()) {
      return FieldValue.text(node.asText());
    }
    if (node.path("type").asText().equals("doc")) {
      return FieldValue.text(flavour.plainText(node));
    }
    if (node.has(flavour.userId()) && node.has("displayName")) {
      return people.read(flavour, node);
    }
    return choice(node);
  }

  private static FieldValue choice(JsonNode node) {
    String label = Json.textIn(node, "value").orElse(Json.text(node, "name"));
    JsonNode child = node.path("child");
    if (child.isObject()) {
      label += " - " + Json.text(child, "value");
    }
    String id = Json.textIn(node, "id").orElse(label);
    return id.isEmpty() ? FieldValue.ABSENT : new FieldValue.Choice(id, label);
  }

  private static FieldValue names(JsonNode array) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode each : array) {
      String name =
          each.isObject()
              ? Json.textIn(each, "value")
                  .or(() -> Json.textIn(each, "name"))
                  .orElse(Json.text(each, "displayName"))
              : each.asText();
      if (!name.isBlank() && !IdempotencyKey.looksLikeOne(name)) {
        names.add(name);
      }
    }
    return names.isEmpty() ? FieldValue.ABSENT : new FieldValue.Names(names);
  }

  private static String number(JsonNode node) {
    return node.isNumber()
        ? node.decimalValue().stripTrailingZeros().toPlainString()
        : node.asText();
  }

  /** The key of the status's category, such as {@code done}; empty if Jira does not say. */
  static Optional<String> category(JsonNode status) {
    return Json.textIn(status.path("statusCategory"), "key");
  }
}
