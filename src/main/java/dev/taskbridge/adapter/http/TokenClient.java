package dev.taskbridge.adapter.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Sends a form to a token endpoint. */
interface TokenClient {
  /** What came back: the status and the bounded body. */
  record Reply(int status, String body) {}

  /**
   * Posts {@code form} url-encoded.
   *
   * @throws IOException if there is no answer
   */
  Reply post(URI url, Map<String, String> form) throws IOException;
}
