package dev.taskbridge.adapter.jira;

import dev.taskbridge.adapter.TicketSystemContract;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.simulator.jira.Flavour;
import java.time.LocalDate;

final class JiraCloudContractTest extends TicketSystemContract {
  @Override
  protected World open() {
    return JiraWorld.open(Flavour.CLOUD);
  }

  @Override
  protected FieldValue due(int day) {
    return new FieldValue.Day(LocalDate.of(2026, 4, day));
  }

  @Override
  protected String missingId() {
    return "987654";
  }
}
