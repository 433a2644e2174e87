package dev.taskbridge.adapter;

import dev.taskbridge.domain.Refusal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@link Http} for tests of adapters: one attempt, no pacing, no route.
 *
 * @param headers asked before each request, such as for credentials
 */
public record JdkHttp(
    String baseUrl, Supplier<Map<String, String>> headers, HttpClient client, Duration patience)
    implements Http {

  public JdkHttp(String baseUrl, Supplier<Map<String, String>> headers) {
    this(
        baseUrl,
        headers,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build(),
        Duration.ofSeconds(20));
  }

  @Override
  public Answer send(Request request) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(baseUrl + request.target()))
            .timeout(patience)
            .header("Accept", "application/json")
            .method(
                request.method(),
                request.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(request.body()));
    // Some products want it on a DELETE, too, which has no body.
    if (!request.method().equals("GET")) {
      builder.header("Content-Type", "application/json");
    }
    headers.get().forEach(builder::header);
    try {
      HttpResponse<byte[]> response = client.send(builder.build(), BodyHandlers.ofByteArray());
      Map<String, String> answered = new HashMap<>();
      response
          .headers()
          .map()
          .forEach(
              (name, values) ->
                  answered.put(name.toLowerCase(Locale.ROOT), values.get(values.size() - 1)));
      return new Response(response.statusCode(), answered, response.body(), Instant.now());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new NoAnswer(new Refusal.Unreachable(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return new NoAnswer(new Refusal.Unknown(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new NoAnswer(new Refusal.Unknown("interrupted"));
    }
  }
}
