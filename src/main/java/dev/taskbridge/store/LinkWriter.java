package dev.taskbridge.store;

import static dev.taskbridge.store.LinkTable.ASKED;
import static dev.taskbridge.store.LinkTable.FIELDS;
import static dev.taskbridge.store.LinkTable.INTENT;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes links and what was seen of their sides. Every method first reads the few columns that tell
 * old from new, a few hundred links a statement, and then writes only what differs.
 */
final class LinkWriter {
  private final Handle handle;
  private final Records records;

  LinkWriter(Handle handle) {
    this.handle = handle;
    this.records = new Records(handle);
  }

  /** The columns that tell old from new. */
  private record Known(
      LinkKey key,
      LinkState state,
      String ticketId,
      boolean intent,
      Sight.@Nullable Stored task,
      Sight.@Nullable Stored ticket) {

    static final String COLUMNS =
        "SELECT sync, xid, state, ticket_id, intent_at, task_at, task_hash, task_clock,"
            + " ticket_at, ticket_hash, ticket_clock FROM link WHERE sync = :sync AND ";

    static Known of(ResultSet row) throws SQLException {
      row.getLong(5);
      boolean intent = !row.wasNull();
      return new Known(
          new LinkKey(row.getString(1), row.getString(2)),
          LinkTable.state(row.getString(3)),
          row.getString(4),
          intent,
          sight(row, 6),
          sight(row, 9));
    }

    private static Sight.@Nullable Stored sight(ResultSet row, int first) throws SQLException {
      long at = row.getLong(first);
      return row.wasNull()
          ? null
          : new Sight.Stored(at, row.getString(first + 1), row.getString(first + 2));
    }

    Sight.@Nullable Stored sight(Side side) {
      return side == Side.TASK ? task : ticket;
    }
  }

