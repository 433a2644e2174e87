package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.TaskUpdate;
import dev.taskbridge.adapter.TaskSource.UpdateTasks;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.reconcile.FieldDecision;
import dev.taskbridge.reconcile.FieldDecision.Agreed;
import dev.taskbridge.reconcile.FieldDecision.Write;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.Plan;
import dev.taskbridge.reconcile.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings links whose two sides are known to agreement: plans on what was last seen, reads afresh
 * the side that is to be written, plans again, writes, and remembers what the systems then report.
 */
final class Merge {
  private static final int LONGEST_SHOWN = 80;

  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;
  private final FreshSight sight;

  Merge(Systems systems, SystemHealth health, Clock clock, FreshSight sight) {
    this.systems = systems;
    this.health = health;
    this.clock = clock;
    this.sight = sight;
  }

  /** Sees to the links of {@code work} that have both sides. */
  void run(Work work, boolean thorough) {
    Map<LinkKey, Plan> plans = new LinkedHashMap<>();
    for (Link link : work.links()) {
      if (isMergeable(link)) {
        plans.put(link.key(), plan(work, link));
      }
    }
    sight.refresh(
        work,
        plans,
        plan -> thorough || !plan.writesNothing() || needsBoth(work.link(plan.link()), plan),
        key -> plan(work, work.link(key)));
    plans.keySet().removeIf(key -> !isMergeable(work.link(key)));
    markWrites(work, plans);
    plans.keySet().removeIf(work::isOvertaken);
    // Before the writes are sent: whoever reads later than this has seen more than they report.
    Instant sent = clock.instant();
    Map<LinkKey, Outcome<Written<Ticket>>> tickets = writeTickets(work, plans);
    Map<LinkKey, Outcome<Written<Task>>> tasks = writeTasks(work, plans);
    plans.forEach(
        (key, plan) ->
            settle(
                work,
                plan,
                sent,
                Optional.ofNullable(tickets.get(key)),
                Optional.ofNullable(tasks.get(key))));
    work.save();
  }

  private static boolean isMergeable(Link link) {
    return link.hasTicket()
        && link.task().isPresent()
        && link.ticket().isPresent()
        && link.state() != LinkState.RETIRED;
  }

  /**
   * Whether agreement must not be believed of what was seen last: after a write whose end is not
   * known, a search may still show both sides as they were before it; and a base moved back to what
   * is older than it would make news of the past.
   */
  private static boolean needsBoth(Link link, Plan plan) {
    return link.fields().values().stream().anyMatch(field -> field.writing().isPresent())
        || movesABase(link, plan);
  }

  /** Whether a plan finds agreement on values that are not the ones last agreed on. */
  private static boolean movesABase(Link link, Plan plan) {
    return plan.decisions().entrySet().stream()
        .anyMatch(
            entry ->
                entry.getValue() instanceof Agreed agreed
                    && Optional.ofNullable(link.fields().get(entry.getKey()))
                        .flatMap(FieldRecord::base)
                        .filter(base -> !base.equals(agreed.seen()))
                        .isPresent());
  }

  private Plan plan(Work work, Link link) {
    return work.sync()
        .reconciler()
        .plan(
            link.key(),
            link.fields(),
            link.task().orElseThrow().record(),
            link.ticket().orElseThrow().record(),
            clock.instant());
  }

  /**
   * Stores, before anything is sent, what is about to be written: after a crash or a lost answer,
   * our own work is then not taken for somebody's edit.
   */
  private static void markWrites(Work work, Map<LinkKey, Plan> plans) {
    for (Plan plan : plans.values()) {
      Link link = work.link(plan.link());
      Map<FieldName, FieldRecord> fields = new HashMap<>(link.fields());
      plan.decisions()
          .forEach(
              (field, decision) -> {
                if (decision instanceof Write write) {
                  FieldRecord record =
                      fields.getOrDefault(field, FieldRecord.unseen(link.stateSince()));
                  fields.put(field, record.whileWriting(write.to(), write.seen(), write.value()));
                }
              });
      work.put(link.withFields(fields));
    }
    work.save();
  }

