package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.Found;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Intent;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.reconcile.Adoption;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.reconcile.Plan;
import dev.taskbridge.reconcile.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the tickets of tasks that have none, never twice: the system is searched by key, then the
 * intent is stored, and only then it is asked to create, with the key inside the creating call. A
 * crash or a lost answer leaves the intent behind; the next look begins at the search, and does not
 * believe "not found" until the system's search has had time to catch up.
 */
final class Creation {
  /**
   * From storing the intent to the ticket's being made: people and fields are looked up before.
   * Only a program that died meanwhile has to rely on it.
   */
  private static final Duration LONGEST_WAY = Duration.ofSeconds(5);

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration LONGEST_RETRY = Duration.ofHours(12);

  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;

  Creation(Systems systems, SystemHealth health, Clock clock) {
    this.systems = systems;
    this.health = health;
    this.clock = clock;
  }

  /** Sees to the links of {@code work} that have a task and no ticket. */
  void run(Work work) {
    List<Link> wanted =
        work.links().stream()
            .filter(link -> !link.hasTicket() && link.task().isPresent())
            .filter(link -> !mayHaveTicket(work, link))
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    String system = work.sync().system();
    Optional<Instant> paused =
        health
            .pausedUntil(system)
            .or(() -> Optional.of(soon()).filter(at -> !work.ticketsFollowed()));
    if (paused.isPresent()) {
      wanted.forEach(link -> work.postpone(link.key(), paused.get()));
      work.save();
      return;
    }
    TicketSystem tickets = systems.tickets(system);
    List<LinkKey> recovering =
        wanted.stream().filter(link -> link.intent().isPresent()).map(Link::key).toList();
    Instant asked = clock.instant();
    Outcome<Found> found =
        tickets.find(
            new FindByKeys(
                work.sync().scope(),
                wanted.stream().map(link -> IdempotencyKey.of(link.key())).toList()));
    found.match(
        known -> {
          adoptOrCreate(work, tickets, wanted, recovering, known, asked);
          return true;
        },
        refusal -> {
          wanted.forEach(link -> refused(work, work.link(link.key()), refusal, false));
          return false;
        });
    work.save();
  }

  /**
   * A task that was made from a ticket, or that people paired with one, has its ticket already. It
   * may be met before that ticket is, so it waits until every such ticket was looked at.
   */
  private boolean mayHaveTicket(Work work, Link link) {
    boolean mayBeMade =
        work.sync().create().makesTasks() && IdempotencyKey.looksLikeOne(link.key().xid());
    boolean wait = (mayBeMade && !work.candidatesSeen()) || !work.pairsSeen();
    if (wait) {
      work.postpone(link.key(), clock.instant().plusSeconds(10));
    }
    return wait;
  }

  private Instant soon() {
    return clock.instant().plusSeconds(1);
  }

  private void adoptOrCreate(
      Work work,
      TicketSystem tickets,
      List<Link> wanted,
      List<LinkKey> recovering,
      Found found,
      Instant asked) {
    List<Link> missing = new ArrayList<>();
    for (Link before : wanted) {
      Link link = work.link(before.key());
      IdempotencyKey key = IdempotencyKey.of(link.key());
      List<Ticket> candidates =
          found.tickets().stream()
              .filter(ticket -> ticket.idempotencyKeys().contains(key))
              .sorted(Comparator.comparing(Ticket::key))
              .toList();
      if (!candidates.isEmpty()) {
        adopt(work, link, candidates, asked);
      } else if (found.invisible().containsKey(key)) {
        refused(
            work, link, new Refusal.Rejected(Optional.empty(), found.invisible().get(key)), false);
      } else {
        Instant believable =
            link.intent()
                .map(Intent::at)
                .orElse(asked)
                .plus(work.sync().searchLag())
                .plus(LONGEST_WAY);
        if (recovering.contains(link.key()) && asked.isBefore(believable)) {
          work.postpone(link.key(), believable);
        } else {
          missing.add(link);
        }
      }
    }
    if (!missing.isEmpty()) {
      create(work, tickets, missing);
    }
  }

