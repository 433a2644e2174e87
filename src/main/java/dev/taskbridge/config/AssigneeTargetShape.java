package dev.taskbridge.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.taskbridge.config.shape.Key;
import dev.taskbridge.config.shape.Reading;
import dev.taskbridge.config.shape.Scalars;
import dev.taskbridge.config.shape.Section;
import dev.taskbridge.config.shape.Shape;
import dev.taskbridge.domain.FieldValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Who takes a ticket: {@code none}, {@code { user: … }} or {@code { group: … }}. */
final class AssigneeTargetShape implements Shape<Optional<FieldValue>> {
  static final String NONE = "none";

  private static final Key<Optional<String>> USER =
      Key.optional(
          "user", Scalars.text("an e-mail address, a login or an id"), "A user of the system.");
  private static final Key<Optional<String>> GROUP =
      Key.optional(
          "group", Scalars.text("a group's name"), "A group of the system (not with Jira).");
  private static final Section<FieldValue> TARGET =
      Section.<FieldValue>of(
              List.of(USER, GROUP),
              (values, at) ->
                  values
                      .get(USER)
                      .<FieldValue>map(FieldValue.User::withEmail)
                      .or(() -> values.get(GROUP).map(FieldValue.Group::named))
                      .orElse(FieldValue.ABSENT))
          .checked(
              (values, at) -> {
                if (at.child("user").isPresent() == at.child("group").isPresent()) {
                  at.problem("give either user or group");
                }
              });

  /** Somebody, without the choice of nobody. */
  static Shape<FieldValue> somebody() {
    return TARGET;
  }

  @Override
  public Optional<Optional<FieldValue>> read(Reading at) {
    if (at.text().filter(NONE::equals).isPresent()) {
      return Optional.of(Optional.empty());
    }
    if (at.text().isPresent()) {
      at.problem(at.shown() + " is not " + accepted());
      return Optional.empty();
    }
    return TARGET.read(at).map(Optional::of);
  }

  @Override
  public String accepted() {
    return "none, { user: … } or { group: … }";
  }

  @Override
  public ObjectNode schema() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    ArrayNode anyOf = schema.putArray("anyOf");
    anyOf.addObject().put("const", NONE);
    anyOf.add(TARGET.schema());
    return schema;
  }

  @Override
  public void describe(String path, Consumer<Described> keys) {
    TARGET.describe(path, keys);
  }
}
