package dev.taskbridge.store;

import java.util.function.Function;

/**
 * An SQLite store on a disk that a test fills and frees. The limit belongs to a connection, and the
 * store takes a new one after some failures, so every transaction begins by setting it.
 */
public final class SmallDisk implements LinkStore {
  private static final String FILLER = "filler";
  private static final int ROOM = 1_000_000;

  private final LinkStore store;
  private volatile boolean full;

  /** {@code store} is opened to sync with it, and is closed with this one. */
  public SmallDisk(LinkStore store) {
    this.store = store;
  }

  /** No page more than there is, and none of those is free. */
  public void fill() {
    store.inTransaction(
        rows -> {
          int free =
              ((JdbcRows) rows).handle().select("PRAGMA freelist_count").mapTo(Integer.class).one();
          // A long value takes whole pages; a few stay for the rows around it.
          rows.setCursor(FILLER, "x".repeat(Math.max(0, free - 3) * 4_000));
          return true;
        });
    full = true;
  }

  /** All the room it wants. */
  public void free() {
    full = false;
  }

  @Override
  public <T> T inTransaction(Function<LinkRows, T> work) {
    return store.inTransaction(
        rows -> {
          limit(rows, full ? 1 : ROOM);
          return work.apply(rows);
        });
  }

  @Override
  public void close() {
    store.close();
  }

  /** Lets the connection's file have so many pages, but never fewer than it has. */
  static void limit(LinkRows rows, int pages) {
    ((JdbcRows) rows)
        .handle()
        .select("PRAGMA max_page_count = " + pages)
        .mapTo(Integer.class)
        .one();
  }
}