  private void create(Work work, TicketSystem tickets, List<Link> missing) {
    // The lag counts from the last call that may have created something.
    missing.forEach(link -> recordIntent(work, link));
    work.save();
    List<Link> asked =
        missing.stream()
            .map(link -> work.link(link.key()))
            .filter(link -> !work.isOvertaken(link.key()))
            .toList();
    if (asked.isEmpty()) {
      return;
    }
    List<Plan> plans =
        asked.stream()
            .map(link -> work.sync().reconciler().planNewTicket(link.key(), intended(link)))
            .toList();
    List<NewTicket> drafts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Link link = asked.get(i);
      drafts.add(
          new NewTicket(
              IdempotencyKey.of(link.key()),
              link.key(),
              work.sync().addressOf(intended(link)),
              link.intent().orElseThrow().values()));
    }
    Instant sent = clock.instant();
    List<Outcome<Written<Ticket>>> outcomes =
        tickets.create(new CreateTickets(work.sync().scope(), drafts));
    for (int i = 0; i < asked.size(); i++) {
      Link link = asked.get(i);
      Plan plan = plans.get(i);
      outcomes
          .get(i)
          .match(
              written -> {
                created(work, link, plan, written, sent);
                return true;
              },
              refusal -> {
                refused(work, link, refusal, true);
                return false;
              });
    }
  }

  /** A ticket needs a title, whichever way the sync carries titles later on. */
  private static Map<FieldName, FieldValue> values(Work work, Plan plan, Task task) {
    Map<FieldName, FieldValue> values = new LinkedHashMap<>(plan.writes(Side.TICKET));
    for (FieldRule rule : work.sync().reconciler().rules()) {
      if (rule.field().equals(FieldName.TITLE)) {
        rule.mapping()
            .toTicket(task, Ticket.NONE)
            .match(
                value -> values.putIfAbsent(FieldName.TITLE, value),
                reason -> values.get(FieldName.TITLE));
      }
    }
    return values;
  }

  private void recordIntent(Work work, Link link) {
    Instant now = clock.instant();
    Task task = link.task().orElseThrow().record();
    Plan plan = work.sync().reconciler().planNewTicket(link.key(), task);
    work.put(
        link.withIntent(Optional.of(new Intent(now, task, values(work, plan, task))))
            .withDue(Optional.empty())
            .in(LinkTransitions.next(link.state(), LinkEvent.INTENT_RECORDED), "", now));
  }

  private void created(Work work, Link link, Plan plan, Written<Ticket> written, Instant sent) {
    Instant now = clock.instant();
    Task task = intended(link);
    Map<FieldName, FieldRecord> fields =
        Settlement.settle(
            work.sync().reconciler(),
            plan,
            link.fields(),
            task,
            written.now(),
            written.refused(),
            Optional.empty(),
            now);
    Link linked =
        link.withTicket(new Seen<>(written.now(), sent))
            .withIntent(Optional.empty())
            .withFields(fields)
            .withAttempts(0)
            .in(LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND), "", now);
    work.put(Standing.of(linked, now));
    work.paired(link.key());
    work.tell(now, link.key(), "created", "", written.now().key() + " from task " + task.id());
    Standing.tellTrouble(work, link, work.link(link.key()), now);
    boolean newer = !link.task().orElseThrow().record().equals(task);
    // The ticket of the task it waits for may have been made together with this one.
    boolean waits = task.dependentOn().isPresent();
    boolean overtaken =
        !work.sync()
            .reconciler()
            .plan(link.key(), fields, task, written.now(), now)
            .writesNothing();
    if (newer || waits || overtaken) {
      work.lookAgain(link.key());
    }
  }

  /**
   * Takes a found ticket as the link's own. What the interrupted creation was about to write tells
   * a person's edit made since from a value that was never written.
   */
  private void adopt(Work work, Link link, List<Ticket> candidates, Instant seen) {
    Instant now = clock.instant();
    Ticket ticket = candidates.get(0);
    Map<FieldName, FieldRecord> fields = new HashMap<>(link.fields());
    link.intent()
        .ifPresent(
            intent -> fields.putAll(Adoption.bases(work.sync().reconciler(), intent, ticket, now)));
    work.put(
        link.withTicket(new Seen<>(ticket, seen))
            .withIntent(Optional.empty())
            .withFields(fields)
            .withDue(Optional.empty())
            .withAttempts(0)
            .in(LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND), "", now));
    work.paired(link.key());
    work.tell(now, link.key(), "adopted", "", ticket.key() + " carries this link's key");
    if (candidates.size() > 1) {
      work.tell(
          now,
          link.key(),
          "duplicate",
          "",
          candidates.size()
              + " tickets carry this link's key; "
              + ticket.key()
              + " is kept, the others are left alone: "
              + String.join(", ", candidates.stream().skip(1).map(Ticket::key).toList()));
    }
  }

  private void refused(Work work, Link link, Refusal refusal, boolean creating) {
    Instant now = clock.instant();
    if (refusal.concernsSystem()) {
      // Certainly not executed: the next attempt need not wait for the search to catch up.
      boolean maybeThere = creating && refusal instanceof Refusal.Unknown;
      Link waiting = maybeThere || !creating ? link : link.withIntent(Optional.empty());
      if (maybeThere) {
        // It was made before this moment, however long the call took.
        waiting = link.withIntent(link.intent().map(intent -> intent.until(now)));
      }
      Instant again =
          maybeThere
              ? now.plus(work.sync().searchLag()).plus(LONGEST_WAY)
              : health.pausedUntil(work.sync().system()).orElse(now.plusSeconds(1));
      work.put(
          waiting
              .withDue(Optional.of(again))
              .in(
                  link.state(),
                  "waiting for " + work.sync().system() + ": " + refusal.words(),
                  now));
      return;
    }
    int attempts = link.attempts() + 1;
    work.put(
        link.withIntent(Optional.empty())
            .withAttempts(attempts)
            .withDue(Optional.of(now.plus(backoff(attempts))))
            .in(
                LinkTransitions.next(link.state(), LinkEvent.CREATION_REFUSED),
                refusal.words(),
                now));
    work.tell(now, link.key(), "refused", "", "ticket not created: " + refusal.words());
  }

  private static Task intended(Link link) {
    return link.intent().orElseThrow().task();
  }

  private static Duration backoff(int attempts) {
    Duration wait = FIRST_RETRY;
    for (int i = 1; i < attempts && wait.compareTo(LONGEST_RETRY) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wait;
  }
}
