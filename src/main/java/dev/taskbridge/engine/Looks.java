package dev.taskbridge.engine;

import dev.taskbridge.domain.LinkKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which links wait for a look and which are being looked at, so that one link is never looked at by
 * two threads, and ten wake-ups make one look. Thread-safe.
 *
 * <p>A wake-up for a link that is being looked at is remembered: the link is looked at once more
 * when that look ends. Batches stay whole this way, and bulk requests full, whatever the number of
 * lanes.
 */
public final class Looks {
  private final Map<LinkKey, Boolean> waiting = new HashMap<>();
  private final Set<LinkKey> underway = new HashSet<>();
  private final Map<LinkKey, Boolean> again = new HashMap<>();
  private final Set<LinkKey> unfinished = new HashSet<>();

  /** What a lane got hold of: nobody else looks at these until they are released. */
  public record Claim(List<LinkKey> keys, boolean thorough) {}

  /**
   * Takes in wake-ups.
   *
   * @return the batches to be queued: links that were not waiting yet, by sync, in the given order
   */
  public synchronized List<LookBatch> wake(Collection<LinkKey> keys, boolean thorough) {
    Map<String, List<String>> fresh = new LinkedHashMap<>();
    for (LinkKey key : keys) {
      if (underway.contains(key)) {
        again.merge(key, thorough, Boolean::logicalOr);
      } else if (waiting.put(key, thorough || waiting.getOrDefault(key, false)) == null) {
        fresh.computeIfAbsent(key.sync(), sync -> new ArrayList<>()).add(key.xid());
      }
    }
    List<LookBatch> batches = new ArrayList<>();
    fresh.forEach(
        (sync, xids) -> {
          for (int i = 0; i < xids.size(); i += LookBatch.MOST) {
            int end = Math.min(xids.size(), i + LookBatch.MOST);
            batches.add(new LookBatch(sync, xids.subList(i, end), thorough));
          }
        });
    return batches;
  }

  /** Takes a queued batch in hand; links that somebody else has taken meanwhile are left out. */
  public synchronized Claim claim(LookBatch batch) {
    List<LinkKey> keys = new ArrayList<>();
    boolean thorough = batch.thorough();
    for (LinkKey key : batch.keys()) {
      if (underway.contains(key)) {
        again.merge(key, batch.thorough(), Boolean::logicalOr);
      } else {
        thorough |= waiting.getOrDefault(key, false);
        waiting.remove(key);
        underway.add(key);
        keys.add(key);
      }
    }
    return new Claim(List.copyOf(keys), thorough);
  }

  /**
   * Lets go of a claim.
   *
   * @return the batches to be queued for links that were woken meanwhile
   */
  public synchronized List<LookBatch> release(Claim claim) {
    claim.keys().forEach(underway::remove);
    List<LinkKey> plain = new ArrayList<>();
    List<LinkKey> thorough = new ArrayList<>();
    for (LinkKey key : claim.keys()) {
      Boolean wanted = again.remove(key);
      if (wanted != null) {
        (wanted ? thorough : plain).add(key);
      }
    }
    List<LookBatch> batches = new ArrayList<>(wake(plain, false));
    batches.addAll(wake(thorough, true));
    notifyAll();
    return batches;
  }

  /** Lets go of a claim that came to nothing: its links wait for {@link #takeUnfinished}. */
  public synchronized void putBack(Claim claim) {
    claim.keys().forEach(underway::remove);
    claim.keys().forEach(again::remove);
    unfinished.addAll(claim.keys());
    notifyAll();
  }

  /** The links whose look came to nothing, to be woken again now that it may succeed. */
  public synchronized Set<LinkKey> takeUnfinished() {
    Set<LinkKey> taken = Set.copyOf(unfinished);
    unfinished.clear();
    return taken;
  }

  /**
   * Waits until no link waits or is being looked at.
   *
   * @return false if that took longer than {@code patience}, or a look came to nothing
   */
  public synchronized boolean awaitRest(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!waiting.isEmpty() || !underway.isEmpty()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return unfinished.isEmpty();
  }

  /** How many links wait or are being looked at. */
  public synchronized int pending() {
    return waiting.size() + underway.size() + unfinished.size();
  }
}
