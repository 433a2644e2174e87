package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the packaged program, as a person starts them from some folder. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("taskbridge").toAbsolutePath();

  @TempDir Path elsewhere;

  @Test
  void a_path_on_the_command_line_is_meant_from_where_the_person_is() throws Exception {
    Files.writeString(elsewhere.resolve("mine.yaml"), "colour: blue\n");

    Process process = start("links", "--config", "mine.yaml");

    assertThat(text(process.errorReader(StandardCharsets.UTF_8)))
        .contains(elsewhere.resolve("mine.yaml") + ":1 colour: unknown key");
    assertThat(exit(process)).isEqualTo(2);
  }

  @Test
  void the_configuration_of_the_programs_folder_is_found_from_anywhere() throws Exception {
    Process process = start("links");

    assertThat(text(process.errorReader(StandardCharsets.UTF_8)))
        .contains("config/taskbridge.yaml:8 threatconnect.auth.accessId: the environment variable");
    assertThat(exit(process)).isEqualTo(2);
  }

  @Test
  void simulators_serve_until_they_are_told_to_stop_and_then_exit_0() throws Exception {
    Process process = start("simulate", "all", "--port", "0", "--json");
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      JsonNode shown = new ObjectMapper().readTree(out.readLine());

      assertThat(shown.fieldNames())
          .toIterable()
          .containsExactly("threatconnect", "jira", "servicenow");
      for (JsonNode simulator : shown) {
        URI credentials = URI.create(simulator.path("url").asText()).resolve("/_sim/credentials");
        assertThat(new ObjectMapper().readTree(get(credentials)))
            .isEqualTo(simulator.path("credentials"));
      }

      // Not Process.destroy: that closes the streams, too.
      process.toHandle().destroy();

      assertThat(exit(process)).isZero();
      assertThat(out.readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start(String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(LAUNCHER.toString()), Arrays.stream(arguments)).toList())
            .directory(elsewhere.toFile());
    // Maven is running already, and has just built what is to be tested.
    builder.environment().put("TASKBRIDGE_BUILD", "no");
    return builder.start();
  }

  private static int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String text(BufferedReader reader) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static String get(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
        .body();
  }
}
