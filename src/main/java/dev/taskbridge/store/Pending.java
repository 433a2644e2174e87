package dev.taskbridge.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is not in agreement.
 *
 * @param since when the oldest of the links that are begun, in conflict or failing came to be so
 * @param waiting how many agreeing links hold an edit that waits for a system
 */
public record Pending(Optional<Instant> since, long waiting) {}
