package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.store.JdbcLinkStore;
import dev.taskbridge.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A route file that changes while the program runs. */
class RouteReloadTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
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

  @Test
  void a_changed_file_changes_the_routes_made_from_its_templates_and_a_broken_one_changes_nothing()
      throws Exception {
    copy("routes");
    copy("config");
    Path file = home.resolve("routes/systems/jira.yaml");
    String original = Files.readString(file);
    try (Bench bench = new Bench(folder)) {
      TaskbridgeConfig config = bench.withJira();
      try (Bridge bridge =
          new Bridge(
              config,
              home,
              JdbcLinkStore.open(StoreSettings.at(config.store().url())),
              Clock.systemUTC())) {
        bridge.start(false);
        bridge.startSchedules();
        assertThat(bridge.camel().getRoute("jira-soc.find")).isNotNull();

        Files.writeString(
            file, original.replace("direct:{{system}}.find", "direct:{{system}}.found"));
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    bridge.camel().getRoute("jira-soc.find") != null
                        && bridge
                            .camel()
                            .getRoute("jira-soc.find")
                            .getEndpoint()
                            .getEndpointUri()
                            .equals("direct://jira-soc.found"));

        Files.writeString(file, original);
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    bridge.camel().getRoute("jira-soc.find") != null
                        && bridge
                            .camel()
                            .getRoute("jira-soc.find")
                            .getEndpoint()
                            .getEndpointUri()
                            .equals("direct://jira-soc.find"));
        Bench.once(bridge);
        assertThat(Bench.links(bridge)).isNotEmpty();
      }
    }
  }
}
