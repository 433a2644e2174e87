package dev.taskbridge.engine;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.store.LinkStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which ticket belongs to a task, by the task's id: what a dependency is told by. Read from the
 * store once for each sync, and kept up to date by every look. Thread-safe.
 */
public final class TicketsOfTasks {
  private static final int PAGE = 500;

  private final LinkStore store;
  private final Map<String, Map<Long, String>> bySync = new ConcurrentHashMap<>();

  public TicketsOfTasks(LinkStore store) {
    this.store = store;
  }

  /** The id of the ticket of a task; empty while it has none. */
  public Optional<String> ticketOf(String sync, long taskId) {
    return Optional.ofNullable(known(sync).get(taskId));
  }

  /** Takes note of a link as it is now. */
  void note(Link link) {
    link.task()
        .ifPresent(
            seen -> {
              Map<Long, String> known = known(link.key().sync());
              if (link.hasTicket() && link.state() != LinkState.RETIRED) {
                known.put(seen.record().id(), link.ticketId());
              } else {
                known.remove(seen.record().id());
              }
            });
  }

  private Map<Long, String> known(String sync) {
    return bySync.computeIfAbsent(sync, this::read);
  }

  private Map<Long, String> read(String sync) {
    Map<Long, String> read = new HashMap<>();
    Optional<LinkKey> after = Optional.empty();
    while (true) {
      Optional<LinkKey> from = after;
      List<Link> page =
          store.inTransaction(rows -> rows.page(Optional.of(sync), Set.of(), from, PAGE));
      page.stream()
          .filter(link -> link.hasTicket() && link.state() != LinkState.RETIRED)
          .forEach(
              link -> link.task().ifPresent(seen -> read.put(seen.record().id(), link.ticketId())));
      if (page.size() < PAGE) {
        break;
      }
      after = Optional.of(page.get(page.size() - 1).key());
    }
    return new ConcurrentHashMap<>(read);
  }
}
