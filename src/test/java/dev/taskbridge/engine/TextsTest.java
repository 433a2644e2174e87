package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.simulator.jira.Flavour;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as people write them, carried both ways between ThreatConnect and both kinds of Jira. */
class TextsTest {
  private static final String[] TEXTS = {
    "Grüße aus Zürich, 北京, Ωμέγα",
    "\u202Bمهمة عاجلة\u202C בדיקה",
    "Phished 🎣 by 👩‍💻 family 👨‍👩‍👧‍👦 \uD83C\uDDE9\uD83C\uDDEA",
    "{code}rm -rf /{code} and {noformat} left open",
    "| a | b |\n|| not || a table ||\n* a star [a|link] !image.png!",
    "back\\slash \"quoted\" 'single' <b>&amp;</b> %s ${jndi:x} {{env:HOME}}",
  };

  @TempDir Path folder;

  static Stream<Arguments> texts() {
    return Stream.of(Flavour.values())
        .flatMap(flavour -> Stream.of(TEXTS).map(text -> Arguments.of(flavour, text)));
  }

  private static String syncs() {
    return Bench.JIRA.replace(
        "description: { direction: to-ticket }", "description: { direction: both }");
  }

  private static Link link(Bridge bridge, long taskId) {
    return Bench.links(bridge).stream()
        .filter(each -> each.task().orElseThrow().record().id() == taskId)
        .findFirst()
        .orElseThrow();
  }

  private static JsonObject task(Bench bench, long id) {
    return bench.tasks.get("/api/v3/tasks/" + id).getJsonObject("data");
  }

  private static void agreesAndRests(Bench bench, Bridge bridge, long id) throws Exception {
    assertThat(link(bridge, id).state()).isEqualTo(LinkState.LINKED);
    bench.forgetRequests();
    Bench.sweep(bridge);
    assertThat(Bench.byOperation(bench.issues).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT "));
    assertThat(Bench.byOperation(bench.tasks).fieldNames())
        .noneMatch(operation -> operation.startsWith("PUT "));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void what_people_write_arrives_as_they_wrote_it_and_comes_to_rest(Flavour flavour, String text)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      String line = text.replace('\n', ' ');
      long id =
          bench
              .tasks
              .send(
                  "POST",
                  "/api/v3/tasks",
                  new JsonObject().put("caseId", 1).put("name", line).put("description", text))
              .getJsonObject("data")
              .getLong("id");
      try (Bridge bridge = bench.bridge(bench.load(syncs()))) {
        Bench.once(bridge);

        Ticket ticket = link(bridge, id).ticket().orElseThrow().record();
        assertThat(ticket.value(FieldName.TITLE).shown()).isEqualTo(line);
        assertThat(ticket.value(FieldName.DESCRIPTION).shown()).isEqualTo(text);
        if (flavour == Flavour.DATA_CENTER) {
          // What reads back as it was may still be shown to people as a table or as code.
          assertThat(bench.issue(link(bridge, id)).getString("description"))
              .doesNotContainPattern("(?<!\\\\)[{}\\[\\]|]");
        }
        agreesAndRests(bench, bridge, id);

        bench.issues.send(
            "PUT",
            Bench.WIKI_API + "/issue/" + ticket.id(),
            new JsonObject().put("fields", new JsonObject().put("summary", line + " (seen)")));
        Bench.once(bridge);
        assertThat(task(bench, id).getString("name")).isEqualTo(line + " (seen)");
        assertThat(task(bench, id).getString("description")).isEqualTo(text);
        agreesAndRests(bench, bridge, id);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_description_that_a_task_cannot_hold_is_cut_there_with_a_mark_and_stays_whole_in_jira(
      Flavour flavour) throws Exception {
    try (Bench bench = new Bench(folder, flavour);
        Bridge bridge = bench.bridge(bench.load(syncs()))) {
      Bench.once(bridge);
      Link link = Bench.links(bridge).get(0);
      long id = link.task().orElseThrow().record().id();
      String sentence = "Line %05d of what was found on the host.%n";
      StringBuilder text = new StringBuilder();
      for (int i = 0; text.length() < 32_000; i++) {
        text.append(String.format(sentence, i).replace("\r", ""));
      }
      bench.issues.send(
          "PUT", Bench.WIKI_API + "/issue/" + link.ticketId(), described(text.toString()));
      Bench.once(bridge);

      assertThat(task(bench, id).getString("description"))
          .hasSizeLessThanOrEqualTo(1_500)
          .startsWith("Line 00000 of what was found")
          .contains(link.ticketKey())
          .contains(bench.jira.origin() + "/browse/");
      agreesAndRests(bench, bridge, id);
      String held =
          link(bridge, id).ticket().orElseThrow().record().value(FieldName.DESCRIPTION).shown();
      assertThat(held).hasSizeGreaterThan(31_000);
    }
  }

  private static JsonObject described(String text) {
    return new JsonObject().put("fields", new JsonObject().put("description", text));
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void the_longest_name_arrives_whole_though_each_of_its_characters_counts_double(Flavour flavour)
      throws Exception {
    try (Bench bench = new Bench(folder, flavour)) {
      String name = "🎣".repeat(127);
      long id =
          bench
              .tasks
              .send("POST", "/api/v3/tasks", new JsonObject().put("caseId", 1).put("name", name))
              .getJsonObject("data")
              .getLong("id");
      try (Bridge bridge = bench.bridge(bench.withJira())) {
        Bench.once(bridge);
        assertThat(link(bridge, id).ticket().orElseThrow().record().value(FieldName.TITLE).shown())
            .isEqualTo(name);
        assertThat(task(bench, id).getString("name")).isEqualTo(name);
        agreesAndRests(bench, bridge, id);
      }
    }
  }
}
