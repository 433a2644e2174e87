package dev.taskbridge.reconcile;

import dev.taskbridge.domain.Base;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.FieldRecord.Writing;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.mapping.Mapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three-way merge of a link, field by field. Pure and thread-safe. */
public final class Reconciler {
  private final List<FieldRule> rules;

  public Reconciler(List<FieldRule> rules) {
    this.rules = List.copyOf(rules);
  }

  public List<FieldRule> rules() {
    return rules;
  }

  /**
   * What would bring the two sides into agreement.
   *
   * @param remembered what the link remembers of its fields
   * @param now decides only whether a refused write may be tried again
   */
  public Plan plan(
      LinkKey link, Map<FieldName, FieldRecord> remembered, Task task, Ticket ticket, Instant now) {
    Map<FieldName, FieldDecision> decisions = new LinkedHashMap<>();
    for (FieldRule rule : rules) {
      FieldRecord memory = remembered.getOrDefault(rule.field(), FieldRecord.unseen(now));
      decisions.put(rule.field(), decide(rule, memory, task, ticket, now));
    }
    return new Plan(link, decisions);
  }

  /** The values of a ticket that does not exist yet: everything a task can say. */
  public Plan planNewTicket(LinkKey link, Task task) {
    Map<FieldName, FieldDecision> decisions = new LinkedHashMap<>();
    for (FieldRule rule : rules) {
      if (rule.direction() != Direction.TO_TASK) {
        FieldMapping mapping = rule.mapping();
        Base seen = new Base(mapping.onTask(task), FieldValue.ABSENT);
        decisions.put(
            rule.field(),
            seen.onTask().equals(FieldValue.ABSENT)
                ? new FieldDecision.Agreed(seen)
                : carry(mapping, Side.TASK, "new", task, Ticket.NONE, seen));
      }
    }
    return new Plan(link, decisions);
  }

  /** The values of a task that does not exist yet: everything a ticket can say. */
  public Plan planNewTask(LinkKey link, Ticket ticket, Task blank) {
    Map<FieldName, FieldDecision> decisions = new LinkedHashMap<>();
    for (FieldRule rule : rules) {
      FieldMapping mapping = rule.mapping();
      Base seen = new Base(mapping.onTask(blank), mapping.onTicket(ticket));
      boolean nothingToSay =
          seen.onTicket().equals(FieldValue.ABSENT) || mapping.agree(blank, ticket);
      if (rule.direction() != Direction.TO_TICKET && !nothingToSay) {
        decisions.put(rule.field(), carry(mapping, Side.TICKET, "new", blank, ticket, seen));
      }
    }
    return new Plan(link, decisions);
  }

  private static FieldDecision decide(
      FieldRule rule, FieldRecord memory, Task task, Ticket ticket, Instant now) {
    FieldMapping mapping = rule.mapping();
    Optional<Base> base = memory.base();
    FieldValue onTask = mapping.onTask(task);
    FieldValue onTicket = mapping.onTicket(ticket);
    // Equal values may still know more or less than base does (a hidden e-mail address): what was
    // known when they agreed counts.
    Ticket known =
        base.map(Base::onTicket)
            .filter(onTicket::equals)
            .map(remembered -> ticket.with(rule.field(), remembered))
            .orElse(ticket);
    Base seen = new Base(onTask, mapping.onTicket(known));
    if (mapping.agree(task, known)) {
      return new FieldDecision.Agreed(seen);
    }
    boolean sameAsJudged = memory.judged().filter(seen::equals).isPresent();
    if (sameAsJudged && memory.verdict() == Verdict.AGREED) {
      // As near as the system comes to it: it keeps what was written in words of its own.
      return new FieldDecision.Agreed(seen);
    }
    Optional<Side> chosen = memory.keep().filter(side -> sameAsJudged);
    if (sameAsJudged
        && chosen.isEmpty()
        && memory.verdict() == Verdict.FAILING
        && memory.attempts() > 0
        && memory.retryAt().filter(at -> !at.isAfter(now)).isEmpty()) {
      return new FieldDecision.LeftAlone(seen);
    }
    boolean taskMoved =
        !base.map(Base::onTask).filter(onTask::equals).isPresent()
            && !isOurWork(rule, memory, Side.TASK, task, known);
    boolean ticketMoved =
        !base.map(Base::onTicket).filter(onTicket::equals).isPresent()
            && !isOurWork(rule, memory, Side.TICKET, task, known);
    if (rule.direction().source().isPresent()) {
      Side source = rule.direction().source().get();
      return carry(mapping, source, "the " + source.word() + " decides", task, known, seen);
    }
    if (chosen.isPresent()) {
      return carry(mapping, chosen.get(), "a person chose", task, known, seen);
    }
    boolean cutShort =
        mapping.stepwise()
            && memory.writing().filter(begun -> begun.to() == Side.TICKET).isPresent();
    if (base.isPresent() && cutShort) {
      return carry(mapping, Side.TASK, "a write was cut short", task, known, seen);
    }
    if (base.isEmpty() && isSameWording(mapping, task, known)) {
      // Seen for the first time, as after the loss of the store: a system keeps a text in words of
      // its own, and to write it once more would change nothing.
      return new FieldDecision.Agreed(seen);
    }
    if (taskMoved && ticketMoved && base.filter(Reconciler::isSaidByBoth).isPresent()) {
      // From one open status to another, say: what the other side need not follow is no news to it.
      boolean taskSaysNothing =
          mapping.agree(task, known.with(rule.field(), base.get().onTicket()));
      boolean ticketSaysNothing =
          mapping.agree(task.with(rule.field(), base.get().onTask()), known);
      if (taskSaysNothing != ticketSaysNothing) {
        taskMoved = ticketSaysNothing;
        ticketMoved = taskSaysNothing;
      }
    }
    if (base.isEmpty() || taskMoved == ticketMoved) {
      return base.isPresent() && taskMoved
          ? bothMoved(rule, task, known, seen)
          : carry(
              mapping,
              rule.policy().authority(),
              base.isPresent() ? "the rules changed" : "first sight",
              task,
              known,
              seen);
    }
    Side moved = taskMoved ? Side.TASK : Side.TICKET;
    return carry(mapping, moved, "the " + moved.word() + " changed", task, known, seen);
  }

