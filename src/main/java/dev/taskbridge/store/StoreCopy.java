package dev.taskbridge.store;

import dev.taskbridge.store.Dialect.Access;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionException;

/**
 * Makes an SQLite store that holds what another store holds at one moment: links, what was seen,
 * comment pairings and cursors, without the journal. The other one is only read, also while a
 * daemon writes to it.
 */
public final class StoreCopy {
  /** In an order that keeps references whole. */
  private static final List<String> TABLES =
      List.of("link", "record", "comment_pair", "cursor_value");

  private static final int BATCH = 500;

  private StoreCopy() {}

  /**
   * Opens the copy; it is empty if there is nothing to copy yet.
   *
   * @param from any store
   * @param file where the copy is made; there must be nothing
   * @throws StoreException if {@code from} exists and cannot be read, or the copy cannot be written
   */
  public static LinkStore open(StoreSettings from, Path file) {
    return open(from, file, TABLES);
  }

  /** As {@link #open(StoreSettings, Path)}, with the journal. */
  static LinkStore openWhole(StoreSettings from, Path file) {
    return open(from, file, Stream.concat(TABLES.stream(), Stream.of("journal")).toList());
  }

  private static LinkStore open(StoreSettings from, Path file, List<String> tables) {
    StoreSettings to = StoreSettings.at(Sqlite.PREFIX + file);
    LinkStore copy = JdbcLinkStore.open(to);
    try {
      if (JdbcLinkStore.isThere(from)) {
        copy(from, to, tables);
      }
      return copy;
    } catch (RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private static void copy(StoreSettings from, StoreSettings to, List<String> tables) {
    try (LinkStore source = JdbcLinkStore.openReadOnly(from)) {
      source.inTransaction(
          rows -> {
            try (Connection target =
                Dialect.of(to, Patience.USUAL).connections(Access.OWNER).getConnection()) {
              target.setAutoCommit(false);
              copy(((JdbcRows) rows).handle().getConnection(), target, tables);
              target.commit();
              return true;
            } catch (SQLException e) {
              throw new StoreException(
                  to,
                  "copy the store into it",
                  new Trouble(
                      false,
                      String.valueOf(e.getMessage()),
                      "see that the folder for temporary files has room"),
                  e);
            }
          });
    }
  }

  private static void copy(Connection source, Connection target, List<String> tables)
      throws SQLException {
    try (Statement clear = target.createStatement()) {
      // The transaction may be run again.
      for (int i = tables.size() - 1; i >= 0; i--) {
        clear.execute("DELETE FROM " + tables.get(i));
      }
    }
    for (String table : tables) {
      try (PreparedStatement read = source.prepareStatement("SELECT * FROM " + table)) {
        copy(table, read, target);
      }
    }
  }

  /**
   * Adds to the rows of a transaction what an SQLite store holds of a sync, of which they hold
   * nothing but stories. These go on.
   *
   * @throws JdbiException if one of the two cannot be read or written
   */
  static void add(StoreSettings from, String sync, LinkRows rows) {
    try (Connection source =
        Dialect.of(from, Patience.USUAL).connections(Access.READER).getConnection()) {
      Connection target = ((JdbcRows) rows).handle().getConnection();
      for (OfSync each : OfSync.all(sync)) {
        try (PreparedStatement read = source.prepareStatement(each.select())) {
          read.setString(1, each.value());
          copy(each.table(), read, target);
        }
      }
    } catch (SQLException e) {
      throw new TransactionException("cannot add what " + from + " holds", e);
    }
  }

  /** What of a table belongs to a sync: a query of one value. */
  private record OfSync(String table, String select, String value) {
    /** In an order that keeps references whole; entries of the journal get new numbers. */
    static List<OfSync> all(String sync) {
      return List.of(
          new OfSync("link", "SELECT * FROM link WHERE sync = ?", sync),
          new OfSync("record", "SELECT * FROM record WHERE sync = ?", sync),
          new OfSync("comment_pair", "SELECT * FROM comment_pair WHERE sync = ?", sync),
          new OfSync(
              "cursor_value", "SELECT * FROM cursor_value WHERE instr(name, ?) = 1", sync + "/"),
          new OfSync(
              "journal",
              "SELECT at, sync, xid, kind, field, detail FROM journal WHERE sync = ? ORDER BY id",
              sync));
    }
  }

  private static void copy(String table, PreparedStatement read, Connection target)
      throws SQLException {
    read.setFetchSize(BATCH);
    try (ResultSet rows = read.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      String names =
          IntStream.rangeClosed(1, columns)
              .mapToObj(column -> name(rows, column))
              .collect(Collectors.joining(", "));
      try (PreparedStatement insert =
          target.prepareStatement(
              "INSERT INTO "
                  + table
                  + " ("
                  + names
                  + ") VALUES ("
                  + String.join(", ", Collections.nCopies(columns, "?"))
                  + ")")) {
        int waiting = 0;
        while (rows.next()) {
          for (int column = 1; column <= columns; column++) {
            insert.setObject(column, rows.getObject(column));
          }
          insert.addBatch();
          waiting++;
          if (waiting == BATCH) {
            insert.executeBatch();
            waiting = 0;
          }
        }
        insert.executeBatch();
      }
    }
  }

  private static String name(ResultSet rows, int column) {
    try {
      return rows.getMetaData().getColumnName(column);
    } catch (SQLException e) {
      throw new IllegalStateException("a column that was read has no name", e);
    }
  }
}
