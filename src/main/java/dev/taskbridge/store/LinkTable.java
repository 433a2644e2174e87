package dev.taskbridge.store;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Intent;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.store.RecordReader.UnreadableRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the links of one transaction. */
final class LinkTable {
  /** The parts of a link that are kept in {@code record}, beside the two sides' words. */
  static final String INTENT = "intent";

  /** What the ticket of an intent was to hold. */
  static final String ASKED = "asked";

  static final String FIELDS = "fields";

  private final Handle handle;

  LinkTable(Handle handle) {
    this.handle = handle;
  }

  Map<LinkKey, Link> load(Collection<LinkKey> keys) {
    List<Row> rows = new ArrayList<>();
    for (List<LinkKey> chunk : Chunks.bySync(Set.copyOf(keys), LinkKey::sync)) {
      rows.addAll(
          handle
              .createQuery("SELECT * FROM link WHERE sync = :sync AND xid IN (<xids>)")
              .bind("sync", chunk.get(0).sync())
              .bindList("xids", chunk.stream().map(LinkKey::xid).toList())
              .map((row, context) -> Row.of(row))
              .list());
    }
    Map<LinkKey, Link> links = new HashMap<>();
    complete(rows).forEach(link -> links.put(link.key(), link));
    return links;
  }

  Map<LinkKey, Long> decisions(Collection<LinkKey> keys) {
    Map<LinkKey, Long> decisions = new HashMap<>();
    keys.forEach(key -> decisions.put(key, 0L));
    for (List<LinkKey> chunk : Chunks.bySync(Set.copyOf(keys), LinkKey::sync)) {
      String sync = chunk.get(0).sync();
      handle
          .createQuery("SELECT xid, decisions FROM link WHERE sync = :sync AND xid IN (<xids>)")
          .bind("sync", sync)
          .bindList("xids", chunk.stream().map(LinkKey::xid).toList())
          .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
          .forEach(entry -> decisions.put(new LinkKey(sync, entry.getKey()), entry.getValue()));
    }
    return decisions;
  }

  List<Link> named(String name) {
    return complete(
        handle
            .createQuery(
                "SELECT * FROM link WHERE xid = :name OR ticket_id = :name OR ticket_key = :name"
                    + " ORDER BY sync, xid")
            .bind("name", name)
            .map((row, context) -> Row.of(row))
            .list());
  }

  List<Link> page(
      Optional<String> sync, Set<LinkState> states, Optional<LinkKey> after, int limit) {
    List<String> conditions = new ArrayList<>(List.of("1 = 1"));
    sync.ifPresent(name -> conditions.add("sync = :sync"));
    after.ifPresent(key -> conditions.add("(sync, xid) > (:afterSync, :afterXid)"));
    if (!states.isEmpty()) {
      conditions.add("state IN (<states>)");
    }
    Query query =
        handle.createQuery(
            "SELECT * FROM link WHERE "
                + String.join(" AND ", conditions)
                + " ORDER BY sync, xid LIMIT :limit");
    sync.ifPresent(name -> query.bind("sync", name));
    after.ifPresent(key -> query.bind("afterSync", key.sync()).bind("afterXid", key.xid()));
    if (!states.isEmpty()) {
      query.bindList("states", states.stream().map(LinkState::word).toList());
    }
    return complete(query.bind("limit", limit).map((row, context) -> Row.of(row)).list());
  }

  Map<String, LinkKey> byTicket(String sync, Collection<String> ticketIds) {
    Map<String, LinkKey> found = new HashMap<>();
    for (List<String> chunk : Chunks.of(ticketIds)) {
      handle
          .createQuery(
              "SELECT xid, ticket_id FROM link WHERE sync = :sync AND ticket_id IN (<ids>)")
          .bind("sync", sync)
          .bindList("ids", chunk)
          .map((row, context) -> Map.entry(row.getString("ticket_id"), row.getString("xid")))
          .forEach(entry -> found.put(entry.getKey(), new LinkKey(sync, entry.getValue())));
    }
    return found;
  }

  List<LinkKey> due(String sync, Instant now, int limit) {
    return handle
        .createQuery(
            "SELECT xid FROM link WHERE sync = :sync AND due_at <= :now"
                + " ORDER BY due_at, xid LIMIT :limit")
        .bind("sync", sync)
        .bind("now", NanoTime.of(now))
        .bind("limit", limit)
        .map((row, context) -> new LinkKey(sync, row.getString(1)))
        .list();
  }

  Optional<Instant> nextDue(String sync) {
    return handle
        .createQuery("SELECT MIN(due_at) FROM link WHERE sync = :sync AND due_at IS NOT NULL")
        .bind("sync", sync)
        .map((row, context) -> Optional.ofNullable(instant(row, 1)))
        .one();
  }

