package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What kind of value a field has: how it is read from a request, checked, and written. */
interface FieldType {
  /** {@code type} and, for lists, {@code items}. */
  JsonObject schema();

  /**
   * The value that {@code json} stands for; null if it stands for an empty field or if a problem
   * was noted.
   *
   * @param json never null
   */
  @Nullable Object read(Object json, Reading reading);

  Object write(Object value, View view);

  /** How the history shows the value. */
  String text(Object value);

  /** How the history identifies the value; null for plain ones. */
  default @Nullable String identity(Object value) {
    return null;
  }

  default List<String> verbs() {
    return List.of("set");
  }

  /** What the value may be in that project; null if that is not a list. */
  default @Nullable JsonArray allowed(View view, Project project) {
    return null;
  }

  /** What an emptied field holds instead of nothing; null for nothing. */
  default @Nullable Object empty() {
    return null;
  }
}
