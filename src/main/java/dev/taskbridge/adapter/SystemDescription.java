package dev.taskbridge.adapter;

import java.time.Duration;
import java.util.List;

/**
 * What a system says about itself and one scope of it: what {@code check} and mappings validate
 * against.
 *
 * @param product such as {@code Jira Cloud 1001.0.0} or {@code ServiceNow}
 * @param account whom the credentials belong to
 * @param statuses every status a ticket of the scope may have, by label
 * @param priorities by label
 * @param fields the ids of the fields that can be written
 * @param clockAhead how far the system's clock is ahead of ours (negative: behind)
 * @param zone the IANA zone that the account's dates are read in, or empty where it does not matter
 * @param problems what will not work, in words a person can act on
 */
public record SystemDescription(
    String product,
    String account,
    List<String> statuses,
    List<String> priorities,
    List<String> fields,
    Duration clockAhead,
    String zone,
    List<String> problems) {}
