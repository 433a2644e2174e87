package dev.taskbridge.simulator.jira;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A link from an issue to something outside Jira.
 *
 * @param content {@code relationship}, {@code application} and {@code object}, as they were sent
 */
record RemoteLink(long id, @Nullable String globalId, JsonObject content) {}
