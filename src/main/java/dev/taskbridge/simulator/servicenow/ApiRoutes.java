package dev.taskbridge.simulator.servicenow;

import dev.taskbridge.simulator.Call;
import io.vertx.core.MultiMap;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which operation serves which verb and path; also for requests that arrive inside a batch. */
final class ApiRoutes {
  private static final List<String> VERSIONS = List.of("", "v1", "v2");
  private static final Pattern PARAMETER = Pattern.compile(":(\\w+)");

  /**
   * @param resource what rate rules call it, such as {@code table}
   * @param version see {@link ApiCall#version}
   */
  record Route(
      String method,
      String pattern,
      Pattern regex,
      String resource,
      String version,
      ApiOperation operation) {

    boolean matches(String path) {
      return regex.matcher(path).matches();
    }

    Call bind(Call call) {
      Map<String, String> params = new HashMap<>();
      Matcher values = regex.matcher(call.path());
      Matcher names = PARAMETER.matcher(pattern);
      if (values.matches()) {
        for (int i = 1; names.find(); i++) {
          params.put(names.group(1), values.group(i));
        }
      }
      return new Call(
          call.method(),
          call.target(),
          call.path(),
          params,
          call.query(),
          call.headers(),
          call.body());
    }
  }

  private final List<Route> routes = new ArrayList<>();

  /**
   * Serves a resource in all its versions.
   *
   * @param path what follows {@code /api/now[/version]}, such as {@code /table/:table}
   */
  void add(String method, String path, ApiOperation operation) {
    String resource = path.split("/")[1];
    for (String version : VERSIONS) {
      String pattern = "/api/now" + (version.isEmpty() ? "" : "/" + version) + path;
      Pattern regex = Pattern.compile(PARAMETER.matcher(pattern).replaceAll("([^/]+)"));
      routes.add(new Route(method, pattern, regex, resource, version, operation));
    }
  }

  List<Route> all() {
    return routes;
  }

  Optional<Route> find(String method, String path) {
    return routes.stream().filter(r -> r.method().equals(method) && r.matches(path)).findFirst();
  }

  /** What rate rules call the resource at a path; empty where there is none. */
  String resourceOf(String path) {
    return routes.stream().filter(r -> r.matches(path)).map(Route::resource).findFirst().orElse("");
  }

  /** Whether another verb would do. */
  boolean knowsPath(String path) {
    return routes.stream().anyMatch(route -> route.matches(path));
  }

  /** A request that did not come over the wire on its own. */
  static Call call(String method, String target, MultiMap headers, byte[] body) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    MultiMap query = MultiMap.caseInsensitiveMultiMap();
    if (question >= 0) {
      for (String pair : target.substring(question + 1).split("&")) {
        int equals = pair.indexOf('=');
        if (!pair.isEmpty()) {
          query.add(
              decoded(equals < 0 ? pair : pair.substring(0, equals)),
              equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
      }
    }
    return new Call(method, target, decoded(path), Map.of(), query, headers, body);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
