package dev.taskbridge.store;

import dev.taskbridge.domain.LinkKey;
import java.time.Instant;

/**
 * One thing that happened to a link.
 *
 * @param kind a stable word such as {@code created}, {@code adopted}, {@code wrote}, {@code
 *     conflict}, {@code refused}, {@code resolved}, {@code retired}
 * @param field the field's word, or empty when it concerns the whole link
 * @param detail for people; bounded, without secrets
 */
public record JournalEntry(Instant at, LinkKey link, String kind, String field, String detail) {}
