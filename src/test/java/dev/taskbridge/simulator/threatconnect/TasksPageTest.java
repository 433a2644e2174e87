package dev.taskbridge.simulator.threatconnect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.threatconnect.Caller.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every request that the documentation's Tasks page prints, with the answers it prints. */
final class TasksPageTest {
  private static ThreatConnectSimulator simulator;
  private static Caller api;

  @BeforeAll
  static void start() {
    simulator = ThreatConnectSimulator.start(0);
    api = new Caller(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  /** The page's example instance: one case, tasks 1 and 2, the second waiting for task 8. */
  @BeforeEach
  void the_instance_of_the_page() {
    api.control("POST", "/_sim/seed", new JsonObject().put("clear", true));
    simulator.flip("bulkDelete", false);
    simulator.flip("pageEnvelopes", false);
    api.post(
        "/cases",
        new JsonObject().put("name", "Example").put("severity", "Low").put("status", "Open"));
  }

  @Test
  void create_a_task_with_the_least_it_needs() {
    Answer created =
        api.post("/tasks", new JsonObject().put("caseId", 1).put("name", "Review the alert"));

    assertThat(created.status()).isEqualTo(201);
    assertThat(created.contentType()).isEqualTo("application/json");
    assertThat(created.json().fieldNames()).containsExactly("data", "message", "status");
    assertThat(created.message()).isEqualTo("Created");
    assertThat(created.json().getString("status")).isEqualTo("Success");
    assertThat(created.data().getString("xid"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(created.data().copy().putNull("xid").getMap())
        .isEqualTo(
            new JsonObject()
                .put("id", 1)
                .putNull("xid")
                .put("name", "Review the alert")
                .put("workflowPhase", 0)
                .put("workflowStep", 1)
                .put("required", false)
                .put("status", "Open")
                .put("owner", "Demo Organization")
                .getMap());
  }
}
