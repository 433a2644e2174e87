package dev.taskbridge.store;

import dev.taskbridge.domain.Secret;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** The databases that every promise of the store is tested on. */
public final class Databases {
  private Databases() {}

  /** An empty store of PostgreSQL, its user apart from its URL as a configuration has them. */
  public static StoreSettings emptyPostgres() {
    String url = new PostgresSchemas().fresh().url();
    Properties parts = Driver.parseURL(url, new Properties());
    if (parts == null) {
      throw new IllegalStateException(url);
    }
    return new StoreSettings(
        url.replaceAll("(user|password)=[^&]*&", ""),
        Optional.ofNullable(parts.getProperty("user")),
        Optional.ofNullable(parts.getProperty("password")).map(Secret::new));
  }

  /** Makes empty databases. */
  interface Database {
    StoreSettings fresh();
  }

  static Stream<Database> all() {
    return Stream.of(new SqliteFiles(), new PostgresSchemas());
  }

  /** A file of its own for each store. */
  static final class SqliteFiles implements Database {
    @Override
    public StoreSettings fresh() {
      return StoreSettings.at("jdbc:sqlite:" + folder().resolve("data/taskbridge.db"));
    }

    @Override
    public String toString() {
      return "SQLite";
    }
  }

  /** A schema of its own for each store, on one server for the whole run. */
  static final class PostgresSchemas implements Database {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable String server;

    @Override
    public StoreSettings fresh() {
      String schema = "store" + NUMBER.incrementAndGet() + "_" + ProcessHandle.current().pid();
      String url = server();
      execute(url, "CREATE SCHEMA " + schema);
      return StoreSettings.at(url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema);
    }

    static void execute(String url, String sql) {
      try (Connection connection = DriverManager.getConnection(url);
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    private static synchronized String server() {
      if (server == null) {
        server = System.getProperty("test.postgres");
      }
      if (server == null) {
        try {
          EmbeddedPostgres embedded = EmbeddedPostgres.builder().start();
          Runtime.getRuntime().addShutdownHook(new Thread(() -> close(embedded)));
          server = embedded.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return server;
    }

    private static void close(EmbeddedPostgres embedded) {
      try {
        embedded.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String toString() {
      return "PostgreSQL";
    }
  }

  /** An empty folder that goes away with the tests. */
  static Path folder() {
    try {
      Path folder = Files.createTempDirectory("taskbridge-store");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
