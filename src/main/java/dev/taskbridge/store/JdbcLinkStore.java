package dev.taskbridge.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.taskbridge.store.Dialect.Access;
import dev.taskbridge.store.Dialect.Claim;
import dev.taskbridge.store.Dialect.UnknownCommit;
import dev.taskbridge.store.RecordReader.UnreadableRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;
import org.jspecify.annotations.Nullable;

/**
 * The link store over JDBC. Transactions of one process queue for its one writing connection; those
 * of several processes wait for each other in the database.
 */
public final class JdbcLinkStore implements LinkStore {
  private static final int READERS = 2;

  private final StoreSettings settings;
  private final Dialect dialect;
  private final Access access;
  private final Patience patience;
  private final Claim claim;
  private final DataSource connections;
  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /** Whose turn it is to write. Fair, because the pool is not and a lane must not starve. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private JdbcLinkStore(
      StoreSettings settings,
      Dialect dialect,
      Access access,
      Patience patience,
      Claim claim,
      DataSource connections) {
    this.settings = settings;
    this.dialect = dialect;
    this.access = access;
    this.patience = patience;
    this.claim = claim;
    this.connections = connections;
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setDataSource(connections);
    config.setMaximumPoolSize(writes() ? 1 : READERS);
    config.setReadOnly(!writes());
    config.setTransactionIsolation(dialect.isolation(access));
    config.setConnectionTimeout(patience.connection().toMillis());
    config.setInitializationFailTimeout(-1);
    this.pool = new HikariDataSource(config);
    this.jdbi = Jdbi.create(pool);
    // What was bound is people's text and can be megabytes; it has no place in a log.
    jdbi.getConfig(StatementExceptions.class).setMessageRendering(MessageRendering.NONE);
  }

  /**
   * Opens the store to sync with it: creates it if need be and brings its tables up to date. A
   * store is opened so by one process at a time.
   *
   * @throws StoreException if it cannot be opened, is damaged, is in use, or was written by a newer
   *     program
   */
  public static LinkStore open(StoreSettings settings) {
    return open(settings, Access.OWNER, Patience.USUAL);
  }

  /**
   * Opens a store that exists for a short command that changes something beside a running daemon,
   * such as an operator's decision.
   *
   * @throws StoreException as {@link #open}, and if there is no store of this program's version yet
   */
  public static LinkStore openBeside(StoreSettings settings) {
    return open(settings, Access.BESIDE, Patience.USUAL);
  }

  /**
   * Opens a store that exists, to look only: every transaction sees one moment of it, waits for
   * nobody and holds nobody up. Writing in it fails.
   *
   * @throws StoreException as {@link #openBeside}
   */
  public static LinkStore openReadOnly(StoreSettings settings) {
    return open(settings, Access.READER, Patience.USUAL);
  }

  /**
   * Whether there is a store that was made ready once.
   *
   * @throws StoreException if that cannot be found out
   */
  public static boolean isThere(StoreSettings settings) {
    Dialect dialect = Dialect.of(settings, Patience.USUAL);
    if (!dialect.exists()) {
      return false;
    }
    try (Connection connection = dialect.connections(Access.READER).getConnection()) {
      return new Schema(settings, dialect).version(connection) > 0;
    } catch (SQLException e) {
      throw explained(settings, dialect, "open it", e);
    }
  }

  static LinkStore open(StoreSettings settings, Access access, Patience patience) {
    Dialect dialect = Dialect.of(settings, patience);
    dialect.prepare(access);
    Claim claim;
    try {
      claim = access == Access.OWNER ? dialect.claim() : () -> {};
    } catch (SQLException e) {
      throw explained(settings, dialect, "open it", e);
    }
    try {
      DataSource connections = dialect.connections(access);
      if (access == Access.OWNER) {
        refuseDamage(settings, dialect, connections);
      }
      new Schema(settings, dialect).ready(connections, access);
      if (access == Access.OWNER) {
        adopt(dialect, connections);
      }
      return new JdbcLinkStore(settings, dialect, access, patience, claim, connections);
    } catch (SQLException | FlywayException e) {
      claim.close();
      throw explained(settings, dialect, "open it", e);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static void refuseDamage(StoreSettings settings, Dialect dialect, DataSource connections)
      throws SQLException {
    try (Connection connection = connections.getConnection()) {
      Optional<Trouble> damage = dialect.damage(connection);
      if (damage.isPresent()) {
        throw new StoreException(settings, "open it", damage.get());
      }
    }
  }

  private static void adopt(Dialect dialect, DataSource connections) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      dialect.adopt(connection);
    }
  }

