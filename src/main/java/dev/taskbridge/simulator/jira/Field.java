package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of issues.
 *
 * @param customKind such as {@code textfield}; null for a system field
 * @param settable whether it can be on a screen at all
 * @param navigable whether {@code *navigable} includes it
 */
record Field(
    String id,
    String name,
    FieldType type,
    @Nullable String customKind,
    boolean settable,
    boolean navigable,
    List<String> clauseNames) {

  boolean custom() {
    return customKind != null;
  }

  String numberOfCustom() {
    return id.substring("customfield_".length());
  }

  JsonObject schema() {
    JsonObject schema = type.schema().copy();
    if (customKind == null) {
      return schema.put("system", id);
    }
    return schema
        .put("custom", "com.atlassian.jira.plugin.system.customfieldtypes:" + customKind)
        .put("customId", Integer.valueOf(numberOfCustom()));
  }
}
