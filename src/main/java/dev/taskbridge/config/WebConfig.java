package dev.taskbridge.config;

import dev.taskbridge.domain.Secret;
import java.util.Optional;

/**
 * The web page, its API, health and metrics.
 *
 * @param port 0 picks a free one
 * @param token what changing anything asks for, and reading as well beyond loopback; without one
 *     nothing can be changed here. Always there when {@code host} is not loopback
 */
public record WebConfig(String host, int port, Optional<Secret> token) {
  public static final WebConfig DEFAULT = new WebConfig("127.0.0.1", 8080, Optional.empty());
}
