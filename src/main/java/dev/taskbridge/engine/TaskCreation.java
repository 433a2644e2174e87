package dev.taskbridge.engine;

import dev.taskbridge.adapter.TaskSource.CreateTasks;
import dev.taskbridge.adapter.TaskSource.MadeTask;
import dev.taskbridge.adapter.TaskSource.NewTask;
import dev.taskbridge.adapter.TaskSource.TaskPage;
import dev.taskbridge.adapter.TaskSource.TaskPresence;
import dev.taskbridge.adapter.TaskSource.TaskQuery;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.TaskStatus;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.reconcile.Adoption;
import dev.taskbridge.reconcile.FieldDecision.Write;
import dev.taskbridge.reconcile.FieldRule;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.reconcile.Plan;
import dev.taskbridge.reconcile.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the tasks of selected tickets, and takes the ones that people paired with a ticket. The
 * task's xid is derived from sync and ticket, and the Tasks API itself is asked for it before it is
 * created once more, so that a crash or a lost answer makes no second one.
 */
final class TaskCreation {
  private static final Duration RETRY = Duration.ofMinutes(5);

  private final Systems systems;
  private final SystemHealth health;
  private final Clock clock;

  TaskCreation(Systems systems, SystemHealth health, Clock clock) {
    this.systems = systems;
    this.health = health;
    this.clock = clock;
  }

  /** Sees to the links of {@code work} that were begun for a ticket and have no task yet. */
  void run(Work work) {
    for (Link link : work.links()) {
      if (isUnfinished(link) && link.task().isPresent()) {
        adopt(work, link, link.task().orElseThrow());
      }
    }
    List<Link> wanted =
        work.links().stream()
            .filter(link -> link.task().isEmpty() && link.ticket().isPresent())
            // Of a task that people named it is not ours to make another.
            .filter(link -> work.sync().create().makesTasks())
            .filter(link -> IdempotencyKey.looksLikeOne(link.key().xid()))
            .toList();
    Optional<Instant> paused =
        health
            .pausedUntil(Systems.THREATCONNECT)
            .or(
                () ->
                    Optional.of(clock.instant().plusSeconds(1))
                        .filter(at -> !wanted.isEmpty() && !work.ticketsFollowed()));
    if (!wanted.isEmpty() && paused.isPresent()) {
      wanted.forEach(link -> work.postpone(link.key(), paused.get()));
    } else if (!wanted.isEmpty()) {
      List<Link> missing =
          wanted.stream().filter(link -> !isCreating(link) || isMissing(work, link)).toList();
      if (!missing.isEmpty()) {
        create(work, missing);
      }
    }
    work.save();
  }

  private static boolean isCreating(Link link) {
    return link.state() == LinkState.CREATING;
  }

  private static boolean isUnfinished(Link link) {
    return link.ticket().isPresent() && (isCreating(link) || link.state() == LinkState.PROPOSED);
  }

  /**
   * Asks the server for the task of an earlier attempt; false if it is there, or cannot be told.
   */
  private boolean isMissing(Work work, Link link) {
    Instant asked = clock.instant();
    Outcome<TaskPresence> presence = systems.tasks().read(link.key().xid());
    presence.refusal().ifPresent(why -> refused(work, link, why));
    if (presence.value().orElse(null) instanceof TaskPresence.Present present) {
      adopt(work, link, new Seen<>(present.task(), asked));
    }
    return presence.value().orElse(null) instanceof TaskPresence.Missing;
  }

