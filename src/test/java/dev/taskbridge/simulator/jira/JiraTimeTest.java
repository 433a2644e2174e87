package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clocks and zones: the site's for what is shown, the account's for what is asked. */
class JiraTimeTest extends BothFlavours {

  @OnBoth
  void timestamps_are_in_the_sites_zone_with_an_offset_without_a_colon(Flavour flavour) {
    JiraBench jira = bench(flavour);
    jira.setTime(Instant.parse("2026-03-09T13:05:06Z"));
    String created = jira.fields(jira.create("time", Map.of())).getString("created");
    assertThat(created).matches("2026-03-09T14:05:\\d\\d\\.\\d{3}\\+0100");
    jira.turn("siteZone", "Asia/Tokyo");
    assertThat(jira.fields("SEC-1").getString("created")).endsWith("+0900");
  }

  @OnBoth
  void the_accounts_zone_is_another_one_and_queries_are_read_in_it(Flavour flavour) {
    JiraBench jira = bench(flavour);
    assertThat(jira.get("myself").json().getString("timeZone")).isEqualTo("America/New_York");
    jira.setTime(Instant.parse("2026-03-02T12:00:30Z"));
    jira.create("zone", Map.of("labels", new io.vertx.core.json.JsonArray().add("zone")));
    assertThat(jira.keys("labels = zone AND updated >= \"2026-03-02 07:00\"")).hasSize(1);
    assertThat(jira.keys("labels = zone AND updated >= \"2026-03-02 07:01\"")).isEmpty();
    jira.turn("userZone", "UTC");
    assertThat(jira.keys("labels = zone AND updated >= \"2026-03-02 07:01\"")).hasSize(1);
    assertThat(jira.keys("labels = zone AND updated >= \"2026-03-02 12:01\"")).isEmpty();
  }

  @OnBoth
  void the_date_header_and_the_server_info_tell_the_simulated_time(Flavour flavour) {
    JiraBench jira = bench(flavour);
    Instant then = Instant.parse("2027-01-01T00:00:00Z");
    jira.setTime(then);
    JiraBench.Answer info = jira.get("serverInfo");
    Instant header =
        ZonedDateTime.parse(info.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    Instant body =
        OffsetDateTime.parse(
                info.json().getString("serverTime"),
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx"))
            .toInstant();
    assertThat(Duration.between(then, header)).isBetween(Duration.ZERO, Duration.ofMinutes(2));
    assertThat(Duration.between(then, body)).isBetween(Duration.ZERO, Duration.ofMinutes(2));
  }

  @OnBoth
  void an_edit_moves_updated_and_an_edit_that_changes_nothing_does_not(Flavour flavour) {
    JiraBench jira = bench(flavour);
    String key = jira.create("updated", Map.of());
    String created = jira.fields(key).getString("updated");
    JsonObject same = new JsonObject().put("fields", new JsonObject().put("summary", "updated"));
    jira.simulator.clock().advance(Duration.ofMinutes(1));
    jira.put("issue/" + key, same);
    assertThat(jira.fields(key).getString("updated")).isEqualTo(created);
    jira.turn("emptyEditBumpsUpdated", true);
    jira.put("issue/" + key, same);
    assertThat(jira.fields(key).getString("updated")).isNotEqualTo(created);
  }

  @Test
  void cloud_names_the_sites_zone() {
    assertThat(cloud().get("serverInfo").json().getString("serverTimeZone"))
        .isEqualTo("Europe/Berlin");
  }
}
