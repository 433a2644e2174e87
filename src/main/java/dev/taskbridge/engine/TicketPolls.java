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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for tickets that changed. Thread-safe; one poll of a sync at a time. */
public final class TicketPolls {
  /** A cycle ends here at the latest; the next one goes on from the cursor. */
  private static final int MOST_PAGES = 1_000;

  /** No cursor of a system: there is nothing more to ask for. */
  private static final String ALL_SEEN = "all";

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
    boolean followed = isFollowed(syncName);
    if (followed && sync.create().makesTasks()) {
      read(
          sync,
          sync.candidates(),
          candidatesCursor(syncName),
          ChangedSince.BEGINNING,
          TicketPolls::propose,
          news);
    }
    if (followed && !arePairsSeen(store, sync)) {
      boolean all =
          read(
              sync,
              sync.pairedByHand(),
              pairsCursor(syncName),
              ChangedSince.BEGINNING,
              TicketPolls::pair,
              news);
      if (all) {
        store.inTransaction(
            rows -> {
              rows.setCursor(pairsCursor(syncName), ALL_SEEN);
              return true;
            });
      }
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

  /** The cursor of the tickets that were paired by hand before: {@link #ALL_SEEN} in the end. */
  static String pairsCursor(String sync) {
    return sync + "/pairs";
  }

  /**
   * Whether all tickets that were paired by hand were looked at, so that no task is given a second
   * one. Those that are paired later are among the changed ones.
   */
  static boolean arePairsSeen(LinkStore store, SyncDefinition sync) {
    return sync.match().isEmpty()
        || store
            .inTransaction(rows -> rows.cursor(pairsCursor(sync.name())))
            .filter(ALL_SEEN::equals)
            .isPresent();
  }

  /** What is done with a page, in the transaction that moves the cursor. */
  private interface Notice {
    Set<LinkKey> of(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen);
  }

  private Set<LinkKey> see(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen) {
    Set<LinkKey> changed = new LinkedHashSet<>(rows.seeTickets(sync.name(), seen));
    changed.addAll(pair(rows, sync, seen));
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
    return begin(
        rows,
        sync,
        seen,
        ticket ->
            sync.matched(ticket)
                .or(() -> Optional.of(IdempotencyKey.xidForTicket(sync.name(), ticket.id()))));
  }

  /** Begins links for tickets that people say belong to a task. */
  private static Set<LinkKey> pair(LinkRows rows, SyncDefinition sync, List<Seen<Ticket>> seen) {
    return sync.match().isEmpty() ? Set.of() : begin(rows, sync, seen, sync::matched);
  }

  /**
   * Begins links for tickets that have none.
   *
   * @param xidOf the xid of the task that a ticket has or is to have; empty for those left alone
   */
  private static Set<LinkKey> begin(
      LinkRows rows,
      SyncDefinition sync,
      List<Seen<Ticket>> seen,
      Function<Ticket, Optional<String>> xidOf) {
    List<String> ids = seen.stream().map(each -> each.record().id()).toList();
    Set<String> linked = rows.byTicket(sync.name(), ids).keySet();
    Map<LinkKey, Seen<Ticket>> wanted = new LinkedHashMap<>();
    for (Seen<Ticket> each : seen) {
      if (!linked.contains(each.record().id()) && each.record().idempotencyKeys().isEmpty()) {
        xidOf
            .apply(each.record())
            .ifPresent(xid -> wanted.putIfAbsent(new LinkKey(sync.name(), xid), each));
      }
    }
    Map<LinkKey, Link> known = rows.load(wanted.keySet());
    List<Link> begun = new ArrayList<>();
    wanted.forEach(
        (key, ticket) -> {
          Link link = known.get(key);
          if (link == null) {
            begun.add(begun(sync, key, ticket));
          } else if (mayTake(sync, link, ticket.record())) {
            // The task was met first: the store was lost, or people paired it only now.
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

  private static boolean mayTake(SyncDefinition sync, Link link, Ticket ticket) {
    // What is being created for the task may be there already, and would be a second one.
    boolean beingMade = link.intent().isPresent() && sync.matched(ticket).isPresent();
    return !link.hasTicket() && link.state() != LinkState.RETIRED && !beingMade;
  }

  private static Link begun(SyncDefinition sync, LinkKey key, Seen<Ticket> ticket) {
    Link link = Link.proposedTask(key, ticket);
    return sync.matched(ticket.record()).isEmpty()
        ? link
        : link.in(
            link.state(),
            "waits for the task with the xid "
                + key.xid()
                + ", which "
                + sync.match().orElseThrow()
                + " of "
                + ticket.record().key()
                + " names",
            ticket.at());
  }

  /** Whether all there was has been read. */
  private boolean read(
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
        return false;
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
        return true;
      }
      if (next.equals(cursor)) {
        LOG.warn("sync {}: a page of changed tickets did not advance its cursor", syncName);
        return false;
      }
      cursor = next;
    }
    return false;
  }
}
