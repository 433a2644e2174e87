package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteLinksTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void each_issue_links_to_where_people_find_its_task(Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge =
            bench.bridge(
                bench.withJira(
                    text ->
                        text.replace(
                            "type: Task,",
                            "type: Task, remoteLink: \"https://tc.example.com/#/cases/${case.id}?task=${task.xid}\",")))) {
      Bench.once(bridge);

      for (Link link : Bench.links(bridge)) {
        JsonArray remote = bench.issues.list(bench.issuePath(link) + "/remotelink");
        assertThat(remote).hasSize(1);
        JsonObject only = remote.getJsonObject(0);
        assertThat(only.getString("globalId")).isEqualTo(IdempotencyKey.of(link.key()).value());
        assertThat(only.getJsonObject("object").getString("url"))
            .isEqualTo(
                "https://tc.example.com/#/cases/"
                    + link.task().orElseThrow().record().parentCase().id()
                    + "?task="
                    + link.key().xid());
      }
    }
  }
}
