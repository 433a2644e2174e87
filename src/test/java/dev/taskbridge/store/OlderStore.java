package dev.taskbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A store as the first version of the program left it. */
public final class OlderStore {
  private OlderStore() {}

  /** Takes the newer migrations back from a store that nobody has open; every link stays. */
  public static void make(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Sqlite.PREFIX + file);
        Statement statement = connection.createStatement()) {
      assertThat(Schema.NEWEST).as("the migrations that are taken back here").isEqualTo(2);
      statement.execute("ALTER TABLE link DROP COLUMN decisions");
      statement.execute("DELETE FROM flyway_schema_history WHERE version = '2'");
      // Closing it leaves the one file, as an ended program does.
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /** The version of a store's tables. */
  public static int version(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection(Sqlite.PREFIX + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history")) {
      row.next();
      return row.getInt(1);
    }
  }
}
