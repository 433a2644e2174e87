package dev.taskbridge.simulation;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Writing;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.mapping.FieldMapping;
import dev.taskbridge.mapping.Mapped;
import dev.taskbridge.reconcile.ConflictPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The judge of every write: knows, from what the systems saw and not from what the bridge stores,
 * when both sides last agreed and who edited what since, and so whether a write carries an edit,
 * settles a conflict as configured, or undoes what nobody contradicted.
 *
 * <p>What it excuses is what {@code docs/guarantees.md} excuses. An edit that falls after the
 * bridge's last read of that record in the same look is unknown to the bridge: a write is judged by
 * what that read showed.
 */
final class Ledger {
  /** The values of both sides at one moment. */
  private record Pair(FieldValue onTask, FieldValue onTicket) {
    FieldValue on(Side side) {
      return side == Side.TASK ? onTask : onTicket;
    }
  }

  /** What a look read. */
  private record Read(int look, FieldValue value) {}

  private record Where(String xid, FieldName field) {}

  /** One field of one link. */
  private static final class Entry {
    /** What both sides certainly were to the bridge when it last knew them to agree. */
    @Nullable Pair certain;

    /** What they may have been to it since: writes whose answer it may not have, and the like. */
    final Set<Pair> possible = new LinkedHashSet<>();

    /** Agreements of the past, which an old backup brings back. */
    final Set<Pair> past = new LinkedHashSet<>();

    /** Writes that the bridge was about to send, whether or not it came to that. */
    final Set<Writing> noted = new LinkedHashSet<>();

    final Set<Side> edited = EnumSet.noneOf(Side.class);
    final Set<Side> pending = EnumSet.noneOf(Side.class);
    final Map<Side, Read> reads = new EnumMap<>(Side.class);
    final Set<FieldValue> onTask = new LinkedHashSet<>();
    final Set<FieldValue> onTicket = new LinkedHashSet<>();
    @Nullable Pair answered;
    boolean rulesChanged;
    boolean excused;
    boolean made;
    @Nullable Side chosen;

    void isCertain(Pair pair) {
      certain = pair;
      past.add(pair);
      possible.clear();
      noted.clear();
      edited.clear();
      pending.clear();
      answered = null;
      rulesChanged = false;
      excused = false;
      chosen = null;
    }
  }

  private final World world;
  private final Supplier<Settings> settings;
  private final Function<String, Optional<Task>> taskOf;
  private final Function<String, Optional<Ticket>> ticketOf;
  private final Map<Where, Entry> entries = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  Ledger(
      World world,
      Supplier<Settings> settings,
      Function<String, Optional<Task>> taskOf,
      Function<String, Optional<Ticket>> ticketOf) {
    this.world = world;
    this.settings = settings;
    this.taskOf = taskOf;
    this.ticketOf = ticketOf;
  }

  List<String> violations() {
    return violations;
  }

  void violated(String what) {
    violations.add(world.now() + " " + what);
    world.tell(() -> "VIOLATION " + what);
  }

  private Entry entry(String xid, FieldName field) {
    return entries.computeIfAbsent(new Where(xid, field), where -> new Entry());
  }

  // What people and time do.

  /** A person changed a field. */
  void edited(String xid, FieldName field, Side side) {
    Entry entry = entry(xid, field);
    entry.edited.add(side);
    remember(entry, xid, field);
    Where where = new Where(xid, field);
    // People may come to agree by themselves, and the bridge may see it.
    now(where).filter(pair -> agree(where, pair)).ifPresent(entry.possible::add);
    // Who says just what a write that was cut short was to say is taken for that write.
    now(where)
        .ifPresent(
            pair ->
                entry.noted.stream()
                    .filter(writing -> writing.to() == side)
                    .filter(writing -> pair.on(side).shown().equals(writing.value().shown()))
                    .forEach(
                        writing -> entry.possible.add(pair(side, writing.from(), pair.on(side)))));
  }

  private void remember(Entry entry, String xid, FieldName field) {
    taskOf.apply(xid).ifPresent(task -> entry.onTask.add(ModelTasks.value(task, field)));
    ticketOf.apply(xid).ifPresent(ticket -> entry.onTicket.add(ticket.value(field)));
  }

  /** A record that was deleted takes its link's past along, but for what its task has been. */
  void forget(String xid) {
    for (FieldName field : Settings.FIELDS) {
      Entry fresh = new Entry();
      fresh.onTask.addAll(entry(xid, field).onTask);
      fresh.edited.addAll(EnumSet.allOf(Side.class));
      entries.put(new Where(xid, field), fresh);
    }
  }

