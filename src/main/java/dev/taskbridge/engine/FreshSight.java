package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.reconcile.Plan;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks again before writing: reads afresh, in bulk, both sides of the links that are about to be
 * written, and has their plans made again. A record found to be gone goes to {@link Farewell}.
 */
final class FreshSight {
  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;
  private final Farewell farewell;

  FreshSight(Systems systems, SystemHealth health, Clock clock, Farewell farewell) {
    this.systems = systems;
    this.health = health;
    this.clock = clock;
    this.farewell = farewell;
  }

  /**
   * Makes plans rest on a fresh sight of both sides. What the store has seen may be old, and a
   * search may show a record older than it is: a write decided on that would undo somebody's edit.
   * A plan that cannot be made to is taken out, and its link is due again later.
   *
   * @param wants which plans must rest on a fresh sight
   * @param replan makes a link's plan from what {@code work} now knows
   */
  void refresh(
      Work work, Map<LinkKey, Plan> plans, Predicate<Plan> wants, Function<LinkKey, Plan> replan) {
    List<LinkKey> wanted =
        plans.entrySet().stream()
            .filter(entry -> wants.test(entry.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    for (Side side : List.of(Side.TICKET, Side.TASK)) {
      List<LinkKey> left = wanted.stream().filter(plans::containsKey).toList();
      if (!left.isEmpty()) {
        read(work, plans, side, left);
      }
    }
    wanted.stream().filter(plans::containsKey).forEach(key -> plans.put(key, replan.apply(key)));
  }

  private void read(Work work, Map<LinkKey, Plan> plans, Side side, List<LinkKey> keys) {
    String system = side == Side.TICKET ? work.sync().system() : Systems.THREATCONNECT;
    Optional<Instant> paused = health.pausedUntil(system);
    if (paused.isPresent()) {
      keys.forEach(key -> putOff(work, plans, key, paused.get(), system + " is not answering"));
      return;
    }
    Optional<Refusal> refusal =
        side == Side.TICKET ? readTickets(work, plans, keys) : readTasks(work, plans, keys);
    refusal.ifPresent(
        why ->
            keys.forEach(
                key ->
                    putOff(
                        work,
                        plans,
                        key,
                        health.pausedUntil(system).orElse(clock.instant().plusSeconds(1)),
                        why.words())));
  }

  private static void putOff(
      Work work, Map<LinkKey, Plan> plans, LinkKey key, Instant until, String why) {
    plans.remove(key);
    Link link = work.link(key);
    work.put(link.withDue(Optional.of(until)).in(link.state(), "waiting: " + why, until));
  }

  private Optional<Refusal> readTickets(Work work, Map<LinkKey, Plan> plans, List<LinkKey> keys) {
    Instant asked = clock.instant();
    Map<String, LinkKey> byId =
        keys.stream().collect(Collectors.toMap(key -> work.link(key).ticketId(), key -> key));
    Outcome<Map<String, Presence>> outcome =
        systems
            .tickets(work.sync().system())
            .read(new ReadById(work.sync().scope(), List.copyOf(byId.keySet())));
    outcome
        .value()
        .ifPresent(
            presences ->
                byId.forEach(
                    (id, key) -> {
                      Presence presence = presences.get(id);
                      Link link = work.link(key);
                      if (presence instanceof Presence.Present present) {
                        work.put(link.withTicket(new Seen<>(present.ticket(), asked)));
                      } else if (presence instanceof Presence.Missing missing) {
                        plans.remove(key);
                        farewell.ticketGone(work, link, missing.words());
                      } else {
                        plans.remove(key);
                        invisible(
                            work,
                            link,
                            presence instanceof Presence.Invisible hidden
                                ? hidden.words()
                                : "the system did not say whether ticket "
                                    + link.ticketKey()
                                    + " exists");
                      }
                    }));
    return outcome.refusal();
  }

  private void invisible(Work work, Link link, String words) {
    Instant now = clock.instant();
    if (!link.reason().equals(words)) {
      work.tell(now, link.key(), "failing", "", words);
    }
    work.put(link.in(LinkTransitions.next(link.state(), LinkEvent.FAILURE_SEEN), words, now));
  }

  private Optional<Refusal> readTasks(Work work, Map<LinkKey, Plan> plans, List<LinkKey> keys) {
    TaskSource tasks = systems.tasks();
    Instant asked = clock.instant();
    List<String> xids = keys.stream().map(LinkKey::xid).toList();
    Outcome<TaskPage> outcome =
        tasks.tasks(
            new TaskQuery(
                Optional.empty(), Optional.empty(), xids, 0, xids.size(), work.sync().artifacts()));
    if (outcome.refusal().isPresent()) {
      return outcome.refusal();
    }
    TaskPage page = outcome.value().orElseThrow();
    Map<String, Task> byXid = new HashMap<>();
    page.tasks().forEach(task -> byXid.put(task.xid(), task));
    for (LinkKey key : keys) {
      Task task = byXid.get(key.xid());
      if (task != null) {
        work.put(work.link(key).withTask(new Seen<>(task, asked)));
      } else {
        // A list that lacks it proves nothing: ask for the task itself.
        Outcome<TaskPresence> presence = tasks.read(key.xid());
        if (presence.refusal().isPresent()) {
          return presence.refusal();
        }
        TaskPresence found = presence.value().orElseThrow();
        if (found instanceof TaskPresence.Present present) {
          work.put(work.link(key).withTask(new Seen<>(present.task(), asked)));
        } else if (found instanceof TaskPresence.Missing missing) {
          plans.remove(key);
          farewell.taskGone(work, work.link(key), missing.words());
        }
      }
    }
    return Optional.empty();
  }
}
