package dev.taskbridge.engine;

import dev.taskbridge.adapter.Hint;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.LinkStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns what somebody says has changed into looks. Nothing is believed: the links' both sides are
 * read afresh. Tickets without a link are left to the polls. Thread-safe.
 */
public final class Hints {
  private final LinkStore store;
  private final Syncs syncs;
  private final Looks looks;

  public Hints(LinkStore store, Syncs syncs, Looks looks) {
    this.store = store;
    this.syncs = syncs;
    this.looks = looks;
  }

  /**
   * Wakes the links of the tickets that {@code hints} name.
   *
   * @param system the configured name of the system they are of
   * @return the batches to be queued
   */
  public List<LookBatch> wake(String system, List<Hint> hints) {
    Map<String, Hint> byTicket = new LinkedHashMap<>();
    hints.forEach(hint -> byTicket.put(hint.ticketId(), hint));
    List<LookBatch> batches = new ArrayList<>();
    for (SyncDefinition sync : syncs.all()) {
      if (sync.system().equals(system)) {
        batches.addAll(looks.wake(news(sync, byTicket), true));
      }
    }
    return batches;
  }

  private List<LinkKey> news(SyncDefinition sync, Map<String, Hint> hints) {
    return store.inTransaction(
        rows -> {
          List<LinkKey> news = new ArrayList<>();
          for (Link link :
              rows.load(rows.byTicket(sync.name(), hints.keySet()).values()).values()) {
            Hint hint = hints.get(link.ticketId());
            if (hint != null && link.state() != LinkState.RETIRED && !isKnown(link, hint)) {
              news.add(link.key());
            }
          }
          if (sync.notes().isPresent()) {
            LinksDue.COMMENTS.add(rows, sync.name(), news.stream().map(LinkKey::xid).toList());
          }
          return news;
        });
  }

  /** Whether the ticket was seen after that change already, as after each write of our own. */
  private static boolean isKnown(Link link, Hint hint) {
    Optional<Ticket> seen = link.ticket().map(Seen::record);
    return seen.isPresent()
        && (hint.updatedAt().filter(at -> !at.isAfter(seen.get().updatedAt())).isPresent()
            || hint.version().isPresent() && hint.version().getAsLong() <= seen.get().version());
  }
}
