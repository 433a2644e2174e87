package dev.taskbridge.adapter.jira;

import static dev.taskbridge.adapter.TicketBench.done;
import static dev.taskbridge.adapter.TicketBench.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.adapter.TicketBench;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.simulator.jira.Flavour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code changed} delivers while people go on working. */
final class JiraChangesTest {
  private static List<Ticket> many(TicketBench jira, int count) {
    List<Ticket> made = new ArrayList<>();
    for (int start = 0; start < count; start += 100) {
      NewTicket[] batch =
          IntStream.range(start, Math.min(count, start + 100))
              .mapToObj(i -> jira.ticket("Task " + i, Map.of()))
              .toArray(NewTicket[]::new);
      jira.create(batch).forEach(written -> made.add(written.now()));
    }
    return made;
  }

  private static Ticket retitled(TicketBench jira, Ticket ticket, String title) {
    return jira.update(ticket, Map.of(FieldName.TITLE, FieldValue.text(title))).now();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void nothing_is_missed_when_issues_are_edited_between_the_pages(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      String cursor = jira.drained("").nextCursor();
      List<Ticket> made = many(jira, 350);
      Map<String, String> latest = new HashMap<>();
      made.forEach(ticket -> latest.put(ticket.id(), title(ticket)));
      Map<String, String> delivered = new HashMap<>();

      for (int page = 0; page < 100; page++) {
        TicketPage found = done(jira.system().changed(new ChangedSince(jira.scope(), cursor)));
        found.tickets().forEach(ticket -> delivered.put(ticket.id(), title(ticket)));
        cursor = found.nextCursor();
        if (!found.more()) {
          break;
        }
        if (page < 4) {
          // One of a page already read and one of a page to come.
          for (Ticket ticket : List.of(made.get(page * 7), made.get(349 - page * 5))) {
            latest.put(ticket.id(), title(retitled(jira, ticket, "Edited at page " + page)));
          }
        }
      }

      assertThat(delivered).containsAllEntriesOf(latest);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void what_was_delivered_is_not_delivered_again_by_the_overlap(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      String cursor = jira.drained("").nextCursor();
      List<Ticket> made = many(jira, 130);
      TicketBench.Drained first = jira.drained(cursor);
      Ticket edited = retitled(jira, made.get(60), "The only one");

      TicketBench.Drained second = jira.drained(first.nextCursor());

      assertThat(first.tickets()).extracting(Ticket::id).doesNotHaveDuplicates();
      assertThat(second.tickets()).containsExactly(edited);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_cursor_that_was_never_stored_delivers_once_more_after_a_failure_or_a_restart(
      Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      String cursor = jira.drained("").nextCursor();
      List<Ticket> made = many(jira, 20);

      Set<String> first = ids(jira.drained(cursor).tickets());
      Set<String> again = ids(jira.drained(cursor).tickets());
      Set<String> restarted = ids(JiraWorld.restarted(jira).drained(cursor).tickets());

      assertThat(first).containsAll(ids(made));
      assertThat(again).isEqualTo(first);
      assertThat(restarted).isEqualTo(first);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void what_search_shows_late_is_delivered_late_and_not_missed(Flavour flavour) {
    Duration lag = Duration.ofSeconds(30);
    JiraSettings settings = JiraSettings.of("jira-soc", "https://jira.example.com", lag);
    try (TicketBench jira = JiraWorld.bench(flavour, JiraWorld.SCOPE, settings)) {
      String cursor = jira.drained("").nextCursor();
      jira.faults("{\"searchLag\": \"30s\"}");
      Ticket late = jira.made(Map.of());

      TicketBench.Drained before = jira.drained(cursor);
      jira.simulator().clock().advance(Duration.ofSeconds(31));
      TicketBench.Drained after = jira.drained(before.nextCursor());

      assertThat(before.tickets()).extracting(Ticket::id).doesNotContain(late.id());
      assertThat(after.tickets()).extracting(Ticket::id).contains(late.id());
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void between_runs_the_cursor_stays_behind_now_by_the_overlap_and_moves_with_time(
      Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      String first = jira.drained("").nextCursor();
      jira.simulator().clock().advance(Duration.ofHours(1));
      String second = jira.drained(jira.drained(first).nextCursor()).nextCursor();

      Instant from = ChangeCursor.parse(second).orElseThrow().from();
      Instant now = jira.simulator().clock().instant();

      assertThat(from).isBetween(now.minusSeconds(310), now.minusSeconds(290));
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void a_cursor_that_nobody_wrote_is_refused_and_not_guessed(Flavour flavour) {
    try (TicketBench jira = JiraWorld.bench(flavour)) {
      assertThat(
              jira.system().changed(new ChangedSince(jira.scope(), "2026-01-01 00:00")).refusal())
          .get()
          .isInstanceOf(Refusal.Rejected.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void candidates_are_what_the_rule_selects_and_what_people_have_paired(Flavour flavour) {
    FieldName xid = new FieldName("customfield_10042");
    Map<String, String> settings = new HashMap<>(JiraWorld.SCOPE.settings());
    settings.put("rule", "labels = \"carry\" OR priority = \"Highest\"");
    settings.put("match", xid.word());
    Scope linked = new Scope(settings, JiraWorld.FIELDS, Map.of());
    settings.put("candidates", "true");
    Scope candidates = new Scope(settings, JiraWorld.FIELDS, Map.of());
    try (TicketBench jira = JiraWorld.bench(flavour, linked, JiraWorld.SETTINGS)) {
      TicketBench selecting = JiraWorld.with(jira, candidates, JiraWorld.SETTINGS);
      String cursor = jira.drained("").nextCursor();
      Ticket plain = jira.made(Map.of());
      Ticket selected = jira.made(Map.of(FieldName.PRIORITY, FieldValue.Choice.named("Highest")));
      Ticket paired = jira.made(Map.of(xid, FieldValue.text("their-xid")));

      List<Ticket> all = jira.drained(cursor).tickets();
      List<Ticket> chosen = selecting.drained(cursor).tickets();

      assertThat(ids(all)).containsAll(ids(List.of(plain, selected, paired)));
      assertThat(ids(chosen)).isEqualTo(ids(List.of(selected, paired)));
      assertThat(chosen)
          .filteredOn(ticket -> ticket.id().equals(paired.id()))
          .singleElement()
          .satisfies(it -> assertThat(it.value(xid)).isEqualTo(FieldValue.text("their-xid")));
    }
  }

  private static String title(Ticket ticket) {
    return ticket.value(FieldName.TITLE).shown();
  }
}
