package dev.taskbridge.adapter.threatconnect;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Composes request targets: every name and value percent-encoded, a space as {@code %20}. */
final class Target {
  private final String path;
  private final List<String> query = new ArrayList<>();

  /** {@code path} is below the API's base and already encoded. */
  Target(String path) {
    this.path = path;
  }

  Target with(String name, String value) {
    query.add(encoded(name) + "=" + encoded(value));
    return this;
  }

  /** The query alone, without the question mark. */
  String query() {
    return String.join("&", query);
  }

  @Override
  public String toString() {
    return query.isEmpty() ? path : path + "?" + query();
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }
}