  /** Takes a task that is there as the link's own; what was about to be written tells it apart. */
  private void adopt(Work work, Link link, Seen<Task> task) {
    Instant now = clock.instant();
    work.put(
        link.withTask(task)
            .withDue(Optional.empty())
            .withAttempts(0)
            .withFields(
                Adoption.bases(
                    work.sync().reconciler(),
                    link.fields(),
                    blank(link.key().xid()),
                    task.record(),
                    link.ticket().orElseThrow().record(),
                    now))
            .in(LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND), "", now));
    work.paired(link.key());
    work.tell(
        now, link.key(), "adopted", "", "task " + task.record().id() + " has this link's xid");
  }

  private void create(Work work, List<Link> wanted) {
    Outcome<Long> parentCase = systems.tasks().findCase(work.sync().taskCase().orElse(""));
    parentCase.match(
        id -> {
          create(work, wanted, id);
          return true;
        },
        refusal -> {
          wanted.forEach(link -> refused(work, link, refusal));
          return false;
        });
  }

  /**
   * Those whose task is not there. One that is there before anything was noted is of a time that is
   * not remembered: people may have edited either side of it since.
   */
  private List<Link> missing(Work work, List<Link> wanted) {
    List<Link> unasked = wanted.stream().filter(link -> !isCreating(link)).toList();
    if (unasked.isEmpty()) {
      return wanted;
    }
    Instant asked = clock.instant();
    List<String> xids = unasked.stream().map(link -> link.key().xid()).toList();
    Outcome<TaskPage> outcome =
        systems
            .tasks()
            .tasks(
                new TaskQuery(Optional.empty(), Optional.empty(), xids, 0, xids.size() + 1, false));
    outcome.refusal().ifPresent(why -> unasked.forEach(link -> refused(work, link, why)));
    if (outcome.refusal().isPresent()) {
      return wanted.stream().filter(TaskCreation::isCreating).toList();
    }
    Map<String, Task> there = new HashMap<>();
    outcome.value().orElseThrow().tasks().forEach(task -> there.put(task.xid(), task));
    List<Link> missing = new ArrayList<>();
    for (Link link : wanted) {
      Task task = there.get(link.key().xid());
      if (task != null) {
        adopt(work, link, new Seen<>(task, asked));
      } else {
        missing.add(link);
      }
    }
    return missing;
  }

  private static Plan plan(Work work, Link link) {
    return work.sync()
        .reconciler()
        .planNewTask(link.key(), link.ticket().orElseThrow().record(), blank(link.key().xid()));
  }

  private void create(Work work, List<Link> wanted, long caseId) {
    List<Link> missing = missing(work, wanted);
    missing.forEach(link -> note(work, link, plan(work, link)));
    work.save();
    List<Link> asked = missing.stream().filter(link -> !work.isOvertaken(link.key())).toList();
    if (asked.isEmpty()) {
      return;
    }
    List<Plan> plans = asked.stream().map(link -> plan(work, link)).toList();
    List<NewTask> drafts = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Link link = asked.get(i);
      Ticket ticket = link.ticket().orElseThrow().record();
      drafts.add(new NewTask(link.key().xid(), caseId, values(work, plans.get(i), ticket)));
    }
    Instant sent = clock.instant();
    List<Outcome<MadeTask>> outcomes = systems.tasks().create(new CreateTasks(drafts));
    for (int i = 0; i < asked.size(); i++) {
      Link link = work.link(asked.get(i).key());
      Plan plan = plans.get(i);
      outcomes
          .get(i)
          .match(
              made -> {
                Seen<Task> now = new Seen<>(made.now(), sent);
                if (made.wasThere()) {
                  // What is noted of the link is of this attempt, and says nothing of that task.
                  adopt(work, link.withFields(Map.of()), now);
                } else {
                  created(work, link, plan, now, made.refused());
                }
                return true;
              },
              refusal -> {
                refused(work, link, refusal);
                return false;
              });
    }
  }

  /** Stores, before it is sent, what the task is made of: see {@link Merge}. */
  private void note(Work work, Link link, Plan plan) {
    Instant now = clock.instant();
    Map<FieldName, FieldRecord> fields =
        new HashMap<>(
            Adoption.nothingToSay(
                work.sync().reconciler(),
                blank(link.key().xid()),
                link.ticket().orElseThrow().record(),
                now));
    plan.decisions()
        .forEach(
            (field, decision) ->
                fields.put(
                    field,
                    FieldRecord.unseen(now)
                        .whileWriting(
                            Side.TASK,
                            decision.seen(),
                            decision instanceof Write write ? write.value() : FieldValue.ABSENT)));
    work.put(
        link.withFields(fields)
            .withDue(Optional.empty())
            .in(LinkTransitions.next(link.state(), LinkEvent.INTENT_RECORDED), "", now));
  }

  /** A task needs a name, whichever way the sync carries titles later on. */
  private static Map<FieldName, FieldValue> values(Work work, Plan plan, Ticket ticket) {
    Map<FieldName, FieldValue> values = new LinkedHashMap<>(plan.writes(Side.TASK));
    for (FieldRule rule : work.sync().reconciler().rules()) {
      FieldMapping mapping = rule.mapping();
      if (mapping.field().equals(FieldName.TITLE)) {
        mapping
            .toTask(ticket, blank(""))
            .match(
                value -> values.putIfAbsent(FieldName.TITLE, value),
                reason -> values.get(rule.field()));
      }
    }
    return values;
  }

  private void created(
      Work work, Link link, Plan plan, Seen<Task> task, Map<FieldName, Refusal> refused) {
    Instant now = clock.instant();
    Ticket ticket = link.ticket().orElseThrow().record();
    Link linked =
        link.withTask(task)
            .withAttempts(0)
            .withFields(
                Settlement.settle(
                    work.sync().reconciler(),
                    plan,
                    Map.of(),
                    task.record(),
                    ticket,
                    refused,
                    Optional.of(ticket),
                    now))
            .in(LinkTransitions.next(link.state(), LinkEvent.COUNTERPART_FOUND), "", now);
    work.put(Standing.of(linked, now));
    work.paired(link.key());
    work.tell(
        now, link.key(), "created", "", "task " + task.record().id() + " from " + ticket.key());
    Standing.tellTrouble(work, link, work.link(link.key()), now);
  }

  private void refused(Work work, Link link, Refusal refusal) {
    Instant now = clock.instant();
    if (refusal.concernsSystem()) {
      Instant again = health.pausedUntil(Systems.THREATCONNECT).orElse(now.plusSeconds(2));
      work.put(
          link.withDue(Optional.of(again))
              .in(link.state(), "waiting for ThreatConnect: " + refusal.words(), now));
      return;
    }
    if (!link.reason().equals(refusal.words())) {
      work.tell(now, link.key(), "refused", "", "task not created: " + refusal.words());
    }
    work.put(
        link.withDue(Optional.of(now.plus(RETRY)))
            .withAttempts(link.attempts() + 1)
            .in(
                LinkTransitions.next(link.state(), LinkEvent.CREATION_REFUSED),
                refusal.words(),
                now));
  }

  /** A task as the server makes it when only its name is given. */
  private static Task blank(String xid) {
    return new Task(
        0,
        xid,
        "",
        "",
        TaskStatus.OPEN,
        false,
        Optional.empty(),
        FieldValue.ABSENT,
        OptionalLong.empty(),
        0,
        1,
        new ParentCase(0, "", "", "", Optional.empty()),
        List.of(),
        "");
  }
}
