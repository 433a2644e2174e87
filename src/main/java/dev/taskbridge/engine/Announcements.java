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
  private final List<Consumer<LinkWorker.Looked>> looks = new CopyOnWriteArrayList<>();

  /** Adds a listener; it is called on the lanes' threads and must not block. */
  public void listen(Consumer<JournalEntry> listener) {
    listeners.add(listener);
  }

  /** Adds a listener for whole looks, under the same rule. */
  public void listenToLooks(Consumer<LinkWorker.Looked> listener) {
    looks.add(listener);
  }

  /** Tells what came of a look; called by the route {@code announce}. */
  public void tell(LinkWorker.Looked looked) {
    tell(looked.happened());
    looks.forEach(listener -> listener.accept(looked));
  }

  /** Tells what happened outside a look. */
  void tell(List<JournalEntry> happened) {
    for (JournalEntry entry : happened) {
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
