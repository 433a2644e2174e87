package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.cli.Console;
import dev.taskbridge.simulator.jira.Flavour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code check} says of a configuration, against the simulated systems. */
@ParameterizedClass(name = "{0}")
@EnumSource(Flavour.class)
class CheckTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;

  @BeforeEach
  void startTheSystems() {
    bench = new Bench(folder, flavour);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private Console check(Path config) {
    bench.forgetRequests();
    Console console = Console.run("check", "--config", "" + config);
    for (SimClient system : List.of(bench.tasks, bench.issues, bench.records)) {
      assertThat(Bench.writes(system)).as("writes while checking").isEmpty();
    }
    assertThat(Files.exists(folder.resolve("links.db"))).isFalse();
    return console;
  }

  /** The demo's configuration, on this bench's ports. */
  private Path demo() throws Exception {
    bench.withJira();
    bench.typed();
    String yaml =
        Files.readString(Path.of("config/demo.yaml"))
            .replace("http://127.0.0.1:8101", bench.threatConnect.origin())
            .replace("http://127.0.0.1:8102", bench.jira.origin())
            .replace("http://127.0.0.1:8103", bench.serviceNow.origin())
            .replace("data/demo.db", folder.resolve("links.db").toString())
            .replace("{{env:DEMO_TC_ACCESS_ID}}", "{{file:TC_ID}}")
            .replace("{{env:DEMO_TC_SECRET}}", "{{file:TC_KEY}}")
            .replace("{{env:DEMO_WEB_TOKEN}}", "{{file:TC_KEY}}")
            .replace("{{env:DEMO_", "{{file:");
    return Files.writeString(folder.resolve("demo.yaml"), yaml);
  }

  @Test
  void the_demos_configuration_is_good_line_by_line() throws Exception {
    Console console = check(demo());

    assertThat(console.exit()).as(console.out() + console.err()).isZero();
    assertThat(console.out().lines()).allMatch(line -> line.startsWith("ok "));
    assertThat(console.out())
        .contains("threatconnect: ThreatConnect answers")
        .contains("syncs.soc-jira.tasks.tql: the server takes the query")
        .contains("syncs.soc-jira.fields.status.map.Closed: \"Done\" is there")
        .contains("syncs.soc-snow.fields.priority.map.Critical: \"1 - Critical\" is there")
        .contains("syncs.soc-snow.fields.assignee.groups.\"SOC Team\": snow-demo knows");
  }

  @Test
  void every_name_that_is_not_there_is_listed_with_its_line_and_what_it_may_have_been() {
    bench.withJira("customfield_10999: { direction: to-ticket, value: \"${case.name}\" }");
    Path config =
        bench.typed(
            "Closed:   [ Done ]", "Closed:   [ Doen ]",
            "Done: Closed, ", "Doen: Closed, ",
            "High: High,", "High: Hihg,",
            "maria.silva@example.com", "maria.sliva@example.com",
            "SOC Team:", "SCO Team:",
            "status in", "staus in");

    Console console = check(config);

    assertThat(console.exit()).as(console.out() + console.err()).isEqualTo(2);
    assertThat(wrong(console, config))
        .anyMatch(line -> line.matches(".*:\\d+ syncs.soc.fields.status.map.Closed: \"Doen\".*"))
        .anyMatch(line -> line.contains("did you mean Done?"))
        .anyMatch(
            line -> line.contains("priority.map.High: \"Hihg\"") && line.contains("mean High?"))
        .anyMatch(line -> line.contains("maria.sliva@example.com"))
        .anyMatch(
            line -> line.contains("SCO Team") && line.contains("ThreatConnect shows no group"))
        .anyMatch(line -> line.contains("tasks.tql") && line.contains("staus"))
        .anyMatch(line -> line.contains("customfield_10999"))
        .hasSize(6);
  }

  private static List<String> wrong(Console console, Path config) {
    return console
        .out()
        .lines()
        .filter(line -> line.startsWith("wrong "))
        .map(line -> line.replace(config.toString(), "taskbridge.yaml"))
        .toList();
  }

  @Test
  void a_project_that_does_not_exist_is_named_beside_those_that_do() {
    bench.withJira();
    Path config = bench.typed("project: SEC", "project: SCE");

    Console console = check(config);

    assertThat(console.exit()).as(console.out()).isEqualTo(2);
    assertThat(wrong(console, config))
        .singleElement()
        .asString()
        .contains("syncs.soc.tickets: project SCE: ", "the account sees", "SEC");
  }

  @Test
  void bad_credentials_and_a_silent_port_are_told_apart_and_the_others_still_checked()
      throws Exception {
    bench.withJira();
    Path config = bench.typed(bench.threatConnect.origin(), "http://127.0.0.1:1");
    Files.writeString(folder.resolve("JIRA_TOKEN"), "not-the-token");

    Console console = check(config);

    assertThat(console.exit()).as(console.out()).isEqualTo(5);
    assertThat(console.out().lines().filter(line -> line.startsWith("unreachable")))
        .anyMatch(line -> line.contains(" threatconnect: ") && line.contains("url is right"))
        .anyMatch(line -> line.contains("systems.jira-soc: ") && line.contains("credentials"))
        .hasSize(2);
    assertThat(console.out() + console.err()).doesNotContain("not-the-token");
  }
}
