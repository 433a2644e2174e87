package dev.taskbridge.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the tasks live.
 *
 * @param url of the API, such as {@code https://app.threatconnect.com/api}; no slash at its end
 * @param auth {@link Auth.Hmac} or {@link Auth.Bearer}
 * @param owner the owner's name that requests carry; empty leaves it to the account
 * @param timeout how long one answer may take; default 60 s
 */
public record ThreatConnectConfig(URI url, Auth auth, Optional<String> owner, Duration timeout) {}
