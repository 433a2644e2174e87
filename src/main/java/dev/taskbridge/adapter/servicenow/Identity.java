package dev.taskbridge.adapter.servicenow;

import java.util.Map;

/**
 * Who we are to the instance, for the transport whose credentials do not come from a route.
 * Thread-safe.
 */
public interface Identity {

  /** The headers that say it, such as {@code Authorization}; may ask for a token first. */
  Map<String, String> headers();

  /**
   * Told that a request with {@code refused} got a 401.
   *
   * @return whether there is a fresh token now, so that one more try is worth it
   */
  boolean renewed(Map<String, String> refused);

  /** An identity that never changes, such as a user name with its password. */
  static Identity fixed(String header, String value) {
    return new Identity() {
      @Override
      public Map<String, String> headers() {
        return Map.of(header, value);
      }

      @Override
      public boolean renewed(Map<String, String> refused) {
        return false;
      }

      @Override
      public String toString() {
        return "identity by " + header;
      }
    };
  }
}
