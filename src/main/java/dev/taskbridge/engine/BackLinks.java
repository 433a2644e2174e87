package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.LinkBack;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the ticket of each new pair point back at its task, however the two became one. A pair is on
 * the list from the transaction that stores it until its system has answered, so that neither a
 * crash nor a system in trouble loses the link; what is done twice is there once.
 */
final class BackLinks {
  private static final Logger LOG = LoggerFactory.getLogger(BackLinks.class);
  private static final Duration RETRY = Duration.ofMinutes(1);

  private final LinkStore store;
  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;

  BackLinks(LinkStore store, Systems systems, SystemHealth health, Clock clock) {
    this.store = store;
    this.systems = systems;
    this.health = health;
    this.clock = clock;
  }

  /** Sees to the links of {@code work} that are on the list. */
  void run(Work work) {
    SyncDefinition sync = work.sync();
    if (!sync.linksBack()) {
      return;
    }
    Set<String> due = store.inTransaction(rows -> LinksDue.BACK_LINKS.of(rows, sync.name()));
    List<String> done = new ArrayList<>();
    for (Link link : work.links()) {
      if (due.contains(link.key().xid()) && !work.isOvertaken(link.key()) && isDone(work, link)) {
        done.add(link.key().xid());
      }
    }
    store.inTransaction(
        rows -> {
          LinksDue.BACK_LINKS.remove(rows, sync.name(), done);
          return true;
        });
    work.save();
  }

  private boolean isDone(Work work, Link link) {
    SyncDefinition sync = work.sync();
    if (link.state() == LinkState.RETIRED || link.task().isEmpty() || link.ticket().isEmpty()) {
      return true;
    }
    Optional<Instant> paused = health.pausedUntil(sync.system());
    if (paused.isPresent()) {
      wait(work, link, paused.get());
      return false;
    }
    Ticket ticket = link.ticket().orElseThrow().record();
    Outcome<String> outcome =
        systems
            .tickets(sync.system())
            .linkBack(
                new LinkBack(
                    sync.scope(),
                    ticket.id(),
                    IdempotencyKey.of(link.key()),
                    link.key(),
                    sync.addressOf(link.task().orElseThrow().record())));
    Optional<Refusal> refusal = outcome.refusal();
    refusal.ifPresent(
        why -> LOG.info("{} has no link to task {}: {}", ticket.key(), link.key(), why.words()));
    if (refusal.filter(Refusal::passes).isPresent()) {
      wait(work, link, again(refusal.get(), sync.system()));
      return false;
    }
    // An ornament: where it is not allowed, nothing waits for it.
    return true;
  }

  private Instant again(Refusal refusal, String system) {
    return refusal instanceof Refusal.Later later
        ? later.retryAt()
        : health.pausedUntil(system).orElse(clock.instant().plus(RETRY));
  }

  private static void wait(Work work, Link link, Instant until) {
    if (link.dueAt().filter(at -> at.isBefore(until)).isEmpty()) {
      work.postpone(link.key(), until);
    }
  }
}
