package dev.taskbridge.adapter.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Comments and work notes, both ways. */
@ParameterizedClass
@EnumSource(Instance.Transport.class)
final class ServiceNowJournalsTest extends ServiceNowBench {
  private static final String NO_JOURNAL = "{\"deniedTables\": {\"sys_journal_field\": \"%s\"}}";

  ServiceNowJournalsTest(Instance.Transport transport) {
    super(transport);
  }

  @Test
  void what_people_write_is_read_with_who_may_read_it() {
    Ticket ticket = incident();
    edit(ticket, "{\"comments\": \"For the caller\"}");
    edit(ticket, "{\"work_notes\": \"Only for us\"}");

    List<Comment> comments = comments(ticket);

    assertThat(comments)
        .extracting(Comment::text, Comment::visibility, Comment::author, Comment::key)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(
                "For the caller", Visibility.PUBLIC, "admin", Optional.empty()),
            org.assertj.core.groups.Tuple.tuple(
                "Only for us", Visibility.INTERNAL, "admin", Optional.empty()));
  }

  @Test
  void where_the_journal_cannot_be_read_the_text_of_the_record_says_the_same() {
    for (String denial : List.of("empty", "forbidden", "forbidden-fields")) {
      reopen(settings -> settings);
      Ticket ticket = incident();
      instance.switches(NO_JOURNAL.formatted(denial));
      edit(ticket, "{\"comments\": \"For the caller\\nin two lines\\n\\nand a paragraph\"}");
      edit(ticket, "{\"work_notes\": \"Only for us\"}");

      Comment ours =
          written(ticket, Optional.empty(), "key-1", "From the task", Visibility.INTERNAL);
      Comment again =
          written(ticket, Optional.empty(), "key-1", "From the task", Visibility.INTERNAL);
      List<Comment> comments = comments(ticket);

      assertThat(again).isEqualTo(ours);
      assertThat(comments)
          .as(denial)
          .extracting(Comment::text, Comment::visibility, Comment::key)
          .containsExactlyInAnyOrder(
              org.assertj.core.groups.Tuple.tuple(
                  "For the caller\nin two lines\n\nand a paragraph",
                  Visibility.PUBLIC,
                  Optional.empty()),
              org.assertj.core.groups.Tuple.tuple(
                  "Only for us", Visibility.INTERNAL, Optional.empty()),
              org.assertj.core.groups.Tuple.tuple(
                  "From the task", Visibility.INTERNAL, Optional.of("key-1")));
    }
  }

  @Test
  void the_comments_of_a_hundred_records_are_one_request() {
    List<Ticket> tickets = incidents(100);
    tickets.subList(0, 10).forEach(ticket -> edit(ticket, "{\"work_notes\": \"Looked at\"}"));
    instance.forgetRequests();

    Map<String, List<Comment>> comments =
        done(
            instance.system.comments(
                new CommentsOf(Instance.incidents(), tickets.stream().map(Ticket::id).toList())));

    assertThat(instance.requests()).isEqualTo(1);
    assertThat(comments).hasSize(100);
    assertThat(comments.values()).filteredOn(list -> list.size() == 1).hasSize(10);
  }

  @Test
  void a_comment_is_written_once_per_key_where_its_audience_reads() {
    Ticket ticket = incident();

    Comment note = written(ticket, Optional.empty(), "note 1/ä", "Internal", Visibility.INTERNAL);
    Comment same = written(ticket, Optional.empty(), "note 1/ä", "Internal", Visibility.INTERNAL);
    Comment open = written(ticket, Optional.empty(), "note-2", "Public", Visibility.PUBLIC);

    assertThat(same).isEqualTo(note);
    assertThat(note.key()).contains("note 1/ä");
    assertThat(open.visibility()).isEqualTo(Visibility.PUBLIC);
    assertThat(journal(ticket))
        .extracting(row -> row.split(" ", 2)[0])
        .containsExactlyInAnyOrder("work_notes", "comments");
  }

  @Test
  void an_edit_is_a_new_entry_that_says_so_and_reads_as_the_same_comment() {
    Ticket ticket = incident();
    Comment first = written(ticket, Optional.empty(), "note-1", "As it was", Visibility.INTERNAL);

    Comment edited =
        written(ticket, Optional.of(first.id()), "note-1", "As it is", Visibility.INTERNAL);
    written(ticket, Optional.of(first.id()), "note-1", "As it is", Visibility.INTERNAL);

    assertThat(edited.id()).isEqualTo(first.id());
    assertThat(comments(ticket)).extracting(Comment::text).containsExactly("As it is");
    assertThat(journal(ticket)).hasSize(2).anySatisfy(row -> assertThat(row).contains("Edited:"));
  }

  @Test
  void html_of_others_is_not_rendered_and_comes_back_as_it_was() {
    Ticket ticket = incident();
    String text = "[code]<script>alert(1)</script>[/CODE] and more";

    Comment comment = written(ticket, Optional.empty(), "note-1", text, Visibility.INTERNAL);

    assertThat(comment.text()).isEqualTo(text);
    assertThat(journal(ticket).get(0)).doesNotContainIgnoringCase("[code]");
  }

  @Test
  void a_closed_record_keeps_no_comment_and_that_is_told() {
    Ticket ticket = incident();
    edit(
        ticket,
        "{\"state\": \"7\", \"close_code\": \"Duplicate\", \"close_notes\": \"By an administrator\"}");

    Refusal why =
        refusal(write(ticket, Optional.empty(), "note-1", "Too late", Visibility.INTERNAL));

    assertThat(why).isInstanceOf(Refusal.Rejected.class);
    assertThat(why.words()).contains(ticket.key()).contains("closed");
  }

  @Test
  void a_lost_answer_to_a_comment_is_unknown_and_the_next_try_adds_nothing() {
    Ticket ticket = incident();
    instance.switches(
        "{\"scriptedFaults\": [{\"fault\": \"lostResponse\", \"method\": \"PATCH\"}]}");

    Outcome<Comment> lost = write(ticket, Optional.empty(), "note-1", "Once", Visibility.INTERNAL);
    Comment found = written(ticket, Optional.empty(), "note-1", "Once", Visibility.INTERNAL);

    assertThat(refusal(lost)).isInstanceOf(Refusal.Unknown.class);
    assertThat(found.text()).isEqualTo("Once");
    assertThat(journal(ticket)).hasSize(1);
  }

  @Test
  void a_comment_for_a_record_that_is_gone_is_gone() {
    Ticket ticket = incident();
    instance.asAdmin("DELETE", "/api/now/v2/table/incident/" + ticket.id(), "");

    assertThat(refusal(write(ticket, Optional.empty(), "note-1", "Nobody", Visibility.INTERNAL)))
        .isInstanceOf(Refusal.Gone.class);
  }

  private List<Comment> comments(Ticket ticket) {
    return done(instance.system.comments(
            new CommentsOf(Instance.incidents(), List.of(ticket.id()))))
        .get(ticket.id());
  }

  private Comment written(
      Ticket ticket, Optional<String> id, String key, String text, Visibility visibility) {
    return done(write(ticket, id, key, text, visibility));
  }

  private Outcome<Comment> write(
      Ticket ticket, Optional<String> id, String key, String text, Visibility visibility) {
    return instance.system.comment(
        new WriteComment(Instance.incidents(), ticket.id(), id, key, text, visibility));
  }

  /** The rows that are really there: element and text. */
  private List<String> journal(Ticket ticket) {
    List<String> rows = new java.util.ArrayList<>();
    instance
        .asAdmin(
            "GET",
            "/api/now/v2/table/sys_journal_field?sysparm_query=element_id=" + ticket.id(),
            "")
        .forEach(row -> rows.add(row.path("element").asText() + " " + row.path("value").asText()));
    return rows;
  }
}
