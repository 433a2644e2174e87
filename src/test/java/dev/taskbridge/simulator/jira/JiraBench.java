package dev.taskbridge.simulator.jira;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A simulator and a plain HTTP client that logs in to it. */
final class JiraBench implements AutoCloseable {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  final JiraSimulator simulator;
  final Flavour flavour;
  private final JsonObject standardSwitches;

  /** What came back. */
  record Answer(int status, String text, HttpHeaders headers) {
    JsonObject json() {
      return new JsonObject(text);
    }

    JsonArray array() {
      return new JsonArray(text);
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The message of one field. */
    String error(String field) {
      return json().getJsonObject("errors").getString(field, "");
    }
  }

  JiraBench(Flavour flavour) {
    this.flavour = flavour;
    this.simulator = JiraSimulator.start(0, flavour);
    this.standardSwitches = control("GET", "switches", null).json();
  }

  boolean cloud() {
    return flavour == Flavour.CLOUD;
  }

  /** The newest version of the API that this flavour has. */
  String api() {
    return cloud() ? "/rest/api/3/" : "/rest/api/2/";
  }

  /** Everything back to where it was, but for the issues. */
  void reset() {
    control("PUT", "switches", standardSwitches);
    control("PUT", "faults", new JsonObject().put("searchLag", "0ms").put("lostResponseRate", 0.0));
    control("PUT", "clock", new JsonObject().put("offsetMillis", 0));
  }

  void turn(String key, Object value) {
    control("PUT", "switches", new JsonObject().put(key, value));
  }

  void setSearchLag(String lag) {
    control("PUT", "faults", new JsonObject().put("searchLag", lag));
  }

  void setTime(Instant now) {
    long offset = now.toEpochMilli() - System.currentTimeMillis();
    control("PUT", "clock", new JsonObject().put("offsetMillis", offset));
  }

  Answer control(String method, String name, JsonObject body) {
    Answer answer = send(method, "/_sim/" + name, body == null ? null : body.encode(), Map.of());
    if (answer.status() >= 300) {
      throw new IllegalStateException(name + ": " + answer.text());
    }
    return answer;
  }

  Answer get(String path) {
    return send("GET", api() + path, null, headers());
  }

  Answer post(String path, JsonObject body) {
    return send("POST", api() + path, body.encode(), headers());
  }

  Answer put(String path, Object body) {
    return send("PUT", api() + path, Json.encode(body), headers());
  }

  Answer delete(String path) {
    return send("DELETE", api() + path, null, headers());
  }

  /** With the given headers beside the usual ones; an empty value leaves one out. */
  Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(simulator.origin() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Map<String, String> headers() {
    JsonObject credentials = control("GET", "credentials", null).json();
    String pair = credentials.getString("user") + ":" + credentials.getString("token");
    Map<String, String> headers = new TreeMap<>();
    headers.put(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    return headers;
  }

  Map<String, String> as(String email) {
    Map<String, String> headers = headers();
    headers.put("X-Sim-User", email);
    return headers;
  }

  /** A create body for project SEC. */
  static JsonObject task(String summary) {
    return new JsonObject()
        .put(
            "fields",
            new JsonObject()
                .put("project", new JsonObject().put("key", "SEC"))
                .put("issuetype", new JsonObject().put("name", "Task"))
                .put("summary", summary));
  }

  /** Creates an issue with these further fields and gives its key. */
  String create(String summary, Map<String, ?> more) {
    JsonObject body = task(summary);
    more.forEach(body.getJsonObject("fields")::put);
    Answer answer = post("issue", body);
    if (answer.status() != 201) {
      throw new IllegalStateException(answer.text());
    }
    return answer.json().getString("key");
  }

  JsonObject fields(String key) {
    return get("issue/" + key).json().getJsonObject("fields");
  }

  Answer search(String jql) {
    JsonObject body =
        new JsonObject()
            .put("jql", jql)
            .put("fields", new JsonArray().add("summary"))
            .put("maxResults", 100);
    return post(cloud() ? "search/jql" : "search", body);
  }

  List<String> keys(String jql) {
    Answer answer = search(jql);
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.text());
    }
    return keys(answer);
  }

  static List<String> keys(Answer answer) {
    List<String> keys = new ArrayList<>();
    answer
        .json()
        .getJsonArray("issues")
        .forEach(issue -> keys.add(((JsonObject) issue).getString("key")));
    return keys;
  }

  /** What this flavour takes for some words: a document, or the words. */
  Object text(String words) {
    return cloud() ? document(words) : words;
  }

  static JsonObject document(String words) {
    return new JsonObject()
        .put("type", "doc")
        .put("version", 1)
        .put(
            "content",
            new JsonArray()
                .add(
                    new JsonObject()
                        .put("type", "paragraph")
                        .put(
                            "content",
                            new JsonArray()
                                .add(new JsonObject().put("type", "text").put("text", words)))));
  }

  JsonObject transition(String id) {
    return new JsonObject().put("transition", new JsonObject().put("id", id));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    simulator.close();
  }
}
