package dev.taskbridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.simulator.jira.JiraSimulator;
import dev.taskbridge.simulator.servicenow.ServiceNowSimulator;
import dev.taskbridge.simulator.threatconnect.ThreatConnectSimulator;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of the simulators names every switch with the default that it has. */
final class SimulatorsPageTest {
  private static final Path PAGE = Path.of("docs/simulators.md");

  static Stream<Supplier<SimulatorServer>> simulators() {
    return Stream.of(
        () -> JiraSimulator.start(0, Flavour.CLOUD),
        () -> ThreatConnectSimulator.start(0),
        () -> ServiceNowSimulator.start(0));
  }

  @ParameterizedTest
  @MethodSource("simulators")
  void every_switch_is_on_the_page_with_its_default(Supplier<SimulatorServer> start)
      throws IOException {
    List<String> rows = Files.readAllLines(PAGE);
    try (SimulatorServer simulator = start.get()) {
      assertThat(simulator.ask(simulator::switches))
          .allSatisfy(
              one ->
                  assertThat(rows)
                      .anyMatch(row -> row.startsWith(start(one.getKey(), one.getValue()))));
    }
  }

  private static String start(String name, Object value) {
    String shown = value instanceof String text ? text : Json.encode(value);
    return "| `" + name + "` | " + (shown.isEmpty() ? "empty" : "`" + shown + "`") + " | ";
  }
}
