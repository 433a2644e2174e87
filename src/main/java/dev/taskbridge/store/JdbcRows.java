package dev.taskbridge.store;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.RecordReader.UnreadableRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of one transaction on one connection; of no use after it. */
final class JdbcRows implements LinkRows {
  private final Handle handle;
  private final LinkTable links;
  private final LinkWriter writer;

  JdbcRows(Handle handle) {
    this.handle = handle;
    this.links = new LinkTable(handle);
    this.writer = new LinkWriter(handle);
  }

  /** The connection underneath, for tests that upset it. */
  Handle handle() {
    return handle;
  }

  @Override
  public Map<LinkKey, Link> load(Collection<LinkKey> keys) {
    return links.load(keys);
  }

  @Override
  public void save(Collection<Link> changed) {
    writer.save(changed);
  }

  @Override
  public Map<LinkKey, Long> decisions(Collection<LinkKey> keys) {
    return links.decisions(keys);
  }

  @Override
  public void decided(Collection<LinkKey> keys) {
    for (List<LinkKey> chunk : Chunks.bySync(Set.copyOf(keys), LinkKey::sync)) {
      handle
          .createUpdate(
              "UPDATE link SET decisions = decisions + 1 WHERE sync = :sync AND xid IN (<xids>)")
          .bind("sync", chunk.get(0).sync())
          .bindList("xids", chunk.stream().map(LinkKey::xid).toList())
          .execute();
    }
  }

  @Override
  public Set<LinkKey> seeTasks(String sync, Collection<Seen<Task>> tasks, boolean propose) {
    return writer.seeTasks(sync, tasks, propose);
  }

  @Override
  public Set<LinkKey> seeTickets(String sync, Collection<Seen<Ticket>> tickets) {
    return writer.seeTickets(sync, tickets);
  }

  @Override
  public Map<String, LinkKey> byTicket(String sync, Collection<String> ticketIds) {
    return links.byTicket(sync, ticketIds);
  }

  @Override
  public List<LinkKey> due(String sync, Instant now, int limit) {
    return links.due(sync, now, limit);
  }

  @Override
  public Optional<Instant> nextDue(String sync) {
    return links.nextDue(sync);
  }

  @Override
  public List<LinkKey> keys(String sync, Set<LinkState> states) {
    return links.keys(sync, states);
  }

  @Override
  public List<Link> page(
      Optional<String> sync, Set<LinkState> states, Optional<LinkKey> after, int limit) {
    return links.page(sync, states, after, limit);
  }

  @Override
  public Map<String, Map<LinkState, Long>> counts() {
    return links.counts();
  }

  @Override
  public Pending pending() {
    return links.pending();
  }

  @Override
  public List<Link> named(String name) {
    return links.named(name);
  }

  @Override
  public Optional<String> cursor(String name) {
    return handle
        .createQuery("SELECT value FROM cursor_value WHERE name = ?")
        .bind(0, name)
        .mapTo(String.class)
        .findOne();
  }

  @Override
  public void setCursor(String name, String value) {
    handle.execute(
        "INSERT INTO cursor_value (name, value) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value);
  }

  @Override
  public void forgetCursor(String name) {
    handle.execute("DELETE FROM cursor_value WHERE name = ?", name);
  }

  @Override
  public void journal(Collection<JournalEntry> entries) {
    for (List<JournalEntry> chunk : Chunks.of(entries)) {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO journal (at, sync, xid, kind, field, detail)"
                  + " VALUES (?, ?, ?, ?, ?, ?)");
      for (JournalEntry entry : chunk) {
        batch
            .bind(0, NanoTime.of(entry.at()))
            .bind(1, entry.link().sync())
            .bind(2, entry.link().xid())
            .bind(3, entry.kind())
            .bind(4, entry.field())
            .bind(5, Words.storable(entry.detail()))
            .add();
      }
      batch.execute();
    }
  }

  @Override
  public int pruneJournal(String sync, Instant before, int few, int most) {
    return handle.execute(
        "DELETE FROM journal WHERE id IN (SELECT id FROM (SELECT id, at, ROW_NUMBER() OVER"
            + " (PARTITION BY xid ORDER BY at DESC, id DESC) AS place FROM journal"
            + " WHERE sync = ?) AS told WHERE (place > ? AND at < ?) OR place > ?)",
        sync,
        few,
        NanoTime.of(before),
        most);
  }

  @Override
  public List<JournalEntry> story(LinkKey key) {
    return handle
        .createQuery(
            "SELECT at, kind, field, detail FROM journal WHERE sync = ? AND xid = ?"
                + " ORDER BY at, id")
        .bind(0, key.sync())
        .bind(1, key.xid())
        .map(
            (row, context) ->
                new JournalEntry(
                    NanoTime.instant(row.getLong(1)),
                    key,
                    row.getString(2),
                    row.getString(3),
                    row.getString(4)))
        .list();
  }

  @Override
  public void forget(String sync) {
    handle.execute("DELETE FROM link WHERE sync = ?", sync);
    handle.execute("DELETE FROM comment_pair WHERE sync = ?", sync);
    String prefix = sync + "/";
    handle.execute(
        "DELETE FROM cursor_value WHERE substr(name, 1, ?) = ?", prefix.length(), prefix);
  }

  @Override
  public Map<LinkKey, List<CommentPair>> commentPairs(Collection<LinkKey> keys) {
    Map<LinkKey, List<CommentPair>> pairs = new HashMap<>();
    keys.forEach(key -> pairs.put(key, new ArrayList<>()));
    for (List<LinkKey> chunk : Chunks.bySync(Set.copyOf(keys), LinkKey::sync)) {
      String sync = chunk.get(0).sync();
      handle
          .createQuery(
              "SELECT xid, name, body FROM comment_pair WHERE sync = :sync AND xid IN (<xids>)"
                  + " ORDER BY xid, name")
          .bind("sync", sync)
          .bindList("xids", chunk.stream().map(LinkKey::xid).toList())
          .map(
              (row, context) ->
                  pair(new LinkKey(sync, row.getString(1)), row.getString(2), row.getString(3)))
          .forEach(pair -> pairs.computeIfAbsent(pair.link(), key -> new ArrayList<>()).add(pair));
    }
    return pairs;
  }

  private static CommentPair pair(LinkKey link, String name, String body) {
    try {
      return RecordReader.commentPair(link, name, body);
    } catch (UnreadableRecord e) {
      throw new UnreadableRecord(
          "what is stored as comment " + name + " of link " + link + " is " + e.getMessage(), e);
    }
  }

  @Override
  public void saveCommentPairs(Collection<CommentPair> pairs) {
    Map<String, CommentPair> latest = new LinkedHashMap<>();
    pairs.forEach(pair -> latest.put(pair.link() + "\u0000" + pair.key(), pair));
    for (List<CommentPair> chunk : Chunks.of(latest.values())) {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO comment_pair (sync, xid, name, body) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (sync, xid, name) DO UPDATE SET body = excluded.body");
      for (CommentPair pair : chunk) {
        batch
            .bind(0, pair.link().sync())
            .bind(1, pair.link().xid())
            .bind(2, pair.key())
            .bind(3, RecordWriter.commentPair(pair))
            .add();
      }
      batch.execute();
    }
  }
}
