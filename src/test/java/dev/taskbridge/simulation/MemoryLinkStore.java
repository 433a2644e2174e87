package dev.taskbridge.simulation;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Task.ParentCase;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.CommentPair;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.Pending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The store's contract over plain maps, for histories by the million. A transaction that is cut
 * short leaves nothing behind. Single-threaded.
 */
class MemoryLinkStore implements LinkStore {
  /** Called before and after each commit, where a crash may strike. */
  interface Hazard {
    void atTransaction();
  }

  /** What is stored, whole. */
  record Contents(
      TreeMap<LinkKey, Link> links,
      Map<String, String> cursors,
      Map<LinkKey, Map<String, CommentPair>> pairs) {}

  private static final Comparator<LinkKey> BY_KEY =
      Comparator.comparing(LinkKey::sync).thenComparing(LinkKey::xid);

  private final Hazard hazard;
  private final Consumer<Link> saved;
  private TreeMap<LinkKey, Link> links = new TreeMap<>(BY_KEY);
  private Map<String, String> cursors = new HashMap<>();
  private Map<LinkKey, Map<String, CommentPair>> pairs = new HashMap<>();
  private final List<JournalEntry> journal = new ArrayList<>();

  /**
   * An empty store.
   *
   * @param saved hears of each link that was saved, once that is durable
   */
  MemoryLinkStore(Hazard hazard, Consumer<Link> saved) {
    this.hazard = hazard;
    this.saved = saved;
  }

  @Override
  public <T> T inTransaction(Function<LinkRows, T> work) {
    Rows rows = new Rows();
    T result = work.apply(rows);
    if (rows.wrote) {
      hazard.atTransaction();
      links = rows.links;
      cursors = rows.cursors;
      pairs = rows.pairs;
      journal.addAll(rows.entries);
      rows.saved.forEach(saved);
      hazard.atTransaction();
    }
    return result;
  }

  /** What is stored now, as a backup would hold it: nothing stored later changes it. */
  Contents contents() {
    return new Contents(links, cursors, pairs);
  }

  /** Puts a backup in the place of what is stored. */
  void restore(Contents backup) {
    links = backup.links();
    cursors = backup.cursors();
    pairs = backup.pairs();
  }

  /** The store is gone, and a new one is empty. */
  void lose() {
    links = new TreeMap<>(BY_KEY);
    cursors = new HashMap<>();
    pairs = new HashMap<>();
  }

  /** What of a link is stored when it is saved; a faulty store may keep what it had. */
  Optional<Link> kept(Optional<Link> old, Link link) {
    return Optional.of(link);
  }

  Optional<Link> link(LinkKey key) {
    return Optional.ofNullable(links.get(key));
  }

  List<JournalEntry> journal() {
    return journal;
  }

  Collection<Link> links() {
    return links.values();
  }

  @Override
  public void close() {}

  private final class Rows implements LinkRows {
    private TreeMap<LinkKey, Link> links = MemoryLinkStore.this.links;
    private Map<String, String> cursors = MemoryLinkStore.this.cursors;
    private Map<LinkKey, Map<String, CommentPair>> pairs = MemoryLinkStore.this.pairs;
    private final List<JournalEntry> entries = new ArrayList<>();
    private final List<Link> saved = new ArrayList<>();
    private boolean wrote;
    private boolean wroteLinks;
    private boolean wroteCursors;

    private void writeLinks() {
      wrote = true;
      if (!wroteLinks) {
        wroteLinks = true;
        links = new TreeMap<>(links);
      }
    }

    private void writeCursors() {
      wrote = true;
      if (!wroteCursors) {
        wroteCursors = true;
        cursors = new HashMap<>(cursors);
      }
    }

    @Override
    public Map<LinkKey, Link> load(Collection<LinkKey> keys) {
      Map<LinkKey, Link> found = new LinkedHashMap<>();
      for (LinkKey key : keys) {
        Link link = links.get(key);
        if (link != null) {
          found.put(key, link);
        }
      }
      return found;
    }

