package dev.taskbridge.simulator.jira;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a create, an edit or a transition wants of an issue: {@code fields}, {@code update},
 * {@code properties}, {@code historyMetadata}.
 *
 * @param screen the fields that may be sent
 * @param issue null while it is being created
 */
record EditReader(
    Visit visit, List<Field> screen, Project project, @Nullable Issue issue, Problems problems) {
  static final Shape SHAPE =
      Shape.of()
          .with(Shape.Type.OBJECT, "fields", "update", "historyMetadata", "transition")
          .with(Shape.Type.LIST, "properties");
  private static final int PROPERTY_LIMIT = 32_768;
  private static final int KEY_LIMIT = 255;

  Edits read(JsonObject body) {
    Edits edits = new Edits();
    JsonObject fields = body.getJsonObject("fields", new JsonObject());
    JsonObject update = body.getJsonObject("update", new JsonObject());
    for (String id : nullSafe(fields).fieldNames()) {
      if (nullSafe(update).containsKey(id)) {
        problems.field(id, Wording.BOTH_PLACES, id);
      } else if (onScreen(id)) {
        set(edits, id, fields.getValue(id));
      }
    }
    for (String id : nullSafe(update).fieldNames()) {
      if (!nullSafe(fields).containsKey(id) && onScreen(id)) {
        verbs(edits, id, update.getValue(id));
      }
    }
    readProperties(edits, body.getJsonArray("properties"));
    edits.historyMetadata = body.getJsonObject("historyMetadata");
    return edits;
  }

  private static JsonObject nullSafe(@Nullable JsonObject json) {
    return json == null ? new JsonObject() : json;
  }

  private boolean onScreen(String id) {
    if (screen.stream().anyMatch(field -> field.id().equals(id))) {
      return true;
    }
    boolean ignored =
        id.equals("status") && visit.site().switches().is(Switch.STATUS_IN_EDIT, "ignore");
    if (!ignored) {
      problems.field(id, Wording.NOT_ON_SCREEN, id);
    }
    return false;
  }

  private void set(Edits edits, String id, @Nullable Object json) {
    Field field = visit.site().fields().of(id);
    if (id.equals("project")) {
      return;
    }
    if (json == null) {
      empty(edits, field);
      return;
    }
    Object value = field.type().read(json, reading(field));
    if (value == null && id.equals("assignee") && !isProblem(id)) {
      empty(edits, field);
    } else {
      edits.values.put(id, value == null ? field.type().empty() : value);
    }
  }

  private boolean isProblem(String id) {
    return problems.toJson().getJsonObject("errors").containsKey(id);
  }

  private void empty(Edits edits, Field field) {
    switch (field.id()) {
      case "summary" -> problems.field("summary", Wording.SUMMARY_EMPTY);
      case "issuetype" -> problems.field("issuetype", Wording.VALID_TYPE);
      case "reporter" -> problems.field("reporter", Wording.REQUIRED, "Reporter");
      case "assignee" -> {
        if (visit.site().switches().on(Switch.UNASSIGNED_ALLOWED)) {
          edits.values.put("assignee", null);
        } else {
          problems.field("assignee", Wording.NO_UNASSIGNED);
        }
      }
      default -> edits.values.put(field.id(), field.type().empty());
    }
  }

  private void verbs(Edits edits, String id, @Nullable Object json) {
    Field field = visit.site().fields().of(id);
    if (!(json instanceof JsonArray operations)) {
      problems.field(id, Wording.NOT_ARRAY);
      return;
    }
    for (Object each : operations) {
      if (!(each instanceof JsonObject operation) || operation.size() != 1) {
        problems.field(id, Wording.BAD_VERB, id, String.valueOf(each));
        return;
      }
      String verb = operation.fieldNames().iterator().next();
      Object value = operation.getValue(verb);
      switch (id) {
        case "comment" -> comment(edits, verb, value);
        case "issuelinks" -> link(edits, verb, value);
        default -> verb(edits, field, verb, value);
      }
    }
  }

  private void verb(Edits edits, Field field, String verb, @Nullable Object value) {
    if (!field.type().verbs().contains(verb)) {
      problems.field(field.id(), Wording.BAD_VERB, field.id(), verb);
    } else if (verb.equals("set")) {
      set(edits, field.id(), value);
    } else {
      Object element =
          field.type() instanceof TextTypes.Labels
              ? TextTypes.Labels.label(value, reading(field))
              : one(field, value);
      if (element != null) {
        List<Object> now = new ArrayList<>(present(edits, field));
        now.remove(element);
        if (verb.equals("add")) {
          now.add(element);
        }
        edits.values.put(field.id(), now.isEmpty() ? field.type().empty() : List.copyOf(now));
      }
    }
  }

  private @Nullable Object one(Field field, @Nullable Object value) {
    Object read = field.type().read(new JsonArray().add(value), reading(field));
    return read instanceof List<?> list && !list.isEmpty() ? list.get(0) : null;
  }

  private List<?> present(Edits edits, Field field) {
    Object value =
        edits.values.containsKey(field.id())
            ? edits.values.get(field.id())
            : issue == null ? null : issue.value(field.id());
    return value instanceof List<?> list ? list : List.of();
  }

  private Reading reading(Field field) {
    return new Reading(visit.site(), visit.view().version(), problems, field, project, issue);
  }

  private void comment(Edits edits, String verb, @Nullable Object value) {
    if (!verb.equals("add") || !(value instanceof JsonObject json)) {
      problems.field("comment", Wording.BAD_VERB, "comment", verb);
      return;
    }
    new CommentReader(visit, problems).read(json).ifPresent(edits.comments::add);
  }

  private void link(Edits edits, String verb, @Nullable Object value) {
    if (!verb.equals("add") || !(value instanceof JsonObject json)) {
      problems.field("issuelinks", Wording.BAD_VERB, "issuelinks", verb);
      return;
    }
    Optional<LinkType> type = ChoiceTypes.find(visit.site().linkTypes(), json.getValue("type"));
    boolean outward = json.containsKey("outwardIssue");
    JsonObject end = json.getJsonObject(outward ? "outwardIssue" : "inwardIssue");
    Object id = end == null ? null : end.getValue("id", end.getValue("key"));
    Issue other = id == null ? null : visit.site().issues().find(id.toString());
    if (type.isEmpty() || other == null) {
      problems.field("issuelinks", Wording.BAD_VALUE, "Linked Issues");
    } else {
      edits.links.add(new Edits.NewLink(type.get(), other.id(), outward));
    }
  }

  private void readProperties(Edits edits, @Nullable JsonArray properties) {
    if (properties == null) {
      return;
    }
    for (Object each : properties) {
      if (!(each instanceof JsonObject property)
          || !Set.of("key", "value").containsAll(property.fieldNames())
          || !(property.getValue("key") instanceof String key)) {
        problems.add(Wording.INVALID_PAYLOAD, "properties must hold key and value");
        return;
      }
      property(key, property.getValue("value"))
          .ifPresent(value -> edits.properties.put(key, value));
    }
  }

  /** A property's value if it may be stored; else the problem is noted. */
  Optional<Object> property(String key, @Nullable Object value) {
    return property(key, value, problems);
  }

  static Optional<Object> property(String key, @Nullable Object value, Problems problems) {
    if (key.isEmpty() || key.length() > KEY_LIMIT) {
      problems.add(Wording.PROPERTY_KEY);
    } else if (value == null || Json.encode(value).length() > PROPERTY_LIMIT) {
      problems.add(Wording.PROPERTY_VALUE);
    } else {
      return Optional.of(value);
    }
    return Optional.empty();
  }

  /** Notes every field of {@code needed} that would be empty afterwards. */
  void require(Edits edits, Set<String> needed) {
    Map<String, @Nullable Object> values = edits.values;
    for (Field field : visit.site().fields().all()) {
      String id = field.id();
      Object value =
          values.containsKey(id) ? values.get(id) : issue == null ? null : issue.value(id);
      boolean filled = value instanceof List<?> list ? !list.isEmpty() : value != null;
      if (needed.contains(id) && !filled && !isProblem(id)) {
        problems.field(
            id, id.equals("summary") ? Wording.SUMMARY_EMPTY : Wording.REQUIRED, field.name());
      }
    }
  }
}
