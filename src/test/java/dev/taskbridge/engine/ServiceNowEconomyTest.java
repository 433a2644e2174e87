package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.LinkState;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What carrying costs in ServiceNow, counted in requests, over either transport. */
@ParameterizedClass
@EnumSource(ServiceNowDesk.Transport.class)
final class ServiceNowEconomyTest {
  private static final String FIELDS =
      ServiceNowDesk.STATUS + ServiceNowDesk.RESOLVING + ServiceNowDesk.ASSIGNEE;

  @TempDir Path folder;
  private final ServiceNowDesk.Transport transport;
  private ServiceNowDesk desk;

  ServiceNowEconomyTest(ServiceNowDesk.Transport transport) {
    this.transport = transport;
  }

  @BeforeEach
  void seed() {
    desk = new ServiceNowDesk(folder, transport);
    desk.bench.seed(1_000);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void a_first_carry_of_1000_tasks_costs_at_most_60_requests_and_an_idle_cycle_then_one() {
    desk.runs(FIELDS);
    desk.bench.forgetRequests();
    desk.cycle();

    thenAllAreLinkedAt(60);
    desk.later();
    desk.cycle();
    desk.bench.forgetRequests();
    desk.cycle();
    assertThat(Bench.byOperation(desk.bench.records))
        .isEqualTo(new JsonObject().put("GET /api/now/v2/table/{id}", 1));
  }

  @Test
  void without_batches_it_costs_at_most_1100() {
    desk.runs(FIELDS, ServiceNowDesk.PASSWORD, false);
    desk.bench.forgetRequests();
    desk.cycle();

    thenAllAreLinkedAt(1_100);
    assertThat(Bench.byOperation(desk.bench.records).fieldNames())
        .noneMatch(operation -> operation.contains("batch"));
  }

  private void thenAllAreLinkedAt(long requests) {
    assertThat(Bench.requests(desk.bench.tasks) + Bench.requests(desk.bench.records))
        .as(
            "%s %s",
            Bench.byOperation(desk.bench.tasks).encode(),
            Bench.byOperation(desk.bench.records).encode())
        .isLessThanOrEqualTo(requests);
    assertThat(desk.links())
        .hasSizeGreaterThanOrEqualTo(1_000)
        .allMatch(link -> link.state() == LinkState.LINKED);
    assertThat(desk.records("incident", "correlation_idSTARTSWITHtaskbridge-"))
        .hasSameSizeAs(desk.links());
  }
}
