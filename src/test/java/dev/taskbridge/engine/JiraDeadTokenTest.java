package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.SystemHealth.Condition;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.web.HealthPage;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A token that died: on Cloud an anonymous visitor's 200 with nothing in it, or a plain 401. */
class JiraDeadTokenTest {
  @TempDir Path folder;

  private static Exchange ready(Bridge bridge) {
    Exchange exchange = new DefaultExchange(bridge.camel());
    new HealthPage(bridge).ready(exchange);
    return exchange;
  }

  private static List<String> issues(Bench bench) {
    return bench
        .issues
        .control("GET", "/_sim/state", new JsonObject())
        .getJsonArray("issues")
        .stream()
        .map(
            issue ->
                ((JsonObject) issue).getValue("id")
                    + " "
                    + ((JsonObject) issue).getJsonObject("fields").getValue("status"))
        .toList();
  }

  private static List<String> statuses(Bench bench) {
    return bench.tasks.get("/api/v3/tasks?resultLimit=1000").getJsonArray("data").stream()
        .map(task -> ((JsonObject) task).getLong("id") + ((JsonObject) task).getString("status"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "CLOUD, anonymous",
    "CLOUD, unauthorized",
    "DATA_CENTER, anonymous",
    "DATA_CENTER, captcha"
  })
  void a_dead_token_during_a_sweep_ends_nothing_is_told_of_and_work_resumes_when_it_is_good_again(
      Flavour flavour, String death) throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge =
            bench.bridge(
                bench.withJira(
                    text ->
                        text.replace(
                            "fields:",
                            "onTaskDeleted: delete\n    onTicketDeleted: close-task\n    fields:")))) {
      Bench.once(bridge);
      List<String> issuesBefore = issues(bench);
      List<String> tasksBefore = statuses(bench);
      Link link = Bench.links(bridge).get(0);
      bench.issues.control("PUT", "/_sim/switches", new JsonObject().put("deadToken", death));
      bench.tasks.send(
          "PUT",
          "/api/v3/tasks/" + link.task().orElseThrow().record().id(),
          new JsonObject().put("name", "Renamed while the token was dead"));

      Bench.sweep(bridge);
      bench.wind(Duration.ofMinutes(2));
      Bench.sweep(bridge);

      assertThat(issues(bench)).isEqualTo(issuesBefore);
      assertThat(statuses(bench)).isEqualTo(tasksBefore);
      assertThat(Bench.links(bridge)).allMatch(each -> each.state() == LinkState.LINKED);
      assertThat(bridge.health().states().get("jira-soc").condition()).isEqualTo(Condition.DENIED);
      Exchange ready = ready(bridge);
      assertThat(ready.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(503);
      assertThat(
              new JsonObject(ready.getMessage().getBody(String.class))
                  .getJsonObject("components")
                  .getJsonObject("jira-soc")
                  .getString("message"))
          .contains("credentials");

      bench.issues.control("PUT", "/_sim/switches", new JsonObject().put("deadToken", "no"));
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () -> {
                bench.wind(Duration.ofMinutes(1));
                Bench.once(bridge);
                assertThat(bench.issue(link).getString("summary"))
                    .isEqualTo("Renamed while the token was dead");
              });
      assertThat(ready(bridge).getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(200);
      assertThat(issues(bench)).isEqualTo(issuesBefore);
    }
  }
}
