package dev.taskbridge.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process to be killed: counts in a store, and says so only after each count is stored. */
final class Counter implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private Counter(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static void main(String[] args) {
    LinkStore store = JdbcLinkStore.open(StoreSettings.at(args[0]));
    while (true) {
      System.out.println("stored " + Rows.countOn(store));
    }
  }

  static Counter start(StoreSettings settings) throws IOException {
    return new Counter(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Counter.class.getName(),
                    settings.url()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** The next count that the process acknowledged; 0 after its end. */
  int next() throws IOException {
    String line;
    while ((line = output.readLine()) != null) {
      if (line.startsWith("stored ")) {
        return Integer.parseInt(line.substring("stored ".length()));
      }
    }
    return 0;
  }

  /** SIGKILL; what it said before can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  @Override
  public void close() throws IOException {
    kill();
    process.onExit().join();
    output.close();
  }
}
