package dev.taskbridge.store;

import static dev.taskbridge.store.Rows.count;
import static dev.taskbridge.store.Rows.cursor;
import static dev.taskbridge.store.Rows.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taskbridge.store.Dialect.Access;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SqliteTroubleTest {
  private static final Patience LITTLE =
      new Patience(
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          3,
          Duration.ofMillis(1));

  private Path folder;
  private Path file;
  private StoreSettings settings;

  @BeforeEach
  void name_a_file() {
    folder = Databases.folder();
    file = folder.resolve("data/taskbridge.db");
    settings = StoreSettings.at("jdbc:sqlite:" + file);
  }

  private static StoreException refused(Runnable work) {
    return catchThrowableOfType(StoreException.class, work::run);
  }

  // Somebody else has it

  @Test
  void a_second_owner_is_told_who_has_the_store_and_the_first_goes_on() {
    try (LinkStore first = JdbcLinkStore.open(settings)) {
      for (int tries = 0; tries < 2; tries++) {
        assertThat(refused(() -> JdbcLinkStore.open(settings)))
            .hasMessageContaining(file.toString())
            .hasMessageContaining("in use by this very process")
            .hasMessageContaining("stop that one first");
      }
      run(first, rows -> rows.setCursor("soc/tickets", "1"));
    }
    JdbcLinkStore.open(settings).close();
  }

  @Test
  void an_owner_in_another_process_is_named_until_it_is_killed() throws IOException {
    try (Counter counter = Counter.start(settings)) {
      assertThat(counter.next()).isPositive();
      assertThat(refused(() -> JdbcLinkStore.open(settings)))
          .hasMessageContaining("in use by process " + counter.pid() + " since 20")
          .hasMessageContaining("stop that one first");
      try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
        assertThat(count(reader)).isPositive();
      }
    }
    JdbcLinkStore.open(settings).close();
  }

  @Test
  void a_failed_start_does_not_keep_the_store_from_the_next() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "This is no database. ".repeat(500));
    assertThat(refused(() -> JdbcLinkStore.open(settings))).isNotNull();
    Files.delete(file);
    JdbcLinkStore.open(settings).close();
  }

  @Test
  void a_store_locked_for_long_gives_up_with_every_attempt_and_for_short_does_not()
      throws SQLException {
    try (LinkStore store = JdbcLinkStore.open(settings, Access.OWNER, LITTLE);
        Connection other = DriverManager.getConnection(settings.url());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      AtomicInteger ran = new AtomicInteger();
      StoreException given = refused(() -> run(store, rows -> ran.incrementAndGet()));
      assertThat(given)
          .hasMessageContaining("another process has it locked")
          .hasMessageContaining("nothing was lost");
      assertThat(given.getSuppressed()).hasSize(2);
      assertThat(ran).hasValue(0);
      statement.execute("COMMIT");
      run(store, rows -> rows.setCursor("soc/tickets", "2"));
      assertThat(cursor(store, "soc/tickets")).contains("2");
    }
  }

  @Test
  void a_lock_that_goes_away_between_attempts_goes_unnoticed() throws SQLException {
    try (LinkStore store = JdbcLinkStore.open(settings, Access.OWNER, LITTLE)) {
      AtomicInteger ran = new AtomicInteger();
      int result =
          store.inTransaction(
              rows -> {
                if (ran.incrementAndGet() == 1) {
                  rows.setCursor("soc/tickets", "half");
                  throw Busy.asTheDatabaseWouldSay();
                }
                assertThat(rows.cursor("soc/tickets")).isEmpty();
                return ran.get();
              });
      assertThat(result).isEqualTo(2);
    }
  }

  // Readers and helpers

  @Test
  void a_reader_looks_while_the_owner_writes_and_sees_what_is_committed() {
    try (LinkStore owner = JdbcLinkStore.open(settings);
        LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      run(owner, rows -> rows.setCursor("soc/tickets", "1"));
      run(
          owner,
          rows -> {
            rows.setCursor("soc/tickets", "2");
            assertThat(cursor(reader, "soc/tickets")).contains("1");
          });
      assertThat(cursor(reader, "soc/tickets")).contains("2");
    }
  }

  @Test
  void a_reader_sees_one_moment_however_long_it_looks() {
    try (LinkStore owner = JdbcLinkStore.open(settings);
        LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      run(owner, rows -> rows.setCursor("soc/tickets", "1"));
      run(
          reader,
          rows -> {
            assertThat(rows.cursor("soc/tickets")).contains("1");
            run(owner, others -> others.setCursor("soc/tickets", "2"));
            assertThat(rows.cursor("soc/tickets")).contains("1");
          });
    }
  }

  @Test
  void a_reader_looks_after_the_owner_stopped() {
    try (LinkStore owner = JdbcLinkStore.open(settings)) {
      run(owner, rows -> rows.setCursor("soc/tickets", "1"));
    }
    try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      assertThat(cursor(reader, "soc/tickets")).contains("1");
    }
  }

  @Test
  void a_reader_cannot_write() {
    JdbcLinkStore.open(settings).close();
    try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      assertThat(refused(() -> run(reader, rows -> rows.setCursor("soc/tickets", "1"))))
          .hasMessageContaining("may not be written");
    }
  }

  @Test
  void a_helper_writes_beside_the_owner() {
    try (LinkStore owner = JdbcLinkStore.open(settings);
        LinkStore helper = JdbcLinkStore.openBeside(settings)) {
      run(helper, rows -> rows.setCursor("soc/tickets", "1"));
      assertThat(cursor(owner, "soc/tickets")).contains("1");
    }
  }

  @Test
  void who_does_not_own_a_store_does_not_make_one() throws IOException {
    for (Access access : List.of(Access.READER, Access.BESIDE)) {
      assertThat(refused(() -> JdbcLinkStore.open(settings, access, LITTLE)))
          .hasMessageContaining("there is no file " + file)
          .hasMessageContaining("\"run\" or \"once\"");
    }
    assertThat(folder.resolve("data")).doesNotExist();

    Files.createDirectories(file.getParent());
    Files.createFile(file);
    assertThat(refused(() -> JdbcLinkStore.openReadOnly(settings)))
        .hasMessageContaining("it holds no links yet");
  }

  // The file is not what it should be

  @Test
  void a_file_that_is_no_database_is_named_with_what_to_do() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "This is no database. ".repeat(500));
    for (Access access : Access.values()) {
      assertThat(refused(() -> JdbcLinkStore.open(settings, access, LITTLE)))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("damaged or is no SQLite database")
          .hasMessageContaining("rebuild");
    }
    assertThat(Files.readString(file)).startsWith("This is no database.");
  }

  private void fill() {
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      for (int i = 0; i < 300; i++) {
        String xid = "X-" + i;
        run(store, rows -> rows.save(List.of(Samples.link(Samples.key(xid), xid))));
      }
    }
  }

  private void damage() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] nonsense = new byte[64 * 1024];
      java.util.Arrays.fill(nonsense, (byte) 0xA5);
      bytes.seek(bytes.length() / 2);
      bytes.write(nonsense);
    }
  }

  @Test
  void a_file_damaged_inside_is_refused_at_the_start() throws IOException {
    fill();
    damage();
    assertThat(refused(() -> JdbcLinkStore.open(settings)))
        .hasMessageContaining("damaged")
        .hasMessageContaining("rebuild");
  }

  @Test
  void a_file_damaged_while_it_is_open_is_told_when_it_is_met() throws IOException {
    fill();
    try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      damage();
      List<dev.taskbridge.domain.LinkKey> keys = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        keys.add(Samples.key("X-" + i));
      }
      assertThat(refused(() -> run(reader, rows -> rows.load(keys))))
          .hasMessageContaining("damaged")
          .hasMessageContaining("rebuild");
    }
  }

  @Test
  void a_record_that_is_no_record_is_named_by_link_and_part() throws SQLException {
    fill();
    execute("UPDATE record SET body = '{\"status\":' WHERE xid = 'X-7' AND part = 'task'");
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      assertThat(refused(() -> run(store, rows -> rows.load(List.of(Samples.key("X-7"))))))
          .hasMessageContaining("\"task\" of link soc/X-7")
          .hasMessageContaining("not JSON")
          .hasMessageContaining("rebuild");
      run(store, rows -> assertThat(rows.load(List.of(Samples.key("X-8")))).hasSize(1));
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(settings.url());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_store_of_a_newer_program_is_left_alone() throws SQLException {
    JdbcLinkStore.open(settings).close();
    execute(
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 1, 1)");
    for (Access access : Access.values()) {
      assertThat(refused(() -> JdbcLinkStore.open(settings, access, LITTLE)))
          .hasMessageContaining("a newer Taskbridge wrote it")
          .hasMessageContaining("its schema is 99");
    }
  }

  @Test
  void somebody_elses_database_is_left_alone() throws SQLException, IOException {
    Files.createDirectories(file.getParent());
    execute("CREATE TABLE recipes (name TEXT)");
    byte[] before = Files.readAllBytes(file);
    assertThat(refused(() -> JdbcLinkStore.open(settings)))
        .hasMessageContaining("tables of somebody else")
        .hasMessageContaining("store.url");
    assertThat(Files.readAllBytes(file)).as("not even its journal mode").isEqualTo(before);
  }

  @Test
  void every_migration_is_known_to_the_program() {
    assertThat(getClass().getResource("/db/migration/V1__links.sql")).isNotNull();
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      int applied =
          store.inTransaction(
              rows ->
                  ((JdbcRows) rows)
                      .handle()
                      .select("SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history")
                      .mapTo(Integer.class)
                      .one());
      assertThat(applied).isEqualTo(Schema.NEWEST);
    }
  }

  // The disk does not play along

  @Test
  void a_folder_that_cannot_be_made_is_named() throws IOException {
    Files.writeString(folder.resolve("data"), "a file where a folder should be");
    assertThat(refused(() -> JdbcLinkStore.open(settings)))
        .hasMessageContaining("the folder " + folder.resolve("data") + " cannot be created")
        .hasMessageContaining("store.url");
  }

  @Test
  void a_folder_where_the_file_should_be_is_told() throws IOException {
    Files.createDirectories(file);
    assertThat(refused(() -> JdbcLinkStore.open(settings))).hasMessageContaining("is a folder");
    assertThat(refused(() -> JdbcLinkStore.openReadOnly(settings)))
        .hasMessageContaining("is a folder")
        .hasMessageContaining("let store.url name a file");
  }

  @Test
  void a_full_disk_keeps_nothing_of_the_transaction_and_all_of_those_before() {
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      run(store, rows -> rows.setCursor("soc/tickets", "before"));
      run(store, rows -> SmallDisk.limit(rows, 40));
      assertThat(
              refused(
                  () ->
                      run(
                          store,
                          rows -> {
                            rows.setCursor("soc/tickets", "after");
                            for (int i = 0; i < 300; i++) {
                              rows.save(List.of(Samples.link(Samples.key("X-" + i), "" + i)));
                            }
                          })))
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("free space on the disk of " + file);
      assertThat(cursor(store, "soc/tickets")).contains("before");
      run(store, rows -> assertThat(rows.counts()).isEmpty());

      run(store, rows -> SmallDisk.limit(rows, 1_000_000));
      run(store, rows -> rows.setCursor("soc/tickets", "after"));
      assertThat(cursor(store, "soc/tickets")).contains("after");
    }
  }

  // Misuse

  @Test
  void a_transaction_inside_another_is_refused_before_it_waits_for_itself() {
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      assertThatThrownBy(() -> run(store, rows -> cursor(store, "soc/tickets")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("inside another");
      assertThat(cursor(store, "soc/tickets")).isEmpty();
    }
  }

  @Test
  void a_closed_store_says_so() {
    LinkStore store = JdbcLinkStore.open(settings);
    store.close();
    assertThat(refused(() -> cursor(store, "soc/tickets"))).hasMessageContaining("it was closed");
  }

  @Test
  void an_url_that_is_no_plain_file_is_refused() {
    for (String url :
        List.of("jdbc:sqlite:", "jdbc:sqlite::memory:", "jdbc:sqlite:file:x.db", "jdbc:h2:x")) {
      assertThat(refused(() -> JdbcLinkStore.open(StoreSettings.at(url))))
          .hasMessageContaining(url)
          .hasMessageContaining("store.url");
    }
  }

  /** Trouble inside a transaction, as the driver throws it and JDBI wraps it. */
  private static final class Busy {
    static RuntimeException asTheDatabaseWouldSay() {
      return new org.jdbi.v3.core.ConnectionException(
          new org.sqlite.SQLiteException("busy", org.sqlite.SQLiteErrorCode.SQLITE_BUSY_SNAPSHOT));
    }
  }
}
