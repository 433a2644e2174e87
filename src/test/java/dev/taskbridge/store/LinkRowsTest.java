package dev.taskbridge.store;

import static dev.taskbridge.store.Samples.NOON;
import static dev.taskbridge.store.Samples.key;
import static dev.taskbridge.store.Samples.laterCaseClock;
import static dev.taskbridge.store.Samples.laterClock;
import static dev.taskbridge.store.Samples.link;
import static dev.taskbridge.store.Samples.seen;
import static dev.taskbridge.store.Samples.task;
import static dev.taskbridge.store.Samples.ticket;
import static org.assertj.core.api.Assertions.assertThat;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("dev.taskbridge.store.Databases#all")
final class LinkRowsTest {
  @Parameter Databases.Database database;

  private LinkStore store;

  @BeforeEach
  void open() {
    store = JdbcLinkStore.open(database.fresh());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private <T> T get(Function<LinkRows, T> work) {
    return store.inTransaction(work);
  }

  private void run(Consumer<LinkRows> work) {
    store.inTransaction(
        rows -> {
          work.accept(rows);
          return true;
        });
  }

  private Link stored(LinkKey key) {
    return load(List.of(key)).get(key);
  }

  private Map<LinkKey, Link> load(Collection<LinkKey> keys) {
    return get(rows -> rows.load(keys));
  }

  private Optional<String> cursor(String name) {
    return get(rows -> rows.cursor(name));
  }

  private List<JournalEntry> story(LinkKey key) {
    return get(rows -> rows.story(key));
  }

  private Map<String, Map<LinkState, Long>> counts() {
    return get(LinkRows::counts);
  }

  private Set<LinkKey> see(Task task, Instant at) {
    return see("soc", task, at, true);
  }

  private Set<LinkKey> see(String sync, Task task, Instant at, boolean propose) {
    return get(rows -> rows.seeTasks(sync, List.of(seen(task, at)), propose));
  }

  private Set<LinkKey> see(Ticket ticket, Instant at) {
    return get(rows -> rows.seeTickets("soc", List.of(seen(ticket, at))));
  }

  private void save(Link... links) {
    run(rows -> rows.save(List.of(links)));
  }

  // Links

  @Test
  void a_link_comes_back_as_it_was_saved() {
    Link full = link(key("X-1"), "10001");
    Link bare = Link.proposed(key("X-2"), seen(task("X-2"), NOON));
    save(full, bare);
    assertThat(load(List.of(key("X-1"), key("X-2"), key("X-3"))))
        .isEqualTo(Map.of(full.key(), full, bare.key(), bare));
  }

  @Test
  void saving_again_replaces_the_whole_link() {
    save(link(key("X-1"), "10001"));
    Link changed =
        new Link(
            key("X-1"),
            LinkState.LINKED,
            "",
            "10001",
            "OPS-1",
            NOON,
            NOON.plusSeconds(60),
            Optional.empty(),
            Optional.of(seen(task("X-1").withStatus(TaskStatus.CLOSED), NOON.plusSeconds(60))),
            Optional.of(seen(laterClock(ticket("10001")), NOON.plusSeconds(60))),
            Map.of(),
            Optional.empty(),
            0);
    save(changed);
    assertThat(stored(key("X-1"))).isEqualTo(changed);
    run(
        rows ->
            assertThat(
                    ((JdbcRows) rows)
                        .handle()
                        .select("SELECT part FROM record ORDER BY part")
                        .mapTo(String.class)
                        .list())
                .as("the intent is not kept for nothing")
                .containsExactly("fields", "task", "ticket"));
  }

  @Test
  void one_transaction_sees_what_it_wrote_itself() {
    Link link = link(key("X-1"), "10001");
    run(
        rows -> {
          rows.save(List.of(link));
          assertThat(rows.load(List.of(link.key()))).containsEntry(link.key(), link);
        });
  }

  @Test
  void a_slow_writer_does_not_cover_a_newer_sight_but_saves_the_rest() {
    Link old = link(key("X-1"), "10001");
    save(old);
    Task newerTask = task("X-1").withName("Renamed meanwhile");
    Ticket newerTicket = laterClock(ticket("10001"));
    see(newerTask, NOON.plusSeconds(100));
    see(newerTicket, NOON.plusSeconds(101));

    save(
        new Link(
            old.key(),
            LinkState.LINKED,
            "",
            "10001",
            old.ticketKey(),
            old.createdAt(),
            old.stateSince(),
            Optional.empty(),
            old.task(),
            old.ticket(),
            old.fields(),
            old.dueAt(),
            0));

    Link now = stored(old.key());
    assertThat(now.state()).isEqualTo(LinkState.LINKED);
    assertThat(now.task()).contains(seen(newerTask, NOON.plusSeconds(100)));
    assertThat(now.ticket()).contains(seen(newerTicket, NOON.plusSeconds(101)));
  }

  @Test
  void a_writer_that_has_seen_nothing_leaves_what_was_seen() {
    save(link(key("X-1"), "10001"));
    Link blind = without(link(key("X-1"), "10001"), "10001");
    save(blind);
    assertThat(stored(key("X-1")).task()).isPresent();
    assertThat(stored(key("X-1")).ticket()).isPresent();
  }

  @Test
  void what_was_seen_of_another_ticket_goes_with_that_ticket() {
    save(link(key("X-1"), "10001"));
    see(laterClock(ticket("10001")), NOON.plusSeconds(500));

    save(without(link(key("X-1"), "10001"), ""));
    assertThat(stored(key("X-1")).ticket()).isEmpty();

    Link other = link(key("X-1"), "10002");
    save(other);
    assertThat(stored(key("X-1")).ticket()).isEqualTo(other.ticket());
  }

  private static Link without(Link link, String ticketId) {
    return new Link(
        link.key(),
        link.state(),
        link.reason(),
        ticketId,
        link.ticketKey(),
        link.createdAt(),
        link.stateSince(),
        link.intent(),
        Optional.empty(),
        Optional.empty(),
        link.fields(),
        link.dueAt(),
        link.attempts());
  }

  @Test
  void thousands_of_links_are_saved_and_loaded_at_once_in_several_syncs() {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < 1_203; i++) {
      links.add(link(new LinkKey(i % 2 == 0 ? "soc" : "it", "X-" + i), "1" + i));
    }
    save(links.toArray(Link[]::new));
    Map<LinkKey, Link> expected =
        links.stream().collect(Collectors.toMap(Link::key, Function.identity()));
    assertThat(load(expected.keySet()).equals(expected)).isTrue();
  }