    @Override
    public void save(Collection<Link> changed) {
      writeLinks();
      for (Link each : changed) {
        Link old = links.get(each.key());
        Optional<Link> keeping = kept(Optional.ofNullable(old), each);
        if (keeping.isEmpty()) {
          continue;
        }
        Link link = keeping.get();
        Link kept = link;
        if (old != null
            && old.task().isPresent()
            && link.task().isPresent()
            && old.task().get().at().isAfter(link.task().get().at())) {
          kept = kept.withTask(old.task().get());
        }
        if (old != null
            && old.ticketId().equals(link.ticketId())
            && old.ticket().isPresent()
            && link.ticket().isPresent()
            && old.ticket().get().at().isAfter(link.ticket().get().at())) {
          kept = kept.withTicket(old.ticket().get());
        }
        links.put(link.key(), kept);
        saved.add(link);
      }
    }

    @Override
    public Map<LinkKey, Long> decisions(Collection<LinkKey> keys) {
      Map<LinkKey, Long> decisions = new HashMap<>();
      keys.forEach(
          key -> decisions.put(key, Long.parseLong(cursors.getOrDefault(decided(key), "0"))));
      return decisions;
    }

    @Override
    public void decided(Collection<LinkKey> keys) {
      decisions(keys).forEach((key, count) -> setCursor(decided(key), String.valueOf(count + 1)));
    }

    private String decided(LinkKey key) {
      return key.sync() + "/decided/" + key.xid();
    }

    @Override
    public Set<LinkKey> seeTasks(String sync, Collection<Seen<Task>> tasks, boolean propose) {
      Set<LinkKey> news = new LinkedHashSet<>();
      for (Seen<Task> seen : tasks) {
        LinkKey key = new LinkKey(sync, seen.record().xid());
        Link old = links.get(key);
        if (old == null) {
          if (propose) {
            writeLinks();
            links.put(key, Link.proposed(key, seen));
            news.add(key);
          }
        } else if (old.task().map(before -> !before.at().isAfter(seen.at())).orElse(true)) {
          boolean same =
              old.task()
                  .map(before -> content(before.record()).equals(content(seen.record())))
                  .orElse(false);
          writeLinks();
          links.put(key, old.withTask(seen));
          if (!same && old.state() != LinkState.RETIRED) {
            news.add(key);
          }
        }
      }
      return news;
    }

    @Override
    public Set<LinkKey> seeTickets(String sync, Collection<Seen<Ticket>> tickets) {
      Set<LinkKey> news = new LinkedHashSet<>();
      if (tickets.isEmpty()) {
        return news;
      }
      Map<String, List<LinkKey>> byTicket = new HashMap<>();
      for (Link link : links.values()) {
        if (link.hasTicket() && link.key().sync().equals(sync)) {
          byTicket.computeIfAbsent(link.ticketId(), id -> new ArrayList<>()).add(link.key());
        }
      }
      for (Seen<Ticket> seen : tickets) {
        for (LinkKey key : byTicket.getOrDefault(seen.record().id(), List.of())) {
          Link old = links.get(key);
          if (old.ticket().map(before -> !before.at().isAfter(seen.at())).orElse(true)) {
            writeLinks();
            links.put(key, old.withTicket(seen));
            boolean same =
                old.ticket()
                    .map(before -> content(before.record()).equals(content(seen.record())))
                    .orElse(false);
            if (!same && old.state() != LinkState.RETIRED) {
              news.add(key);
            }
          }
        }
      }
      return news;
    }

    @Override
    public Map<String, LinkKey> byTicket(String sync, Collection<String> ticketIds) {
      Map<String, LinkKey> found = new HashMap<>();
      links
          .values()
          .forEach(
              link -> {
                if (link.key().sync().equals(sync) && ticketIds.contains(link.ticketId())) {
                  found.put(link.ticketId(), link.key());
                }
              });
      return found;
    }

    @Override
    public List<LinkKey> due(String sync, Instant now, int limit) {
      return links.values().stream()
          .filter(link -> link.key().sync().equals(sync))
          .filter(link -> link.dueAt().filter(at -> !at.isAfter(now)).isPresent())
          .sorted(Comparator.comparing(link -> link.dueAt().orElseThrow()))
          .limit(limit)
          .map(Link::key)
          .toList();
    }

    @Override
    public Optional<Instant> nextDue(String sync) {
      return links.values().stream()
          .filter(link -> link.key().sync().equals(sync))
          .flatMap(link -> link.dueAt().stream())
          .min(Comparator.naturalOrder());
    }

