package dev.taskbridge.simulation;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes of one task or the comments of one ticket, oldest first. */
final class Conversation {
  private static final String BRIDGE = "taskbridge";

  private final List<Comment> comments = new ArrayList<>();
  private int next = 1;

  /** Adds what a person or the bridge wrote; the key is the bridge's. */
  Comment add(String text, Optional<String> key, boolean byBridge, Instant now) {
    Comment comment =
        new Comment(
            String.valueOf(next++),
            byBridge ? BRIDGE : "Pat Jones",
            now,
            now,
            text,
            Visibility.PUBLIC,
            key);
    comments.add(comment);
    return comment;
  }

  Optional<Comment> withKey(String key) {
    return comments.stream().filter(each -> each.key().filter(key::equals).isPresent()).findFirst();
  }

  Optional<Comment> edit(String id, String text, Instant now) {
    for (int i = 0; i < comments.size(); i++) {
      Comment old = comments.get(i);
      if (old.id().equals(id)) {
        Comment edited =
            new Comment(id, old.author(), old.createdAt(), now, text, old.visibility(), old.key());
        comments.set(i, edited);
        return Optional.of(edited);
      }
    }
    return Optional.empty();
  }

  boolean touchedSince(Instant since) {
    return comments.stream().anyMatch(each -> !each.updatedAt().isBefore(since));
  }

  List<Comment> all() {
    return List.copyOf(comments);
  }

  List<Comment> byPeople() {
    return comments.stream().filter(each -> !isByBridge(each)).toList();
  }

  static boolean isByBridge(Comment comment) {
    return comment.author().equals(BRIDGE);
  }
}
