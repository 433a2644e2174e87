package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.taskbridge.store.StoreVersions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program says and does when its store is in use, damaged, or has no room. */
class StoreTroubleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Room for SQLite's library, which is unpacked, and not for all that is written of 200 links. */
  private static final int SMALL_FILES = 3_000;

  @TempDir Path folder;
  private Bench bench;
  private People people;

  @BeforeEach
  void startTheSystems() {
    bench = new Bench(folder);
    people = new People(bench, Product.JIRA_CLOUD, new Random(1));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Path store() {
    return folder.resolve("links.db");
  }

  private Path log() {
    return folder.resolve("daemon.log");
  }

  /** Runs a command to its end. */
  private Ended ended(String command) throws Exception {
    Files.deleteIfExists(log());
    try (Daemon program = Daemon.start(bench, folder, command)) {
      return new Ended(program.awaitExit(), Files.readString(log()));
    }
  }

  private record Ended(int exit, String said) {
    /** One line that names the store, why, and what to do. */
    void isRefused(Path store, String why, String remedy) {
      assertThat(exit).as(said).isEqualTo(1);
      assertThat(said.strip())
          .doesNotContain("\n")
          .startsWith("The store jdbc:sqlite:" + store + ": could not ")
          .contains(why)
          .contains("What to do: ")
          .contains(remedy);
    }
  }

  @Test
  void a_store_in_use_is_left_to_its_user_and_can_be_looked_at() throws Exception {
    bench.seed(5);
    Product.JIRA_CLOUD.config(bench);
    try (Daemon daemon = Daemon.start(bench, folder)) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(people.complaints()).isEmpty());

      String user = "in use by process " + daemon.id();
      for (String command : new String[] {"run", "rebuild"}) {
        ended(command).isRefused(store(), user, "stop that one first");
      }
      assertThat(ended("links"))
          .satisfies(links -> assertThat(links.exit()).isZero())
          .satisfies(links -> assertThat(links.said()).contains("SEC-").contains("linked"));
      assertThat(daemon.end()).isZero();
    }
  }

  @Test
  void a_damaged_store_is_refused_untouched_until_its_user_does_what_is_said() throws Exception {
    bench.seed(40);
    Product.JIRA_CLOUD.configWithNotes(bench);
    assertThat(ended("once").exit()).isZero();
    byte[] whole = Files.readAllBytes(store());
    String noDatabase = "the file is damaged or is no SQLite database";
    String buildAgain = "then run \"rebuild\", which finds every ticket again by its key";

    refusedUntouched(
        "this was a database once".getBytes(StandardCharsets.UTF_8), noDatabase, buildAgain);
    refusedUntouched(withHole(whole), noDatabase, buildAgain);
    Files.write(store(), whole);
    StoreVersions.makeNewer(store());
    refusedUntouched(
        Files.readAllBytes(store()), "a newer Taskbridge wrote it", "start the newer program");
    refusedUntouched(Arrays.copyOf(whole, whole.length / 2), noDatabase, buildAgain);

    Files.move(store(), folder.resolve("moved away"));
    assertThat(ended("rebuild").exit()).isZero();
    bench.forgetRequests();
    assertThat(ended("once").exit()).isZero();
    assertThat(people.complaints()).isEmpty();
    assertThat(Bench.writes(bench.issues)).isEmpty();
    assertThat(Bench.writes(bench.tasks)).isEmpty();
  }

  private void refusedUntouched(byte[] content, String why, String remedy) throws Exception {
    Files.write(store(), content);
    bench.forgetRequests();
    ended("run").isRefused(store(), why, remedy);
    assertThat(Files.readAllBytes(store())).isEqualTo(content);
    assertThat(Bench.requests(bench.tasks) + Bench.requests(bench.issues)).isZero();
  }

  private static byte[] withHole(byte[] whole) {
    byte[] bytes = whole.clone();
    Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 20_000, (byte) 0x55);
    return bytes;
  }

  @Test
  void nothing_is_taken_for_done_that_had_no_room_in_the_store() throws Exception {
    bench.seed(200);
    Product.JIRA_CLOUD.configWithNotes(bench);
    try (Daemon daemon = Daemon.startWithSmallFiles(bench, folder, SMALL_FILES)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(log()).content().contains("the disk"));
      assertThat(log()).content().contains(store().toString()).doesNotContain("\\n\\tat ");
      people.edit(10);
      assertThat(daemon.end()).isZero();
    }

    try (Daemon daemon = Daemon.start(bench, folder)) {
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(people.complaints()).isEmpty());
      assertThat(daemon.end()).isZero();
    }
  }
}
