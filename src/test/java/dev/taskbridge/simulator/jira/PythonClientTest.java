package dev.taskbridge.simulator.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.taskbridge.simulator.jira.BothFlavours.OnBoth;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Python client for Jira, as Debian packages it ({@code python3-jira}), works with both
 * flavours unchanged. Skipped where it is not installed, unless {@code PYTHON_JIRA=required} says
 * that it has to be.
 */
final class PythonClientTest {
  private static final Path SCRIPT = Path.of("src/test/resources/clients/python_jira.py");

  /** How a run ended. */
  private record Ended(int status, String output) {}

  @OnBoth
  void the_python_client_searches_creates_edits_transitions_comments_links_and_deletes(
      Flavour flavour) throws IOException, InterruptedException {
    Optional<String> python = pythonWithJira();
    assumeTrue(
        python.isPresent() || "required".equals(System.getenv("PYTHON_JIRA")),
        "no Python with the package jira here; Debian has it as python3-jira");

    try (JiraSimulator simulator = JiraSimulator.start(0, flavour)) {
      JsonObject login = simulator.acceptedCredentials();
      Ended ended =
          run(
              python.orElseThrow(),
              SCRIPT.toString(),
              simulator.origin(),
              login.getString("user"),
              login.getString("token"));

      assertThat(ended.output()).contains("all is as it should be");
      assertThat(ended.status()).isZero();
    }
  }

  private static Optional<String> pythonWithJira() throws IOException, InterruptedException {
    for (String python : List.of("/usr/bin/python3", "python3")) {
      try {
        if (run(python, "-c", "import jira").status() == 0) {
          return Optional.of(python);
        }
      } catch (IOException e) {
        // There is no such program: the next one may be.
      }
    }
    return Optional.empty();
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    words.add(1, "-Wignore");
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s ended", words).isTrue();
    return new Ended(process.exitValue(), output);
  }
}