  @Test
  void nothing_is_asked_and_nothing_comes_back() {
    run(
        rows -> {
          assertThat(rows.load(List.of())).isEmpty();
          assertThat(rows.seeTasks("soc", List.of(), true)).isEmpty();
          assertThat(rows.seeTickets("soc", List.of())).isEmpty();
          assertThat(rows.commentPairs(List.of())).isEmpty();
          assertThat(rows.keys("soc", Set.of())).isEmpty();
          rows.save(List.of());
          rows.journal(List.of());
          rows.saveCommentPairs(List.of());
        });
  }

  // What is seen of tasks

  @Test
  void a_new_task_becomes_a_proposed_link_and_is_news() {
    assertThat(see(task("X-1"), NOON)).containsExactly(key("X-1"));
    assertThat(stored(key("X-1"))).isEqualTo(Link.proposed(key("X-1"), seen(task("X-1"), NOON)));
  }

  @Test
  void a_new_task_is_passed_over_where_links_are_not_to_be_proposed() {
    assertThat(see("soc", task("X-1"), NOON, false)).isEmpty();
    assertThat(stored(key("X-1"))).isNull();
  }

  @Test
  void a_task_seen_unchanged_is_no_news_though_its_sight_is_now_younger() {
    see(task("X-1"), NOON);
    assertThat(see(task("X-1"), NOON.plusSeconds(30))).isEmpty();
    assertThat(stored(key("X-1")).task()).contains(seen(task("X-1"), NOON.plusSeconds(30)));
  }

  @Test
  void a_changed_task_is_news_and_stored() {
    see(task("X-1"), NOON);
    Task closed = task("X-1").withStatus(TaskStatus.CLOSED);
    assertThat(see(closed, NOON.plusSeconds(30))).containsExactly(key("X-1"));
    assertThat(stored(key("X-1")).task()).contains(seen(closed, NOON.plusSeconds(30)));
  }

