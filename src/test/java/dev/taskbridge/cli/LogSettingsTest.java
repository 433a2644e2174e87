package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which log a run writes. */
class LogSettingsTest {
  private static final String FORMAT = "taskbridge.log";
  private static final String LEVEL = "taskbridge.log.level";

  @BeforeEach
  @AfterEach
  void forget() {
    System.clearProperty(FORMAT);
    System.clearProperty(LEVEL);
  }

  @Test
  void a_daemon_writes_json_for_a_collector_and_text_for_a_person() {
    assertThat(chosen(false, "run")).isEqualTo("json INFO");
    forget();
    assertThat(chosen(true, "run")).isEqualTo("text INFO");
  }

  @Test
  void a_one_shot_command_logs_only_what_goes_wrong_until_it_is_asked_for_more() {
    assertThat(chosen(false, "once")).isEqualTo("text WARN");
    forget();
    assertThat(chosen(false, "once", "-v")).isEqualTo("text DEBUG");
  }

  @Test
  void what_was_set_from_outside_stays() {
    System.setProperty(FORMAT, "text");
    System.setProperty(LEVEL, "TRACE");

    assertThat(chosen(false, "run")).isEqualTo("text TRACE");
  }

  private static String chosen(boolean terminal, String... arguments) {
    LogSettings.choose(List.of(arguments), terminal);
    return System.getProperty(FORMAT) + " " + System.getProperty(LEVEL);
  }
}