  /**
   * The store is an old one, or empty: any agreement of the past may be the last that the bridge
   * knows, and what differs is settled by authority, as at first sight.
   */
  void storeSwapped() {
    for (Entry entry : entries.values()) {
      entry.certain = null;
      entry.answered = null;
      entry.possible.addAll(entry.past);
      entry.pending.addAll(EnumSet.allOf(Side.class));
      entry.edited.addAll(EnumSet.allOf(Side.class));
      entry.rulesChanged = true;
    }
  }

  /** The process died: answers that were not stored are lost. */
  void crashed() {
    for (Entry entry : entries.values()) {
      entry.answered = null;
      entry.made = false;
    }
  }

  /**
   * An edit that is not promised to survive: made between a write and the reading back of its
   * answer, to a field in which the bridge cannot tell it from the system's own doing.
   */
  void excused(String xid, FieldName field) {
    world.tell(() -> "(not promised: " + field + " of " + xid + ")");
    Entry entry = entry(xid, field);
    entry.excused = true;
    entry.answered = null;
  }

  void rulesChanged() {
    entries.values().forEach(entry -> entry.rulesChanged = true);
  }

  /** A person decided a conflict. */
  void chosen(String xid, FieldName field, Side side) {
    entry(xid, field).chosen = side;
  }

  // What the bridge does.

  /** The bridge read a task by its id, in this look. */
  void read(Task task) {
    for (FieldName field : Settings.FIELDS) {
      read(task.xid(), field, Side.TASK, ModelTasks.value(task, field));
    }
  }

  void read(String xid, Ticket ticket) {
    for (FieldName field : Settings.FIELDS) {
      read(xid, field, Side.TICKET, ticket.value(field));
    }
  }

  private void read(String xid, FieldName field, Side side, FieldValue value) {
    entry(xid, field).reads.put(side, new Read(world.look(), value));
  }

  /** A look ended well: where it has read both sides and found them to agree, it knows. */
  void lookEnded() {
    if (world.lookHadTrouble()) {
      return;
    }
    entries.forEach(
        (where, entry) -> {
          Read task = entry.reads.get(Side.TASK);
          Read ticket = entry.reads.get(Side.TICKET);
          if (task != null
              && ticket != null
              && task.look() == world.look()
              && ticket.look() == world.look()) {
            Pair pair = new Pair(task.value(), ticket.value());
            if (agree(where, pair) && !entry.pending.isEmpty()) {
              // A status that a write left on the way may be as good as the one it was going to.
              entry.possible.add(pair);
            } else if (agree(where, pair)) {
              Set<Side> since = movedSince(where, entry, pair);
              entry.isCertain(pair);
              entry.edited.addAll(since);
            }
          }
        });
  }

  /** The bridge sends a write of one field. */
  void writing(String xid, FieldName field, Side to, FieldValue asked) {
    Where where = new Where(xid, field);
    Optional<Pair> actual = now(where);
    if (actual.isEmpty()) {
      return;
    }
    Entry entry = entry(xid, field);
    Pair seen = new Pair(seen(entry, Side.TASK, actual), seen(entry, Side.TICKET, actual));
    String trouble = trouble(where, entry, to, seen, asked);
    if (!trouble.isEmpty()) {
      violated(
          trouble
              + ": "
              + field
              + " of "
              + xid
              + " to the "
              + to.word()
              + ": "
              + asked.shown()
              + "; seen "
              + shown(seen)
              + ", last agreed "
              + (entry.certain == null ? "unknown" : shown(entry.certain))
              + ", perhaps "
              + entry.possible.stream().map(Ledger::shown).toList()
              + ", edited "
              + entry.edited
              + ", pending "
              + entry.pending);
    }
    entry.pending.add(to);
    FieldValue source = entry.certain == null ? FieldValue.ABSENT : entry.certain.on(to.other());
    // What is about to be overwritten is no news any more, whatever becomes of the write.
    entry.possible.add(pair(to, source, seen.on(to)));
  }

  /** A field was left out of a write, perhaps one that was edited since it was read. */
  void leftOut(String xid, FieldName field, Side to) {
    Entry entry = entry(xid, field);
    now(new Where(xid, field))
        .filter(actual -> !actual.on(to).equals(seen(entry, to, Optional.of(actual))))
        .ifPresent(actual -> excused(xid, field));
  }

  /** A write took effect. */
  void wrote(String xid, FieldName field, Side to, FieldValue stored) {
    Entry entry = entry(xid, field);
    Optional<Pair> actual = now(new Where(xid, field));
    if (actual.isPresent()) {
      Pair pair = pair(to, seen(entry, to.other(), actual), stored);
      entry.possible.add(pair);
      entry.answered = pair;
    }
    remember(entry, xid, field);
  }

