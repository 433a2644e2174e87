package dev.taskbridge.store;

import static dev.taskbridge.store.Rows.cursor;
import static dev.taskbridge.store.Rows.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.taskbridge.domain.Secret;
import dev.taskbridge.store.Databases.PostgresSchemas;
import dev.taskbridge.store.Dialect.Access;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PostgresTroubleTest {
  private static final Patience LITTLE =
      new Patience(
          Duration.ofMillis(50),
          Duration.ofSeconds(2),
          Duration.ofMillis(20),
          3,
          Duration.ofMillis(1));

  private final StoreSettings settings = new PostgresSchemas().fresh();

  private static StoreException refused(Runnable work) {
    return catchThrowableOfType(StoreException.class, work::run);
  }

  private static String printed(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void a_server_that_is_not_there_is_told_without_the_credentials() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    StoreSettings nowhere =
        new StoreSettings(
            "jdbc:postgresql://localhost:" + port + "/bridge?user=bot&password=hunter2",
            Optional.of("bot"),
            Optional.of(new Secret("correct-horse")));
    StoreException given = refused(() -> JdbcLinkStore.open(nowhere));
    assertThat(given)
        .hasMessageContaining("jdbc:postgresql://localhost:" + port + "/bridge")
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("see that it runs");
    assertThat(printed(given) + nowhere).doesNotContain("hunter2").doesNotContain("correct-horse");
  }

  @Test
  void a_database_that_is_not_there_is_told() {
    String url = settings.url().replaceAll("/postgres\\?", "/nosuch?");
    assertThat(refused(() -> JdbcLinkStore.open(StoreSettings.at(url))))
        .hasMessageContaining("there is no such database")
        .hasMessageContaining("nosuch");
  }

  @Test
  void who_does_not_own_a_store_does_not_make_one() {
    for (Access access : List.of(Access.READER, Access.BESIDE)) {
      assertThat(refused(() -> JdbcLinkStore.open(settings, access, LITTLE)))
          .hasMessageContaining("it holds no links yet");
    }
  }

  @Test
  void somebody_elses_schema_is_left_alone() {
    PostgresSchemas.execute(settings.url(), "CREATE TABLE recipes (name TEXT)");
    assertThat(refused(() -> JdbcLinkStore.open(settings)))
        .hasMessageContaining("tables of somebody else (\"recipes\")");
  }

  @Test
  void an_owner_in_another_process_is_named_until_it_is_killed() throws IOException {
    try (Counter counter = Counter.start(settings)) {
      assertThat(counter.next()).isPositive();
      assertThat(refused(() -> JdbcLinkStore.open(settings)))
          .hasMessageContaining("in use by taskbridge process " + counter.pid() + " at ")
          .hasMessageContaining(" since 20")
          .hasMessageContaining("stop that one first");
      try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
        assertThat(Rows.count(reader)).isPositive();
      }
    }
    JdbcLinkStore.open(settings).close();
  }

  @Test
  void an_owner_elsewhere_in_the_database_is_no_hindrance() {
    StoreSettings beside = new PostgresSchemas().fresh();
    try (LinkStore store = JdbcLinkStore.open(settings);
        LinkStore other = JdbcLinkStore.open(beside)) {
      run(store, rows -> rows.setCursor("soc/tickets", "1"));
      assertThat(cursor(other, "soc/tickets")).isEmpty();
    }
  }

  @Test
  void an_owner_whose_claim_was_cut_stores_nothing_more_while_another_has_the_store() {
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      cutTheClaim();
      run(store, rows -> rows.setCursor("soc/tickets", "1"));
      cutTheClaim();
      try (LinkStore other = JdbcLinkStore.open(settings)) {
        assertThat(refused(() -> run(store, rows -> rows.setCursor("soc/tickets", "2"))))
            .hasMessageContaining("in use by taskbridge process");
        assertThat(cursor(other, "soc/tickets")).contains("1");
      }
      run(store, rows -> rows.setCursor("soc/tickets", "3"));
      assertThat(cursor(store, "soc/tickets")).contains("3");
    }
  }

  private void cutTheClaim() {
    PostgresSchemas.execute(
        settings.url(),
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks JOIN pg_namespace n ON n.oid = objid"
            + " WHERE locktype = 'advisory' AND nspname = current_schema()");
  }

  @Test
  void a_store_locked_for_long_gives_up_with_every_attempt() throws SQLException {
    try (LinkStore store = JdbcLinkStore.open(settings, Access.OWNER, LITTLE);
        Connection other = DriverManager.getConnection(settings.url());
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("LOCK TABLE writer IN EXCLUSIVE MODE");
      StoreException given = refused(() -> cursor(store, "soc/tickets"));
      assertThat(given).hasMessageContaining("other transactions keep getting in the way");
      assertThat(given.getSuppressed()).hasSize(2);
      try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
        assertThat(cursor(reader, "soc/tickets")).isEmpty();
      }
      other.rollback();
      assertThat(cursor(store, "soc/tickets")).isEmpty();
    }
  }

  @Test
  void whoever_writes_past_the_lock_makes_the_work_run_again() {
    try (LinkStore store = JdbcLinkStore.open(settings, Access.OWNER, LITTLE)) {
      run(store, rows -> rows.setCursor("count", "1"));
      int[] runs = {0};
      run(
          store,
          rows -> {
            String seen = rows.cursor("count").orElseThrow();
            if (runs[0]++ == 0) {
              PostgresSchemas.execute(
                  settings.url(), "UPDATE cursor_value SET value = value || '0'");
            }
            rows.setCursor("count", seen + "1");
          });
      assertThat(runs[0]).isEqualTo(2);
      assertThat(cursor(store, "count")).contains("101");
    }
  }

  @Test
  void a_connection_cut_inside_a_transaction_is_told_and_the_next_one_goes_on() {
    try (LinkStore store = JdbcLinkStore.open(settings, Access.OWNER, LITTLE)) {
      StoreException given =
          refused(
              () ->
                  run(
                      store,
                      rows -> {
                        rows.setCursor("soc/tickets", "1");
                        int pid =
                            ((JdbcRows) rows)
                                .handle()
                                .select("SELECT pg_backend_pid()")
                                .mapTo(Integer.class)
                                .one();
                        PostgresSchemas.execute(
                            settings.url(), "SELECT pg_terminate_backend(" + pid + ")");
                        rows.setCursor("soc/tickets", "2");
                      }));
      assertThat(given).hasMessageContaining("the server");
      assertThat(cursor(store, "soc/tickets")).isEmpty();
    }
  }

  private StoreSettings through(CuttingProxy proxy) {
    return StoreSettings.at(
        settings.url().replaceFirst("localhost:\\d+", "localhost:" + proxy.port()));
  }

  private CuttingProxy proxy() throws IOException {
    Matcher port = Pattern.compile(":(\\d+)/").matcher(settings.url());
    assertThat(port.find()).isTrue();
    return new CuttingProxy(Integer.parseInt(port.group(1)));
  }

  @Test
  void a_commit_whose_answer_is_lost_is_acknowledged_and_not_done_twice() throws IOException {
    try (CuttingProxy proxy = proxy();
        LinkStore store = JdbcLinkStore.open(through(proxy), Access.OWNER, LITTLE)) {
      assertThat(Rows.countOn(store)).isEqualTo(1);
      proxy.next.set(CuttingProxy.Cut.BEFORE_ANSWER);
      assertThat(Rows.countOn(store)).isEqualTo(2);
      assertThat(proxy.next).hasValue(CuttingProxy.Cut.NEVER);
      assertThat(Rows.count(store)).isEqualTo(2);
      assertThat(Rows.countOn(store)).isEqualTo(3);
    }
  }

  @Test
  void a_commit_that_never_arrived_is_not_acknowledged() throws IOException {
    try (CuttingProxy proxy = proxy();
        LinkStore store = JdbcLinkStore.open(through(proxy), Access.OWNER, LITTLE)) {
      assertThat(Rows.countOn(store)).isEqualTo(1);
      proxy.next.set(CuttingProxy.Cut.BEFORE_COMMIT);
      assertThat(refused(() -> Rows.countOn(store))).hasMessageContaining("cannot be reached");
      assertThat(Rows.count(store)).isEqualTo(1);
      assertThat(Rows.countOn(store)).isEqualTo(2);
    }
  }

  @Test
  void a_commit_that_nobody_can_be_asked_about_is_said_to_be_unknown() throws IOException {
    try (CuttingProxy proxy = proxy();
        LinkStore store = JdbcLinkStore.open(through(proxy), Access.OWNER, LITTLE)) {
      proxy.next.set(CuttingProxy.Cut.BEFORE_ANSWER_FOR_GOOD);
      assertThat(refused(() -> Rows.countOn(store)))
          .hasMessageContaining("may be stored or not")
          .hasMessageContaining("see to the server");
    }
    try (LinkStore store = JdbcLinkStore.open(settings)) {
      assertThat(Rows.count(store)).isEqualTo(1);
    }
  }

  @Test
  void a_reader_cannot_write() {
    JdbcLinkStore.open(settings).close();
    try (LinkStore reader = JdbcLinkStore.openReadOnly(settings)) {
      assertThat(refused(() -> run(reader, rows -> rows.setCursor("soc/tickets", "1"))))
          .hasMessageContaining("it may not be written");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "40001, true,  other transactions",
    "40P01, true,  other transactions",
    "55P03, true,  other transactions",
    "53300, true,  takes no work just now",
    "57P03, true,  takes no work just now",
    "08006, false, cannot be reached",
    "28P01, false, refuses the credentials",
    "3D000, false, no such database",
    "42501, false, lacks a right",
    "25006, false, may not be written",
    "53100, false, ran out of something",
    "XX001, false, damage",
    "22001, false, SQLSTATE 22001",
  })
  void every_trouble_of_a_server_has_words(String state, boolean passing, String words) {
    Trouble trouble =
        new Postgres(settings, LITTLE).diagnose(new SQLException("the server's words", state));
    assertThat(trouble.passing()).isEqualTo(passing);
    assertThat(trouble.why()).contains(words).contains("the server's words");
    assertThat(trouble.remedy()).isNotBlank().doesNotEndWith(".");
  }
}
