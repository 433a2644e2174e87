package dev.taskbridge.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** How the people of the demo reach a simulated system: plain HTTP, as any other client would. */
final class DemoClient {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http =
      HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String base;
  private final String authorization;

  /**
   * @param base what every path is put behind
   */
  DemoClient(String base, String authorization) {
    this.base = base;
    this.authorization = authorization;
  }

  /**
   * Calls the product's API.
   *
   * @param body empty for none
   * @return the answer's JSON, empty where it has none
   * @throws IOException if the answer is no success, naming it
   */
  JsonObject call(String method, String path, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    return send(method, base + path, body, headers);
  }

  /** Calls the simulator's control. */
  JsonObject control(String method, String path, JsonObject body)
      throws IOException, InterruptedException {
    URI uri = URI.create(base);
    return send(
        method,
        uri.getScheme() + "://" + uri.getAuthority() + path,
        body.isEmpty() ? "" : body.encode(),
        Map.of());
  }

  private JsonObject send(String method, String url, String body, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(PATIENCE)
            .header("Authorization", authorization)
            .header("Accept", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException(
          method + " " + url + " answered " + response.statusCode() + ": " + response.body());
    }
    return response.body().isBlank() ? new JsonObject() : new JsonObject(response.body());
  }
}
