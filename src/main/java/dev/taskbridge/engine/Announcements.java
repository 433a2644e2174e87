package dev.taskbridge.engine;

import dev.taskbridge.store.JournalEntry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells logs, metrics and whoever listens what was carried over. Thread-safe. */
public final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  private final List<Consumer<JournalEntry>> listeners = new CopyOnWriteArrayList<>();

  /** Adds a listener; it is called on the lanes' threads and must not block. */
  public void listen(Consumer<JournalEntry> listener) {
    listeners.add(listener);
  }

  /** Tells what came of a look; called by the route {@code announce}. */
  public void tell(LinkWorker.Looked looked) {
    for (JournalEntry entry : looked.happened()) {
      LOG.info(
          "{} {} {}{}",
          entry.kind(),
          entry.link(),
          entry.field().isEmpty() ? "" : entry.field() + ": ",
          entry.detail());
      listeners.forEach(listener -> listener.accept(entry));
    }
  }
}
