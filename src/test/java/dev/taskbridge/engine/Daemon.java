package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program as a process of its own, which runs until it is ended or killed. */
final class Daemon implements AutoCloseable {
  private final Process process;

  private Daemon(Process process) {
    this.process = process;
  }

  /** Starts {@code run} on the configuration in {@code folder}; its log is added to daemon.log. */
  static Daemon start(Bench bench, Path folder) {
    return start(bench, folder, "run");
  }

  static Daemon start(Bench bench, Path folder, String... arguments) {
    List<String> command = new ArrayList<>();
    Collections.addAll(
        command,
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-Xmx192m",
        "-jar",
        Path.of("target", "taskbridge.jar").toAbsolutePath().toString(),
        "--config",
        folder.resolve("taskbridge.yaml").toString());
    Collections.addAll(command, arguments);
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

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  void awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("the process ends").isTrue();
  }

  /** SIGTERM; returns the exit code. */
  int end() throws InterruptedException {
    process.destroy();
    awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
