package dev.taskbridge.domain;

import java.time.Instant;
import java.util.Optional;

/**
 * A note of a task or a comment of a ticket.
 *
 * @param id the system's own identifier
 * @param author for people
 * @param text plain text
 * @param visibility fails closed: what cannot be told is {@link Visibility#INTERNAL}
 * @param key the idempotency key written with it, if this comment was carried over by us
 */
public record Comment(
    String id,
    String author,
    Instant createdAt,
    Instant updatedAt,
    String text,
    Visibility visibility,
    Optional<String> key) {

  /** Who may read it. */
  public enum Visibility {
    INTERNAL,
    PUBLIC
  }
}