  private Map<LinkKey, Outcome<Written<Ticket>>> writeTickets(Work work, Map<LinkKey, Plan> plans) {
    List<LinkKey> keys = new ArrayList<>();
    List<TicketUpdate> updates = new ArrayList<>();
    plans.forEach(
        (key, plan) -> {
          Map<FieldName, FieldValue> writes = plan.writes(Side.TICKET);
          if (!writes.isEmpty()) {
            keys.add(key);
            updates.add(new TicketUpdate(work.link(key).ticket().orElseThrow().record(), writes));
          }
        });
    Map<LinkKey, Outcome<Written<Ticket>>> results = new HashMap<>();
    if (!updates.isEmpty()) {
      List<Outcome<Written<Ticket>>> outcomes =
          systems
              .tickets(work.sync().system())
              .update(new UpdateTickets(work.sync().scope(), updates));
      for (int i = 0; i < keys.size(); i++) {
        results.put(keys.get(i), outcomes.get(i));
      }
    }
    return results;
  }

  private Map<LinkKey, Outcome<Written<Task>>> writeTasks(Work work, Map<LinkKey, Plan> plans) {
    List<LinkKey> keys = new ArrayList<>();
    List<TaskUpdate> updates = new ArrayList<>();
    plans.forEach(
        (key, plan) -> {
          Map<FieldName, FieldValue> writes = plan.writes(Side.TASK);
          if (!writes.isEmpty()) {
            keys.add(key);
            updates.add(new TaskUpdate(work.link(key).task().orElseThrow().record(), writes));
          }
        });
    Map<LinkKey, Outcome<Written<Task>>> results = new HashMap<>();
    if (!updates.isEmpty()) {
      List<Outcome<Written<Task>>> outcomes = systems.tasks().update(new UpdateTasks(updates));
      for (int i = 0; i < keys.size(); i++) {
        results.put(keys.get(i), outcomes.get(i));
      }
    }
    return results;
  }

  private void settle(
      Work work,
      Plan plan,
      Instant sent,
      Optional<Outcome<Written<Ticket>>> ticketOutcome,
      Optional<Outcome<Written<Task>>> taskOutcome) {
    Instant now = clock.instant();
    Link link = work.link(plan.link());
    Map<FieldName, Refusal> refused = new HashMap<>();
    Optional<Refusal> waitingFor =
        trouble(work, plan, Side.TICKET, ticketOutcome, refused)
            .or(() -> trouble(work, plan, Side.TASK, taskOutcome, refused));
    Seen<Ticket> ticket =
        ticketOutcome
            .flatMap(Outcome::value)
            .map(written -> new Seen<>(written.now(), sent))
            .orElse(link.ticket().orElseThrow());
    Seen<Task> task =
        taskOutcome
            .flatMap(Outcome::value)
            // A write reports no artifacts; they are as they were read a moment ago.
            .map(written -> written.now().withArtifacts(before(link).artifacts()))
            .map(after -> new Seen<>(after, sent))
            .orElse(link.task().orElseThrow());
    Plan carriedOut = plan;
    if (waitingFor.isPresent()) {
      carriedOut = withoutUnknown(plan, ticketOutcome, taskOutcome);
    }
    Map<FieldName, FieldRecord> fields =
        Settlement.settle(
            work.sync().reconciler(),
            carriedOut,
            link.fields(),
            task.record(),
            ticket.record(),
            refused,
            link.ticket().map(Seen::record),
            now);
    Link settled = Standing.of(link.withTask(task).withTicket(ticket).withFields(fields), now);
    if (waitingFor.isPresent()) {
      Instant again =
          waitingFor.get() instanceof Refusal.Later later
              ? later.retryAt()
              : health
                  .pausedUntil(work.sync().system())
                  .or(() -> health.pausedUntil(Systems.THREATCONNECT))
                  .orElse(now.plusSeconds(1));
      settled =
          settled
              .withDue(Optional.of(again))
              .in(settled.state(), "waiting: " + waitingFor.get().words(), now);
    }
    work.put(settled);
    tellWrites(work, carriedOut, link, settled, now);
    Standing.tellTrouble(work, link, settled, now);
    boolean wrote = ticketOutcome.isPresent() || taskOutcome.isPresent();
    if (wrote && waitingFor.isEmpty() && !plan(work, settled).writesNothing()) {
      // Somebody slipped in between the read and the write, or a step of a walk is left.
      work.lookAgain(plan.link());
    }
  }

