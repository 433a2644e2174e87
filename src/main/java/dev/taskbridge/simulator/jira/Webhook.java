package dev.taskbridge.simulator.jira;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to be told.
 *
 * @param secret empty for unsigned deliveries
 * @param events such as {@code jira:issue_updated}; empty for all
 * @param jql which issues; empty for all
 * @param expires null for never; dynamic webhooks end after 30 days
 */
record Webhook(
    long id,
    String name,
    String url,
    String secret,
    Set<String> events,
    String jql,
    boolean excludeBody,
    @Nullable Instant expires) {

  boolean dynamic() {
    return expires != null;
  }

  Webhook extended(Instant until) {
    return new Webhook(id, name, url, secret, events, jql, excludeBody, until);
  }
}
