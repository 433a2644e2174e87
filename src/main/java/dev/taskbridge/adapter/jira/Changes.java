package dev.taskbridge.adapter.jira;

import com.fasterxml.jackson.databind.JsonNode;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issues that changed since a cursor.
 *
 * <p>Each page is a query of its own that begins at the last instant of the page before, so an
 * issue that is edited meanwhile moves behind the cursor and is met again there; offsets would
 * shift. Between runs the lower bound steps back by the overlap, for what the index shows late.
 */
final class Changes {
  private static final Duration ACCOUNT_CHECK = Duration.ofMinutes(10);

  /** Written by databases without fractions of a second; such a time does not tell edits apart. */
  private static final Duration COARSE_SETTLES = Duration.ofSeconds(5);

  private final InScope in;
  private final Delivered delivered;
  private final JiraSite site;

  Changes(InScope in, Delivered delivered) {
    this.in = in;
    this.delivered = delivered;
    this.site = in.site();
  }

  /** One issue of a search, as far as the paging is concerned. */
  private record Row(String id, Instant updated, JsonNode issue) {}

  Outcome<TicketPage> since(String cursor) {
    Optional<ChangeCursor> parsed =
        cursor.isEmpty()
            ? Optional.of(
                ChangeCursor.startingAt(in.client().theirNow().minus(site.settings().overlap())))
            : ChangeCursor.parse(cursor);
    return parsed
        .or(
            () ->
                Optional.of(ChangeCursor.startingAt(Instant.EPOCH))
                    .filter(all -> cursor.equals(ChangedSince.BEGINNING)))
        .map(this::page)
        .orElseGet(
            () ->
                Outcome.refused(
                    new Refusal.Rejected(
                        Optional.empty(),
                        "the stored cursor \"" + Words.bounded(cursor) + "\" cannot be read")));
  }

  private Outcome<TicketPage> page(ChangeCursor cursor) {
    Instant runStart = cursor.runStart().orElseGet(() -> in.client().theirNow());
    Map<String, Instant> known = delivered.upTo(cursor.generation());
    // Many known issues in the overlap, as after a first carry: ask only which they are.
    boolean idsOnly = known.size() > TicketSystem.MOST_READ;
    Outcome<SearchPage> found = search(cursor, idsOnly);
    if (found.refusal().isPresent()) {
      return Outcome.refused(found.refusal().get());
    }
    SearchPage page = found.value().orElseThrow();
    if (page.issues().isEmpty()) {
      // What a dead token would be answered, too.
      Optional<Refusal> dead = site.people().myself(in.flavour(), ACCOUNT_CHECK).refusal();
      if (dead.isPresent()) {
        return Outcome.refused(dead.get());
      }
    }
    List<Unreadable> unreadable = new ArrayList<>();
    List<Row> rows = rows(page.issues(), unreadable);
    List<Row> fresh =
        rows.stream().filter(row -> !row.updated().equals(known.get(row.id()))).toList();
    boolean cut = idsOnly && fresh.size() > TicketSystem.MOST_READ;
    List<Row> taken = cut ? fresh.subList(0, TicketSystem.MOST_READ) : fresh;
    Outcome<List<Ticket>> tickets = tickets(taken, idsOnly, unreadable);
    return tickets.map(
        done -> {
          Map<String, Instant> now = new HashMap<>(known);
          taken.forEach(row -> now.put(row.id(), row.updated()));
          boolean more = cut || page.next().isPresent();
          List<Row> passed = cut ? taken : rows;
          ChangeCursor next =
              more
                  ? within(cursor, runStart, passed, cut ? Optional.empty() : page.next(), now)
                  : between(cursor, runStart, now);
          return new TicketPage(done, next.text(), more, unreadable);
        });
  }

  /** The next page of the same run. */
  private ChangeCursor within(
      ChangeCursor cursor,
      Instant runStart,
      List<Row> passed,
      Optional<String> at,
      Map<String, Instant> now) {
    Instant last = passed.isEmpty() ? cursor.from() : passed.get(passed.size() - 1).updated();
    boolean advances = last.isAfter(cursor.from());
    return new ChangeCursor(
        advances ? last : cursor.from(),
        Optional.of(runStart),
        delivered.remember(now),
        advances ? Optional.empty() : at);
  }

