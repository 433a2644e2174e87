package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a comment that somebody wants to write. */
record CommentReader(Visit visit, Problems problems) {
  /** What the published document knows of a comment; all but the first three are read-only. */
  static final Shape SHAPE =
      Shape.of()
          .with(Shape.Type.ANY, "body")
          .with(Shape.Type.OBJECT, "visibility", "author", "updateAuthor")
          .with(Shape.Type.LIST, "properties")
          .with(Shape.Type.TEXT, "id", "self", "created", "updated", "renderedBody")
          .with(Shape.Type.FLAG, "jsdPublic", "jsdAuthorCanSeeRequest");

  Optional<Edits.NewComment> read(JsonObject json) {
    Optional<String> problem = SHAPE.problem(json);
    if (problem.isPresent()) {
      problems.add(Wording.INVALID_PAYLOAD, problem.get());
      return Optional.empty();
    }
    Object body = json.getValue("body");
    RichText text =
        body == null
            ? null
            : new RichTextReader(visit.site(), visit.view().version())
                .read(body, problems, "comment", Wording.COMMENT_BODY);
    if (!problems.any() && (text == null || text.plain().isBlank())) {
      problems.field("comment", Wording.COMMENT_EMPTY);
    }
    Visibility visibility = visibility(json.getJsonObject("visibility"));
    Map<String, Object> properties = properties(json.getJsonArray("properties"));
    return text == null || problems.any()
        ? Optional.empty()
        : Optional.of(new Edits.NewComment(text, visibility, properties));
  }

  private @Nullable Visibility visibility(@Nullable JsonObject json) {
    if (json == null) {
      return null;
    }
    String type = json.getString("type", "");
    String value = json.getString("value", json.getString("identifier", ""));
    Directory people = visit.site().people();
    boolean exists =
        switch (type) {
          case "group" -> people.groups().contains(value);
          case "role" -> Directory.ROLES.contains(value);
          default -> false;
        };
    Visibility visibility = new Visibility(type, value);
    if (!exists || !people.belongs(visit.actor(), visibility)) {
      problems.field("commentLevel", Wording.VISIBILITY_BAD, type, value);
      return null;
    }
    return visibility;
  }

  private Map<String, Object> properties(@Nullable JsonArray json) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (json != null) {
      for (Object each : json) {
        if (each instanceof JsonObject property
            && Set.of("key", "value").containsAll(property.fieldNames())
            && property.getValue("key") instanceof String key) {
          EditReader.property(key, property.getValue("value"), problems)
              .ifPresent(value -> properties.put(key, value));
        } else {
          problems.add(Wording.INVALID_PAYLOAD, "properties must hold key and value");
        }
      }
    }
    return properties;
  }
}
