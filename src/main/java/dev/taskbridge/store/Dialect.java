package dev.taskbridge.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** What SQLite and PostgreSQL do not have in common. Thread-safe. */
interface Dialect {

  /** How a program means to use the store. */
  enum Access {
    /** The daemon and whatever else does the syncing: may create and migrate. */
    OWNER,
    /** A short command that writes beside an owner. */
    BESIDE,
    /** Only looks. */
    READER
  }

  /** Connections outside any pool, set up for {@code access}. Connects to nothing yet. */
  DataSource connections(Access access);

  /** How strictly a pool's connections keep transactions apart; a name of Hikari's. */
  String isolation(Access access);

  /** Whether there is something to connect to; a server is taken for granted. */
  boolean exists();

  /** What must be in place before the first connection, such as a folder. */
  void prepare(Access access);

  /**
   * Claims the store for this process, since only one may sync with it; closing the claim frees it.
   *
   * @throws StoreException if another process has it
   */
  Claim claim() throws SQLException;

  /** Held by an owner. */
  interface Claim extends AutoCloseable {
    /**
     * Makes sure, before a transaction, that it is still held.
     *
     * @throws StoreException if another process has it now
     */
    default void hold() throws SQLException {}

    @Override
    void close();
  }

  /** What the migrations say differently. */
  Map<String, String> placeholders();

  /** Asks for the names of the tables in the store's schema. */
  String tablesSql();

  /** What an owner does once to a database that it has found to be its own. */
  void adopt(Connection connection) throws SQLException;

  /** Looks for damage before work begins; empty if there is none. */
  Optional<Trouble> damage(Connection connection) throws SQLException;

  /** Begins a transaction that no other writer is inside of; if that fails, there is none. */
  void begin(Connection connection, Access access) throws SQLException;

  /**
   * @throws UnknownCommit if the connection was lost before the answer came
   */
  void commit(Connection connection) throws SQLException;

  /** A commit that may have been carried out. */
  final class UnknownCommit extends SQLException {
    private static final long serialVersionUID = 1L;

    private final long transaction;

    UnknownCommit(long transaction, SQLException cause) {
      super(cause);
      this.transaction = transaction;
    }

    long transaction() {
      return transaction;
    }
  }

  /** Whether a commit was carried out, asked over another connection. */
  boolean wasCarriedOut(UnknownCommit commit, Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /** What lies behind {@code failure}. */
  Trouble diagnose(SQLException failure);

  /** The dialect that the URL asks for. */
  static Dialect of(StoreSettings settings, Patience patience) {
    if (settings.url().startsWith(Sqlite.PREFIX)) {
      return new Sqlite(settings, patience);
    }
    if (settings.url().startsWith(Postgres.PREFIX)) {
      return new Postgres(settings, patience);
    }
    throw new StoreException(
        settings,
        "open it",
        new Trouble(
            false,
            "the URL begins with neither " + Sqlite.PREFIX + " nor " + Postgres.PREFIX,
            "correct store.url, for example jdbc:sqlite:data/taskbridge.db"));
  }
}
