package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.Http;
import dev.taskbridge.domain.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency keys of comments, which are written with the comment and never change, so each is
 * asked for once. Thread-safe.
 */
final class CommentKeys {
  private static final int MOST_ASKED = 1_000;
  private static final int MOST_REMEMBERED = 50_000;

  private final Map<String, Optional<String>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** The keys of those comments that have one, by comment id. */
  Outcome<Map<String, String>> of(InScope in, List<String> commentIds) {
    List<String> unknown = commentIds.stream().filter(id -> peek(id) == null).toList();
    Outcome<Boolean> asked =
        in.flavour().readsCommentPropertiesInBulk()
            ? askInBulk(in, unknown)
            : askOneByOne(in, unknown);
    return asked.map(
        done -> {
          Map<String, String> keys = new HashMap<>();
          for (String id : commentIds) {
            Optional<String> key = peek(id);
            if (key != null) {
              key.ifPresent(value -> keys.put(id, value));
            }
          }
          return keys;
        });
  }

  void remember(String commentId, String key) {
    put(commentId, Optional.of(key));
  }

  private synchronized @Nullable Optional<String> peek(String id) {
    return known.get(id);
  }

  private synchronized void put(String id, Optional<String> key) {
    known.put(id, key);
  }

  private Outcome<Boolean> askInBulk(InScope in, List<String> ids) {
    for (int start = 0; start < ids.size(); start += MOST_ASKED) {
      List<String> some = ids.subList(start, Math.min(ids.size(), start + MOST_ASKED));
      Outcome<JsonNode> answer = in.client().read(in.flavour().comments(some));
      if (answer.refusal().isPresent()) {
        return Outcome.refused(answer.refusal().get());
      }
      for (JsonNode comment : answer.value().orElseThrow().path("values")) {
        put(Json.text(comment, "id"), keyIn(comment.path("properties")));
      }
    }
    return Outcome.done(true);
  }

  private Outcome<Boolean> askOneByOne(InScope in, List<String> ids) {
    for (String id : new ArrayList<>(ids)) {
      JiraClient.Reply reply =
          in.client()
              .ask(
                  Http.Request.get(
                      "commentProperty",
                      in.flavour().api()
                          + "/comment/"
                          + JiraClient.encoded(id)
                          + "/properties/"
                          + Marker.PROPERTY));
      if (reply instanceof JiraClient.Ok ok) {
        put(id, Json.textIn(ok.body().path("value"), "key"));
      } else if (reply instanceof JiraClient.Failed failed) {
        if (failed.status() != 404) {
          return Outcome.refused(failed.refusal());
        }
        put(id, Optional.empty());
      }
    }
    return Outcome.done(true);
  }

  private static Optional<String> keyIn(JsonNode properties) {
    for (JsonNode property : properties) {
      if (Json.text(property, "key").equals(Marker.PROPERTY)) {
        return Json.textIn(property.path("value"), "key");
      }
    }
    return Optional.empty();
  }
}
