package dev.taskbridge.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Side;
import dev.taskbridge.reconcile.CommentPlan.Add;
import dev.taskbridge.reconcile.CommentPlan.Adopt;
import dev.taskbridge.reconcile.CommentPlan.Edit;
import dev.taskbridge.reconcile.CommentPlan.Known;
import dev.taskbridge.reconcile.CommentPlan.Retract;
import dev.taskbridge.reconcile.CommentPlan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommentPlanTest {
  private static final Instant NOON = Instant.parse("2026-03-09T12:00:00Z");

  private static Comment comment(String id, String text, Visibility visibility, String key) {
    return new Comment(
        id, "pat", NOON, NOON, text, visibility, Optional.of(key).filter(k -> !k.isEmpty()));
  }

  private static Comment note(String id, String text) {
    return comment(id, text, Visibility.INTERNAL, "");
  }

  private static Known known(Side from, String original, String copy, String text) {
    return new Known(
        CommentPlan.key(from, original), from, original, Optional.of(copy), text, false);
  }

  private static List<Step> plan(List<Comment> notes, List<Comment> comments, Known... known) {
    return CommentPlan.plan(notes, comments, List.of(known), true, true, false);
  }

  @Test
  void a_note_without_a_copy_gets_one() {
    Comment note = note("7", "look at the proxy");

    assertThat(plan(List.of(note), List.of()))
        .containsExactly(new Add("task-7", Side.TICKET, note));
  }

  @Test
  void a_copy_is_never_copied_back_by_its_key_nor_by_what_is_remembered_of_it() {
    Comment note = note("7", "look at the proxy");
    Comment byKey = comment("c1", "look at the proxy", Visibility.PUBLIC, "task-7");
    Comment withoutKey = comment("c1", "look at the proxy", Visibility.PUBLIC, "");
    Known pair = known(Side.TASK, "7", "c1", "look at the proxy");

    assertThat(plan(List.of(note), List.of(byKey), pair)).isEmpty();
    assertThat(plan(List.of(note), List.of(withoutKey), pair)).isEmpty();
  }

  @Test
  void a_copy_whose_record_was_lost_is_adopted_and_not_made_again() {
    Comment note = note("7", "look at the proxy");
    Comment copy = comment("c1", "look at the proxy", Visibility.PUBLIC, "task-7");

    assertThat(plan(List.of(note), List.of(copy)))
        .containsExactly(new Adopt("task-7", Side.TICKET, note, "c1"));
  }

  @Test
  void an_edited_original_edits_its_copy_and_a_deleted_one_is_said_once() {
    Comment edited = note("7", "look at both proxies");
    Comment copy = comment("c1", "look at the proxy", Visibility.PUBLIC, "task-7");
    Known pair = known(Side.TASK, "7", "c1", "look at the proxy");

    assertThat(plan(List.of(edited), List.of(copy), pair))
        .containsExactly(new Edit("task-7", Side.TICKET, edited, "c1"));
    assertThat(plan(List.of(), List.of(copy), pair))
        .containsExactly(new Retract("task-7", Side.TICKET, "c1"));
    Known gone = new Known("task-7", Side.TASK, "7", Optional.of("c1"), "look at the proxy", true);
    assertThat(plan(List.of(), List.of(copy), gone)).isEmpty();
  }

  @Test
  void a_comment_that_not_everybody_may_read_stays_where_it_is() {
    Comment restricted = comment("c1", "for administrators", Visibility.INTERNAL, "");
    Comment open = comment("c2", "for everybody", Visibility.PUBLIC, "");

    assertThat(plan(List.of(), List.of(restricted, open)))
        .containsExactly(new Add("ticket-c2", Side.TASK, open));
  }

  @Test
  void a_direction_that_is_off_carries_nothing() {
    assertThat(
            CommentPlan.plan(
                List.of(note("7", "x")),
                List.of(comment("c2", "y", Visibility.PUBLIC, "")),
                List.of(),
                false,
                false,
                true))
        .isEmpty();
  }
}
