package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The packaged program as a process of its own, which runs until it is ended or killed. */
final class Daemon implements AutoCloseable {
  private static @Nullable Path classes;

  private final Process process;

  private Daemon(Process process) {
    this.process = process;
  }

  /** Starts {@code run} on the configuration in {@code folder}; its log is added to daemon.log. */
  static Daemon start(Bench bench, Path folder) {
    return start(bench, folder, "run");
  }

  static Daemon start(Bench bench, Path folder, String... arguments) {
    List<String> options =
        classes == null ? List.of() : List.of("-XX:SharedArchiveFile=" + classes);
    return launch(bench, folder, command(folder, options, arguments));
  }

  /** Starts {@code run} where no file may be larger than {@code blocks} of 512 bytes. */
  static Daemon startWithSmallFiles(Bench bench, Path folder, int blocks) {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + " && exec \"$@\"", "sh"));
    command.addAll(command(folder, List.of(), "run"));
    return launch(bench, folder, command);
  }

  /**
   * Lets programs that are started from now on load their classes from an archive, which halves the
   * time until they work. To make it, {@code plan} is run, which changes nothing.
   */
  static void archiveClasses(Bench bench, Path folder, Path archive) throws InterruptedException {
    try (Daemon plan =
        launch(
            bench,
            folder,
            command(folder, List.of("-XX:ArchiveClassesAtExit=" + archive), "plan"))) {
      plan.awaitEnd();
    }
    // Java does without one that it cannot use.
    classes = archive;
  }

  private static List<String> command(Path folder, List<String> options, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(
        command, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx192m");
    command.addAll(options);
    Collections.addAll(
        command,
        "-jar",
        Path.of("target", "taskbridge.jar").toAbsolutePath().toString(),
        "--config",
        folder.resolve("taskbridge.yaml").toString());
    Collections.addAll(command, arguments);
    return command;
  }

  private static Daemon launch(Bench bench, Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(bench.environment());
    try {
      return new Daemon(
          builder
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(folder.resolve("daemon.log").toFile()))
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The number that the operating system gave it. */
  long id() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("the process ends").isTrue();
  }

  /** Waits for a command that ends by itself; returns the exit code. */
  int awaitExit() throws InterruptedException {
    awaitEnd();
    return process.exitValue();
  }

  /** SIGTERM; returns the exit code. */
  int end() throws InterruptedException {
    process.destroy();
    return awaitExit();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
