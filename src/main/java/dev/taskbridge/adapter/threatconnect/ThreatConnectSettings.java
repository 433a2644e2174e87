package dev.taskbridge.adapter.threatconnect;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * What the adapter needs to know beyond how to send.
 *
 * @param url of the API, such as {@code https://app.threatconnect.com/api}
 * @param owner the owner's name that requests carry; empty leaves it to the account
 * @param account whom the credentials belong to, for people: the access id, or what kind of token
 */
public record ThreatConnectSettings(URI url, Optional<String> owner, String account, Clock clock) {}