  private static Task before(Link link) {
    return link.task().orElseThrow().record();
  }

  /** Sorts out a refused write: field refusals are collected, the system's troubles returned. */
  private Optional<Refusal> trouble(
      Work work,
      Plan plan,
      Side to,
      Optional<? extends Outcome<? extends Written<?>>> outcome,
      Map<FieldName, Refusal> refused) {
    if (outcome.isEmpty()) {
      return Optional.empty();
    }
    Map<FieldName, Refusal> ofFields = fieldRefusals(outcome);
    ofFields.forEach(
        (field, why) -> {
          if (!why.passes()) {
            refused.put(field, why);
          }
        });
    Optional<Refusal> refusal = outcome.get().refusal();
    if (refusal.isEmpty()) {
      return ofFields.values().stream().filter(Refusal::passes).findFirst();
    }
    if (refusal.get().passes()) {
      return refusal;
    }
    if (refusal.get() instanceof Refusal.Gone) {
      work.lookThoroughly(plan.link());
    }
    plan.writes(to).keySet().forEach(field -> refused.put(field, refusal.get()));
    return Optional.empty();
  }

  /** The plan without the writes that may or may not have been done: they stay to be decided. */
  private static Plan withoutUnknown(
      Plan plan,
      Optional<Outcome<Written<Ticket>>> ticketOutcome,
      Optional<Outcome<Written<Task>>> taskOutcome) {
    Map<FieldName, FieldDecision> kept = new LinkedHashMap<>(plan.decisions());
    withoutUnknown(plan, Side.TICKET, ticketOutcome, kept);
    withoutUnknown(plan, Side.TASK, taskOutcome, kept);
    return new Plan(plan.link(), kept);
  }

  private static void withoutUnknown(
      Plan plan,
      Side to,
      Optional<? extends Outcome<? extends Written<?>>> outcome,
      Map<FieldName, FieldDecision> kept) {
    if (outcome.flatMap(Outcome::refusal).filter(Refusal::passes).isPresent()) {
      plan.writes(to).keySet().forEach(kept::remove);
    }
    fieldRefusals(outcome)
        .forEach(
            (field, why) -> {
              if (why.passes()) {
                kept.remove(field);
              }
            });
  }

  private static Map<FieldName, Refusal> fieldRefusals(
      Optional<? extends Outcome<? extends Written<?>>> outcome) {
    return outcome
        .flatMap(Outcome::value)
        .<Map<FieldName, Refusal>>map(Written::refused)
        .orElse(Map.of());
  }

  private static void tellWrites(Work work, Plan plan, Link before, Link after, Instant now) {
    for (FieldRule rule : work.sync().reconciler().rules()) {
      FieldName field = rule.field();
      FieldRecord record = after.fields().get(field);
      if (plan.decisions().get(field) instanceof Write write
          && record != null
          && record.verdict() == FieldRecord.Verdict.AGREED) {
        edited(before, write.to().other())
            .ifPresent(at -> work.carried(before.key(), write.to(), at, now));
        FieldMapping mapping = rule.mapping();
        FieldValue was = write.seen().on(write.to());
        FieldValue is =
            write.to() == Side.TICKET
                ? mapping.onTicket(after.ticket().orElseThrow().record())
                : mapping.onTask(after.task().orElseThrow().record());
        work.tell(
            now,
            before.key(),
            "wrote-" + write.to().word(),
            field.word(),
            (write.to() == Side.TICKET
                    ? after.ticketKey()
                    : "task " + after.task().orElseThrow().record().id())
                + " "
                + field
                + ": "
                + excerpt(was.shown())
                + " -> "
                + excerpt(is.shown())
                + " ("
                + write.why()
                + ")");
      }
    }
  }

  /** When a side was last edited, by its own clock. */
  private static Optional<Instant> edited(Link link, Side side) {
    return side == Side.TASK
        ? link.task().flatMap(seen -> seen.record().parentCase().lastUpdated())
        : link.ticket().map(seen -> seen.record().updatedAt());
  }

  private static String excerpt(String text) {
    String line = text.replace('\n', ' ');
    return line.codePointCount(0, line.length()) <= LONGEST_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST_SHOWN - 1)) + "…";
  }
}
