package dev.taskbridge.simulator.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.simulator.servicenow.SnowClient.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ten thousand incidents in one second: what bulk look-ups and delta polls have to get right. */
class LargeTableTest {
  private static final String SECOND = "2026-01-02 03:04:05";
  private static ServiceNowSimulator simulator;
  private static SnowClient snow;

  @BeforeAll
  static void fill() {
    simulator = ServiceNowSimulator.start(0);
    snow = SnowClient.service(simulator);
    simulator.ask(
        () -> {
          Instance instance = simulator.instance();
          for (int i = 0; i < 10_000; i++) {
            instance.place(
                "incident",
                instance.nextId(),
                Map.of("number", instance.nextNumber("incident"), "correlation_id", "tb:" + i),
                "svc.bridge",
                SECOND);
          }
          return null;
        });
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  @Test
  void two_hundred_keys_find_exactly_their_records() {
    String keys =
        IntStream.range(0, 200).mapToObj(i -> "tb:" + i * 7).collect(Collectors.joining(","));

    Answer answer =
        snow.list("incident", "correlation_idIN" + keys, "sysparm_fields=correlation_id,sys_id");
    assertThat(answer.records()).hasSize(200);

    String ids =
        answer.records().stream().map(r -> r.getString("sys_id")).collect(Collectors.joining(","));
    assertThat(
            snow.list("incident", "sys_idIN" + ids, "sysparm_fields=correlation_id")
                .values("correlation_id"))
        .containsExactlyInAnyOrderElementsOf(answer.values("correlation_id"));
  }

  @Test
  void one_second_with_ten_thousand_rows_is_drained_by_its_ids() {
    Set<String> seen = new HashSet<>();
    List<String> page = new ArrayList<>();
    String last = "";
    do {
      page =
          snow.list(
                  "incident",
                  "sys_updated_on=" + SECOND + "^sys_id>" + last + "^ORDERBYsys_id",
                  "sysparm_limit=1000",
                  "sysparm_fields=sys_id")
              .values("sys_id");
      seen.addAll(page);
      last = page.isEmpty() ? last : page.get(page.size() - 1);
    } while (page.size() == 1000);

    assertThat(seen).hasSize(10_000);
  }

  @Test
  void a_delta_starts_at_its_second_and_comes_in_order() {
    Answer page =
        snow.list(
            "incident",
            "sys_updated_on>=" + SECOND + "^ORDERBYsys_updated_on^ORDERBYsys_id",
            "sysparm_limit=1000",
            "sysparm_fields=sys_id,sys_updated_on");

    assertThat(page.records()).hasSize(1000);
    assertThat(page.values("sys_id")).isSorted();
    assertThat(page.header("X-Total-Count")).isIn("10000", "10003"); // with the small world's three
    assertThat(snow.list("incident", "sys_updated_on>2999-01-01 00:00:00").records()).isEmpty();
  }

  @Test
  void an_indexed_condition_and_others_still_all_count() {
    assertThat(snow.list("incident", "correlation_id=TB:17^state=1").records()).hasSize(1);
    assertThat(snow.list("incident", "correlation_id=tb:17^state=2").records()).isEmpty();
    assertThat(snow.list("incident", "correlation_id=tb:17^ORcorrelation_id=tb:18").records())
        .hasSize(2);
    assertThat(
            snow.list("incident", "correlation_id=tb:17^ORstate=2", "sysparm_fields=number")
                .records())
        .hasSize(3); // two of the small world are in progress
    assertThat(snow.list("incident", "correlation_id=tb:17^NQnumber=INC0010005").records())
        .hasSize(2);
  }
}
