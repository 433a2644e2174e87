package dev.taskbridge.store;

import dev.taskbridge.domain.LinkKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Gathers changes to {@code record}, to write them in two statements once their links exist. */
final class Records {
  private record Name(LinkKey key, String part) {}

  private final Handle handle;
  private final Map<Name, String> put = new LinkedHashMap<>();
  private final Set<Name> removed = new LinkedHashSet<>();

  Records(Handle handle) {
    this.handle = handle;
  }

  /** The later of two calls for one part counts. */
  void put(LinkKey key, String part, String body) {
    Name name = new Name(key, part);
    removed.remove(name);
    put.put(name, body);
  }

  void remove(LinkKey key, String part) {
    Name name = new Name(key, part);
    put.remove(name);
    removed.add(name);
  }

  void write() {
    if (!removed.isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch("DELETE FROM record WHERE sync = ? AND xid = ? AND part = ?");
      removed.forEach(name -> bind(batch, name).add());
      batch.execute();
      removed.clear();
    }
    if (!put.isEmpty()) {
      PreparedBatch batch =
          handle.prepareBatch(
              "INSERT INTO record (sync, xid, part, body) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (sync, xid, part) DO UPDATE SET body = excluded.body");
      put.forEach((name, body) -> bind(batch, name).bind(3, body).add());
      batch.execute();
      put.clear();
    }
  }

  private static PreparedBatch bind(PreparedBatch batch, Name name) {
    return batch.bind(0, name.key().sync()).bind(1, name.key().xid()).bind(2, name.part());
  }
}
