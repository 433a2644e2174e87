package dev.taskbridge.adapter.http;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;

/**
 * How one system is reached.
 *
 * @param system the configured name; its route is {@code direct:<system>.http}
 * @param url what every request target is put behind, such as {@code
 *     https://app.threatconnect.com/api}; no query, a slash at its end does not matter
 * @param connectTimeout until a connection stands
 * @param readTimeout the longest silence while waiting for an answer
 * @param longestHold how long a request may wait here for a limit to pass before it is answered
 *     {@code Busy} instead
 * @param patience a request whose first try is longer ago than this is not tried again
 * @param connections at most this many at once
 * @param longestAnswer in bytes, unpacked
 */
public record HttpSettings(
    String system,
    URI url,
    Credentials credentials,
    Duration connectTimeout,
    Duration readTimeout,
    Duration longestHold,
    Duration patience,
    int connections,
    long longestAnswer) {

  public HttpSettings {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          system + ": url must be an http or https address with a host, but was \"" + url + "\"");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null || url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          system + ": url must have no query, fragment or user, but was \"" + masked(url) + "\"");
    }
    if (connections < 1) {
      throw new IllegalArgumentException(
          system + ": connections must be at least 1, but was " + connections);
    }
  }

  /** With time-outs that suit all three products: a minute to answer, since searches take long. */
  public static HttpSettings of(String system, URI url, Credentials credentials) {
    return new HttpSettings(
        system,
        url,
        credentials,
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        Duration.ofSeconds(20),
        8,
        64L * 1024 * 1024);
  }

  public HttpSettings withTimeouts(Duration connect, Duration read) {
    return new HttpSettings(
        system, url, credentials, connect, read, longestHold, patience, connections, longestAnswer);
  }

  public HttpSettings withLongestHold(Duration hold) {
    return new HttpSettings(
        system,
        url,
        credentials,
        connectTimeout,
        readTimeout,
        hold,
        patience,
        connections,
        longestAnswer);
  }

  public HttpSettings withLongestAnswer(long bytes) {
    return new HttpSettings(
        system,
        url,
        credentials,
        connectTimeout,
        readTimeout,
        longestHold,
        patience,
        connections,
        bytes);
  }

  /** The url without a slash at its end. */
  String base() {
    String text = url.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  /** What stands before each target on the request line. */
  String basePath() {
    String path = url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String masked(URI url) {
    return url.getScheme() + "://" + url.getHost();
  }
}