  @Test
  void a_case_that_only_ticked_is_stored_and_no_news() {
    see(task("X-1"), NOON);
    Task ticked = laterCaseClock(task("X-1"));
    assertThat(see(ticked, NOON.plusSeconds(30))).isEmpty();
    assertThat(stored(key("X-1")).task()).contains(seen(ticked, NOON.plusSeconds(30)));
  }

  @Test
  void an_older_sight_of_a_task_is_neither_stored_nor_news() {
    see(task("X-1"), NOON);
    assertThat(see(task("X-1").withName("Stale"), NOON.minusSeconds(1))).isEmpty();
    assertThat(stored(key("X-1")).task()).contains(seen(task("X-1"), NOON));
  }

  @Test
  void an_unchanged_younger_sight_still_beats_a_changed_one_that_comes_late() {
    see(task("X-1"), NOON);
    see(task("X-1"), NOON.plusSeconds(60));
    assertThat(see(task("X-1").withName("Between"), NOON.plusSeconds(30))).isEmpty();
    assertThat(stored(key("X-1")).task()).contains(seen(task("X-1"), NOON.plusSeconds(60)));
  }

  @Test
  void a_retired_link_takes_note_of_its_sides_and_is_never_news() {
    save(in(LinkState.RETIRED, link(key("X-1"), "10001")));
    Task changed = task("X-1").withName("Changed after the end");
    assertThat(see(changed, NOON.plusSeconds(60))).isEmpty();
    assertThat(see(closed(ticket("10001")), NOON.plusSeconds(60))).isEmpty();
    assertThat(stored(key("X-1")).task().map(Seen::record)).contains(changed);
    assertThat(stored(key("X-1")).ticket().map(Seen::record)).contains(closed(ticket("10001")));
  }

  @Test
  void a_page_that_holds_a_task_twice_counts_its_younger_sight() {
    Task closed = task("X-1").withStatus(TaskStatus.CLOSED);
    Set<LinkKey> news =
        get(
            rows ->
                rows.seeTasks(
                    "soc",
                    List.of(seen(closed, NOON.plusSeconds(1)), seen(task("X-1"), NOON)),
                    true));
    assertThat(news).containsExactly(key("X-1"));
    assertThat(stored(key("X-1")).task()).contains(seen(closed, NOON.plusSeconds(1)));
  }

  @Test
  void the_same_task_in_another_sync_is_another_link() {
    see(task("X-1"), NOON);
    assertThat(see("it", task("X-1"), NOON, true)).containsExactly(new LinkKey("it", "X-1"));
  }

  @Test
  void observing_leaves_the_rest_of_a_link_alone() {
    Link before = link(key("X-1"), "10001");
    save(before);
    Task renamed = task("X-1").withName("Renamed");
    see(renamed, NOON.plusSeconds(60));
    Link now = stored(key("X-1"));
    assertThat(now.fields()).isEqualTo(before.fields());
    assertThat(now.intent()).isEqualTo(before.intent());
    assertThat(now.ticket()).isEqualTo(before.ticket());
    assertThat(now.dueAt()).isEqualTo(before.dueAt());
    assertThat(now.state()).isEqualTo(before.state());
  }

  // What is seen of tickets

  @Test
  void a_changed_ticket_is_news_for_the_link_that_knows_its_id() {
    save(link(key("X-1"), "10001"));
    Ticket closed = closed(ticket("10001"));
    assertThat(see(closed, NOON.plusSeconds(60))).containsExactly(key("X-1"));
    assertThat(stored(key("X-1")).ticket()).contains(seen(closed, NOON.plusSeconds(60)));
  }

  @Test
  void a_ticket_that_no_link_knows_is_passed_over() {
    save(link(key("X-1"), "10001"));
    see(task("X-2"), NOON);
    assertThat(see(ticket("99999"), NOON)).isEmpty();
    assertThat(see(Ticket.NONE, NOON)).isEmpty();
    assertThat(stored(key("X-2")).ticket()).isEmpty();
  }

  @Test
  void a_ticket_whose_clock_alone_moved_is_stored_and_no_news() {
    save(link(key("X-1"), "10001"));
    Ticket ticked = laterClock(ticket("10001"));
    assertThat(see(ticked, NOON.plusSeconds(60))).isEmpty();
    assertThat(stored(key("X-1")).ticket()).contains(seen(ticked, NOON.plusSeconds(60)));
  }

