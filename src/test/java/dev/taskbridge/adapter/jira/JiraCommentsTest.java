package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.CommentsOf;
import dev.taskbridge.adapter.TicketSystem.WriteComment;
import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.simulator.jira.Flavour;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class JiraCommentsTest {
  private static final JiraSettings RESTRICTED =
      JiraWorld.SETTINGS.withInternalTo(
          new JiraSettings.Audience(JiraSettings.Audience.Kind.ROLE, "Developers"));

  private static TicketBench jira(Flavour flavour) {
    return JiraWorld.bench(flavour, JiraWorld.SCOPE, RESTRICTED);
  }

  private static Outcome<Comment> write(
      TicketBench jira, Ticket ticket, String key, String text, Visibility visibility) {
    return jira.system()
        .comment(
            new WriteComment(jira.scope(), ticket.id(), Optional.empty(), key, text, visibility));
  }

  private static List<Comment> comments(TicketBench jira, Ticket ticket) {
    return done(jira.system().comments(new CommentsOf(jira.scope(), List.of(ticket.id()))))
        .get(ticket.id());
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_internal_comment_is_restricted_and_reads_back_as_internal(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());

      done(write(jira, ticket, "k1", "For us only.", Visibility.INTERNAL));
      done(write(jira, ticket, "k2", "For everybody.", Visibility.PUBLIC));

      assertThat(comments(jira, ticket))
          .extracting(Comment::text, Comment::visibility)
          .containsExactly(
              tuple("For us only.", Visibility.INTERNAL),
              tuple("For everybody.", Visibility.PUBLIC));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void without_a_configured_audience_the_role_of_those_who_do_the_work_is_taken(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());

      done(write(jira, ticket, "k1", "For us only.", Visibility.INTERNAL));

      assertThat(
              new RawJira(jira)
                  .get("/rest/api/2/issue/" + ticket.id() + "/comment")
                  .getJsonArray("comments")
                  .getJsonObject(0)
                  .getJsonObject("visibility")
                  .getString("value"))
          .isEqualTo("Developers");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void when_nobody_is_known_to_restrict_it_to_an_internal_comment_is_not_written(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      Ticket ticket = jira.made(Map.of());
      TicketBench blind = JiraWorld.losing(jira, "roles");

      Outcome<Comment> outcome = write(blind, ticket, "k1", "For us only.", Visibility.INTERNAL);

      assertThat(outcome.refusal()).isPresent();
      assertThat(comments(jira, ticket)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_edit_never_lifts_a_restriction(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());
      Comment internal = done(write(jira, ticket, "k1", "For us only.", Visibility.INTERNAL));

      done(
          jira.system()
              .comment(
                  new WriteComment(
                      jira.scope(),
                      ticket.id(),
                      Optional.of(internal.id()),
                      "k1",
                      "Still for us.",
                      Visibility.PUBLIC)));

      assertThat(comments(jira, ticket))
          .singleElement()
          .satisfies(
              it -> {
                assertThat(it.text()).isEqualTo("Still for us.");
                assertThat(it.visibility()).isEqualTo(Visibility.INTERNAL);
                assertThat(it.key()).contains("k1");
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void an_empty_new_text_takes_the_comment_away(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());
      Comment comment = done(write(jira, ticket, "k1", "Soon gone.", Visibility.PUBLIC));

      done(
          jira.system()
              .comment(
                  new WriteComment(
                      jira.scope(),
                      ticket.id(),
                      Optional.of(comment.id()),
                      "k1",
                      "",
                      Visibility.PUBLIC)));

      assertThat(comments(jira, ticket)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void peoples_comments_have_no_key_even_under_our_own_account(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());
      new RawJira(jira)
          .post("/rest/api/2/issue/" + ticket.id() + "/comment", "{\"body\": \"By hand\"}");
      done(write(jira, ticket, "k1", "By us", Visibility.PUBLIC));

      for (TicketBench each : List.of(jira, JiraWorld.with(jira, jira.scope(), RESTRICTED))) {
        assertThat(comments(each, ticket))
            .extracting(Comment::text, Comment::key)
            .containsExactly(tuple("By hand", Optional.empty()), tuple("By us", Optional.of("k1")));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_lost_answer_is_unknown_and_adding_again_adds_nothing(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      Ticket ticket = jira.made(Map.of());
      done(write(jira, ticket, "k0", "First.", Visibility.PUBLIC));
      TicketBench losing = JiraWorld.losing(jira, "addComment");

      Outcome<Comment> lost = write(losing, ticket, "k1", "Once.", Visibility.PUBLIC);
      done(write(jira, ticket, "k1", "Once.", Visibility.PUBLIC));
      done(write(jira, ticket, "k1", "Once.", Visibility.PUBLIC));

      assertThat(lost.refusal()).get().isInstanceOf(Refusal.Unknown.class);
      assertThat(comments(jira, ticket))
          .extracting(Comment::text)
          .containsExactly("First.", "Once.");
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void more_comments_than_a_page_holds_are_all_read_oldest_first(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      jira.switches("{\"perIssueWriteLimit\": false}");
      Ticket ticket = jira.made(Map.of());
      RawJira raw = new RawJira(jira);
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        raw.post("/rest/api/2/issue/" + ticket.id() + "/comment", "{\"body\": \"no " + i + "\"}");
        wanted.add("no " + i);
      }

      assertThat(comments(jira, ticket)).extracting(Comment::text).isEqualTo(wanted);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void the_comments_of_many_tickets_cost_few_requests_on_cloud(Flavour flavour) {
    try (TicketBench jira = jira(flavour)) {
      List<Ticket> tickets = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Ticket ticket = jira.made(Map.of());
        done(write(jira, ticket, "k" + i, "Text " + i, Visibility.PUBLIC));
        tickets.add(ticket);
      }
      TicketBench fresh = JiraWorld.with(jira, jira.scope(), RESTRICTED);
      fresh.countFromZero();

      Map<String, List<Comment>> found =
          done(
              fresh
                  .system()
                  .comments(
                      new CommentsOf(jira.scope(), tickets.stream().map(Ticket::id).toList())));

      for (int i = 0; i < 10; i++) {
        assertThat(found.get(tickets.get(i).id()))
            .extracting(Comment::key)
            .containsExactly(Optional.of("k" + i));
      }
      if (flavour == Flavour.CLOUD) {
        assertThat(fresh.total()).isLessThanOrEqualTo(4);
      }
    }
  }
}
