package dev.taskbridge.store;

import dev.taskbridge.domain.Secret;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A server: one program syncs, others write beside it and look, from any machine. Writers come one
 * after the other here too: each locks an empty table before its first look, so that no transaction
 * is lost to a race, and {@code SERIALIZABLE} answers for whoever writes past that lock.
 */
final class Postgres implements Dialect {
  static final String PREFIX = "jdbc:postgresql:";
  static final String LOCK_TIMED_OUT = "55P03";
  private static final int SOCKET_TIMEOUT_SECONDS = 120;

  // A node that vanished without a word must not hold the lock until TCP notices.
  private static final String BEGIN =
      "SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = '60s';"
          + " LOCK TABLE writer IN EXCLUSIVE MODE";

  private final StoreSettings settings;
  private final Patience patience;

  Postgres(StoreSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
  }

  @Override
  public DataSource connections(Access access) {
    PGSimpleDataSource connections = new PGSimpleDataSource();
    connections.setConnectTimeout(Math.max(1, (int) patience.connection().toSeconds()));
    connections.setSocketTimeout(SOCKET_TIMEOUT_SECONDS);
    connections.setTcpKeepAlive(true);
    connections.setReWriteBatchedInserts(true);
    connections.setApplicationName("taskbridge");
    // After the defaults, so that what the URL says of them counts.
    connections.setUrl(settings.url());
    settings.user().ifPresent(connections::setUser);
    settings.password().map(Secret::reveal).ifPresent(connections::setPassword);
    return connections;
  }

  @Override
  public String isolation(Access access) {
    // A reader wants one moment of the store; SERIALIZABLE could make it fail and begin again.
    return access == Access.READER ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_SERIALIZABLE";
  }

  @Override
  public boolean exists() {
    return true;
  }

  @Override
  public void prepare(Access access) {
    // A server is there or it is not.
  }

  @Override
  public Claim claim() throws SQLException {
    return ServerClaim.take(settings, connections(Access.OWNER));
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "binary", "COLLATE \"C\"", "serial", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
  }

  @Override
  public String tablesSql() {
    return "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()";
  }

  @Override
  public void adopt(Connection connection) {
    // The server's settings are its administrator's.
  }

  @Override
  public Optional<Trouble> damage(Connection connection) {
    return Optional.empty();
  }

  @Override
  public void begin(Connection connection, Access access) throws SQLException {
    connection.setAutoCommit(false);
    if (access == Access.READER) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(BEGIN.formatted(patience.lock().toMillis()));
    } catch (SQLException e) {
      rollback(connection);
      throw e;
    }
  }

  /**
   * Asks for the transaction's number first: if the answer to COMMIT is lost, the number tells
   * whether it was carried out. A transaction that wrote nothing has none and loses nothing.
   */
  @Override
  public void commit(Connection connection) throws SQLException {
    OptionalLong transaction = number(connection);
    try {
      connection.commit();
    } catch (SQLException e) {
      if (transaction.isPresent() && isLoss(e)) {
        throw new UnknownCommit(transaction.getAsLong(), e);
      }
      throw e;
    }
    connection.setAutoCommit(true);
  }

  private static OptionalLong number(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT txid_current_if_assigned()")) {
      row.next();
      long number = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  private static boolean isLoss(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public boolean wasCarriedOut(UnknownCommit commit, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Whoever holds the lock may still be committing: its turn is over when ours begins.
      connection.setAutoCommit(false);
      statement.execute(BEGIN.formatted(patience.lock().toMillis()));
      try (ResultSet row =
          statement.executeQuery("SELECT txid_status(" + commit.transaction() + ")")) {
        return row.next() && "committed".equals(row.getString(1));
      }
    }
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public Trouble diagnose(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    String words = String.valueOf(failure.getMessage());
    // https://www.postgresql.org/docs/current/errcodes-appendix.html
    if (state.equals("40001") || state.equals("40P01") || state.equals(LOCK_TIMED_OUT)) {
      return new Trouble(
          true,
          "other transactions keep getting in the way (" + words + ")",
          "see which session holds the table \"writer\" in pg_locks; nothing was lost, and the same"
              + " work is tried again with the next cycle");
    }
    if (state.equals("53300") || state.startsWith("57P")) {
      return new Trouble(
          true,
          "the server takes no work just now (" + words + ")",
          "see to the server, or to its max_connections");
    }
    if (state.startsWith("08")) {
      return new Trouble(
          false,
          "the server cannot be reached (" + words + ")",
          "see that it runs and that store.url names its host, port and database");
    }
    if (state.startsWith("28")) {
      return new Trouble(
          false,
          "the server refuses the credentials (" + words + ")",
          "correct store.user and store.password, or the server's pg_hba.conf");
    }
    if (state.equals("3D000")) {
      return new Trouble(
          false,
          "there is no such database (" + words + ")",
          "create it, or correct the database's name in store.url");
    }
    if (state.equals("42501")) {
      return new Trouble(
          false,
          "the user lacks a right (" + words + ")",
          "make store.user the owner of the schema, or grant it all rights there");
    }
    if (state.equals("25006")) {
      return new Trouble(
          false,
          "it may not be written (" + words + ")",
          "let store.url name the primary server, not a standby");
    }
    if (state.startsWith("53")) {
      return new Trouble(
          false,
          "the server ran out of something (" + words + ")",
          "free space on the server's disk; nothing of this was stored, and the same work is tried"
              + " again with the next cycle");
    }
    if (state.startsWith("XX")) {
      return new Trouble(
          false,
          "the server reports damage or a bug of its own (" + words + ")",
          "look at the server's log; if its data is lost, run \"rebuild\" on an empty database");
    }
    return new Trouble(
        false,
        "PostgreSQL says: " + words + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")"),
        "report this if it does not explain itself");
  }
}