  /** The beginning of the next run: back by the overlap, which is never less than the lag. */
  private ChangeCursor between(ChangeCursor cursor, Instant runStart, Map<String, Instant> now) {
    Instant back = runStart.minus(site.settings().overlap());
    Instant from = back.isAfter(cursor.from()) ? back : cursor.from();
    Instant settled = runStart.minus(site.settings().searchLag()).minus(COARSE_SETTLES);
    Map<String, Instant> still = new HashMap<>(now);
    still
        .values()
        .removeIf(
            updated ->
                updated.isBefore(from) || (updated.getNano() == 0 && updated.isAfter(settled)));
    String generation =
        still.equals(delivered.upTo(cursor.generation()))
            ? cursor.generation()
            : delivered.remember(still);
    return new ChangeCursor(from, Optional.empty(), generation, Optional.empty());
  }

  private Outcome<SearchPage> search(ChangeCursor cursor, boolean idsOnly) {
    SearchQuery byNumber = query(new Jql().updatedSince(cursor.from()), idsOnly);
    if (site.metadata().wantsLocalDates()) {
      return searchByMinute(cursor, idsOnly);
    }
    Outcome<SearchPage> page = in.search(byNumber.from(cursor.at()));
    if (page.refusal().orElse(null) instanceof Refusal.Rejected && cursor.at().isPresent()) {
      // A page token lives for a while only; the query itself does not age.
      page = in.search(byNumber);
    }
    if (page.refusal().orElse(null) instanceof Refusal.Rejected) {
      Outcome<SearchPage> second = searchByMinute(cursor, idsOnly);
      if (second.value().isPresent()) {
        site.metadata().wantLocalDates();
        return second;
      }
    }
    return page;
  }

  private Outcome<SearchPage> searchByMinute(ChangeCursor cursor, boolean idsOnly) {
    return site.people()
        .myself(in.flavour(), ACCOUNT_CHECK)
        .then(
            me ->
                in.search(
                    query(new Jql().updatedSinceMinute(cursor.from(), zone(me)), idsOnly)
                        .from(cursor.at())));
  }

  private static ZoneId zone(People.Account account) {
    try {
      return ZoneId.of(account.zone());
    } catch (DateTimeException e) {
      return ZoneId.of("UTC");
    }
  }

  private SearchQuery query(Jql since, boolean idsOnly) {
    JiraScope scope = in.scope();
    String jql =
        new Jql()
            .is("project", scope.project())
            .is("issuetype", scope.type())
            .and(since)
            .and(scope.selection())
            .orderedBy("updated ASC, key ASC");
    return idsOnly
        ? SearchQuery.of(jql, List.of("updated"), in.flavour().longestPage())
        : SearchQuery.of(jql, in.fields(), TicketSystem.MOST_READ).withProperty(Marker.PROPERTY);
  }

  private static List<Row> rows(List<JsonNode> issues, List<Unreadable> unreadable) {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (JsonNode issue : issues) {
      String id = Json.text(issue, "id");
      Optional<Instant> updated = JiraTime.parse(Json.text(issue.path("fields"), "updated"));
      if (id.isEmpty() || updated.isEmpty()) {
        unreadable.add(
            new UnreadableIssueException("an issue without id or date of change", issue)
                .unreadable());
      } else {
        rows.put(id, new Row(id, updated.get(), issue));
      }
    }
    return List.copyOf(rows.values());
  }

  private Outcome<List<Ticket>> tickets(
      List<Row> rows, boolean idsOnly, List<Unreadable> unreadable) {
    Outcome<Map<String, JsonNode>> fetched =
        idsOnly ? in.fetchIndexed(rows.stream().map(Row::id).toList()) : Outcome.done(Map.of());
    return fetched.map(
        byId -> {
          List<Ticket> tickets = new ArrayList<>();
          for (Row row : rows) {
            JsonNode issue = idsOnly ? byId.get(row.id()) : row.issue();
            if (issue != null) {
              try {
                tickets.add(in.reader().ticket(issue));
              } catch (UnreadableIssueException e) {
                unreadable.add(e.unreadable());
              }
            }
          }
          return tickets;
        });
  }
}
