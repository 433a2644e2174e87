package dev.taskbridge.store;

import dev.taskbridge.domain.Secret;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the store is.
 *
 * @param url a JDBC URL that begins with {@code jdbc:sqlite:} or {@code jdbc:postgresql:}
 * @param user for PostgreSQL; SQLite ignores it
 * @param password for PostgreSQL; SQLite ignores it
 */
public record StoreSettings(String url, Optional<String> user, Optional<Secret> password) {
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?<=//)[^/@?]*@|(?<=[?&;])(user|password|sslpassword|sslkey|[^=&;]*token)=[^&;]*",
          Pattern.CASE_INSENSITIVE);

  /** A store that needs no credentials. */
  public static StoreSettings at(String url) {
    return new StoreSettings(url, Optional.empty(), Optional.empty());
  }

  /** The URL as messages may show it: whatever looks like a credential inside it is left out. */
  public String shown() {
    return CREDENTIALS.matcher(url).replaceAll("***");
  }

  @Override
  public String toString() {
    return "StoreSettings[" + shown() + "]";
  }
}
