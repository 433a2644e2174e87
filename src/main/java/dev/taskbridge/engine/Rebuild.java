package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.reconcile.Adoption;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the pairs of a sync again from what the systems hold, for a store that knows none of them.
 * Nothing is written to a system: what the two sides of a pair disagree about is left to the next
 * look, which settles it by the field's rule.
 *
 * <p>A key is derived from the task's xid and cannot be read backwards. So the tickets that carry
 * one are collected first, and then every task that the account sees, whatever the sync's filter
 * says, is asked whether one of them is its own.
 */
public final class Rebuild {
  private static final int MOST_PAGES = 100_000;

  private final LinkStore store;
  private final Syncs syncs;
  private final Systems systems;
  private final Clock clock;

  /**
   * What was found.
   *
   * @param adopted pairs
   * @param agreed fields of theirs that say the same on both sides
   * @param differing fields of theirs that the next look settles
   * @param waiting tasks of the filter that no ticket was found for
   * @param ambiguous keys that several tickets carry; none of these was taken
   * @param withoutTask tickets that carry a key of no task that the account sees
   */
  public record Found(
      int adopted,
      int agreed,
      int differing,
      int waiting,
      List<Ambiguous> ambiguous,
      List<String> withoutTask) {}

  /** Several tickets for one task. */
  public record Ambiguous(String xid, List<String> tickets) {}

  public Rebuild(LinkStore store, Syncs syncs, Systems systems, Clock clock) {
    this.store = store;
    this.syncs = syncs;
    this.systems = systems;
    this.clock = clock;
  }

  /**
   * Fills the store with the links of a sync of which it knows nothing.
   *
   * @return a refusal if a system could not be read to the end; the store is then of no use
   */
  public Outcome<Found> run(String syncName) {
    SyncDefinition sync = syncs.get(syncName);
    return new Round(sync).run();
  }

  /** One sync's rebuild. */
  private final class Round {
    private final SyncDefinition sync;
    private final TicketSystem tickets;
    private final Map<IdempotencyKey, Map<String, Seen<Ticket>>> byKey = new LinkedHashMap<>();
    private final Map<String, Seen<Ticket>> byXid = new LinkedHashMap<>();
    private final Map<LinkKey, Seen<Task>> pairedTasks = new LinkedHashMap<>();
    private final Map<LinkKey, Seen<Ticket>> pairedTickets = new LinkedHashMap<>();
    private final Set<String> madeOfTickets = new HashSet<>();
    private final Map<String, List<String>> ambiguous = new TreeMap<>();
    private int agreed;
    private int differing;

    Round(SyncDefinition sync) {
      this.sync = sync;
      this.tickets = systems.tickets(sync.system());
    }

    Outcome<Found> run() {
      Instant began = clock.instant();
      // Before anything is read: what changes from now on is seen by the first cycle.
      Outcome<TicketPage> start = tickets.changed(new ChangedSince(sync.scope(), ""));
      return start
          .then(page -> collect().map(done -> page.nextCursor()))
          .then(cursor -> pair().then(done -> fillIn()).map(done -> cursor))
          .then(cursor -> keep(began, cursor));
    }

    private Outcome<Boolean> collect() {
      Outcome<Boolean> carried =
          walk(
              sync.carried(),
              seen -> {
                seen.record()
                    .idempotencyKeys()
                    .forEach(
                        key ->
                            byKey
                                .computeIfAbsent(key, each -> new LinkedHashMap<>())
                                .put(seen.record().id(), seen));
                if (seen.record().idempotencyKeys().isEmpty()) {
                  sync.matched(seen.record()).ifPresent(xid -> byHand(xid, seen));
                }
              });
      return carried.then(
          done ->
              sync.create().makesTasks()
                  ? walk(sync.candidates(), this::origin)
                  : Outcome.done(true));
    }

    private void byHand(String xid, Seen<Ticket> seen) {
      Seen<Ticket> other = byXid.putIfAbsent(xid, seen);
      if (other != null && !other.record().id().equals(seen.record().id())) {
        List<String> all = ambiguous.computeIfAbsent(xid, each -> new ArrayList<>());
        for (String key : List.of(other.record().key(), seen.record().key())) {
          if (!all.contains(key)) {
            all.add(key);
          }
        }
      }
    }

    /** A task that was made of a ticket has an xid that is derived from the ticket. */
    private void origin(Seen<Ticket> seen) {
      if (seen.record().idempotencyKeys().isEmpty()) {
        byXid.putIfAbsent(IdempotencyKey.xidForTicket(sync.name(), seen.record().id()), seen);
      }
    }

