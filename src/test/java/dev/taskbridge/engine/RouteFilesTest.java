package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route file is loaded, and each route in it says what it is and what becomes of failures.
 */
class RouteFilesTest {
  @TempDir Path folder;

  @Test
  void every_route_and_template_has_an_id_a_description_and_an_error_handling() {
    try (Bench bench = new Bench(folder);
        Bridge bridge = bench.bridge(bench.withServiceNow("http", true))) {
      ModelCamelContext camel = (ModelCamelContext) bridge.camel();

      List<RouteDefinition> routes = camel.getRouteDefinitions();
      assertThat(routes).hasSizeGreaterThan(20);
      for (RouteDefinition route : routes) {
        assertThat(route.getId()).matches("[a-zA-Z0-9.-]+");
        assertThat(route.getDescriptionText()).as(route.getId()).isNotBlank();
        assertThat(handlesErrors(route)).as(route.getId() + " handles errors").isTrue();
      }
      for (RouteTemplateDefinition template : camel.getRouteTemplateDefinitions()) {
        assertThat(template.getId()).matches("[a-zA-Z0-9.-]+");
        assertThat(template.getDescriptionText()).as(template.getId()).isNotBlank();
        assertThat(handlesErrors(template.getRoute())).as(template.getId()).isTrue();
      }
    }
  }

  private static boolean handlesErrors(RouteDefinition route) {
    return route.getRouteConfigurationId() != null || route.isErrorHandlerFactorySet();
  }
}
