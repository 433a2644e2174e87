package dev.taskbridge.adapter.jira;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JqlTest {
  @Test
  void every_text_is_quoted_and_cannot_leave_its_quotes() {
    String jql =
        new Jql()
            .is("project", "DO")
            .in("labels", List.of("a\"b", "c\\d", "e\nf"))
            .orderedBy("key ASC");

    assertThat(jql)
        .isEqualTo(
            "project = \"DO\" AND labels in (\"a\\\"b\", \"c\\\\d\", \"e f\") ORDER BY key ASC");
  }

  @Test
  void an_operators_rule_stays_inside_its_parentheses() {
    assertThat(new Jql().is("project", "SEC").and("a = 1 OR b = 2").orderedBy("key"))
        .isEqualTo("project = \"SEC\" AND (a = 1 OR b = 2) ORDER BY key");
  }

  @Test
  void a_time_is_epoch_milliseconds() {
    assertThat(
            new Jql().updatedSince(Instant.parse("2026-01-01T00:00:00.123Z")).orderedBy("updated"))
        .isEqualTo("updated >= 1767225600123 ORDER BY updated");
  }

  @Test
  void a_local_time_is_rounded_down_to_the_minute_in_the_accounts_zone() {
    assertThat(local("2026-03-09T14:05:59.999Z", "America/New_York"))
        .isEqualTo("updated >= \"2026-03-09 10:05\"");
  }

  @Test
  void an_hour_that_exists_twice_is_read_as_the_earlier_one() {
    // 05:30Z is the first 01:30 in New York that night, 06:30Z the second.
    assertThat(local("2026-11-01T06:30:00Z", "America/New_York"))
        .isEqualTo("updated >= \"2026-11-01 00:30\"");
  }

  private static String local(String instant, String zone) {
    return new Jql()
        .updatedSinceMinute(Instant.parse(instant), ZoneId.of(zone))
        .orderedBy("key")
        .replace(" ORDER BY key", "");
  }
}
