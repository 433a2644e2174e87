package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** What is made of the time that every answer tells. */
class SystemClocksTest {
  private final SystemHealth health =
      new SystemHealth(Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC));

  @Test
  void a_clock_that_differs_by_half_a_minute_or_less_troubles_nobody() {
    health.clockMeasured("jira", Duration.ofSeconds(-30));

    assertThat(health.clockTrouble("jira")).isEmpty();
  }

  @Test
  void a_clock_that_differs_by_more_is_told_in_words_until_it_is_set() {
    health.clockMeasured("jira", Duration.ofSeconds(95));
    assertThat(health.clockTrouble("jira")).contains("95 s ahead of ours");

    health.clockMeasured("jira", Duration.ofSeconds(-61));
    assertThat(health.clockTrouble("jira")).contains("61 s behind ours");

    health.clockMeasured("jira", Duration.ofSeconds(1));
    assertThat(health.clockTrouble("jira")).isEmpty();
  }

  @Test
  void a_cycle_asks_further_back_where_the_clock_was_behind_even_once_it_is_set() {
    Duration usual = TaskPolls.overlap(health);

    health.clockMeasured(Systems.THREATCONNECT, Duration.ofSeconds(-95));
    health.clockMeasured(Systems.THREATCONNECT, Duration.ofSeconds(2));

    assertThat(TaskPolls.overlap(health)).isEqualTo(usual.plusSeconds(100));
  }

  @Test
  void a_clock_that_is_ahead_hides_nothing_and_neither_does_the_roughness_of_the_measure() {
    Duration usual = TaskPolls.overlap(health);

    health.clockMeasured(Systems.THREATCONNECT, Duration.ofMinutes(9));
    health.clockMeasured(Systems.THREATCONNECT, Duration.ofSeconds(-3));

    assertThat(TaskPolls.overlap(health)).isEqualTo(usual);
  }
}
