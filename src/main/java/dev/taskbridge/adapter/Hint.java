package dev.taskbridge.adapter;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody's word that a ticket changed: where to look, never what to believe.
 *
 * @param ticketId as in {@link dev.taskbridge.domain.Ticket#id}
 * @param updatedAt the ticket's time of change after that change, for a kind of change that always
 *     moves it; a ticket seen with this time or a later one need not be looked at
 * @param version the same for {@link dev.taskbridge.domain.Ticket#version}
 */
public record Hint(String ticketId, Optional<Instant> updatedAt, OptionalLong version) {}
