package dev.taskbridge.store;

import static dev.taskbridge.store.Rows.count;
import static dev.taskbridge.store.Rows.countOn;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CopyTest {
  private final Path folder = Databases.folder();
  private final Path file = folder.resolve("taskbridge.db");
  private final StoreSettings settings = StoreSettings.at("jdbc:sqlite:" + file);

  @Test
  void the_files_of_a_running_but_idle_program_make_a_store_elsewhere() throws IOException {
    Path elsewhere = Databases.folder();
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      for (int i = 0; i < 50; i++) {
        countOn(store);
      }
      try (Stream<Path> files = Files.list(folder)) {
        for (Path one : files.toList()) {
          Files.copy(one, elsewhere.resolve(one.getFileName()));
        }
      }
      countOn(store);
      assertCount(elsewhere.resolve("taskbridge.db"), 50);
      assertThat(count(store)).isEqualTo(51);
    }
  }

  @Test
  void a_copy_made_by_the_database_while_others_write_is_one_moment_of_the_store()
      throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    AtomicBoolean enough = new AtomicBoolean();
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      countOn(store);
      Future<Integer> writing =
          threads.submit(
              () -> {
                int last = 0;
                while (!enough.get()) {
                  last = countOn(store);
                }
                return last;
              });
      List<Path> copies = Stream.of("a", "b", "c").map(folder::resolve).toList();
      for (Path copy : copies) {
        try (Connection connection = DriverManager.getConnection(settings.url());
            PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
          statement.setString(1, copy.toString());
          statement.execute();
        }
      }
      enough.set(true);
      int last = writing.get();
      int before = 0;
      for (Path copy : copies) {
        int copied = assertCount(copy, -1);
        assertThat(copied).isBetween(before, last);
        before = copied;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Opens a copy, asks for its count, and goes on counting in it. */
  private static int assertCount(Path copy, int expected) {
    try (LinkStore store = JdbcLinkStore.open(StoreSettings.at("jdbc:sqlite:" + copy))) {
      int count = count(store);
      if (expected >= 0) {
        assertThat(count).isEqualTo(expected);
      }
      assertThat(countOn(store)).isEqualTo(count + 1);
      return count;
    }
  }
}