  private List<Known> known(String sync, String column, Collection<String> values) {
    if (values.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(Known.COLUMNS + column + " IN (<values>)")
        .bind("sync", sync)
        .bindList("values", List.copyOf(values))
        .map((row, context) -> Known.of(row))
        .list();
  }

  private Map<String, Known> knownByXid(String sync, Collection<String> xids) {
    Map<String, Known> known = new HashMap<>();
    known(sync, "xid", xids).forEach(row -> known.put(row.key().xid(), row));
    return known;
  }

  void save(Collection<Link> links) {
    Map<LinkKey, Link> latest = new LinkedHashMap<>();
    links.forEach(link -> latest.put(link.key(), link));
    for (List<Link> chunk : Chunks.bySync(latest.values(), link -> link.key().sync())) {
      saveChunk(chunk.get(0).key().sync(), chunk);
    }
  }

  private void saveChunk(String sync, List<Link> links) {
    Map<String, Known> known =
        knownByXid(sync, links.stream().map(link -> link.key().xid()).toList());
    List<LinkRow> rows = new ArrayList<>();
    for (Link link : links) {
      rows.add(settle(link, known.get(link.key().xid())));
    }
    LinkRow.upsert(handle, rows);
    records.write();
  }

  /** What the row of {@code link} becomes over what is known of it, if anything. */
  private LinkRow settle(Link link, @Nullable Known old) {
    LinkKey key = link.key();
    records.put(key, FIELDS, RecordWriter.fields(link.fields()));
    if (link.intent().isPresent()) {
      records.put(key, INTENT, RecordWriter.task(link.intent().get().task()));
      records.put(key, ASKED, RecordWriter.values(link.intent().get().values()));
    } else if (old != null && old.intent()) {
      records.remove(key, INTENT);
      records.remove(key, ASKED);
    }
    Optional<Sight> task = link.task().map(Sight::ofTask);
    Optional<Sight> ticket = link.ticket().map(Sight::ofTicket);
    if (old == null) {
      return new LinkRow(
          link, settle(key, Side.TASK, task, null), settle(key, Side.TICKET, ticket, null));
    }
    Sight.Stored oldTicket = old.ticket();
    if (oldTicket != null && !old.ticketId().equals(link.ticketId())) {
      // What was seen of another ticket says nothing about this one, however fresh it is.
      records.remove(key, Side.TICKET.word());
      oldTicket = null;
    }
    return new LinkRow(
        link,
        settle(key, Side.TASK, task, old.task()),
        settle(key, Side.TICKET, ticket, oldTicket));
  }

  private Sight.@Nullable Stored settle(
      LinkKey key, Side side, Optional<Sight> sight, Sight.@Nullable Stored old) {
    if (sight.isEmpty() || (old != null && old.isNewerThan(sight.get()))) {
      return old;
    }
    if (old == null || !old.sameIn(sight.get())) {
      records.put(key, side.word(), sight.get().body().get());
    }
    return sight.get().stored();
  }

  Set<LinkKey> seeTasks(String sync, Collection<Seen<Task>> tasks, boolean propose) {
    Set<LinkKey> changed = new LinkedHashSet<>();
    for (List<Seen<Task>> chunk : Chunks.of(latest(tasks, Task::xid))) {
      Map<String, Known> known =
          knownByXid(sync, chunk.stream().map(seen -> seen.record().xid()).toList());
      List<LinkRow> proposed = new ArrayList<>();
      List<Noted> noted = new ArrayList<>();
      for (Seen<Task> seen : chunk) {
        Known old = known.get(seen.record().xid());
        if (old != null) {
          note(old, Side.TASK, Sight.ofTask(seen), noted, changed);
        } else if (propose) {
          Link link = Link.proposed(new LinkKey(sync, seen.record().xid()), seen);
          proposed.add(settle(link, null));
          changed.add(link.key());
        }
      }
      LinkRow.upsert(handle, proposed);
      write(Side.TASK, noted);
      records.write();
    }
    return changed;
  }

  Set<LinkKey> seeTickets(String sync, Collection<Seen<Ticket>> tickets) {
    Set<LinkKey> changed = new LinkedHashSet<>();
    for (List<Seen<Ticket>> chunk : Chunks.of(latest(tickets, Ticket::id))) {
      Map<String, Sight> sights = new HashMap<>();
      chunk.forEach(seen -> sights.put(seen.record().id(), Sight.ofTicket(seen)));
      // A link that knows no ticket has an empty id, and so would a ticket that was never made.
      sights.remove("");
      List<Noted> noted = new ArrayList<>();
      for (Known old : known(sync, "ticket_id", sights.keySet())) {
        note(old, Side.TICKET, Objects.requireNonNull(sights.get(old.ticketId())), noted, changed);
      }
      write(Side.TICKET, noted);
      records.write();
    }
    return changed;
  }

  /** The newest sight of each record, should a page hold it twice. */
  private static <T> Collection<Seen<T>> latest(
      Collection<Seen<T>> sights, Function<T, String> identity) {
    Map<String, Seen<T>> latest = new LinkedHashMap<>();
    for (Seen<T> seen : sights) {
      latest.merge(
          identity.apply(seen.record()),
          seen,
          (one, other) -> other.at().isBefore(one.at()) ? one : other);
    }
    return latest.values();
  }

  private record Noted(LinkKey key, Sight sight) {}

  private void note(Known old, Side side, Sight sight, List<Noted> noted, Set<LinkKey> changed) {
    Sight.Stored before = old.sight(side);
    if (before != null && (before.isNewerThan(sight) || before.equals(sight.stored()))) {
      return;
    }
    noted.add(new Noted(old.key(), sight));
    if (before == null || !before.sameIn(sight)) {
      records.put(old.key(), side.word(), sight.body().get());
    }
    if ((before == null || !before.sameContent(sight)) && old.state() != LinkState.RETIRED) {
      changed.add(old.key());
    }
  }

  private void write(Side side, List<Noted> noted) {
    if (noted.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            "UPDATE link SET %1$s_at = ?, %1$s_hash = ?, %1$s_clock = ? WHERE sync = ? AND xid = ?"
                .formatted(side.word()));
    for (Noted one : noted) {
      batch
          .bind(0, one.sight().at())
          .bind(1, one.sight().hash())
          .bind(2, one.sight().clock())
          .bind(3, one.key().sync())
          .bind(4, one.key().xid())
          .add();
    }
    batch.execute();
  }
}
