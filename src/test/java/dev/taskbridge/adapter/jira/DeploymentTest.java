package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.simulator.jira.JiraSimulator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which Jira it is, asked in the version that the product publishes wherever that can be guessed.
 */
final class DeploymentTest {
  private final List<String> asked = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "CLOUD, true, Jira Cloud, /rest/api/3/serverInfo",
    "CLOUD, false, Jira Cloud, /rest/api/2/serverInfo",
    "DATA_CENTER, false, Jira Data Center, /rest/api/2/serverInfo",
    "DATA_CENTER, true, Jira Data Center, /rest/api/3/serverInfo /rest/api/2/serverInfo"
  })
  void a_guess_decides_what_is_asked_first_and_never_what_is_found(
      Flavour flavour, boolean likelyCloud, String product, String targets) {
    try (JiraSimulator simulator = JiraSimulator.start(0, flavour)) {
      Deployment deployment = deployment(JiraWorld.http(simulator), likelyCloud);

      assertThat(deployment.flavour().value().orElseThrow().product()).isEqualTo(product);
      assertThat(asked).containsExactly(targets.split(" "));

      asked.clear();
      assertThat(deployment.serverInfo().value()).isPresent();
      assertThat(asked)
          .as("what is known is asked in its own version")
          .containsExactly(
              flavour == Flavour.CLOUD ? "/rest/api/3/serverInfo" : "/rest/api/2/serverInfo");
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void trouble_is_not_taken_for_an_answer(boolean likelyCloud) {
    Http down =
        request -> new Http.Response(503, Map.of(), new byte[0], Clock.systemUTC().instant());

    assertThat(deployment(down, likelyCloud).flavour().refusal()).isPresent();
    assertThat(asked).hasSize(1);
  }

  private Deployment deployment(Http http, boolean likelyCloud) {
    Http watched =
        request -> {
          asked.add(request.target());
          return http.send(request);
        };
    return new Deployment(new JiraClient(watched, Clock.systemUTC()), likelyCloud);
  }
}
