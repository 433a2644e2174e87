package dev.taskbridge.store;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Intent;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The narrow half of a link as it is to be written, with what the store shall know of each side's
 * last sight.
 */
record LinkRow(Link link, Sight.@Nullable Stored task, Sight.@Nullable Stored ticket) {
  private static final String UPSERT =
      """
      INSERT INTO link (sync, xid, state, reason, ticket_id, ticket_key, created_at, state_since,
        due_at, attempts, intent_at, task_at, task_hash, task_clock, ticket_at, ticket_hash,
        ticket_clock)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (sync, xid) DO UPDATE SET state = excluded.state, reason = excluded.reason,
        ticket_id = excluded.ticket_id, ticket_key = excluded.ticket_key,
        created_at = excluded.created_at, state_since = excluded.state_since,
        due_at = excluded.due_at, attempts = excluded.attempts, intent_at = excluded.intent_at,
        task_at = excluded.task_at, task_hash = excluded.task_hash,
        task_clock = excluded.task_clock, ticket_at = excluded.ticket_at,
        ticket_hash = excluded.ticket_hash, ticket_clock = excluded.ticket_clock
      """;

  static void upsert(Handle handle, List<LinkRow> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(UPSERT);
    for (LinkRow row : rows) {
      row.bind(batch);
      batch.add();
    }
    batch.execute();
  }

  private void bind(PreparedBatch batch) {
    batch
        .bind(0, link.key().sync())
        .bind(1, link.key().xid())
        .bind(2, link.state().word())
        .bind(3, Words.storable(link.reason()))
        .bind(4, link.ticketId())
        .bind(5, link.ticketKey())
        .bind(6, NanoTime.of(link.createdAt()))
        .bind(7, NanoTime.of(link.stateSince()))
        .bind(8, link.dueAt().map(NanoTime::of).orElse(null))
        .bind(9, link.attempts())
        .bind(10, link.intent().map(Intent::at).map(NanoTime::of).orElse(null));
    bind(batch, 11, task);
    bind(batch, 14, ticket);
  }

  private static void bind(PreparedBatch batch, int first, Sight.@Nullable Stored sight) {
    batch
        .bind(first, sight == null ? null : (Long) sight.at())
        .bind(first + 1, sight == null ? null : sight.hash())
        .bind(first + 2, sight == null ? null : sight.clock());
  }
}
