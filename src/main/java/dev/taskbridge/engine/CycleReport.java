package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What cycles could not understand, the latest first, bounded. Thread-safe. */
public final class CycleReport {
  private static final int MOST_KEPT = 200;
  private static final Logger LOG = LoggerFactory.getLogger(CycleReport.class);

  /** One row that was passed over. */
  public record Row(String sync, String where, String what) {}

  private final Deque<Row> rows = new ArrayDeque<>();
  private final Map<String, Long> passedOver = new HashMap<>();

  /** Keeps a row that could not be read; the rest of its page goes on. */
  public void unreadable(String sync, Unreadable unreadable) {
    Row row = new Row(sync, unreadable.where(), unreadable.what());
    synchronized (rows) {
      passedOver.merge(sync, 1L, Long::sum);
      if (rows.contains(row)) {
        return;
      }
      rows.addFirst(row);
      if (rows.size() > MOST_KEPT) {
        rows.removeLast();
      }
    }
    LOG.warn("sync {}: cannot read {}: {}", sync, row.where(), row.what());
  }

  /** How many rows of a sync were passed over since the start, repeated ones included. */
  long passedOver(String sync) {
    synchronized (rows) {
      return passedOver.getOrDefault(sync, 0L);
    }
  }

  public List<Row> rows() {
    synchronized (rows) {
      return new ArrayList<>(rows);
    }
  }
}
