package dev.taskbridge.store;

import java.util.function.Function;

/** Where links, cursors and the journal live. Thread-safe; one implementation, two SQL dialects. */
public interface LinkStore extends AutoCloseable {
  /**
   * Runs {@code work} in one serializable transaction, durable when this returns. It may run again
   * after a lost race or a busy database, so it must never call a remote system.
   *
   * @throws StoreException carrying every earlier attempt as a suppressed exception; nothing of
   *     {@code work} was kept, unless the message says that this could not be found out
   */
  <T> T inTransaction(Function<LinkRows, T> work);

  @Override
  void close();
}
