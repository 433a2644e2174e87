package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.config.TaskbridgeConfig;
import dev.taskbridge.domain.Link;
import dev.taskbridge.simulator.jira.Flavour;
import dev.taskbridge.store.JournalEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Notes and comments between the simulated systems. */
@ParameterizedClass
@EnumSource(Flavour.class)
class NotesTest {
  @TempDir Path folder;
  @Parameter Flavour flavour;
  private Bench bench;
  private Bridge bridge;
  private Link link;

  @BeforeEach
  void carryTheSmallWorld() throws Exception {
    bench = new Bench(folder, flavour);
    carry(bench.withJira("notes: { direction: both, visibility: public }"));
  }

  private void carry(TaskbridgeConfig config) throws Exception {
    bridge = bench.bridge(config);
    Bench.once(bridge);
    link = Bench.links(bridge).get(0);
  }

  /** The same world, its notes internal and shown to whom {@code internalTo} says. */
  private void carryInternally(String internalTo) throws Exception {
    bridge.close();
    carry(
        bench.edited(
            text ->
                text.replace("visibility: public", "visibility: internal")
                    .replaceFirst(
                        "searchLag: 1s", "searchLag: 1s\n    internalTo: " + internalTo)));
  }

  @AfterEach
  void close() {
    bridge.close();
    bench.close();
  }

  private long taskId() {
    return link.task().orElseThrow().record().id();
  }

  private String addNote(String text) {
    return bench
        .tasks
        .send("POST", "/api/v3/notes", new JsonObject().put("taskId", taskId()).put("text", text))
        .getJsonObject("data")
        .getValue("id")
        .toString();
  }

  private String addComment(String text, JsonObject more) {
    return bench
        .issues
        .send(
            "POST",
            Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment",
            more.copy().put("body", text))
        .getString("id");
  }

  private List<String> notes() {
    JsonArray notes =
        bench
            .tasks
            .get("/api/v3/notes?resultLimit=1000&tql=taskId%20%3D%20" + taskId())
            .getJsonArray("data");
    List<String> texts = new ArrayList<>();
    notes.forEach(note -> texts.add(((JsonObject) note).getString("text")));
    return texts;
  }

