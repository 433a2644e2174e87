package dev.taskbridge.simulator.jira;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened, as webhooks tell it.
 *
 * @param name such as {@code jira:issue_updated}
 * @param kind the {@code issue_event_type_name}; null where there is none
 */
record Event(
    String name,
    @Nullable String kind,
    Issue issue,
    User actor,
    @Nullable Change change,
    @Nullable Comment comment) {}
