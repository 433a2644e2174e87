package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for tickets that changed. Thread-safe; one poll of a sync at a time. */
public final class TicketPolls {
  /** A cycle ends here at the latest; the next one goes on from the cursor. */
  private static final int MOST_PAGES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(TicketPolls.class);

  private final LinkStore store;
  private final Syncs syncs;
  private final Systems systems;
  private final SystemHealth health;
  private final Looks looks;
  private final Clock clock;
  private final CycleReport report;

  public TicketPolls(
      LinkStore store,
      Syncs syncs,
      Systems systems,
      SystemHealth health,
      Looks looks,
      Clock clock,
      CycleReport report) {
    this.store = store;
    this.syncs = syncs;
    this.systems = systems;
    this.health = health;
    this.looks = looks;
    this.clock = clock;
    this.report = report;
  }

  /** One cycle of a sync's ticket side; see {@link TaskPolls#poll}. */
  public List<LookBatch> poll(String syncName) {
    SyncDefinition sync = syncs.get(syncName);
    if (health.pausedUntil(sync.system()).isPresent()) {
      return List.of();
    }
    Set<LinkKey> news = new LinkedHashSet<>();
    read(sync, sync.scope(), cursorOf(syncName), "", this::see, news);
    if (sync.create().makesTasks() && isFollowed(syncName)) {
      read(
          sync,
          sync.candidates(),
          candidatesCursor(syncName),
          ChangedSince.BEGINNING,
          TicketPolls::propose,
          news);
    }
    return looks.wake(news, false);
  }

  /** Whether changes of linked tickets are told: else a candidate's next edit would be missed. */
  private boolean isFollowed(String syncName) {
    return store.inTransaction(rows -> rows.cursor(cursorOf(syncName))).isPresent();
  }

  /**
   * The cursor of a sync's changed tickets. It starts now; no record is made before it is there,
   * because what people did to a ticket until then no page would tell of.
   */
  static String cursorOf(String sync) {
    return sync + "/tickets";
  }

  /** The cursor of the tickets that may become tasks: there once they were all looked at. */
  static String candidatesCursor(String sync) {
    return sync + "/candidates";
  }

  /** What is done with a page, in the transaction that moves the cursor. */
  private interface Notice {
    Set<LinkKey> of(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen);
  }

  private Set<LinkKey> see(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen) {
    Set<LinkKey> changed = rows.seeTickets(sync.name(), seen);
    if (sync.notes().isPresent()) {
      // A comment moves the ticket's clock and none of its fields.
      List<String> ids = seen.stream().map(each -> each.record().id()).toList();
      LinksDue.COMMENTS.add(
          rows,
          sync.name(),
          rows.byTicket(sync.name(), ids).values().stream().map(LinkKey::xid).toList());
    }
    return changed;
  }

  /** Begins links for selected tickets that neither have a task nor were made from one. */
  private static Set<LinkKey> propose(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen) {
    List<String> ids = seen.stream().map(each -> each.record().id()).toList();
    Set<String> linked = rows.byTicket(sync.name(), ids).keySet();
    Map<LinkKey, Seen<Ticket>> wanted = new LinkedHashMap<>();
    for (Seen<Ticket> each : seen) {
      if (!linked.contains(each.record().id()) && each.record().idempotencyKeys().isEmpty()) {
        String xid = IdempotencyKey.xidForTicket(sync.name(), each.record().id());
        wanted.put(new LinkKey(sync.name(), xid), each);
      }
    }
    Map<LinkKey, Link> known = rows.load(wanted.keySet());
    List<Link> begun = new ArrayList<>();
    wanted.forEach(
        (key, ticket) -> {
          Link link = known.get(key);
          if (link == null) {
            begun.add(Link.proposedTask(key, ticket));
          } else if (!link.hasTicket() && link.state() != LinkState.RETIRED) {
            // The store was lost, and the task that we made was met first.
            begun.add(
                link.withTicket(ticket)
                    .withIntent(Optional.empty())
                    .withDue(Optional.empty())
                    .in(
                        LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND),
                        "",
                        ticket.at()));
          }
        });
    rows.save(begun);
    // What was said there before the link was known has moved the ticket's clock already.
    List<String> found =
        begun.stream()
            .filter(link -> link.task().isPresent())
            .map(link -> link.key().xid())
            .toList();
    LinksDue.addPairs(rows, sync, found);
    return begun.stream().map(Link::key).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void read(
      SyncDefinition sync,
      Scope scope,
      String cursorName,
      String beginning,
      Notice notice,
      Set<LinkKey> news) {
    String syncName = sync.name();
    String cursor = store.inTransaction(rows -> rows.cursor(cursorName)).orElse(beginning);
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Instant asked = clock.instant();
      Outcome<TicketPage> outcome =
          systems.tickets(sync.system()).changed(new ChangedSince(scope, cursor));
      if (outcome.refusal().isPresent()) {
        LOG.warn(
            "sync {}: {} did not list changed tickets: {}",
            syncName,
            sync.system(),
            outcome.refusal().get().words());
        break;
      }
      TicketPage page = outcome.value().orElseThrow();
      page.unreadable().forEach(row -> report.unreadable(syncName, row));
      List<Seen<Ticket>> seen = new ArrayList<>();
      page.tickets().forEach(ticket -> seen.add(new Seen<>(ticket, asked)));
      String next = page.nextCursor();
      news.addAll(
          store.inTransaction(
              rows -> {
                Set<LinkKey> changed = notice.of(rows, sync, seen);
                // Only now: what the cursor covers is stored.
                if (syncs.isInForce(sync)) {
                  rows.setCursor(cursorName, next);
                }
                return changed;
              }));
      if (!page.more()) {
        break;
      }
      if (next.equals(cursor)) {
        LOG.warn("sync {}: a page of changed tickets did not advance its cursor", syncName);
        break;
      }
      cursor = next;
    }
  }
}
