package dev.taskbridge.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The YAML files under {@code routes/}, the routes made from their templates, and the making anew
 * of both when a file changes. Camel reloads a changed file's routes and templates, but not the
 * routes that were made from a template (seen on 4.18.0): those are remembered here and made again.
 *
 * <p>Confined to the thread that starts the program, then to the one that watches the files.
 */
final class RouteFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

  /** A route that was made from a template. */
  private record Made(String template, Map<String, Object> parameters) {}

  private final ModelCamelContext camel;
  private final Map<String, Made> made = new LinkedHashMap<>();

  RouteFiles(CamelContext camel) {
    this.camel = (ModelCamelContext) camel;
  }

  /**
   * Every route file, in the order in which they are loaded.
   *
   * @param routes the folder {@code routes/}
   * @throws UncheckedIOException if the folder cannot be read
   */
  static List<Path> in(Path routes) {
    try (Stream<Path> files = Files.walk(routes, 2)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".yaml"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the route files in " + routes, e);
    }
  }

  /** Makes a route from a template, and again whenever the template's file changes. */
  void make(String template, String routeId, Map<String, Object> parameters) {
    stop(routeId);
    TemplatedRouteBuilder builder = TemplatedRouteBuilder.builder(camel, template).routeId(routeId);
    parameters.forEach(builder::parameter);
    builder.add();
    made.put(routeId, new Made(template, Map.copyOf(parameters)));
  }

  /**
   * Makes the routes of one system from every template of its kind.
   *
   * @param kind such as {@code jira}: the templates are those whose ids begin with {@code jira.}
   * @return the ids of the routes, such as {@code jira-soc.find}
   * @throws IllegalArgumentException if the kind has no template
   */
  List<String> makeSystem(String kind, String system) {
    String prefix = kind + ".";
    List<String> ids = new ArrayList<>();
    for (RouteTemplateDefinition template : List.copyOf(camel.getRouteTemplateDefinitions())) {
      String id = template.getId();
      if (id.startsWith(prefix)) {
        String routeId = system + "." + id.substring(prefix.length());
        make(id, routeId, Map.of("system", system));
        ids.add(routeId);
      }
    }
    if (ids.isEmpty()) {
      throw new IllegalArgumentException(
          "no route template begins with \""
              + prefix
              + "\"; routes/systems/"
              + kind
              + ".yaml should hold them");
    }
    return ids;
  }

  /** Takes every route away that was made for a system; unknown names are no harm. */
  void removeSystem(String system) {
    for (Map.Entry<String, Made> entry : List.copyOf(made.entrySet())) {
      if (system.equals(entry.getValue().parameters().get("system"))) {
        remove(entry.getKey());
      }
    }
  }

  /** Takes a route away that was made here; unknown ids are no harm. */
  void remove(String routeId) {
    made.remove(routeId);
    stop(routeId);
  }

  /**
   * Loads a changed file again, and makes again what was made from its templates.
   *
   * @return whether it is in force; a file that cannot be read leaves the routes as they were
   */
  boolean reload(Path file) {
    List<RouteTemplateDefinition> old =
        camel.getRouteTemplateDefinitions().stream()
            .filter(template -> isFrom(file, template.getId()))
            .toList();
    try {
      // An old template would stay in front of its new form (seen on 4.18.0).
      for (RouteTemplateDefinition template : old) {
        camel.removeRouteTemplateDefinition(template);
      }
      Resource resource = ResourceHelper.resolveResource(camel, "file:" + file);
      PluginHelper.getRoutesLoader(camel).updateRoutes(resource);
      LOG.info("reloaded {}", file);
    } catch (Exception e) {
      putBack(old);
      LOG.error("{} is not reloaded, the routes stay as they were: {}", file, e.getMessage());
      return false;
    }
    Map<String, Made> again = new LinkedHashMap<>(made);
    for (Map.Entry<String, Made> entry : again.entrySet()) {
      if (isFrom(file, entry.getValue().template())) {
        make(entry.getValue().template(), entry.getKey(), entry.getValue().parameters());
      }
    }
    return true;
  }

  private void putBack(List<RouteTemplateDefinition> old) {
    try {
      for (RouteTemplateDefinition template : old) {
        if (camel.getRouteTemplateDefinition(template.getId()) == null) {
          camel.addRouteTemplateDefinitions(List.of(template));
        }
      }
    } catch (Exception e) {
      throw new IllegalStateException("the templates in force cannot be put back", e);
    }
  }

  private boolean isFrom(Path file, String template) {
    RouteTemplateDefinition definition = camel.getRouteTemplateDefinition(template);
    Resource source = definition == null ? null : definition.getResource();
    return source != null && source.getLocation().endsWith(file.toString());
  }

  private void stop(String routeId) {
    if (camel.getRoute(routeId) == null) {
      return;
    }
    try {
      camel.getRouteController().stopRoute(routeId);
      camel.removeRoute(routeId);
    } catch (Exception e) {
      throw new IllegalStateException("route " + routeId + " cannot be stopped", e);
    }
  }
}
