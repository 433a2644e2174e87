package dev.taskbridge.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Notes on the one side, comments and work notes on the other; where the account may read the
 * journal, and where it has only the text that records show.
 */
@ParameterizedClass
@CsvSource({"COMPONENT, readable", "HTTP, readable", "HTTP, forbidden"})
final class ServiceNowNotesTest {
  private static final String INTERNAL = "      notes: { direction: both, visibility: internal }\n";
  private static final String PUBLIC = "      notes: { direction: both, visibility: public }\n";

  @TempDir Path folder;
  private final ServiceNowDesk.Transport transport;
  private final String journal;
  private ServiceNowDesk desk;
  private Link link;

  ServiceNowNotesTest(ServiceNowDesk.Transport transport, String journal) {
    this.transport = transport;
    this.journal = journal;
  }

  @BeforeEach
  void open() {
    desk = new ServiceNowDesk(folder, transport);
    if (journal.equals("forbidden")) {
      desk.switches(
          new JsonObject()
              .put("deniedTables", new JsonObject().put("sys_journal_field", "forbidden")));
    }
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private void carried(String fields) {
    desk.runs(ServiceNowDesk.STATUS + ServiceNowDesk.RESOLVING + fields);
    desk.cycle();
    link = desk.link();
  }

  private String note(String text) {
    JsonObject note =
        new JsonObject().put("taskId", link.task().orElseThrow().record().id()).put("text", text);
    return desk.bench
        .tasks
        .send("POST", "/api/v3/notes", note)
        .getJsonObject("data")
        .getValue("id")
        .toString();
  }

  private void write(String journalField, String text) {
    desk.editRecord(link, new JsonObject().put(journalField, text));
  }

  private List<String> notes() {
    return desk
        .bench
        .tasks
        .get(
            "/api/v3/notes?resultLimit=1000&tql=taskId%20%3D%20"
                + link.task().orElseThrow().record().id())
        .getJsonArray("data")
        .stream()
        .map(each -> ((JsonObject) each).getString("text"))
        .toList();
  }

  private List<String> entries(String journalField) {
    return desk
        .records(
            "sys_journal_field",
            "element_id=" + link.ticketId() + "^element=" + journalField + "^ORDERBYsys_created_on")
        .stream()
        .map(row -> row.getString("value"))
        .toList();
  }

  private static long holding(List<String> texts, String part) {
    return texts.stream().filter(text -> text.contains(part)).count();
  }

  @Test
  void what_is_written_on_both_sides_during_50_cycles_appears_once_each_on_the_other() {
    carried(INTERNAL);
    int notesBefore = notes().size();
    int entriesBefore = entries("comments").size() + entries("work_notes").size();

    for (int cycle = 0; cycle < 50; cycle++) {
      switch (cycle % 4) {
        case 0 -> note("Note no. " + cycle + ".");
        case 1 -> write("comments", "Comment no. " + cycle + ".");
        case 2 -> write("work_notes", "Work note no. " + cycle + ".");
        default -> desk.later();
      }
      desk.cycle();
    }

    for (int cycle = 0; cycle < 50; cycle++) {
      int kind = cycle % 4;
      assertThat(holding(entries("work_notes"), "Note no. " + cycle + "."))
          .isEqualTo(kind == 0 ? 1 : 0);
      assertThat(holding(notes(), "Comment no. " + cycle + ".")).isEqualTo(kind == 1 ? 1 : 0);
      assertThat(holding(notes(), "Work note no. " + cycle + ".")).isEqualTo(kind == 2 ? 1 : 0);
    }
    assertThat(holding(entries("comments"), "Note no.")).isZero();
    // 13 notes, 13 comments and 12 work notes by people, and one copy of each.
    assertThat(notes()).hasSize(notesBefore + 38);
    assertThat(entries("comments").size() + entries("work_notes").size())
        .isEqualTo(entriesBefore + 38);
  }

  @Test
  void an_edited_note_is_followed_by_one_entry_that_says_so() {
    carried(INTERNAL);
    String note = note("First wording");
    desk.cycle();

    desk.bench.tasks.send(
        "PUT", "/api/v3/notes/" + note, new JsonObject().put("text", "Second wording"));
    desk.cycle();
    desk.cycle();
    desk.cycle();

    assertThat(holding(entries("work_notes"), "First wording")).isEqualTo(1);
    assertThat(entries("work_notes").stream().filter(text -> text.contains("Second wording")))
        .singleElement()
        .asString()
        .startsWith("Edited:");
    assertThat(holding(notes(), "wording")).isEqualTo(1);
  }

  @Test
  void a_deleted_note_is_followed_by_one_entry_that_says_so() {
    carried(INTERNAL);
    String note = note("Said too soon");
    desk.cycle();

    desk.bench.tasks.send("DELETE", "/api/v3/notes/" + note, new JsonObject());
    note("So that the task is looked at");
    desk.cycle();
    desk.cycle();

    assertThat(holding(entries("work_notes"), "deleted")).isEqualTo(1);
  }

  @Test
  void a_note_is_a_comment_only_where_the_configuration_says_so_and_a_work_note_never_is() {
    carried(PUBLIC);
    note("For the customer");
    write("work_notes", "Not for the customer");
    write("comments", "From the customer");

    desk.cycle();
    desk.cycle();

    assertThat(holding(entries("comments"), "For the customer")).isEqualTo(1);
    assertThat(holding(entries("work_notes"), "For the customer")).isZero();
    assertThat(holding(notes(), "Not for the customer")).isEqualTo(1);
    assertThat(holding(entries("comments"), "Not for the customer")).isZero();
    assertThat(holding(notes(), "From the customer")).isEqualTo(1);
  }

  @Test
  void after_the_loss_of_the_store_nothing_is_said_twice_and_no_work_note_becomes_a_comment()
      throws Exception {
    carried(PUBLIC);
    note("For the customer");
    write("work_notes", "Not for the customer");
    write("comments", "From the customer");
    desk.cycle();
    List<String> notes = notes();
    List<String> comments = entries("comments");
    List<String> workNotes = entries("work_notes");

    desk.stop();
    Files.delete(folder.resolve("links.db"));
    carried(PUBLIC);
    note("And one more");
    desk.cycle();
    desk.cycle();

    assertThat(holding(entries("comments"), "And one more")).isEqualTo(1);
    assertThat(entries("comments")).hasSize(comments.size() + 1).containsAll(comments);
    assertThat(entries("work_notes")).isEqualTo(workNotes);
    assertThat(notes()).hasSize(notes.size() + 1);
  }

  @Test
  void a_closed_incident_keeps_no_comment_and_the_link_s_story_says_so_once() {
    carried(INTERNAL);
    desk.setStatus(link, "Closed");
    desk.cycle();
    desk.editRecord(link, new JsonObject().put("state", "7"));
    desk.cycle();

    note("Too late");
    desk.cycle();
    desk.cycle();

    assertThat(holding(entries("work_notes"), "Too late")).isZero();
    assertThat(desk.story(link).stream().filter(told -> told.contains("comment refused")))
        .singleElement()
        .asString()
        .contains(link.ticketKey())
        .contains("closed records keep no comments");
  }
}