    private Outcome<Boolean> walk(Scope scope, Consumer<Seen<Ticket>> found) {
      String cursor = ChangedSince.BEGINNING;
      for (int page = 0; page < MOST_PAGES; page++) {
        Instant asked = clock.instant();
        Outcome<TicketPage> outcome = tickets.changed(new ChangedSince(scope, cursor));
        if (outcome.refusal().isPresent()) {
          return Outcome.refused(outcome.refusal().get());
        }
        TicketPage read = outcome.value().orElseThrow();
        if (!read.unreadable().isEmpty()) {
          return Outcome.refused(
              new Refusal.Rejected(
                  Optional.empty(),
                  "cannot read "
                      + read.unreadable().get(0).where()
                      + " ("
                      + read.unreadable().get(0).what()
                      + "), which may be somebody's ticket"));
        }
        read.tickets().forEach(ticket -> found.accept(new Seen<>(ticket, asked)));
        if (!read.more() || read.nextCursor().equals(cursor)) {
          return Outcome.done(true);
        }
        cursor = read.nextCursor();
      }
      return Outcome.done(true);
    }

    private Outcome<Boolean> pair() {
      return withoutCopies()
          .then(done -> tasks(Optional.empty(), this::pair))
          .then(
              done -> {
                Set<String> strays = new HashSet<>(madeOfTickets);
                pairedTasks.keySet().forEach(key -> strays.remove(key.xid()));
                // Their tickets left the rule.
                return sync.create().makesTasks() && !strays.isEmpty()
                    ? walk(sync.scope(), this::origin)
                        .then(all -> tasks(Optional.empty(), this::pair))
                    : Outcome.done(true);
              });
    }

    /** Of several tickets with one key the system itself may know which are copies. */
    private Outcome<Boolean> withoutCopies() {
      List<IdempotencyKey> doubled =
          byKey.entrySet().stream()
              .filter(entry -> entry.getValue().size() > 1)
              .map(Map.Entry::getKey)
              .toList();
      return find(
          doubled,
          found ->
              doubled.stream()
                  .filter(found::containsKey)
                  .forEach(key -> byKey.put(key, found.get(key))));
    }

    private Outcome<Boolean> find(
        List<IdempotencyKey> keys, Consumer<Map<IdempotencyKey, Map<String, Seen<Ticket>>>> taken) {
      for (int i = 0; i < keys.size(); i += LookBatch.MOST) {
        List<IdempotencyKey> some = keys.subList(i, Math.min(keys.size(), i + LookBatch.MOST));
        Instant asked = clock.instant();
        Outcome<TicketSystem.Found> outcome = tickets.find(new FindByKeys(sync.scope(), some));
        if (outcome.refusal().isPresent()) {
          return Outcome.refused(outcome.refusal().get());
        }
        Map<IdempotencyKey, Map<String, Seen<Ticket>>> found = new LinkedHashMap<>();
        for (Ticket ticket : outcome.value().orElseThrow().tickets()) {
          ticket
              .idempotencyKeys()
              .forEach(
                  key ->
                      found
                          .computeIfAbsent(key, each -> new LinkedHashMap<>())
                          .put(ticket.id(), new Seen<>(ticket, asked)));
        }
        taken.accept(found);
      }
      return Outcome.done(true);
    }

    private Outcome<Boolean> tasks(Optional<String> filter, Consumer<Seen<Task>> found) {
      long afterId = 0;
      while (true) {
        Instant asked = clock.instant();
        Outcome<TaskPage> outcome =
            systems
                .tasks()
                .tasks(
                    new TaskQuery(
                        filter,
                        Optional.empty(),
                        List.of(),
                        afterId,
                        TaskPolls.PAGE,
                        sync.artifacts()));
        if (outcome.refusal().isPresent()) {
          return Outcome.refused(outcome.refusal().get());
        }
        TaskPage page = outcome.value().orElseThrow();
        page.tasks().forEach(task -> found.accept(new Seen<>(task, asked)));
        if (!page.more() || page.highestId() <= afterId) {
          return Outcome.done(true);
        }
        afterId = page.highestId();
      }
    }

    private void pair(Seen<Task> seen) {
      String xid = seen.record().xid();
      LinkKey key = new LinkKey(sync.name(), xid);
      Map<String, Seen<Ticket>> carriers = byKey.get(IdempotencyKey.of(key));
      if (IdempotencyKey.looksLikeOne(xid)) {
        madeOfTickets.add(xid);
      }
      if (carriers != null) {
        ambiguous.remove(xid);
        if (carriers.size() > 1) {
          ambiguous.put(
              xid, carriers.values().stream().map(each -> each.record().key()).sorted().toList());
        }
        pairedTasks.put(key, seen);
        pairedTickets.put(key, carriers.values().iterator().next());
      } else if (byXid.containsKey(xid)) {
        pairedTasks.put(key, seen);
        pairedTickets.put(key, byXid.get(xid));
      }
    }

