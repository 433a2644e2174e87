package dev.taskbridge.store;

import dev.taskbridge.store.Dialect.Access;
import dev.taskbridge.store.Dialect.Claim;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/**
 * A new store that takes the place of the one in use when it is finished, and not before: until
 * then the old one is untouched, and it is kept under another name afterwards. A file has both; in
 * PostgreSQL the rows themselves are replaced. The store is claimed for this process meanwhile.
 */
public final class Replacement implements AutoCloseable {
  private static final String UNFINISHED = ".rebuilding";
  private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final StoreSettings settings;
  private final @Nullable Path file;
  private final @Nullable Path fresh;
  private final Claim claim;
  private final LinkStore store;

  private Replacement(
      StoreSettings settings,
      @Nullable Path file,
      @Nullable Path fresh,
      Claim claim,
      LinkStore store) {
    this.settings = settings;
    this.file = file;
    this.fresh = fresh;
    this.claim = claim;
    this.store = store;
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
    if (!settings.url().startsWith(Sqlite.PREFIX)) {
      return inPlace(settings, syncs, overwrite);
    }
    Sqlite dialect = new Sqlite(settings, Patience.USUAL);
    dialect.prepare(Access.OWNER);
    Path file = dialect.file();
    Path fresh = Path.of(file + UNFINISHED);
    Claim claim = dialect.claim();
    try {
      delete(fresh);
      LinkStore store =
          everything
              ? JdbcLinkStore.open(StoreSettings.at(Sqlite.PREFIX + fresh))
              : StoreCopy.openWhole(settings, fresh);
      forget(store, syncs);
      return new Replacement(settings, file, fresh, claim, store);
    } catch (IOException e) {
      claim.close();
      throw trouble(settings, "make a new one beside it", e);
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
  }

  private static Replacement inPlace(StoreSettings settings, Set<String> syncs, boolean overwrite) {
    LinkStore store = JdbcLinkStore.open(settings);
    boolean holdsLinks =
        store.inTransaction(rows -> rows.counts()).keySet().stream().anyMatch(syncs::contains);
    if (holdsLinks && !overwrite) {
      store.close();
      throw new StoreException(
          settings,
          "rebuild it",
          new Trouble(
              false,
              "it holds links, and a database has no file to put aside",
              "let store.url name an empty schema (?currentSchema=NAME), or say --yes to have the"
                  + " links deleted and found again"));
    }
    forget(store, syncs);
    return new Replacement(settings, null, null, () -> {}, store);
  }

  private static void forget(LinkStore store, Set<String> syncs) {
    store.inTransaction(
        rows -> {
          syncs.forEach(rows::forget);
          return true;
        });
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
    if (file == null || fresh == null) {
      return Optional.empty();
    }
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
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

  /** Gives the claim up; a store that was not finished is thrown away. */
  @Override
  public void close() {
    try {
      store.close();
      if (fresh != null) {
        delete(fresh);
      }
    } catch (IOException e) {
      throw trouble(settings, "remove the unfinished new one", e);
    } finally {
      claim.close();
    }
  }
}