  private List<JsonObject> comments() {
    JsonArray comments =
        bench
            .issues
            .get(Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment?maxResults=1000")
            .getJsonArray("comments");
    List<JsonObject> found = new ArrayList<>();
    comments.forEach(comment -> found.add((JsonObject) comment));
    return found;
  }

  private List<String> commentTexts() {
    return comments().stream().map(comment -> comment.getString("body")).toList();
  }

  private static long holding(List<String> texts, String part) {
    return texts.stream().filter(text -> text.contains(part)).count();
  }

  @Test
  void notes_written_on_both_sides_during_50_cycles_appear_once_each_on_the_other()
      throws Exception {
    // Jira takes 20 writes to one issue in two seconds, so people take turns with the links.
    List<Link> links = Bench.links(bridge);
    Map<Link, Integer> notesBefore = new HashMap<>();
    Map<Link, Integer> commentsBefore = new HashMap<>();
    for (Link each : links) {
      link = each;
      notesBefore.put(each, notes().size());
      commentsBefore.put(each, comments().size());
    }
    for (int cycle = 0; cycle < 50; cycle++) {
      link = links.get(cycle % links.size());
      if (cycle % 3 == 0) {
        addNote("Note no. " + cycle + ".");
      }
      if (cycle % 3 == 1) {
        addComment("Comment no. " + cycle + ".", new JsonObject());
      }
      Bench.once(bridge);
    }

    for (int cycle = 0; cycle < 50; cycle++) {
      link = links.get(cycle % links.size());
      assertThat(holding(commentTexts(), "Note no. " + cycle + "."))
          .isEqualTo(cycle % 3 == 0 ? 1 : 0);
      assertThat(holding(notes(), "Comment no. " + cycle + ".")).isEqualTo(cycle % 3 == 1 ? 1 : 0);
    }
    int written = 0;
    for (Link each : links) {
      link = each;
      written += notes().size() - notesBefore.get(each);
      written += comments().size() - commentsBefore.get(each);
    }
    // 34 by people, and one copy of each.
    assertThat(written).isEqualTo(68);
  }

  @Test
  void an_edit_arrives_as_an_edit() throws Exception {
    String note = addNote("First wording");
    String comment = addComment("First saying", new JsonObject());
    Bench.once(bridge);

    bench.tasks.send(
        "PUT", "/api/v3/notes/" + note, new JsonObject().put("text", "Second wording"));
    bench.issues.send(
        "PUT",
        Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment/" + comment,
        new JsonObject().put("body", "Second saying"));
    addComment("So that the issue's clock moves", new JsonObject());
    Bench.once(bridge);

    assertThat(holding(commentTexts(), "Second wording")).isEqualTo(1);
    assertThat(holding(commentTexts(), "First wording")).isZero();
    assertThat(holding(notes(), "Second saying")).isEqualTo(1);
    assertThat(holding(notes(), "First saying")).isZero();
  }

  @Test
  void an_edit_that_no_clock_tells_of_arrives_with_the_sweep() throws Exception {
    String comment = addComment("First saying", new JsonObject());
    Bench.once(bridge);

    bench.issues.send(
        "PUT",
        Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment/" + comment,
        new JsonObject().put("body", "Second saying"));
    Bench.sweep(bridge);

    assertThat(holding(notes(), "Second saying")).isEqualTo(1);
    assertThat(holding(notes(), "First saying")).isZero();
  }

  @Test
  void a_deleted_note_takes_its_comment_along_and_a_deleted_comment_is_said_in_its_note()
      throws Exception {
    String note = addNote("A note that goes");
    String comment = addComment("A comment that goes", new JsonObject());
    Bench.once(bridge);
    assertThat(holding(commentTexts(), "A note that goes")).isEqualTo(1);
    assertThat(holding(notes(), "A comment that goes")).isEqualTo(1);
    int comments = comments().size();
    int notes = notes().size();

    bench.tasks.send("DELETE", "/api/v3/notes/" + note, new JsonObject());
    bench.issues.send(
        "DELETE",
        Bench.WIKI_API + "/issue/" + link.ticketId() + "/comment/" + comment,
        new JsonObject());
    Bench.sweep(bridge);
    Bench.sweep(bridge);

    assertThat(holding(commentTexts(), "A note that goes")).isZero();
    assertThat(comments()).hasSize(comments - 2);
    assertThat(holding(notes(), "A comment that goes")).isZero();
    assertThat(holding(notes(), "This comment was deleted")).isEqualTo(1);
    assertThat(notes()).hasSize(notes - 1);
  }

  @Test
  void an_internal_note_is_shown_to_the_configured_group_or_role_only() throws Exception {
    carryInternally("{ group: SOC Team }");
    addNote("For the team");
    Bench.once(bridge);

    assertThat(comments())
        .filteredOn(comment -> comment.getString("body").contains("For the team"))
        .singleElement()
        .satisfies(
            comment ->
                assertThat(comment.getJsonObject("visibility").getMap())
                    .containsEntry("type", "group")
                    .containsEntry("value", "SOC Team"));
  }

  @Test
  void an_internal_note_that_jira_cannot_restrict_is_not_written_at_all() throws Exception {
    carryInternally("{ role: Wizards }");
    addNote("For nobody");
    Bench.once(bridge);

    assertThat(holding(commentTexts(), "For nobody")).isZero();
    assertThat(
            bridge.store().inTransaction(rows -> rows.story(link.key())).stream()
                .map(JournalEntry::detail))
        .anyMatch(text -> text.contains("comment refused") && text.contains("Wizards"));
  }
}
