package dev.taskbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Stores as other versions of the program left them, made of one that nobody has open. */
public final class StoreVersions {
  private StoreVersions() {}

  /** Takes the migrations after the first one back; every link stays. */
  public static void makeOlder(Path file) throws SQLException {
    assertThat(Schema.NEWEST).as("the migrations that are taken back here").isEqualTo(2);
    execute(
        file,
        "ALTER TABLE link DROP COLUMN decisions",
        "DELETE FROM flyway_schema_history WHERE version = '2'");
  }

  /** Lets a program have migrated it that does not exist yet. */
  public static void makeNewer(Path file) throws SQLException {
    execute(file, "UPDATE flyway_schema_history SET version = '99' WHERE version = '2'");
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Sqlite.PREFIX + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
      // Closing it leaves the one file, as an ended program does.
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }
}