  /** The answer to a write did not come through, or said that the field was left out. */
  void unanswered(String xid, FieldName field) {
    entry(xid, field).answered = null;
  }

  /** The bridge made a record: what it made it from is the last value that agrees. */
  void created(String xid, boolean answered) {
    for (FieldName field : Settings.FIELDS) {
      Where where = new Where(xid, field);
      Entry entry = entry(xid, field);
      Optional<Pair> actual = now(where);
      if (actual.isEmpty()) {
        continue;
      }
      remember(entry, xid, field);
      entry.pending.addAll(EnumSet.allOf(Side.class));
      entry.possible.add(new Pair(FieldValue.ABSENT, actual.get().onTicket()));
      entry.possible.add(new Pair(actual.get().onTask(), FieldValue.ABSENT));
      // What holds the value of a record that only has a name may never have been taken.
      entry.possible.add(new Pair(ModelTasks.blank(field), FieldValue.ABSENT));
      Set<Pair> made = new LinkedHashSet<>();
      entry.onTask.forEach(earlier -> made.add(new Pair(earlier, actual.get().onTicket())));
      entry.onTicket.forEach(earlier -> made.add(new Pair(actual.get().onTask(), earlier)));
      made.removeIf(candidate -> !agree(where, candidate));
      entry.possible.addAll(made);
      // Where it may have been made from more than one, none is certain.
      entry.answered = answered && made.size() == 1 ? made.iterator().next() : null;
      entry.made = answered;
    }
  }

  /** What was answered is now stored: from here on the bridge has no excuse. */
  void stored(Link link) {
    for (FieldName field : Settings.FIELDS) {
      Where where = new Where(link.key().xid(), field);
      Entry entry = entries.get(where);
      if (entry != null) {
        Optional.ofNullable(link.fields().get(field))
            .flatMap(FieldRecord::writing)
            .ifPresent(entry.noted::add);
      }
      if (entry != null && entry.made) {
        entry.made = false;
        entry.pending.clear();
      }
      if (entry != null && entry.answered != null) {
        Pair pair = entry.answered;
        Set<Side> since = movedSince(where, entry, pair);
        entry.isCertain(pair);
        entry.edited.addAll(since);
      }
    }
  }

  /** The sides that are not any more what they were in {@code pair}. */
  private Set<Side> movedSince(Where where, Entry entry, Pair pair) {
    Set<Side> moved = EnumSet.noneOf(Side.class);
    now(where)
        .ifPresent(
            now -> {
              for (Side side : Side.values()) {
                if (!now.on(side).equals(pair.on(side)) && entry.edited.contains(side)) {
                  moved.add(side);
                }
              }
            });
    return moved;
  }

  private FieldValue seen(Entry entry, Side side, Optional<Pair> actual) {
    Read read = entry.reads.get(side);
    return read != null && read.look() == world.look()
        ? read.value()
        : actual.orElseThrow().on(side);
  }

  /** Why a write is wrong; empty if it is right. */
  private String trouble(Where where, Entry entry, Side to, Pair seen, FieldValue asked) {
    Settings now = settings.get();
    Side from = to.other();
    boolean saysIt =
        agree(
            where,
            to == Side.TICKET ? new Pair(seen.onTask(), asked) : new Pair(asked, seen.onTicket()));
    if (!saysIt) {
      return "wrote what nobody says";
    }
    Optional<Side> oneWay = now.oneWayFrom(where.field());
    boolean reworded = oneWay.filter(from::equals).isPresent() && to == Side.TASK;
    if (agree(where, seen) && !reworded) {
      // Absolute values are safe to repeat where it is not known whether they arrived.
      return entry.pending.contains(to) ? "" : "I4: wrote though both sides agree";
    }
    if (oneWay.isPresent()) {
      return oneWay.get() == from ? "" : "wrote against the field's direction";
    }
    boolean firstSight = entry.certain == null && entry.possible.isEmpty();
    if (firstSight || entry.rulesChanged) {
      if (now.authority(where.field()) == from) {
        return "";
      }
      if (firstSight) {
        return "I3: at first sight the other side holds";
      }
    }
    if (entry.excused || entry.chosen == from) {
      return "";
    }
    if (entry.rulesChanged && entry.noted.stream().anyMatch(write -> isSame(write, to, asked))) {
      // Decided by the rule of that time, and cut short.
      return "";
    }
    boolean steps = mapping(where).stepwise();
    boolean underWay =
        entry.pending.contains(to) || entry.noted.stream().anyMatch(write -> write.to() == to);
    if (steps && underWay) {
      return "";
    }
    if (carries(where, entry, to, seen)) {
      return "";
    }
    boolean both = entry.edited.containsAll(EnumSet.allOf(Side.class));
    ConflictPolicy policy = now.policy(where.field());
    if (!both) {
      return entry.edited.contains(to)
          ? "I3: undid an edit that nothing contradicted"
          : "I4: nobody edited the other side";
    }
    return policy == ConflictPolicy.NEWEST
            || (policy == ConflictPolicy.THREATCONNECT && from == Side.TASK)
            || (policy == ConflictPolicy.TICKET && from == Side.TICKET)
        ? ""
        : "settled a conflict against its policy " + policy;
  }

