package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one request wants of one issue, read and checked, not yet done. */
final class Edits {
  /** By field id; null empties the field. */
  final Map<String, @Nullable Object> values = new LinkedHashMap<>();

  final List<NewComment> comments = new ArrayList<>();
  final List<NewLink> links = new ArrayList<>();
  final Map<String, Object> properties = new LinkedHashMap<>();
  @Nullable JsonObject historyMetadata;

  record NewComment(
      RichText body, @Nullable Visibility visibility, Map<String, Object> properties) {}

  /**
   * @param outward whether the edited issue is the source of the link
   */
  record NewLink(LinkType type, long other, boolean outward) {}
}
