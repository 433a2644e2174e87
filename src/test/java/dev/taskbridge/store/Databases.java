package dev.taskbridge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The databases that every promise of the store is tested on. */
final class Databases {
  private Databases() {}

  /** Makes empty databases. */
  interface Database {
    StoreSettings fresh();
  }

  static Stream<Database> all() {
    return Stream.of(new SqliteFiles());
  }

  /** A file of its own for each store. */
  static final class SqliteFiles implements Database {
    @Override
    public StoreSettings fresh() {
      try {
        Path folder = Files.createTempDirectory("store");
        folder.toFile().deleteOnExit();
        return StoreSettings.at("jdbc:sqlite:" + folder.resolve("data/taskbridge.db"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "SQLite";
    }
  }
}