  private static boolean isSame(Writing write, Side to, FieldValue asked) {
    return write.to() == to && write.value().shown().equals(asked.shown());
  }

  /**
   * Whether only the other side moved since some agreement that the bridge may have known. A change
   * that the other side need not follow, as from one open status to another, is no move.
   */
  private boolean carries(Where where, Entry entry, Side to, Pair seen) {
    Side from = to.other();
    List<Pair> bases = new ArrayList<>(entry.possible);
    if (entry.certain != null) {
      bases.add(entry.certain);
    }
    return bases.stream()
        .anyMatch(
            base ->
                !base.on(from).equals(seen.on(from))
                    && (base.on(to).equals(seen.on(to))
                        || isOurs(entry, to, seen)
                        || agree(where, pair(to, base.on(from), seen.on(to)))));
  }

  /** Whether a side holds what a write brought there whose answer may be lost. */
  private static boolean isOurs(Entry entry, Side to, Pair seen) {
    return entry.pending.contains(to)
        && entry.possible.stream().anyMatch(base -> base.on(to).equals(seen.on(to)));
  }

  private static Pair pair(Side to, FieldValue source, FieldValue target) {
    return to == Side.TICKET ? new Pair(source, target) : new Pair(target, source);
  }

  // What stands in the end.

  /** Whether a field may be left for a person to decide. */
  boolean mayBeInConflict(String xid, FieldName field) {
    Entry entry = entry(xid, field);
    return settings.get().policy(field) == ConflictPolicy.ASK
        && settings.get().oneWayFrom(field).isEmpty()
        && entry.edited.containsAll(EnumSet.allOf(Side.class));
  }

  /** Whether both records say the same; blanks do not count in this ticket system's titles. */
  boolean agree(String xid, FieldName field) {
    Where where = new Where(xid, field);
    if (entry(xid, field).excused) {
      return true;
    }
    return now(where).map(pair -> agree(where, pair) || isReworded(pair)).orElse(true);
  }

  /** A title that was agreed on stays so when another length is configured. */
  private static boolean isReworded(Pair pair) {
    return pair.onTask() instanceof Text name
        && pair.onTicket() instanceof Text title
        && ModelTickets.folded(name.text()).equals(ModelTickets.folded(title.text()));
  }

  String now(String xid, FieldName field) {
    return now(new Where(xid, field)).map(Ledger::shown).orElse("gone");
  }

  private Optional<Pair> now(Where where) {
    return taskOf
        .apply(where.xid())
        .flatMap(
            task ->
                ticketOf
                    .apply(where.xid())
                    .map(
                        ticket ->
                            new Pair(
                                ModelTasks.value(task, where.field()),
                                ticket.value(where.field()))));
  }

  private FieldMapping mapping(Where where) {
    return settings.get().mapping(where.field());
  }

  private boolean agree(Where where, Pair pair) {
    Optional<Task> task = taskOf.apply(where.xid());
    if (task.isEmpty()) {
      return true;
    }
    boolean isDue = where.field().equals(FieldName.DUE_DATE);
    if (pair.onTask().equals(FieldValue.ABSENT) && !isDue) {
      return false;
    }
    FieldMapping mapping = mapping(where);
    Task saying = task.get().with(where.field(), pair.onTask());
    Ticket ticket = Ticket.NONE.with(where.field(), pair.onTicket());
    if (mapping.agree(saying, ticket)) {
      return true;
    }
    return pair.onTicket() instanceof Text title
        && mapping.toTicket(saying, Ticket.NONE) instanceof Mapped.To to
        && to.value() instanceof Text wanted
        && ModelTickets.folded(wanted.text()).equals(ModelTickets.folded(title.text()));
  }

  private static String shown(Pair pair) {
    return "(" + pair.onTask().shown() + " | " + pair.onTicket().shown() + ")";
  }
}
