package dev.taskbridge.store;

import dev.taskbridge.store.Dialect.Access;
import dev.taskbridge.store.Dialect.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A new store that takes the place of the one in use when it is finished, and not before: until
 * then the old one is untouched. A file is kept under another name afterwards; in PostgreSQL the
 * rows are replaced, in one transaction, by those of a temporary file. The store is claimed for
 * this process meanwhile.
 */
public final class Replacement implements AutoCloseable {
  private static final String UNFINISHED = ".rebuilding";
  private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path fresh;
  private final LinkStore store;
  private final Place place;

  private Replacement(Path fresh, LinkStore store, Place place) {
    this.fresh = fresh;
    this.store = store;
    this.place = place;
  }

  /** What the new store takes; claimed until it is closed. */
  private interface Place extends AutoCloseable {
    /** Puts the new store there; gives where the old one is kept, if it is. */
    Optional<Path> take(Instant now);

    @Override
    void close();
  }

  /**
   * Begins one.
   *
   * @param syncs the syncs that are to be forgotten
   * @param everything whether those are all; the others are kept else, with the journal
   * @param overwrite whether rows of PostgreSQL that exist may be deleted
   * @throws StoreException if another process works on the store, if the old one must be read and
   *     cannot be, or if there are rows that may not be deleted
   */
  public static Replacement begin(
      StoreSettings settings, Set<String> syncs, boolean everything, boolean overwrite) {
    return settings.url().startsWith(Sqlite.PREFIX)
        ? ofFile(settings, syncs, everything)
        : ofRows(settings, syncs, overwrite);
  }

  private static Replacement ofFile(StoreSettings settings, Set<String> syncs, boolean everything) {
    Sqlite dialect = new Sqlite(settings, Patience.USUAL);
    dialect.prepare(Access.OWNER);
    Path fresh = Path.of(dialect.file() + UNFINISHED);
    OldFile place = new OldFile(settings, dialect.file(), fresh, dialect.claim());
    try {
      delete(fresh);
      LinkStore store =
          everything
              ? JdbcLinkStore.open(StoreSettings.at(Sqlite.PREFIX + fresh))
              : StoreCopy.openWhole(settings, fresh);
      store.inTransaction(rows -> forget(rows, syncs));
      return new Replacement(fresh, store, place);
    } catch (IOException e) {
      place.close();
      throw trouble(settings, "make a new one beside it", e);
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private static Replacement ofRows(StoreSettings settings, Set<String> syncs, boolean overwrite) {
    LinkStore database = JdbcLinkStore.open(settings);
    try {
      boolean holdsLinks =
          database.inTransaction(rows -> rows.counts()).keySet().stream().anyMatch(syncs::contains);
      if (holdsLinks && !overwrite) {
        throw new StoreException(
            settings,
            "rebuild it",
            new Trouble(
                false,
                "it holds links, and a database has no file to put aside",
                "let store.url name an empty schema (?currentSchema=NAME), or say --yes to have the"
                    + " links replaced by those that are found"));
      }
      Path folder = Files.createTempDirectory("taskbridge");
      Path fresh = folder.resolve("store.db");
      StoreSettings made = StoreSettings.at(Sqlite.PREFIX + fresh);
      return new Replacement(
          fresh, JdbcLinkStore.open(made), new OldRows(database, syncs, made, folder));
    } catch (IOException e) {
      database.close();
      throw new UncheckedIOException("no folder for temporary files can be made", e);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static boolean forget(LinkRows rows, Set<String> syncs) {
    syncs.forEach(rows::forget);
    return true;
  }

  /** The new store, empty of the forgotten syncs. Closing it is left to {@link #close}. */
  public LinkStore store() {
    return store;
  }

  /**
   * Puts the new store, closed by now, in the place of the old one.
   *
   * @return where the old one is kept; empty if there was none
   * @throws StoreException if that is not possible; the old one is then still in its place
   */
  public Optional<Path> finish(Instant now) {
    store.close();
    return place.take(now);
  }

  /** Gives the claim up; a store that was not finished is thrown away. */
  @Override
  public void close() {
    try (place) {
      store.close();
      delete(fresh);
    } catch (IOException e) {
      throw new UncheckedIOException("the unfinished new store " + fresh + " cannot be removed", e);
    }
  }

  /** Rows of a server, among those of other syncs. */
  private record OldRows(LinkStore database, Set<String> syncs, StoreSettings made, Path folder)
      implements Place {
    @Override
    public Optional<Path> take(Instant now) {
      database.inTransaction(
          rows -> {
            forget(rows, syncs);
            syncs.forEach(sync -> StoreCopy.add(made, sync, rows));
            return true;
          });
      return Optional.empty();
    }

    @Override
    public void close() {
      try {
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot delete " + folder, e);
      } finally {
        database.close();
      }
    }
  }

  /** A file, or none yet. */
  private record OldFile(StoreSettings settings, Path file, Path fresh, Claim claim)
      implements Place {
    @Override
    public Optional<Path> take(Instant now) {
      try {
        Optional<Path> kept = Optional.empty();
        if (Files.exists(file)) {
          Path backup = Path.of(file + ".before-rebuild-" + TIME.format(now));
          boolean whole = checkpoint();
          keep(file, backup);
          for (String end : BESIDE) {
            Path beside = Path.of(file + end);
            if (whole) {
              Files.deleteIfExists(beside);
            } else if (Files.exists(beside)) {
              // What cannot be read is kept as it is; beside a new file it would damage that one.
              Files.move(beside, Path.of(backup + end), StandardCopyOption.REPLACE_EXISTING);
            }
          }
          kept = Optional.of(backup);
        }
        Files.move(
            fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return kept;
      } catch (IOException e) {
        throw trouble(settings, "put the new one in its place", e);
      }
    }

    /** A second name for the same file: at every moment the first one leads to a whole store. */
    private static void keep(Path file, Path backup) throws IOException {
      try {
        Files.createLink(backup, file);
      } catch (UnsupportedOperationException | IOException e) {
        Files.copy(file, backup);
      }
    }

    /** Brings everything into the one file; false if it cannot be read. */
    private boolean checkpoint() {
      try (Connection connection =
              new Sqlite(settings, Patience.USUAL).connections(Access.OWNER).getConnection();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        if (row.next() && row.getInt(1) != 0) {
          throw new StoreException(
              settings,
              "put the new one in its place",
              new Trouble(
                  false,
                  "another program is reading the old one",
                  "end it and run rebuild again; the old one is as it was"));
        }
        return true;
      } catch (SQLException e) {
        return false;
      }
    }

    @Override
    public void close() {
      claim.close();
    }
  }

  private static void delete(Path fresh) throws IOException {
    Files.deleteIfExists(fresh);
    Files.deleteIfExists(Path.of(fresh + ".lock"));
    for (String end : BESIDE) {
      Files.deleteIfExists(Path.of(fresh + end));
    }
  }

  private static StoreException trouble(StoreSettings settings, String tried, IOException e) {
    return new StoreException(
        settings,
        tried,
        new Trouble(
            false,
            "files beside it cannot be written (" + e + ")",
            "give the user that runs Taskbridge write permission on its folder"),
        e);
  }
}
