package dev.taskbridge.config;

import dev.taskbridge.domain.Secret;
import java.util.Optional;

/**
 * Where the links are kept.
 *
 * @param url {@code jdbc:sqlite:…} or {@code jdbc:postgresql://…}, without credentials; a relative
 *     SQLite path is relative to the folder the program runs in
 * @param user PostgreSQL only
 * @param password PostgreSQL only
 */
public record StoreConfig(String url, Optional<String> user, Optional<Secret> password) {
  public static final StoreConfig DEFAULT =
      new StoreConfig("jdbc:sqlite:data/taskbridge.db", Optional.empty(), Optional.empty());
}
