package dev.taskbridge.tql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TqlDateTest {
  private static final Instant NOW = Instant.parse("2024-03-31T22:15:30.250Z");

  @ParameterizedTest
  @CsvSource({
    "2023-02-01, 2023-02-01T00:00:00Z",
    "2024-01-31 09:30:00, 2024-01-31T09:30:00Z",
    "2024-01-31T09:30:00, 2024-01-31T09:30:00Z",
    "2024-01-31t09:30:00z, 2024-01-31T09:30:00Z",
    "2024-01-31T09:30:00+02:00, 2024-01-31T07:30:00Z",
    "2024-01-31T09:30:00-0530, 2024-01-31T15:00:00Z",
    "2024-01-31 09:30, 2024-01-31T09:30:00Z",
    "2024-01-31T09:30:00.123456, 2024-01-31T09:30:00.123456Z",
    "NOW(), 2024-03-31T22:15:30.250Z",
    "now( ) - 24 hours, 2024-03-30T22:15:30.250Z",
    "NOW()-30 DAYS, 2024-03-01T22:15:30.250Z",
    "NOW() + 90 SECONDS, 2024-03-31T22:17:00.250Z",
    "NOW() - 1 MINUTE, 2024-03-31T22:14:30.250Z",
    "NOW() - 1 month, 2024-02-29T22:15:30.250Z",
    "NOW() - 1 YEAR + 1 WEEK, 2023-04-07T22:15:30.250Z",
    "TODAY(), 2024-03-31T00:00:00Z",
    "TODAY() + 9 HOURS, 2024-03-31T09:00:00Z",
    "NOW() + 999999 YEARS, +1002023-03-31T22:15:30.250Z",
  })
  void a_date_is_an_instant(String text, Instant instant) {
    assertThat(TqlDate.parse(text).orElseThrow().at(NOW)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2024-02-30",
        "2024-01-31 25:00:00",
        "2024-01-31T09",
        "31.01.2024",
        "1706693400",
        "NOW",
        "NOW() - DAYS",
        "NOW() - 5",
        "NOW() - 5 FORTNIGHTS",
        "NOW() - 9999999 DAYS",
        "2024-01-31T09:30:00+99:00",
      })
  void other_texts_are_no_dates(String text) {
    assertThat(TqlDate.parse(text)).isEmpty();
  }
}