  private static boolean isSaidByBoth(Base base) {
    return !base.onTask().equals(FieldValue.ABSENT) && !base.onTicket().equals(FieldValue.ABSENT);
  }

  /** Whether {@code side} holds just what a write of ours was to bring there. */
  private static boolean isOurWork(
      FieldRule rule, FieldRecord memory, Side side, Task task, Ticket ticket) {
    Optional<Writing> begun =
        memory
            .writing()
            .filter(writing -> writing.to() == side && rule.direction() == Direction.BOTH);
    return begun
        .filter(
            writing ->
                // The mapping may have been edited since, so that what we wrote fits it no more.
                Wording.isAsAsked(
                        writing.value(),
                        side == Side.TICKET
                            ? rule.mapping().onTicket(ticket)
                            : rule.mapping().onTask(task))
                    || (side == Side.TICKET
                        ? Wording.isSame(writing.from(), rule.mapping().onTicket(ticket))
                            || rule.mapping().agree(task.with(rule.field(), writing.from()), ticket)
                        : Wording.isSame(writing.from(), rule.mapping().onTask(task))
                            || rule.mapping()
                                .agree(task, ticket.with(rule.field(), writing.from()))))
        .isPresent();
  }

  private static boolean isSameWording(FieldMapping mapping, Task task, Ticket ticket) {
    return mapping.toTicket(task, ticket) instanceof Mapped.To to
        && Wording.isSame(to.value(), mapping.onTicket(ticket));
  }

  private static FieldDecision bothMoved(FieldRule rule, Task task, Ticket ticket, Base seen) {
    if (isSameWording(rule.mapping(), task, ticket)) {
      // A write whose answer was lost, kept by the system in words of its own.
      return new FieldDecision.Agreed(seen);
    }
    return rule.policy()
        .winner(task.parentCase().lastUpdated(), ticket.updatedAt())
        .map(
            winner ->
                carry(
                    rule.mapping(),
                    winner,
                    "both changed, the " + winner.word() + " wins",
                    task,
                    ticket,
                    seen))
        .orElseGet(() -> new FieldDecision.Conflict(seen));
  }

  private static FieldDecision carry(
      FieldMapping mapping, Side from, String why, Task task, Ticket ticket, Base seen) {
    Side to = from.other();
    Mapped mapped =
        from == Side.TASK ? mapping.toTicket(task, ticket) : mapping.toTask(ticket, task);
    return mapped.match(
        value ->
            value.equals(seen.on(to))
                ? new FieldDecision.NoCounterpart(
                    to, "the " + to.word() + " cannot say " + seen.on(from).shown(), seen)
                : new FieldDecision.Write(to, value, why, seen),
        reason -> new FieldDecision.NoCounterpart(to, reason, seen));
  }
}
