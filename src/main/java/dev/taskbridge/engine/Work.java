package dev.taskbridge.engine;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The links of one look, and what came of it. Confined to the thread of its lane. */
final class Work {
  private final SyncDefinition sync;
  private final LinkStore store;
  private final Map<LinkKey, Link> links = new LinkedHashMap<>();
  private final Set<LinkKey> changed = new LinkedHashSet<>();
  private final Set<String> paired = new LinkedHashSet<>();
  private final Set<LinkKey> again = new LinkedHashSet<>();
  private final Set<LinkKey> thoroughly = new LinkedHashSet<>();
  private final List<JournalEntry> unsaved = new ArrayList<>();
  private final List<JournalEntry> happened = new ArrayList<>();
  private final List<Carried> carried = new ArrayList<>();
  private final Map<LinkKey, Long> decisions;
  private final Set<LinkKey> overtaken = new LinkedHashSet<>();

  /**
   * @param decisions how many decisions were made about each link when it was loaded
   */
  Work(
      SyncDefinition sync,
      LinkStore store,
      Map<LinkKey, Link> loaded,
      Map<LinkKey, Long> decisions) {
    this.decisions = decisions;
    this.sync = sync;
    this.store = store;
    links.putAll(loaded);
  }

  SyncDefinition sync() {
    return sync;
  }

  /** Whether every ticket that may become a task was looked at since the store is there. */
  boolean candidatesSeen() {
    return store
        .inTransaction(rows -> rows.cursor(TicketPolls.candidatesCursor(sync.name())))
        .isPresent();
  }

  /** Whether every ticket that people paired with a task was looked at. */
  boolean pairsSeen() {
    return TicketPolls.arePairsSeen(store, sync);
  }

  /** Whether changes of tickets are told of from now on. */
  boolean ticketsFollowed() {
    return store.inTransaction(rows -> rows.cursor(TicketPolls.cursorOf(sync.name()))).isPresent();
  }

  Collection<Link> links() {
    return List.copyOf(links.values());
  }

  Link link(LinkKey key) {
    Link link = links.get(key);
    if (link == null) {
      throw new IllegalStateException(key + " is not part of this look");
    }
    return link;
  }

  /** Notes a link's new state, to be stored with the next {@link #save}. */
  void put(Link link) {
    Link old = links.put(link.key(), link);
    if (!link.equals(old)) {
      changed.add(link.key());
    }
  }

  /** Leaves a link alone until {@code at}, for a reason outside the link. */
  void postpone(LinkKey key, Instant at) {
    put(link(key).withDue(Optional.of(at)));
  }

  void tell(Instant at, LinkKey key, String kind, String field, String detail) {
    JournalEntry entry = new JournalEntry(at, key, kind, field, detail);
    unsaved.add(entry);
    happened.add(entry);
  }

  /** Notes that an edit made at {@code edited} has reached the side {@code to}. */
  void carried(LinkKey key, Side to, Instant edited, Instant now) {
    Duration after = Duration.between(edited, now);
    carried.add(new Carried(key, to, after.isNegative() ? Duration.ZERO : after));
  }

  List<Carried> carried() {
    return carried;
  }

  /** Asks for one more look at a link once this one has ended. */
  void lookAgain(LinkKey key) {
    again.add(key);
  }

  /** Asks for one more look that reads both sides afresh. */
  void lookThoroughly(LinkKey key) {
    thoroughly.add(key);
  }

  Set<LinkKey> again() {
    return again;
  }

  Set<LinkKey> thoroughly() {
    return thoroughly;
  }

  /**
   * Whether somebody has decided something about a link since it was loaded. Nothing more is stored
   * of it in this look, as if the program had died there, and so nothing may be written for it that
   * had to be noted first.
   */
  boolean isOvertaken(LinkKey key) {
    return overtaken.contains(key);
  }

  /** The links to be looked at once more, as they were decided. */
  Set<LinkKey> overtaken() {
    return overtaken;
  }

  List<JournalEntry> happened() {
    return happened;
  }

  /** Stores what changed since the last save, in one transaction. */
  void save() {
    if (changed.isEmpty() && unsaved.isEmpty()) {
      return;
    }
    List<Link> rows = changed.stream().map(this::link).toList();
    List<JournalEntry> entries = List.copyOf(unsaved);
    Set<LinkKey> decided = new LinkedHashSet<>();
    store.inTransaction(
        transaction -> {
          decided.clear();
          transaction
              .decisions(rows.stream().map(Link::key).toList())
              .forEach(
                  (key, count) -> {
                    if (!count.equals(decisions.getOrDefault(key, 0L))) {
                      decided.add(key);
                    }
                  });
          transaction.save(rows.stream().filter(row -> !decided.contains(row.key())).toList());
          transaction.journal(entries);
          LinksDue.addPairs(transaction, sync, paired);
          return true;
        });
    overtaken.addAll(decided);
    changed.clear();
    unsaved.clear();
    paired.clear();
  }

  /** Notes that a link has both records now, with the next {@link #save}: see {@link LinksDue}. */
  void paired(LinkKey key) {
    paired.add(key.xid());
  }
}
