package dev.taskbridge.engine;

import dev.taskbridge.adapter.TicketSystem.Unreadable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What cycles could not understand, the latest first, bounded. Thread-safe. */
public final class CycleReport {
  private static final int MOST_KEPT = 200;
  private static final Logger LOG = LoggerFactory.getLogger(CycleReport.class);

  /** One row that was passed over. */
  public record Row(String sync, String where, String what) {}

  private final Deque<Row> rows = new ArrayDeque<>();

  /** Keeps a row that could not be read; the rest of its page goes on. */
  public void unreadable(String sync, Unreadable unreadable) {
    Row row = new Row(sync, unreadable.where(), unreadable.what());
    synchronized (rows) {
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

  public List<Row> rows() {
    synchronized (rows) {
      return new ArrayList<>(rows);
    }
  }
}
