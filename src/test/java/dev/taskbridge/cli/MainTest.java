package dev.taskbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.ConfigSchema;
import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How the program answers on the command line. */
class MainTest {
  private static final String FIVE_MISTAKES =
      """
      threatconnect:
        url: http://tc.example.com/api
        auth: { kind: token, token: in-the-clear }
      colour: blue
      systems:
        jira: { kind: jira, url: https://jira.example.com, auth: { kind: bearer, token: "{{env:NOT_SET_ANYWHERE}}" } }
      syncs:
        soc:
          tasks: { tql: status = "Open", every: often }
          tickets: { system: jira, project: SEC }
          fields: {}
      """;

  @TempDir Path folder;

  @Test
  void schema_prints_the_schema_and_nothing_else() {
    Console console = Console.run("schema");

    assertThat(console).isEqualTo(new Console(0, ConfigSchema.json(Set.of()), ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schemma              | Unknown command \"schemma\"; did you mean schema?",
        "schema --jsno        | Unknown option --jsno; did you mean --json?",
        "schema --jsno=x      | Unknown option --jsno; did you mean --json?",
        "schema more          | \"more\" is one argument too many",
        "simulate --prt 0     | Unknown option --prt; did you mean --port?",
        "simulate jirra       | \"jirra\" is not one of threatconnect, jira, servicenow, all; did you mean jira?",
        "simulate jira --flavour cluod | Invalid value for option '--flavour': flavour must be cloud or dc, but was \"cluod\"",
        "simulate jira --port x        | Invalid value for option '--port': 'x' is not an int",
      })
  void a_mistyped_command_gets_a_suggestion_and_exit_2(String line, String message) {
    Console console = Console.run(line.split(" "));

    assertThat(console.exit()).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err().lines().findFirst()).contains(message);
    assertThat(console.err()).contains("See: taskbridge ").contains("--help");
  }

  @Test
  void no_command_at_all_is_a_mistake_that_leads_to_the_help() {
    Console console = Console.run();

    assertThat(console.exit()).isEqualTo(2);
    assertThat(console.err()).isEqualTo("Name a command.\nSee: taskbridge --help\n");
  }

  @Test
  void with_json_a_mistake_on_the_command_line_is_json_on_stdout() {
    Console console = Console.run("schema", "--jsno", "--json");

    assertThat(console)
        .isEqualTo(
            new Console(
                2,
                "{\"problems\":[{\"file\":\"command line\",\"line\":0,\"path\":\"\",\"message\":"
                    + "\"Unknown option --jsno; did you mean --json?\"}]}\n",
                ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "schema --help", "simulate --help", "--version"})
  void help_and_version_are_results(String line) {
    Console console = Console.run(line.split(" "));

    assertThat(console.exit()).isZero();
    assertThat(console.out()).isNotBlank();
    assertThat(console.err()).isEmpty();
  }

  @Test
  void a_wrong_configuration_is_listed_on_stderr_with_exit_2() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), FIVE_MISTAKES);

    Console console = probe("--config", file.toString());

    assertThat(console.exit()).isEqualTo(2);
    assertThat(console.out()).isEmpty();
    assertThat(console.err().lines().map(line -> line.replace(file.toString(), "bad.yaml")))
        .extracting(line -> line.substring(0, line.indexOf(": ")))
        .containsExactly(
            "bad.yaml:2 threatconnect.url",
            "bad.yaml:3 threatconnect.auth.token",
            "bad.yaml:4 colour",
            "bad.yaml:6 systems.jira.auth.token",
            "bad.yaml:9 syncs.soc.tasks.every");
    assertThat(console.err()).doesNotContain("in-the-clear");
  }

  @Test
  void with_json_a_wrong_configuration_is_json_on_stdout() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.yaml"), "colour: blue\n");

    Console console = probe("--json", "--config", file.toString());

    assertThat(console.exit()).isEqualTo(2);
    assertThat(console.err()).isEmpty();
    assertThat(console.out().lines())
        .singleElement()
        .asString()
        .startsWith("{\"problems\":[{\"file\":\"")
        .contains("\"line\":1,\"path\":\"threatconnect\",\"message\":\"missing; give a mapping");
  }

  @Test
  void a_good_configuration_reaches_the_command_wherever_the_options_stand() {
    assertThat(probe("--config", "config/demo.yaml").out()).isEqualTo("2 syncs\n");
    assertThat(Probe.run("--config=config/demo.yaml", "probe").out()).isEqualTo("2 syncs\n");
  }

  @Test
  void a_bug_ends_with_exit_1_and_the_place_only_on_demand() {
    Console quiet = probe("--config", "config/demo.yaml", "--fail", "bug");
    Console verbose = probe("--config", "config/demo.yaml", "--fail", "bug", "-v");

    assertThat(quiet.exit()).isEqualTo(1);
    assertThat(quiet.err())
        .isEqualTo(
            "Taskbridge failed, which is a bug: java.lang.IllegalStateException: odd ***\n"
                + "With -v it says where.\n");
    assertThat(verbose.err()).contains("at dev.taskbridge.cli.MainTest");
    assertThat(verbose.err()).doesNotContain(Probe.SECRET);
  }

  @Test
  void an_unusable_store_ends_with_exit_1_in_its_own_words() {
    Console console = probe("--config", "config/demo.yaml", "--fail", "store");

    assertThat(console.exit()).isEqualTo(1);
    assertThat(console.err()).isEqualTo("The store is full.\n");
  }

  private static Console probe(String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "probe";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Probe.run(arguments);
  }

  /** A command as others write them. */
  @Command(name = "probe")
  static final class Probe extends ConfiguredCommand {
    static final String SECRET = "demo-secret-of-a-system";

    @CommandLine.Option(names = "--fail")
    private String fail = "";

    static Console run(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int exit =
          Main.commandLine(new PrintWriter(out), new PrintWriter(err))
              .addSubcommand(new Probe())
              .setOut(new PrintWriter(out))
              .setErr(new PrintWriter(err))
              .execute(arguments);
      return new Console(exit, out.toString(), err.toString());
    }

    @Override
    protected Map<String, String> environment() {
      return Map.of(
          "DEMO_TC_ACCESS_ID", "id",
          "DEMO_TC_SECRET", SECRET,
          "DEMO_JIRA_USER", "bot",
          "DEMO_JIRA_TOKEN", SECRET,
          "DEMO_SNOW_USER", "svc",
          "DEMO_SNOW_PASSWORD", SECRET,
          "DEMO_WEB_TOKEN", SECRET);
    }

    @Override
    protected Exit run(TaskbridgeConfig config) {
      if (fail.equals("bug")) {
        throw new IllegalStateException("odd " + SECRET);
      }
      if (fail.equals("store")) {
        throw new StoreException("The store is full.", null);
      }
      output().line(config.syncs().size() + " syncs");
      return Exit.DONE;
    }
  }
}
