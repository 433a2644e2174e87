package dev.taskbridge.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plain HTTP client that speaks to the simulator as an integration would. */
final class SnowClient {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** An answer with its body read as JSON where that is what it is. */
  record Answer(int status, Map<String, List<String>> headers, String text) {
    JsonObject json() {
      return new JsonObject(text);
    }

    JsonObject record() {
      return json().getJsonObject("result");
    }

    List<JsonObject> records() {
      return json().getJsonArray("result").stream().map(JsonObject.class::cast).toList();
    }

    List<String> values(String field) {
      return records().stream().map(r -> r.getString(field)).toList();
    }

    String header(String name) {
      return headers.entrySet().stream()
          .filter(e -> e.getKey().equalsIgnoreCase(name))
          .map(e -> e.getValue().get(0))
          .findFirst()
          .orElse(null);
    }

    String errorMessage() {
      return json().getJsonObject("error").getString("message");
    }

    String errorDetail() {
      return json().getJsonObject("error").getString("detail");
    }
  }

  private final String origin;
  private final Map<String, String> headers = new LinkedHashMap<>();

  private SnowClient(String origin) {
    this.origin = origin;
  }

  /** Without credentials, without any header. */
  static SnowClient bare(ServiceNowSimulator simulator) {
    return new SnowClient(simulator.origin());
  }

  static SnowClient service(ServiceNowSimulator simulator) {
    return bare(simulator)
        .with("Accept", "application/json")
        .with("Content-Type", "application/json")
        .basic(SmallWorld.SERVICE_USER, SmallWorld.PASSWORDS.get(SmallWorld.SERVICE_USER));
  }

  static SnowClient admin(ServiceNowSimulator simulator) {
    return service(simulator)
        .basic(SmallWorld.ADMIN_USER, SmallWorld.PASSWORDS.get(SmallWorld.ADMIN_USER));
  }

  SnowClient with(String header, String value) {
    SnowClient copy = new SnowClient(origin);
    copy.headers.putAll(headers);
    copy.headers.put(header, value);
    return copy;
  }

  SnowClient without(String header) {
    SnowClient copy = new SnowClient(origin);
    copy.headers.putAll(headers);
    copy.headers.remove(header);
    return copy;
  }

  SnowClient basic(String user, String password) {
    String pair = user + ":" + password;
    return with(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  SnowClient actingAs(String email) {
    return with("X-Sim-User", email);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  /** Lists a table by an encoded query, encoding it for the URL. */
  Answer list(String table, String query, String... parameters) {
    return get("/api/now/v2/table/" + table + "?" + String.join("&", with(parameters, query)));
  }

  private static List<String> with(String[] parameters, String query) {
    List<String> all = new ArrayList<>(List.of(parameters));
    all.add("sysparm_query=" + encoded(query));
    return all;
  }

  Answer post(String path, JsonObject body) {
    return send("POST", path, body.encode());
  }

  Answer patch(String path, JsonObject body) {
    return send("PATCH", path, body.encode());
  }

  Answer put(String path, JsonObject body) {
    return send("PUT", path, body.encode());
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /** Creates a record and returns it with stored values. */
  JsonObject create(String table, String... fieldsAndValues) {
    Answer answer =
        post(
            "/api/now/v2/table/" + table + "?sysparm_exclude_reference_link=true",
            object(fieldsAndValues));
    if (answer.status() != 201) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return answer.record();
  }

  Answer update(String table, String id, String... fieldsAndValues) {
    return patch(
        "/api/now/v2/table/" + table + "/" + id + "?sysparm_exclude_reference_link=true",
        object(fieldsAndValues));
  }

  JsonObject read(String table, String id) {
    return get("/api/now/v2/table/" + table + "/" + id + "?sysparm_exclude_reference_link=true")
        .record();
  }

  Answer send(String method, String path, String body) {
    return send(method, path, body.getBytes(StandardCharsets.UTF_8));
  }

  Answer send(String method, String path, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sets switches of the simulator. */
  void switches(String json) {
    Answer answer = send("PUT", "/_sim/switches", json);
    if (answer.status() != 200) {
      throw new AssertionError(answer.text());
    }
  }

  static JsonObject object(String... fieldsAndValues) {
    JsonObject object = new JsonObject();
    for (int i = 0; i < fieldsAndValues.length; i += 2) {
      object.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
    }
    return object;
  }

  static JsonArray array(Object... values) {
    return new JsonArray(List.of(values));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
