package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
    String cursorName = syncName + "/tickets";
    String cursor = store.inTransaction(rows -> rows.cursor(cursorName)).orElse("");
    Set<LinkKey> news = new LinkedHashSet<>();
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Instant asked = clock.instant();
      Outcome<TicketPage> outcome =
          systems.tickets(sync.system()).changed(new ChangedSince(sync.scope(), cursor));
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
                Set<LinkKey> changed = rows.seeTickets(syncName, seen);
                if (sync.notes().isPresent()) {
                  // A comment moves the ticket's clock and none of its fields.
                  List<String> ids = seen.stream().map(each -> each.record().id()).toList();
                  CommentsDue.add(
                      rows,
                      syncName,
                      rows.byTicket(syncName, ids).values().stream().map(LinkKey::xid).toList());
                }
                // Only now: what the cursor covers is stored.
                rows.setCursor(cursorName, next);
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
    return looks.wake(news, false);
  }
}