  @Test
  void an_older_sight_of_a_ticket_is_neither_stored_nor_news() {
    save(link(key("X-1"), "10001"));
    assertThat(see(closed(ticket("10001")), NOON)).isEmpty();
    assertThat(stored(key("X-1"))).isEqualTo(link(key("X-1"), "10001"));
  }

  @Test
  void the_first_sight_of_a_ticket_is_news() {
    save(without(link(key("X-1"), "10001"), "10001"));
    assertThat(see(ticket("10001"), NOON)).containsExactly(key("X-1"));
  }

  private static Ticket closed(Ticket ticket) {
    return new Ticket(
        ticket.id(),
        ticket.key(),
        ticket.url(),
        ticket.updatedAt(),
        ticket.version(),
        ticket.idempotencyKeys(),
        true,
        ticket.fields());
  }

  private static Link in(LinkState state, Link link) {
    return new Link(
        link.key(),
        state,
        link.reason(),
        link.ticketId(),
        link.ticketKey(),
        link.createdAt(),
        link.stateSince(),
        link.intent(),
        link.task(),
        link.ticket(),
        link.fields(),
        link.dueAt(),
        link.attempts());
  }

  private static Link due(LinkKey key, Instant at) {
    Link link = link(key, "1" + key.xid().substring(2));
    return new Link(
        key,
        link.state(),
        link.reason(),
        link.ticketId(),
        link.ticketKey(),
        link.createdAt(),
        link.stateSince(),
        link.intent(),
        link.task(),
        link.ticket(),
        link.fields(),
        Optional.ofNullable(at),
        link.attempts());
  }

  // Finding links

  @Test
  void links_are_due_oldest_first_and_not_before_their_time() {
    save(
        due(key("X-1"), NOON.plusSeconds(3)),
        due(key("X-2"), NOON.plusSeconds(1)),
        due(key("X-3"), null),
        due(key("X-4"), NOON.plusSeconds(2)),
        due(new LinkKey("it", "X-5"), NOON));
    run(
        rows -> {
          assertThat(rows.due("soc", NOON.plusSeconds(2), 10))
              .containsExactly(key("X-2"), key("X-4"));
          assertThat(rows.due("soc", NOON.plusSeconds(9), 2))
              .containsExactly(key("X-2"), key("X-4"));
          assertThat(rows.due("soc", NOON, 10)).isEmpty();
          assertThat(rows.nextDue("soc")).contains(NOON.plusSeconds(1));
          assertThat(rows.nextDue("it")).contains(NOON);
          assertThat(rows.nextDue("unknown")).isEmpty();
        });
  }

  @Test
  void keys_are_picked_by_state_and_come_by_xid() {
    save(
        in(LinkState.LINKED, link(key("X-3"), "3")),
        in(LinkState.FAILING, link(key("X-1"), "1")),
        in(LinkState.RETIRED, link(key("X-2"), "2")),
        in(LinkState.LINKED, link(new LinkKey("it", "X-4"), "4")));
    run(
        rows -> {
          assertThat(rows.keys("soc", EnumSet.of(LinkState.LINKED, LinkState.FAILING)))
              .containsExactly(key("X-1"), key("X-3"));
          assertThat(rows.keys("soc", EnumSet.allOf(LinkState.class)))
              .containsExactly(key("X-1"), key("X-2"), key("X-3"));
        });
  }

  @Test
  void pages_show_every_link_once_in_the_same_order_on_every_database() {
    List<Link> links = new ArrayList<>();
    for (String xid : List.of("a", "B", "Z", "_", "ä", "z", "10", "9", "\uD83D\uDE80")) {
      links.add(in(LinkState.LINKED, link(key(xid), "t" + xid)));
    }
    links.add(in(LinkState.FAILING, link(new LinkKey("it", "a"), "other")));
    save(links.toArray(Link[]::new));

    assertThat(pages(Optional.empty(), Set.of()).stream().map(link -> link.key().toString()))
        .containsExactly(
            "it/a",
            "soc/10",
            "soc/9",
            "soc/B",
            "soc/Z",
            "soc/_",
            "soc/a",
            "soc/z",
            "soc/ä",
            "soc/\uD83D\uDE80");
    assertThat(pages(Optional.of("it"), Set.of())).containsExactly(links.get(9));
    assertThat(pages(Optional.empty(), Set.of(LinkState.FAILING))).containsExactly(links.get(9));
    assertThat(pages(Optional.of("soc"), Set.of(LinkState.FAILING))).isEmpty();
  }

