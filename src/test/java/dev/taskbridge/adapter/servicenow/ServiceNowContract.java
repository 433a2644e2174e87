package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystemContract;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Moment;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The contract of every ticket system, held to by an incident table over one transport. */
abstract class ServiceNowContract extends TicketSystemContract {
  private final Instance.Transport transport;
  private Instance instance;

  ServiceNowContract(Instance.Transport transport) {
    this.transport = transport;
  }

  @Override
  protected World open() {
    instance = new Instance(transport);
    return new World(
        instance.system,
        Instance.scope(
            "incident",
            Map.of(
                "Resolved",
                Map.of("close_code", "Solution provided", "close_notes", "Done by the SOC"))),
        instance.simulator,
        "New",
        "In Progress",
        "Resolved",
        "2 - High");
  }

  @AfterEach
  void stopRoutes() {
    instance.stopRoutes();
  }

  @Override
  protected FieldValue due(int day) {
    return new Moment(Instant.parse("2026-03-%02dT12:15:00Z".formatted(day)));
  }

  @Override
  protected String missingId() {
    return "00000000000000000000000000000bad";
  }
}
