package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A route file that changes while the program runs. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class RouteReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  @Parameter Flavour flavour;
  @TempDir Path home;

  private void copy(String from) throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(from))) {
      for (Path file : files.toList()) {
        Path to = home.resolve(file.toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }

  private static void awaitRouteAt(Bridge bridge, String uri) {
    await().atMost(PATIENCE).until(() -> isAt(bridge, "jira-soc.comments", uri));
  }

  private static boolean isAt(Bridge bridge, String route, String uri) {
    Route found = bridge.camel().getRoute(route);
    return found != null && found.getEndpoint().getEndpointUri().equals(uri);
  }

  @Test
  void a_changed_file_changes_the_routes_made_from_its_templates_and_a_broken_one_changes_nothing()
      throws Exception {
    copy("routes");
    copy("config");
    Path file = home.resolve("routes/systems/jira.yaml");
    String original = Files.readString(file);
    try (Bench bench = new Bench(folder, flavour)) {
      TaskbridgeConfig config = bench.withJira();
      try (Bridge bridge =
          new Bridge(
              config,
              home,
              JdbcLinkStore.open(StoreSettings.at(config.store().url())),
              Clock.systemUTC())) {
        bridge.start(false);
        bridge.startSchedules();
        assertThat(bridge.camel().getRoute("jira-soc.comments")).isNotNull();

        Files.writeString(
            file, original.replace("direct:{{system}}.comments", "direct:{{system}}.remarks"));
        awaitRouteAt(bridge, "direct://jira-soc.remarks");

        Files.writeString(file, original.replace("routeTemplate:", "noSuchThing:"));
        Path other = home.resolve("routes/systems/servicenow.yaml");
        Files.writeString(
            other,
            Files.readString(other)
                .replace("direct:{{system}}.comments", "direct:{{system}}.remarks"));
        await()
            .atMost(PATIENCE)
            .until(() -> isAt(bridge, "snow-it.comments", "direct://snow-it.remarks"));
        assertThat(isAt(bridge, "jira-soc.comments", "direct://jira-soc.remarks")).isTrue();

        Files.writeString(file, original);
        awaitRouteAt(bridge, "direct://jira-soc.comments");
        Bench.once(bridge);
        assertThat(Bench.links(bridge)).isNotEmpty();
      }
    }
  }
}