  private List<Link> pages(Optional<String> sync, Set<LinkState> states) {
    List<Link> all = new ArrayList<>();
    Optional<LinkKey> after = Optional.empty();
    while (true) {
      Optional<LinkKey> from = after;
      List<Link> page = get(rows -> rows.page(sync, states, from, 3));
      if (page.isEmpty()) {
        return all;
      }
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      all.addAll(page);
      after = Optional.of(page.get(page.size() - 1).key());
    }
  }

  @Test
  void counts_are_by_sync_and_state() {
    save(
        in(LinkState.LINKED, link(key("X-1"), "1")),
        in(LinkState.LINKED, link(key("X-2"), "2")),
        in(LinkState.FAILING, link(key("X-3"), "3")),
        in(LinkState.PROPOSED, link(new LinkKey("it", "X-4"), "4")));
    assertThat(counts())
        .isEqualTo(
            Map.of(
                "soc", Map.of(LinkState.LINKED, 2L, LinkState.FAILING, 1L),
                "it", Map.of(LinkState.PROPOSED, 1L)));
  }

  @Test
  void a_link_is_found_by_what_people_call_either_side_in_any_sync() {
    Link here = link(key("X-1"), "10001");
    Link there = link(new LinkKey("it", "X-1"), "10002");
    save(here, there, link(key("X-2"), "10003"));
    run(
        rows -> {
          assertThat(rows.named("X-1")).containsExactly(there, here);
          assertThat(rows.named("10001")).containsExactly(here);
          assertThat(rows.named("SEC-10002")).containsExactly(there);
          assertThat(rows.named("SEC-1000")).isEmpty();
        });
  }

  // Cursors, journal, comments

  @Test
  void a_cursor_keeps_its_last_value() {
    run(
        rows -> {
          assertThat(rows.cursor("soc/tickets")).isEmpty();
          rows.setCursor("soc/tickets", "one");
          rows.setCursor("soc/tickets", "two");
        });
    assertThat(cursor("soc/tickets")).contains("two");
  }

  private static JournalEntry entry(LinkKey key, String kind, Instant at) {
    return new JournalEntry(at, key, kind, "status", "Open -> Closed");
  }

  @Test
  void a_link_tells_its_story_oldest_first() {
    run(
        rows -> {
          rows.journal(
              List.of(
                  entry(key("X-1"), "wrote", NOON.plusSeconds(1)),
                  entry(key("X-2"), "created", NOON)));
          rows.journal(
              List.of(
                  entry(key("X-1"), "created", NOON),
                  entry(key("X-1"), "conflict", NOON.plusSeconds(1))));
        });
    assertThat(story(key("X-1")))
        .containsExactly(
            entry(key("X-1"), "created", NOON),
            entry(key("X-1"), "wrote", NOON.plusSeconds(1)),
            entry(key("X-1"), "conflict", NOON.plusSeconds(1)));
  }

  @Test
  void words_that_no_database_takes_do_not_keep_a_link_from_being_stored() {
    Link link = link(key("X-1"), "10001");
    String odd = "nul \u0000 half \uD83D whole \uD83D\uDE80";
    run(
        rows -> {
          rows.save(List.of(withReason(link, odd)));
          rows.journal(List.of(new JournalEntry(NOON, link.key(), "refused", "", odd)));
        });
    String readable = "nul \uFFFD half \uFFFD whole \uD83D\uDE80";
    assertThat(stored(link.key()).reason()).isEqualTo(readable);
    assertThat(story(link.key()).get(0).detail()).isEqualTo(readable);
  }

  private static Link withReason(Link link, String reason) {
    return new Link(
        link.key(),
        link.state(),
        reason,
        link.ticketId(),
        link.ticketKey(),
        link.createdAt(),
        link.stateSince(),
        link.intent(),
        link.task(),
        link.ticket(),
        link.fields(),
        link.dueAt(),
        link.attempts());
  }

  private static CommentPair pair(LinkKey link, String key, Optional<String> copyId) {
    return new CommentPair(
        link, key, Side.TICKET, "c-1", copyId, "It's \u0000 odd", "It is odd", false);
  }

