package dev.taskbridge.engine;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.engine.Looks.Claim;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes links what they should be now: the only way in. Safe to call late, twice or for nothing. A
 * link is never in two lanes at once; lanes run side by side.
 */
public final class LinkWorker {
  private static final Logger LOG = LoggerFactory.getLogger(LinkWorker.class);
  private static final Duration PARKED = Duration.ofMinutes(5);

  /**
   * What came of a look.
   *
   * @param again batches to be queued: links woken meanwhile, or not finished
   * @param happened for the announcements; stored already
   * @param carried the edits that have reached the other side
   * @param took from the first look at the store to the last
   */
  public record Looked(
      List<LookBatch> again, List<JournalEntry> happened, List<Carried> carried, Duration took) {}

  private final LinkStore store;
  private final Syncs syncs;
  private final Looks looks;
  private final Clock clock;
  private final TicketsOfTasks ticketsOfTasks;
  private final Systems systems;
  private final SystemHealth health;

  public LinkWorker(
      LinkStore store,
      Syncs syncs,
      Systems systems,
      SystemHealth health,
      Looks looks,
      Clock clock,
      TicketsOfTasks ticketsOfTasks) {
    this.ticketsOfTasks = ticketsOfTasks;
    this.store = store;
    this.syncs = syncs;
    this.looks = looks;
    this.clock = clock;
    this.systems = systems;
    this.health = health;
  }

  /**
   * Looks at a batch of links. What a remote system does is never an exception here; a bug in one
   * link is parked with that link and holds up no other.
   *
   * @throws StoreException if the store cannot be read or written; the links wait for the next wake
   */
  public Looked look(LookBatch batch) {
    Claim claim = looks.claim(batch);
    List<JournalEntry> happened = new ArrayList<>();
    List<Carried> carried = new ArrayList<>();
    long began = System.nanoTime();
    try {
      syncs
          .find(claim.keys().isEmpty() ? "" : batch.sync())
          .ifPresent(sync -> lookAll(sync, claim.keys(), claim.thorough(), happened, carried));
    } catch (StoreException e) {
      looks.putBack(claim);
      throw e;
    }
    return new Looked(
        looks.release(claim), happened, carried, Duration.ofNanos(System.nanoTime() - began));
  }

  private void lookAll(
      SyncDefinition sync,
      List<LinkKey> keys,
      boolean thorough,
      List<JournalEntry> happened,
      List<Carried> carried) {
    try {
      Work work = lookTogether(sync, keys, thorough);
      happened.addAll(work.happened());
      carried.addAll(work.carried());
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      if (keys.size() == 1) {
        LOG.error("link {} is parked: an error that should not happen", keys.get(0), e);
        park(keys.get(0), e);
      } else {
        // One link's trouble must not hold up the others: take them one by one.
        for (LinkKey key : keys) {
          lookAll(sync, List.of(key), thorough, happened, carried);
        }
      }
    }
  }

  private Work lookTogether(SyncDefinition sync, List<LinkKey> keys, boolean thorough) {
    Map<LinkKey, Link> loaded = new LinkedHashMap<>();
    Map<LinkKey, Long> decisions =
        store.inTransaction(
            rows -> {
              loaded.clear();
              loaded.putAll(rows.load(keys));
              return rows.decisions(keys);
            });
    loaded.values().removeIf(link -> link.state() == LinkState.RETIRED);
    Work work = new Work(sync, store, loaded, decisions);
    Systems reached = systems.onBehalfOf(sync);
    if (sync.create().makesTasks() || sync.match().isPresent()) {
      new TaskCreation(reached, health, clock).run(work);
    }
    if (sync.create().makesTickets()) {
      new Creation(reached, health, clock).run(work);
    }
    work.links().forEach(ticketsOfTasks::note);
    FreshSight sight = new FreshSight(reached, health, clock, new Farewell(reached, clock));
    new Merge(reached, health, clock, sight).run(work, thorough);
    work.links().forEach(ticketsOfTasks::note);
    new BackLinks(store, reached, health, clock).run(work);
    looks.wake(work.again(), false);
    looks.wake(work.thoroughly(), true);
    looks.wake(work.overtaken(), false);
    return work;
  }

  private void park(LinkKey key, RuntimeException e) {
    Instant now = clock.instant();
    String reason = "internal error, please report it: " + e;
    store.inTransaction(
        rows -> {
          Link link = rows.load(List.of(key)).get(key);
          if (link != null) {
            rows.save(
                List.of(link.withDue(Optional.of(now.plus(PARKED))).in(link.state(), reason, now)));
            rows.journal(List.of(new JournalEntry(now, key, "parked", "", reason)));
          }
          return true;
        });
  }
}
