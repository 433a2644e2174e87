package dev.taskbridge.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.Http;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When requests may go out, with a clock that is wound. */
final class PaceTest {
  private static final Instant NOW = Instant.parse("2024-01-31T09:30:00Z");
  private static final Duration PATIENT = Duration.ofSeconds(2);

  private Instant now = NOW;
  private final Pace pace =
      new Pace(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          });

  private Http.Response answer(int status, Map<String, String> headers) {
    return new Http.Response(status, headers, new byte[0], now);
  }

  private Pace.Turn asked(String operation) {
    return pace.ask(operation, PATIENT);
  }

  private static Pace.Go after(Duration hold) {
    return new Pace.Go(hold);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 30",
    "0, 1",
    "100000000, 3600",
    "'Wed, 31 Jan 2024 09:31:00 GMT', 60",
    "soon, ",
    "-5, ",
    "'', ",
  })
  void retry_after_is_read_in_both_forms_and_bounded(String header, Integer seconds) {
    assertThat(Pace.retryAt(answer(429, Map.of("retry-after", header))))
        .isEqualTo(Optional.ofNullable(seconds).map(NOW::plusSeconds));
  }

  @Test
  void a_date_is_translated_onto_our_clock_by_the_server_s_own() {
    Http.Response theirsIsAnHourAhead =
        answer(
            429,
            Map.of(
                "date", "Wed, 31 Jan 2024 10:30:00 GMT",
                "retry-after", "Wed, 31 Jan 2024 10:31:00 GMT"));
    assertThat(Pace.retryAt(theirsIsAnHourAhead)).contains(NOW.plusSeconds(60));
  }

  @Test
  void a_short_limit_is_waited_for_and_a_long_one_is_not() {
    pace.learn("list", answer(429, Map.of("retry-after", "2")));
    assertThat(asked("list")).isEqualTo(after(Duration.ofSeconds(2)));
    pace.learn("list", answer(429, Map.of("retry-after", "3")));
    assertThat(asked("list")).isEqualTo(new Pace.Limited(NOW.plusSeconds(3)));
    now = NOW.plusSeconds(3);
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
  }

  @Test
  void a_limit_without_a_time_holds_for_some_seconds() {
    pace.learn("list", answer(429, Map.of()));
    assertThat(asked("other")).isEqualTo(new Pace.Limited(NOW.plus(Pace.UNSAID)));
  }

  @Test
  void a_limit_of_one_operation_leaves_the_others_alone() {
    pace.learn(
        "search", answer(429, Map.of("retry-after", "10", "ratelimit-reason", "jira-burst-based")));
    assertThat(asked("search")).isEqualTo(new Pace.Limited(NOW.plusSeconds(10)));
    assertThat(asked("create")).isEqualTo(after(Duration.ZERO));
  }

  @Test
  void a_limit_of_one_record_holds_nothing() {
    pace.learn(
        "edit",
        answer(429, Map.of("retry-after", "10", "ratelimit-reason", "jira-per-issue-on-write")));
    assertThat(asked("edit")).isEqualTo(after(Duration.ZERO));
    assertThat(pace.throttledUntil()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2024-01-31T09:30:40Z", "1706693440"})
  void an_exhausted_quota_waits_for_the_reset_that_was_named(String reset) {
    pace.learn(
        "list", answer(200, Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", reset)));
    assertThat(asked("list")).isEqualTo(new Pace.Limited(NOW.plusSeconds(40)));
  }

  @Test
  void an_exhausted_bucket_waits_for_its_next_filling() {
    pace.learn(
        "list",
        answer(
            200,
            Map.of(
                "x-ratelimit-limit", "100",
                "x-ratelimit-remaining", "0",
                "x-ratelimit-interval-seconds", "60")));
    assertThat(asked("list")).isEqualTo(new Pace.Limited(NOW.plusSeconds(60)));
  }

  @Test
  void requests_keep_a_distance_while_a_quota_runs_low() {
    pace.learn("list", answer(200, Map.of("x-ratelimit-nearlimit", "true")));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
    assertThat(asked("list")).isEqualTo(after(Pace.WHEN_LOW));
    assertThat(asked("list")).isEqualTo(after(Pace.WHEN_LOW.multipliedBy(2)));
    now = NOW.plus(Pace.UNSAID).plusSeconds(1);
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
  }

  @Test
  void headers_of_a_comfortable_quota_change_nothing() {
    pace.learn(
        "list",
        answer(
            200,
            Map.of(
                "x-ratelimit-limit", "100",
                "x-ratelimit-remaining", "50",
                "x-ratelimit-interval-seconds", "60",
                "retry-after", "0")));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
  }

  @Test
  void a_silent_system_rests_longer_with_each_failed_probe() {
    Duration rest = Pace.FIRST_REST;
    for (int i = 0; i < Pace.ENOUGH; i++) {
      pace.failed();
    }
    for (int probe = 0; probe < 10; probe++) {
      assertThat(asked("list")).isEqualTo(new Pace.Down(now.plus(rest)));
      now = now.plus(rest);
      assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
      assertThat(asked("list")).isInstanceOf(Pace.Down.class);
      pace.failed();
      rest =
          rest.multipliedBy(2).compareTo(Pace.LONGEST_REST) < 0
              ? rest.multipliedBy(2)
              : Pace.LONGEST_REST;
    }
    now = now.plus(rest);
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
    pace.learn("list", answer(200, Map.of()));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
  }

  @Test
  void an_answer_in_between_starts_the_count_again() {
    for (int i = 0; i < 20; i++) {
      pace.failed();
      pace.learn("list", answer(500, Map.of()));
    }
    assertThat(asked("list")).isEqualTo(after(Duration.ZERO));
  }
}
