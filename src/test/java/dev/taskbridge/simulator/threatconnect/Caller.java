package dev.taskbridge.simulator.threatconnect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A client of the API that shares nothing with the product: raw targets in, raw answers out. */
final class Caller {
  static final String ACCESS_ID = "12345678901234567890";
  static final String SECRET_KEY = "ExampleSecretKey-0123456789abcdef-NotReal";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ThreatConnectSimulator simulator;
  private final Map<String, String> headers = new TreeMap<>();

  Caller(ThreatConnectSimulator simulator) {
    this.simulator = simulator;
  }

  /** An answer with its body read as JSON. */
  record Answer(int status, String contentType, JsonObject json) {
    JsonObject data() {
      return json.getJsonObject("data");
    }

    JsonArray items() {
      return json.getJsonArray("data");
    }

    List<Long> ids() {
      List<Long> ids = new ArrayList<>();
      items().forEach(item -> ids.add(((JsonObject) item).getLong("id")));
      return ids;
    }

    String message() {
      return json.getString("message");
    }
  }

  /** The same caller with one more header on everything. */
  Caller with(String header, String value) {
    Caller caller = new Caller(simulator);
    caller.headers.putAll(headers);
    caller.headers.put(header, value);
    return caller;
  }

  Answer get(String path) {
    return signed("GET", "/api/v3" + path, null);
  }

  /** A list with a query that is encoded here. */
  Answer query(String path, String tql, String more) {
    return get(path + "?tql=" + encoded(tql) + more);
  }

  Answer post(String path, JsonObject body) {
    return signed("POST", "/api/v3" + path, body.encode());
  }

  Answer put(String path, JsonObject body) {
    return signed("PUT", "/api/v3" + path, body.encode());
  }

  Answer delete(String path) {
    return signed("DELETE", "/api/v3" + path, null);
  }

  Answer options(String path) {
    return signed("OPTIONS", "/api/v3" + path, null);
  }

  JsonObject control(String method, String path, JsonObject body) {
    return send(method, path, body == null ? null : body.encode(), Map.of()).json();
  }

  /** Signs and sends. */
  Answer signed(String method, String target, String body) {
    String timestamp = Long.toString(simulator.clock().instant().getEpochSecond());
    return send(
        method,
        target,
        body,
        Map.of(
            "Timestamp",
            timestamp,
            "Authorization",
            "TC " + ACCESS_ID + ":" + signature(target, method, timestamp)));
  }

  /** Sends as it is. */
  Answer send(String method, String target, String body, Map<String, String> more) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.origin() + target))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    more.forEach(request::header);
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          new JsonObject(response.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(method + " " + target, e);
    }
  }

  static String signature(String target, String method, String timestamp) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return Base64.getEncoder()
          .encodeToString(
              mac.doFinal(
                  (target + ":" + method + ":" + timestamp).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
