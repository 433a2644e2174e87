package dev.taskbridge.store;

import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import java.util.Optional;

/**
 * A comment and its copy on the other side.
 *
 * @param key the copy's idempotency key, unique inside the link
 * @param from the side where a person wrote it
 * @param originalId the comment's id there
 * @param copyId the copy's id on the other side; empty while it may not exist yet
 * @param text the original's text as last carried over, to tell an edit
 * @param copyText the copy's text as its system last reported it
 * @param gone whether the original was seen to be deleted
 */
public record CommentPair(
    LinkKey link,
    String key,
    Side from,
    String originalId,
    Optional<String> copyId,
    String text,
    String copyText,
    boolean gone) {}