  @Test
  void comment_pairs_are_kept_by_link_and_key() {
    CommentPair first = pair(key("X-1"), "k1", Optional.empty());
    CommentPair second = pair(key("X-1"), "k2", Optional.of("77"));
    CommentPair other = pair(key("X-2"), "k1", Optional.of("78"));
    run(rows -> rows.saveCommentPairs(List.of(first, second, other)));
    assertThat(pairs(List.of(key("X-1"), key("X-2"), key("X-3"))))
        .isEqualTo(
            Map.of(
                key("X-1"), List.of(first, second),
                key("X-2"), List.of(other),
                key("X-3"), List.of()));

    CommentPair gone =
        new CommentPair(key("X-1"), "k1", Side.TASK, "n-1", Optional.of("5"), "", "", true);
    run(rows -> rows.saveCommentPairs(List.of(gone)));
    assertThat(pairs(List.of(key("X-1")))).containsEntry(key("X-1"), List.of(gone, second));
  }

  private Map<LinkKey, List<CommentPair>> pairs(Collection<LinkKey> keys) {
    return get(rows -> rows.commentPairs(keys));
  }

  @Test
  void forgetting_a_sync_leaves_its_journal_and_every_other_sync() {
    Link it = link(new LinkKey("it", "X-1"), "10002");
    save(link(key("X-1"), "10001"), it);
    run(
        rows -> {
          rows.setCursor("soc/tickets", "1");
          rows.setCursor("soc2/tickets", "2");
          rows.setCursor("it/tickets", "3");
          rows.saveCommentPairs(
              List.of(
                  pair(key("X-1"), "k", Optional.empty()), pair(it.key(), "k", Optional.empty())));
          rows.journal(List.of(entry(key("X-1"), "created", NOON)));
          rows.forget("soc");
        });
    run(
        rows -> {
          assertThat(rows.page(Optional.empty(), Set.of(), Optional.empty(), 10))
              .containsExactly(it);
          assertThat(rows.cursor("soc/tickets")).isEmpty();
          assertThat(rows.cursor("soc2/tickets")).contains("2");
          assertThat(rows.cursor("it/tickets")).contains("3");
          assertThat(rows.commentPairs(List.of(key("X-1"))).get(key("X-1"))).isEmpty();
          assertThat(rows.commentPairs(List.of(it.key())).get(it.key())).hasSize(1);
          assertThat(rows.story(key("X-1"))).hasSize(1);
        });
    // Nothing of the old link must show through when its task is proposed again.
    assertThat(see(task("X-1"), NOON.minusSeconds(60))).containsExactly(key("X-1"));
    assertThat(stored(key("X-1")))
        .isEqualTo(Link.proposed(key("X-1"), seen(task("X-1"), NOON.minusSeconds(60))));
  }

  // Transactions

  @Test
  void old_events_are_forgotten_but_for_the_newest_of_each_link_and_no_link_tells_too_many() {
    run(
        rows -> {
          for (int day = 0; day < 10; day++) {
            rows.journal(
                List.of(
                    entry(key("X-1"), "day " + day, NOON.plus(Duration.ofDays(day))),
                    entry(key("X-2"), "day " + day, NOON.plusSeconds(day))));
          }
          rows.journal(List.of(entry(new LinkKey("it", "X-1"), "of another sync", NOON)));
        });

    run(
        rows ->
            assertThat(rows.pruneJournal("soc", NOON.plus(Duration.ofDays(5)), 2, 4))
                .isEqualTo(6 + 8));

    assertThat(story(key("X-1")))
        .extracting(JournalEntry::kind)
        .containsExactly("day 6", "day 7", "day 8", "day 9");
    assertThat(story(key("X-2"))).extracting(JournalEntry::kind).containsExactly("day 8", "day 9");
    assertThat(story(new LinkKey("it", "X-1"))).hasSize(1);
  }

  @Test
  void what_failed_half_way_leaves_nothing() {
    IllegalStateException mine = new IllegalStateException("half-way");
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    run(
                        rows -> {
                          rows.save(List.of(link(key("X-1"), "10001")));
                          rows.setCursor("soc/tickets", "moved");
                          throw mine;
                        })))
        .isSameAs(mine);
    assertThat(stored(key("X-1"))).isNull();
    assertThat(cursor("soc/tickets")).isEmpty();
  }
}