  List<LinkKey> keys(String sync, Set<LinkState> states) {
    if (states.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery("SELECT xid FROM link WHERE sync = :sync AND state IN (<states>) ORDER BY xid")
        .bind("sync", sync)
        .bindList("states", states.stream().map(LinkState::word).toList())
        .map((row, context) -> new LinkKey(sync, row.getString(1)))
        .list();
  }

  Map<String, Map<LinkState, Long>> counts() {
    Map<String, Map<LinkState, Long>> counts = new TreeMap<>();
    handle
        .createQuery("SELECT sync, state, COUNT(*) FROM link GROUP BY sync, state")
        .map(
            (row, context) -> {
              counts
                  .computeIfAbsent(row.getString(1), sync -> new TreeMap<>())
                  .put(state(row.getString(2)), row.getLong(3));
              return row;
            })
        .list();
    return counts;
  }

  Pending pending() {
    return handle
        .createQuery(
            "SELECT (SELECT MIN(state_since) FROM link WHERE state NOT IN (<settled>)),"
                + " (SELECT COUNT(*) FROM link WHERE state = :linked AND reason <> '')")
        .bindList("settled", List.of(LinkState.LINKED.word(), LinkState.RETIRED.word()))
        .bind("linked", LinkState.LINKED.word())
        .map((row, context) -> new Pending(Optional.ofNullable(instant(row, 1)), row.getLong(2)))
        .one();
  }

  static LinkState state(String word) {
    return LinkState.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : NanoTime.instant(nanos);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long nanos = row.getLong(column);
    return row.wasNull() ? null : NanoTime.instant(nanos);
  }

  /** Reads the parts of the rows' links, a few hundred links a statement. */
  private List<Link> complete(List<Row> rows) {
    Map<LinkKey, Map<String, String>> parts = new LinkedHashMap<>();
    for (List<Row> chunk : Chunks.bySync(rows, row -> row.key().sync())) {
      String sync = chunk.get(0).key().sync();
      handle
          .createQuery("SELECT xid, part, body FROM record WHERE sync = :sync AND xid IN (<xids>)")
          .bind("sync", sync)
          .bindList("xids", chunk.stream().map(row -> row.key().xid()).toList())
          .map(
              (row, context) ->
                  parts
                      .computeIfAbsent(new LinkKey(sync, row.getString(1)), key -> new HashMap<>())
                      .put(row.getString(2), row.getString(3)))
          .list();
    }
    return rows.stream().map(row -> row.with(parts.getOrDefault(row.key(), Map.of()))).toList();
  }

  /** The narrow half of a link. */
  private record Row(
      LinkKey key,
      LinkState state,
      String reason,
      String ticketId,
      String ticketKey,
      Instant createdAt,
      Instant stateSince,
      @Nullable Instant dueAt,
      int attempts,
      @Nullable Instant intentAt,
      @Nullable Instant taskAt,
      @Nullable Instant ticketAt) {

    static Row of(ResultSet row) throws SQLException {
      return new Row(
          new LinkKey(row.getString("sync"), row.getString("xid")),
          LinkTable.state(row.getString("state")),
          row.getString("reason"),
          row.getString("ticket_id"),
          row.getString("ticket_key"),
          Objects.requireNonNull(instant(row, "created_at")),
          Objects.requireNonNull(instant(row, "state_since")),
          instant(row, "due_at"),
          row.getInt("attempts"),
          instant(row, "intent_at"),
          instant(row, "task_at"),
          instant(row, "ticket_at"));
    }

    Link with(Map<String, String> parts) {
      Optional<Task> intended = part(parts, INTENT, RecordReader::task);
      Map<FieldName, FieldValue> asked = part(parts, ASKED, RecordReader::values).orElse(Map.of());
      Optional<Task> task = part(parts, Side.TASK.word(), RecordReader::task);
      Optional<Ticket> ticket = part(parts, Side.TICKET.word(), RecordReader::ticket);
      Optional<Map<FieldName, FieldRecord>> fields = part(parts, FIELDS, RecordReader::fields);
      return new Link(
          key,
          state,
          reason,
          ticketId,
          ticketKey,
          createdAt,
          stateSince,
          Optional.ofNullable(intentAt)
              .flatMap(at -> intended.map(was -> new Intent(at, was, asked))),
          Optional.ofNullable(taskAt).flatMap(at -> task.map(was -> new Seen<>(was, at))),
          Optional.ofNullable(ticketAt).flatMap(at -> ticket.map(was -> new Seen<>(was, at))),
          fields.orElse(Map.of()),
          Optional.ofNullable(dueAt),
          attempts);
    }

    private <T> Optional<T> part(
        Map<String, String> parts, String name, Function<String, T> reader) {
      try {
        return Optional.ofNullable(parts.get(name)).map(reader);
      } catch (UnreadableRecord e) {
        throw new UnreadableRecord(
            "what is stored as \"" + name + "\" of link " + key + " is " + e.getMessage(), e);
      }
    }
  }
}
