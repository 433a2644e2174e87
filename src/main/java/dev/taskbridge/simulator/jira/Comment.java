package dev.taskbridge.simulator.jira;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

record Comment(
    long id,
    User author,
    User updateAuthor,
    RichText body,
    Instant created,
    Instant updated,
    @Nullable Visibility visibility,
    Map<String, Object> properties) {

  Comment edited(User by, RichText text, Instant at, @Nullable Visibility audience) {
    return new Comment(id, author, by, text, created, at, audience, properties);
  }

  Comment withProperties(Map<String, Object> now) {
    return new Comment(id, author, updateAuthor, body, created, updated, visibility, now);
  }
}