    /** What the filter selects and nothing was found for: perhaps its ticket was moved away. */
    private Outcome<Boolean> fillIn() {
      return tasks(
              Optional.of(sync.filter()),
              seen -> pairedTasks.putIfAbsent(new LinkKey(sync.name(), seen.record().xid()), seen))
          .then(
              done -> {
                Map<IdempotencyKey, LinkKey> missing = new LinkedHashMap<>();
                pairedTasks.keySet().stream()
                    .filter(key -> !pairedTickets.containsKey(key))
                    .forEach(key -> missing.put(IdempotencyKey.of(key), key));
                return find(
                    List.copyOf(missing.keySet()),
                    found ->
                        found.forEach(
                            (key, carriers) -> {
                              byKey.put(key, carriers);
                              Optional.ofNullable(missing.get(key))
                                  .flatMap(link -> Optional.ofNullable(pairedTasks.get(link)))
                                  .ifPresent(this::pair);
                            }));
              });
    }

    private Outcome<Found> keep(Instant began, String ticketCursor) {
      List<Link> links = new ArrayList<>();
      List<JournalEntry> entries = new ArrayList<>();
      int waiting = 0;
      for (Map.Entry<LinkKey, Seen<Task>> each : pairedTasks.entrySet()) {
        Seen<Ticket> ticket = pairedTickets.get(each.getKey());
        Link link = Link.proposed(each.getKey(), each.getValue());
        if (ambiguous.containsKey(each.getKey().xid())) {
          links.add(undecided(link, entries));
        } else if (ticket != null) {
          links.add(adopted(link, ticket, entries));
        } else if (sync.create().makesTickets()) {
          links.add(link);
          waiting++;
        }
      }
      int missing = waiting;
      store.inTransaction(
          rows -> {
            rows.save(links);
            rows.journal(entries);
            rows.setCursor(TaskPolls.cursor(sync.name()), began.toString());
            rows.setCursor(TicketPolls.cursorOf(sync.name()), ticketCursor);
            LinksDue.addPairs(
                rows,
                sync,
                links.stream()
                    .filter(link -> link.state() == LinkState.LINKED)
                    .map(link -> link.key().xid())
                    .toList());
            return true;
          });
      int adopted = (int) links.stream().filter(link -> link.hasTicket()).count();
      return withoutTask()
          .map(
              gone ->
                  new Found(
                      adopted,
                      agreed,
                      differing,
                      missing,
                      ambiguous.entrySet().stream()
                          .map(each -> new Ambiguous(each.getKey(), each.getValue()))
                          .toList(),
                      gone));
    }

    /** Not begun again by itself: which ticket is the right one is for a person to say. */
    private Link undecided(Link link, List<JournalEntry> entries) {
      String reason =
          "several tickets say that they are this task's: "
              + String.join(", ", ambiguous.getOrDefault(link.key().xid(), List.of()))
              + "; take the key off all but one and rebuild again";
      Instant now = clock.instant();
      entries.add(new JournalEntry(now, link.key(), "ambiguous", "", reason));
      return link.in(LinkTransitions.next(link.state(), LinkEvent.UNLINKED), reason, now);
    }

    private Link adopted(Link link, Seen<Ticket> ticket, List<JournalEntry> entries) {
      Instant now = clock.instant();
      Task task = link.task().orElseThrow().record();
      Map<FieldName, FieldRecord> fields =
          Adoption.withoutPast(sync.reconciler(), task, ticket.record(), now);
      for (FieldRule rule : sync.reconciler().rules()) {
        if (rule.mapping().agree(task, ticket.record())) {
          agreed++;
        } else {
          differing++;
        }
      }
      entries.add(
          new JournalEntry(
              now, link.key(), "adopted", "", ticket.record().key() + " was found by a rebuild"));
      return link.withTicket(ticket)
          .withFields(fields)
          .in(LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND), "", now);
    }

    /** Two syncs may share a project, so the others' keys are told apart here. */
    private Outcome<List<String>> withoutTask() {
      Set<IdempotencyKey> orphans = new HashSet<>(byKey.keySet());
      pairedTasks.keySet().forEach(key -> orphans.remove(IdempotencyKey.of(key)));
      if (orphans.isEmpty()) {
        return Outcome.done(List.of());
      }
      return tasks(
              Optional.empty(),
              seen ->
                  syncs
                      .all()
                      .forEach(
                          each ->
                              orphans.remove(
                                  IdempotencyKey.of(
                                      new LinkKey(each.name(), seen.record().xid())))))
          .map(
              done ->
                  orphans.stream()
                      .flatMap(key -> byKey.getOrDefault(key, Map.of()).values().stream())
                      .map(seen -> seen.record().key())
                      .sorted(Comparator.naturalOrder())
                      .toList());
    }
  }
}
