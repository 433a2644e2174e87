package dev.taskbridge.simulator.threatconnect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows by id, with indexes. A row must not change in what an index reads while it is in the table.
 */
final class Table<R extends Row> {
  private final NavigableMap<Long, R> rows = new TreeMap<>();

  /** The same once more: a query looks up the case of every task, and a tree is slower. */
  private final Map<Long, R> rowsById = new HashMap<>();

  private final List<Index<R>> indexes = new ArrayList<>();
  private final Index<R> xids = index(Row::xid);

  /** Rows by a key that several may share; rows without the key are left out. */
  static final class Index<R extends Row> {
    private final Function<R, @Nullable Object> key;
    private final Map<Object, NavigableMap<Long, R>> rows = new HashMap<>();

    private Index(Function<R, @Nullable Object> key) {
      this.key = key;
    }

    /** In the order of their ids. */
    Collection<R> get(Object wanted) {
      NavigableMap<Long, R> found = rows.get(wanted);
      return found == null ? List.of() : found.values();
    }

    private void add(R row) {
      Object value = key.apply(row);
      if (value != null) {
        rows.computeIfAbsent(value, ignored -> new TreeMap<>()).put(row.id(), row);
      }
    }

    private void remove(R row) {
      Object value = key.apply(row);
      NavigableMap<Long, R> found = value == null ? null : rows.get(value);
      if (value != null && found != null) {
        found.remove(row.id());
        if (found.isEmpty()) {
          rows.remove(value);
        }
      }
    }
  }

  /** Adds an index; the table must be empty still. */
  Index<R> index(Function<R, @Nullable Object> key) {
    Index<R> index = new Index<>(key);
    indexes.add(index);
    return index;
  }

  void put(R row) {
    R old = rows.put(row.id(), row);
    rowsById.put(row.id(), row);
    for (Index<R> index : indexes) {
      if (old != null) {
        index.remove(old);
      }
      index.add(row);
    }
  }

  void remove(long id) {
    R old = rows.remove(id);
    rowsById.remove(id);
    if (old != null) {
      indexes.forEach(index -> index.remove(old));
    }
  }

  @Nullable R get(long id) {
    return rowsById.get(id);
  }

  @Nullable R byXid(String xid) {
    return xids.get(xid).stream().findFirst().orElse(null);
  }

  /** In the order of their ids. */
  NavigableMap<Long, R> byId() {
    return rows;
  }

  Collection<R> all() {
    return rows.values();
  }

  void clear() {
    rows.clear();
    rowsById.clear();
    indexes.forEach(index -> index.rows.clear());
  }
}
