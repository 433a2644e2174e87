package dev.taskbridge.store;

import static dev.taskbridge.store.Rows.count;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("dev.taskbridge.store.Databases#all")
final class CrashTest {
  private static final int KILLS = 3;

  @Parameter Databases.Database database;

  @Test
  void what_was_acknowledged_before_a_kill_is_there_and_nothing_is_there_by_halves()
      throws IOException {
    StoreSettings settings = database.fresh();
    Random random = new Random(42);
    int before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int wanted = before + 20 + random.nextInt(60);
      int acknowledged = before;
      try (Counter counter = Counter.start(settings)) {
        for (int next = counter.next(); next != 0; next = counter.next()) {
          acknowledged = next;
          if (acknowledged == wanted) {
            counter.kill();
          }
        }
      }
      assertThat(acknowledged).isGreaterThanOrEqualTo(wanted);
      // First a look before anybody has recovered the file, then the next owner.
      try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
        assertThat(count(reader)).isBetween(acknowledged, acknowledged + 1);
      }
      try (LinkStore store = JdbcLinkStore.open(settings)) {
        assertThat(count(store)).isBetween(acknowledged, acknowledged + 1);
        before = count(store);
      }
    }
  }
}
