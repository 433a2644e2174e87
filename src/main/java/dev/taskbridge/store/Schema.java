package dev.taskbridge.store;

import dev.taskbridge.store.Dialect.Access;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings the tables to what this program knows, or says why not. */
final class Schema {
  /** The number of the newest file in {@code db/migration}. */
  static final int NEWEST = 2;

  private static final String HISTORY = "flyway_schema_history";

  private final StoreSettings settings;
  private final Dialect dialect;

  Schema(StoreSettings settings, Dialect dialect) {
    this.settings = settings;
    this.dialect = dialect;
  }

  void ready(DataSource connections, Access access) throws SQLException {
    int version;
    try (Connection connection = connections.getConnection()) {
      version = version(connection);
    }
    if (version > NEWEST) {
      throw refusal(
          "a newer Taskbridge wrote it (its schema is %d, this program knows %d)"
              .formatted(version, NEWEST),
          "start the newer program, or put back a copy of the store from before");
    }
    if (version == NEWEST) {
      return;
    }
    if (access != Access.OWNER) {
      throw refusal(
          version == 0
              ? "it holds no links yet"
              : "an older Taskbridge wrote it (its schema is %d, this program works with %d)"
                  .formatted(version, NEWEST),
          "start \"run\" or \"once\" first, which make it ready");
    }
    Flyway.configure()
        .dataSource(connections)
        .locations("classpath:db/migration")
        .table(HISTORY)
        .placeholders(dialect.placeholders())
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /** The schema's version, 0 if there is none. */
  int version(Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(dialect.tablesSql())) {
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
    }
    if (tables.isEmpty()) {
      return 0;
    }
    if (!tables.contains(HISTORY)) {
      throw refusal(
          "it holds tables of somebody else (\"" + tables.get(0) + "\")",
          "let store.url name a file, or a database and schema, of Taskbridge's own");
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT MAX(CAST(version AS INTEGER)) FROM "
                    + HISTORY
                    + " WHERE version IS NOT NULL")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private StoreException refusal(String why, String remedy) {
    return new StoreException(settings, "open it", new Trouble(false, why, remedy));
  }
}