  @Override
  public <T> T inTransaction(Function<LinkRows, T> work) {
    if (turn.isHeldByCurrentThread()) {
      throw new IllegalStateException("a transaction was begun inside another one");
    }
    List<Exception> earlier = new ArrayList<>();
    while (true) {
      try {
        return inTurn(work);
      } catch (SQLException | JdbiException e) {
        Trouble trouble = trouble(e);
        if (!trouble.passing()
            || earlier.size() + 1 >= patience.attempts()
            || !pause(earlier.size())) {
          StoreException given = new StoreException(settings, doing(), trouble, e);
          earlier.forEach(given::addSuppressed);
          throw given;
        }
        earlier.add(e);
      } catch (UnreadableRecord e) {
        throw new StoreException(
            settings,
            doing(),
            new Trouble(
                false,
                String.valueOf(e.getMessage()),
                "put back a copy of the store, or run \"rebuild\""),
            e);
      }
    }
  }

  private Trouble trouble(Exception e) {
    SQLException failure = sqlFailure(e);
    if (failure == null) {
      throw new IllegalStateException("a statement of the store is wrong", e);
    }
    if (pool.isClosed()) {
      return new Trouble(false, "it was closed", "nothing, if the program is ending");
    }
    return dialect.diagnose(failure);
  }

  private <T> T inTurn(Function<LinkRows, T> work) throws SQLException {
    if (!writes()) {
      return once(work);
    }
    try {
      if (!turn.tryLock(patience.turn().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreException(
            settings,
            doing(),
            new Trouble(
                true,
                "other transactions of this process took longer than "
                    + patience.turn().toSeconds()
                    + " s",
                "see whether its disk or server is overloaded; nothing was lost, and the same work"
                    + " is tried again with the next cycle"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          settings,
          doing(),
          new Trouble(false, "the thread was told to stop", "nothing, if the program is ending"),
          e);
    }
    try {
      return once(work);
    } finally {
      turn.unlock();
    }
  }

  private boolean writes() {
    return access != Access.READER;
  }

  private String doing() {
    return writes() ? "carry out a transaction" : "read it";
  }

  private <T> T once(Function<LinkRows, T> work) throws SQLException {
    try (Handle handle = jdbi.open()) {
      Connection connection = handle.getConnection();
      claim.hold();
      dialect.begin(connection, access);
      try {
        T result = work.apply(new JdbcRows(handle));
        commit(connection);
        return result;
      } catch (Throwable t) {
        abandon(connection, t);
        throw t;
      }
    }
  }

  private void commit(Connection connection) throws SQLException {
    try {
      dialect.commit(connection);
    } catch (UnknownCommit unknown) {
      try (Connection other = connections.getConnection()) {
        if (!dialect.wasCarriedOut(unknown, other)) {
          throw unknown;
        }
      } catch (SQLException e) {
        if (e != unknown) {
          unknown.addSuppressed(e);
          throw new StoreException(
              settings,
              doing(),
              new Trouble(
                  false,
                  "the connection was lost while it was being stored, so that it may be stored or"
                      + " not",
                  "see to the server; the next look at the same links finds out"),
              unknown);
        }
        throw e;
      }
      pool.evictConnection(connection);
    }
  }

  private void abandon(Connection connection, Throwable because) {
    try {
      dialect.rollback(connection);
    } catch (SQLException e) {
      // SQLite ends the transaction itself after some errors, and a lost connection has none; a
      // connection that is still inside one must not meet the next transaction.
      because.addSuppressed(e);
      pool.evictConnection(connection);
    }
  }

  /** Sleeps before another attempt, longer each time; false if the thread is to stop. */
  private boolean pause(int failures) {
    long millis = patience.pause().toMillis() << failures;
    try {
      Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static StoreException explained(
      StoreSettings settings, Dialect dialect, String tried, Exception e) {
    SQLException failure = sqlFailure(e);
    Trouble trouble =
        failure == null
            ? new Trouble(
                false,
                String.valueOf(e.getMessage()),
                "see that store.url names a database of Taskbridge's own")
            : dialect.diagnose(failure);
    return new StoreException(settings, tried, trouble, e);
  }

  /** The database's own failure among the causes: the deepest, which the others only wrap. */
  private static @Nullable SQLException sqlFailure(Throwable e) {
    SQLException found = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure) {
        found = failure;
      }
    }
    return found;
  }

  @Override
  public void close() {
    pool.close();
    claim.close();
  }
}
