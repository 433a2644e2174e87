package dev.taskbridge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * One file, one writer at a time. WAL lets readers look while it writes; {@code synchronous=FULL}
 * makes a commit survive a power cut; {@code BEGIN IMMEDIATE} takes the write lock at once, because
 * two transactions that read first and then want to write would wait for each other.
 */
final class Sqlite implements Dialect {
  static final String PREFIX = "jdbc:sqlite:";
  private static final int WAL_LEFT_BYTES = 64 * 1024 * 1024;

  private final StoreSettings settings;
  private final Patience patience;
  private final Path file;

  Sqlite(StoreSettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    String name = settings.url().substring(PREFIX.length());
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:") || name.contains("?")) {
      throw new StoreException(
          settings,
          "open it",
          new Trouble(
              false,
              "the URL must name a plain file",
              "write store.url as jdbc:sqlite:FILE, for example jdbc:sqlite:data/taskbridge.db"));
    }
    this.file = Path.of(name).toAbsolutePath().normalize();
  }

  @Override
  public DataSource connections(Access access) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.lock().toMillis());
    config.enforceForeignKeys(true);
    switch (access) {
      case OWNER -> {
        config.setJournalSizeLimit(WAL_LEFT_BYTES);
        config.setSynchronous(SynchronousMode.FULL);
      }
      case BESIDE -> {
        config.setSynchronous(SynchronousMode.FULL);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
      }
      case READER -> config.setReadOnly(true);
    }
    SQLiteDataSource connections = new SQLiteDataSource(config);
    connections.setUrl(PREFIX + file);
    return connections;
  }

  @Override
  public String isolation(Access access) {
    return "TRANSACTION_SERIALIZABLE";
  }

  Path file() {
    return file;
  }

  @Override
  public boolean exists() {
    return Files.exists(file);
  }

  @Override
  public void prepare(Access access) {
    if (Files.isDirectory(file)) {
      throw new StoreException(
          settings,
          "open it",
          new Trouble(
              false,
              file + " is a folder",
              "let store.url name a file, such as jdbc:sqlite:" + file.resolve("taskbridge.db")));
    }
    if (access != Access.OWNER) {
      if (!Files.exists(file)) {
        throw new StoreException(
            settings,
            "open it",
            new Trouble(
                false,
                "there is no file " + file + " yet",
                "start \"run\" or \"once\" first, or correct store.url"));
      }
      return;
    }
    Path folder = file.getParent();
    try {
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new StoreException(
          settings,
          "open it",
          new Trouble(
              false,
              "the folder " + folder + " cannot be created (" + e + ")",
              "create it, writable for the user that runs Taskbridge, or correct store.url"),
          e);
    }
  }

  @Override
  public Claim claim() {
    return FileClaim.take(settings, file);
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("binary", "COLLATE BINARY", "serial", "INTEGER PRIMARY KEY AUTOINCREMENT");
  }

  @Override
  public String tablesSql() {
    return "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
  }

  /** The journal mode stays with the file, so it is nothing to try on somebody else's. */
  @Override
  public void adopt(Connection connection) throws SQLException {
    String mode = first(connection, "PRAGMA journal_mode = WAL");
    if (!mode.equals("wal")) {
      throw new StoreException(
          settings,
          "open it",
          new Trouble(
              false,
              "its file system does not let several programs share a file (the journal mode stays "
                  + mode
                  + ")",
              "keep " + file + " on a local disk"));
    }
  }

  @Override
  public Optional<Trouble> damage(Connection connection) throws SQLException {
    String found = first(connection, "PRAGMA quick_check(1)");
    return found.equals("ok")
        ? Optional.empty()
        : Optional.of(damaged(found.replaceAll("\\s+", " ")));
  }

  private static String first(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  // The driver's own transactions begin the next one inside commit(), which would make a commit
  // that is safely stored fail when somebody else then has the lock. Hence plain statements.

  @Override
  public void begin(Connection connection, Access access) throws SQLException {
    execute(connection, access == Access.READER ? "BEGIN" : "BEGIN IMMEDIATE");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    execute(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    execute(connection, "ROLLBACK");
  }

  @Override
  public boolean wasCarriedOut(UnknownCommit commit, Connection connection) {
    throw new IllegalStateException("a file answers", commit);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public Trouble diagnose(SQLException failure) {
    String words = String.valueOf(failure.getMessage());
    if (failure.getCause() instanceof NativeLibraryNotFoundException) {
      return new Trouble(
          false,
          "SQLite's own library cannot be unpacked into the folder for temporary files, "
              + System.getProperty("java.io.tmpdir"),
          "free space there, or name another folder with -Djava.io.tmpdir=FOLDER in"
              + " TASKBRIDGE_JAVA_OPTS");
    }
    int code =
        failure instanceof SQLiteException e ? e.getResultCode().code : failure.getErrorCode();
    // The low byte is the kind, the rest tells finer cases apart (https://sqlite.org/rescode.html).
    return switch (code & 0xff) {
      case 5, 6 ->
          new Trouble(
              true,
              "another process has it locked (" + words + ")",
              "end whatever else has "
                  + file
                  + " open for writing; nothing was lost, and the same"
                  + " work is tried again with the next cycle");
      case 13 ->
          new Trouble(
              false,
              "the disk is full (" + words + ")",
              "free space on the disk of "
                  + file
                  + "; nothing of this was stored, and the same"
                  + " work is tried again with the next cycle");
      case 11, 26 -> damaged(words);
      case 8, 3, 23 ->
          new Trouble(
              false,
              "it may not be written (" + words + ")",
              "give the user that runs Taskbridge write permission on " + file + " and its folder");
      case 14 ->
          new Trouble(
              false,
              "the file cannot be opened (" + words + ")",
              "make sure that "
                  + file
                  + " is a file in a folder that the user who runs Taskbridge"
                  + " may write to");
      case 10 ->
          new Trouble(
              false,
              "the disk failed (" + words + ")",
              "look at the system's log for the disk of " + file + "; nothing of this was stored");
      default ->
          new Trouble(false, "SQLite says: " + words, "report this if it does not explain itself");
    };
  }

  /** What to say of a file that is not what it should be. */
  private Trouble damaged(String words) {
    return new Trouble(
        false,
        "the file is damaged or is no SQLite database (" + words + ")",
        "move "
            + file
            + " and the files beside it that begin with the same name away, then run \"rebuild\","
            + " which finds every ticket again by its key, or put back a copy");
  }
}
