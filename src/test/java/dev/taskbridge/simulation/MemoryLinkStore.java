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
import java.util.function.Function;

/**
 * The store's contract over plain maps, for histories by the million. A transaction that is cut
 * short leaves nothing behind. Single-threaded.
 */
final class MemoryLinkStore implements LinkStore {
  /** Called before and after each commit, where a crash may strike. */
  interface Hazard {
    void atTransaction();
  }

  private static final Comparator<LinkKey> BY_KEY =
      Comparator.comparing(LinkKey::sync).thenComparing(LinkKey::xid);

  private final Hazard hazard;
  private TreeMap<LinkKey, Link> links = new TreeMap<>(BY_KEY);
  private Map<String, String> cursors = new HashMap<>();
  private List<JournalEntry> journal = new ArrayList<>();

  MemoryLinkStore(Hazard hazard) {
    this.hazard = hazard;
  }

  @Override
  public <T> T inTransaction(Function<LinkRows, T> work) {
    Rows rows = new Rows();
    T result = work.apply(rows);
    if (rows.wrote) {
      hazard.atTransaction();
      links = rows.links;
      cursors = rows.cursors;
      journal.addAll(rows.entries);
      hazard.atTransaction();
    }
    return result;
  }

  /** A copy of what is stored, as a backup would be. */
  Runnable backup() {
    TreeMap<LinkKey, Link> savedLinks = new TreeMap<>(links);
    Map<String, String> savedCursors = new HashMap<>(cursors);
    return () -> {
      links = new TreeMap<>(savedLinks);
      cursors = new HashMap<>(savedCursors);
    };
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
    private final List<JournalEntry> entries = new ArrayList<>();
    private boolean wrote;

    private void write() {
      if (!wrote) {
        wrote = true;
        links = new TreeMap<>(links);
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
      write();
      for (Link link : changed) {
        Link old = links.get(link.key());
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
      }
    }

    @Override
    public Set<LinkKey> seeTasks(String sync, Collection<Seen<Task>> tasks, boolean propose) {
      Set<LinkKey> news = new LinkedHashSet<>();
      for (Seen<Task> seen : tasks) {
        LinkKey key = new LinkKey(sync, seen.record().xid());
        Link old = links.get(key);
        if (old == null) {
          if (propose) {
            write();
            links.put(key, Link.proposed(key, seen));
            news.add(key);
          }
        } else if (old.task().map(before -> !before.at().isAfter(seen.at())).orElse(true)) {
          write();
          links.put(key, old.withTask(seen));
          boolean same =
              old.task()
                  .map(before -> content(before.record()).equals(content(seen.record())))
                  .orElse(false);
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
      for (Seen<Ticket> seen : tickets) {
        for (Link old : List.copyOf(links.values())) {
          if (old.key().sync().equals(sync)
              && old.ticketId().equals(seen.record().id())
              && old.ticket().map(before -> !before.at().isAfter(seen.at())).orElse(true)) {
            write();
            links.put(old.key(), old.withTicket(seen));
            boolean same =
                old.ticket()
                    .map(before -> content(before.record()).equals(content(seen.record())))
                    .orElse(false);
            if (!same && old.state() != LinkState.RETIRED) {
              news.add(old.key());
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
      write();
      cursors.put(name, value);
    }

    @Override
    public void forgetCursor(String name) {
      write();
      cursors.remove(name);
    }

    @Override
    public void journal(Collection<JournalEntry> more) {
      write();
      entries.addAll(more);
    }

    @Override
    public List<JournalEntry> story(LinkKey key) {
      return journal.stream().filter(entry -> entry.link().equals(key)).toList();
    }

    @Override
    public void forget(String sync) {
      write();
      links.keySet().removeIf(key -> key.sync().equals(sync));
      cursors.keySet().removeIf(name -> name.startsWith(sync + "/"));
    }

    @Override
    public Map<LinkKey, List<CommentPair>> commentPairs(Collection<LinkKey> keys) {
      return Map.of();
    }

    @Override
    public void saveCommentPairs(Collection<CommentPair> pairs) {
      throw new UnsupportedOperationException("the simulation carries no comments");
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