    @Override
    public List<LinkKey> keys(String sync, Set<LinkState> states) {
      return links.values().stream()
          .filter(link -> link.key().sync().equals(sync) && states.contains(link.state()))
          .map(Link::key)
          .toList();
    }

    @Override
    public List<Link> page(
        Optional<String> sync, Set<LinkState> states, Optional<LinkKey> after, int limit) {
      return links.values().stream()
          .filter(link -> sync.map(link.key().sync()::equals).orElse(true))
          .filter(link -> states.isEmpty() || states.contains(link.state()))
          .filter(link -> after.map(key -> BY_KEY.compare(link.key(), key) > 0).orElse(true))
          .limit(limit)
          .toList();
    }

    @Override
    public Map<String, Map<LinkState, Long>> counts() {
      Map<String, Map<LinkState, Long>> counts = new TreeMap<>();
      for (Link link : links.values()) {
        counts
            .computeIfAbsent(link.key().sync(), sync -> new EnumMap<>(LinkState.class))
            .merge(link.state(), 1L, Long::sum);
      }
      return counts;
    }

    @Override
    public Pending pending() {
      return new Pending(
          links.values().stream()
              .filter(link -> link.state() != LinkState.LINKED && link.state() != LinkState.RETIRED)
              .map(Link::stateSince)
              .min(Comparator.naturalOrder()),
          links.values().stream()
              .filter(link -> link.state() == LinkState.LINKED && !link.reason().isEmpty())
              .count());
    }

    @Override
    public List<Link> named(String name) {
      return links.values().stream()
          .filter(
              link ->
                  link.key().xid().equals(name)
                      || link.ticketId().equals(name)
                      || link.ticketKey().equals(name))
          .toList();
    }

    @Override
    public Optional<String> cursor(String name) {
      return Optional.ofNullable(cursors.get(name));
    }

    @Override
    public void setCursor(String name, String value) {
      writeCursors();
      cursors.put(name, value);
    }

    @Override
    public void forgetCursor(String name) {
      writeCursors();
      cursors.remove(name);
    }

    @Override
    public void journal(Collection<JournalEntry> more) {
      wrote = true;
      entries.addAll(more);
    }

    @Override
    public int pruneJournal(String sync, Instant before, int few, int most) {
      // A history is too short for anything in it to be old.
      return 0;
    }

    @Override
    public List<JournalEntry> story(LinkKey key) {
      return journal.stream().filter(entry -> entry.link().equals(key)).toList();
    }

    @Override
    public void forget(String sync) {
      writeLinks();
      writeCursors();
      links.keySet().removeIf(key -> key.sync().equals(sync));
      cursors.keySet().removeIf(name -> name.startsWith(sync + "/"));
    }

    @Override
    public Map<LinkKey, List<CommentPair>> commentPairs(Collection<LinkKey> keys) {
      Map<LinkKey, List<CommentPair>> found = new HashMap<>();
      for (LinkKey key : keys) {
        Map<String, CommentPair> known = pairs.get(key);
        if (known != null) {
          found.put(key, List.copyOf(known.values()));
        }
      }
      return found;
    }

    @Override
    public void saveCommentPairs(Collection<CommentPair> changed) {
      wrote = true;
      pairs = new HashMap<>(pairs);
      for (CommentPair pair : changed) {
        Map<String, CommentPair> known =
            new LinkedHashMap<>(pairs.getOrDefault(pair.link(), Map.of()));
        known.put(pair.key(), pair);
        pairs.put(pair.link(), known);
      }
    }
  }

  private static Task content(Task task) {
    ParentCase parent = task.parentCase();
    return new Task(
        task.id(),
        task.xid(),
        task.name(),
        task.description(),
        task.status(),
        task.required(),
        task.dueDate(),
        task.assignee(),
        task.dependentOn(),
        task.phase(),
        task.step(),
        new ParentCase(
            parent.id(), parent.name(), parent.severity(), parent.status(), Optional.empty()),
        task.artifacts(),
        task.url());
  }

  private static Ticket content(Ticket ticket) {
    return new Ticket(
        ticket.id(),
        ticket.key(),
        ticket.url(),
        Instant.EPOCH,
        0,
        ticket.idempotencyKeys(),
        ticket.closed(),
        ticket.fields());
  }
}
