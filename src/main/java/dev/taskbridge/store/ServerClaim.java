package dev.taskbridge.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

/**
 * The right of one program to sync with a store on PostgreSQL: an advisory lock on the store's
 * schema, held by a connection that does nothing else. It ends with that connection, however that
 * ends, so nothing stale can be left behind.
 */
final class ServerClaim implements Dialect.Claim {
  /** Ours among the advisory locks of a database; the schema's number is the other half. */
  private static final int OURS = 0x7461736b;

  /** The connection of a program that was killed a moment ago may still be ending. */
  private static final int WAIT_MILLIS = 1000;

  private static final int ANSWER_SECONDS = 5;

  // The server notices within half a minute that the machine of the holder is gone.
  private static final String PREPARE =
      "SET lock_timeout = "
          + WAIT_MILLIS
          + "; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5;"
          + " SET tcp_keepalives_count = 3; SET application_name = 'taskbridge process %d'";

  private static final String LOCK =
      "SELECT pg_advisory_lock("
          + OURS
          + ", oid::int) FROM pg_namespace WHERE nspname = current_schema()";

  private static final String HOLDER =
      "SELECT application_name, host(client_addr), backend_start"
          + " FROM pg_locks JOIN pg_stat_activity USING (pid)"
          + " JOIN pg_namespace schema ON objid = schema.oid"
          + " WHERE locktype = 'advisory' AND granted AND classid = "
          + OURS
          + " AND nspname = current_schema() AND datname = current_database()";

  private final StoreSettings settings;
  private final DataSource connections;
  private Connection holder;

  private ServerClaim(StoreSettings settings, DataSource connections) throws SQLException {
    this.settings = settings;
    this.connections = connections;
    this.holder = lock(settings, connections);
  }

  /**
   * @throws StoreException if another program has it
   */
  static ServerClaim take(StoreSettings settings, DataSource connections) throws SQLException {
    return new ServerClaim(settings, connections);
  }

  /** Takes it again if its connection was lost: another program may have it by now. */
  @Override
  public synchronized void hold() throws SQLException {
    if (!holder.isValid(ANSWER_SECONDS)) {
      close();
      holder = lock(settings, connections);
    }
  }

  private static Connection lock(StoreSettings settings, DataSource connections)
      throws SQLException {
    Connection connection = connections.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(PREPARE.formatted(ProcessHandle.current().pid()));
      try {
        statement.execute(LOCK);
      } catch (SQLException e) {
        if (!Postgres.LOCK_TIMED_OUT.equals(e.getSQLState())) {
          throw e;
        }
        throw taken(settings, holder(statement), e);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static StoreException taken(StoreSettings settings, String holder, SQLException e) {
    return new StoreException(
        settings,
        "open it for syncing",
        new Trouble(
            false,
            "it is in use by " + holder,
            "stop that one first, let store.url name another schema (?currentSchema=NAME), or use a"
                + " command that only looks, such as \"links\""),
        e);
  }

  private static String holder(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(HOLDER)) {
      if (!row.next()) {
        return "another program";
      }
      String where = row.getString(2) == null ? "" : " at " + row.getString(2);
      OffsetDateTime since = row.getObject(3, OffsetDateTime.class);
      return row.getString(1)
          + where
          + (since == null ? "" : " since " + since.toInstant().truncatedTo(ChronoUnit.SECONDS));
    }
  }

  @Override
  public synchronized void close() {
    try {
      holder.close();
    } catch (SQLException e) {
      // A connection that cannot be closed is lost, and what it held with it.
    }
  }
}
