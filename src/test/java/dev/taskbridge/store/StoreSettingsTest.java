package dev.taskbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db:5432/bridge?user=bot&password=hunter2",
        "jdbc:postgresql://db:5432/bridge?PASSWORD=hunter2&sslmode=require",
        "jdbc:postgresql://bot:hunter2@db:5432/bridge",
        "jdbc:postgresql://db/bridge?sslpassword=hunter2",
      })
  void an_url_is_shown_without_what_looks_like_a_credential(String url) {
    StoreSettings settings =
        new StoreSettings(url, Optional.of("bot"), Optional.of(new Secret("hunter2")));
    assertThat(settings.shown()).contains("bridge").contains("db").doesNotContain("hunter2");
    assertThat(settings.toString()).doesNotContain("hunter2");
  }

  @Test
  void an_url_without_credentials_is_shown_as_it_is() {
    String url = "jdbc:postgresql://db:5432/bridge?sslmode=require&currentSchema=soc";
    assertThat(StoreSettings.at(url).shown()).isEqualTo(url);
    assertThat(StoreSettings.at("jdbc:sqlite:data/taskbridge.db").shown())
        .isEqualTo("jdbc:sqlite:data/taskbridge.db");
  }
}
