package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JiraTimeTest {
  private static final Instant INSTANT = Instant.parse("2026-03-09T13:05:06.123Z");

  @Test
  void offsets_are_read_with_a_colon_and_without() {
    assertThat(JiraTime.parse("2026-03-09T14:05:06.123+0100")).contains(INSTANT);
    assertThat(JiraTime.parse("2026-03-09T14:05:06.123+01:00")).contains(INSTANT);
    assertThat(JiraTime.parse("2026-03-09T13:05:06.123Z")).contains(INSTANT);
    assertThat(JiraTime.parse("1773061506123")).contains(INSTANT);
  }

  @Test
  void what_is_no_time_is_no_time() {
    assertThat(JiraTime.parse("")).isEqualTo(Optional.empty());
    assertThat(JiraTime.parse("yesterday")).isEmpty();
    assertThat(JiraTime.parse("2026-03-09T14:05:06.123")).isEmpty();
    assertThat(JiraTime.parse("99999999999999999999")).isEmpty();
  }

  @Test
  void a_written_time_reads_back() {
    assertThat(JiraTime.parse(JiraTime.format(INSTANT))).contains(INSTANT);
    assertThat(JiraTime.format(INSTANT)).isEqualTo("2026-03-09T13:05:06.123+0000");
  }
}
