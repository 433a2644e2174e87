package dev.taskbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the shipped sample becomes. */
class ConfigLoaderTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "TC_ACCESS_ID", "id",
          "TC_SECRET_KEY", "key",
          "JIRA_TOKEN", "jira",
          "SNOW_PASSWORD", "snow",
          "TASKBRIDGE_TOKEN", "web");

  @Test
  void the_shipped_sample_is_valid_given_its_secrets() {
    Loaded loaded = new ConfigLoader(SECRETS).load(Path.of("config/taskbridge.yaml"));

    assertThat(loaded).isInstanceOf(Loaded.Valid.class);
  }

  @Test
  void every_unset_secret_of_the_sample_is_named_with_its_line() {
    Loaded loaded = new ConfigLoader(Map.of()).load(Path.of("config/taskbridge.yaml"));

    assertThat(loaded)
        .isInstanceOfSatisfying(
            Loaded.Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .hasSize(5)
                    .first()
                    .hasToString(
                        "config/taskbridge.yaml:8 threatconnect.auth.accessId: the environment"
                            + " variable TC_ACCESS_ID is not set; set it, or write another"
                            + " {{env:NAME}} or {{file:PATH}}"));
  }
}
