package dev.taskbridge.simulator.jira;

import java.time.ZoneId;

/**
 * An account.
 *
 * @param accountId how Cloud names it
 * @param name the login, how Data Center names it
 * @param key Data Center's internal id
 */
record User(
    String accountId, String name, String key, String email, String displayName, ZoneId zone) {}
