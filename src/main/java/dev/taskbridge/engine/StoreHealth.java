package dev.taskbridge.engine;

import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreException;
import java.util.Optional;

/** Whether the store works, asked of the store itself. Thread-safe. */
public final class StoreHealth {
  private final LinkStore store;
  private volatile Optional<String> trouble = Optional.empty();

  public StoreHealth(LinkStore store) {
    this.store = store;
  }

  /** Notes that something could not be read or stored. */
  public void failed(String words) {
    trouble = Optional.of(words);
  }

  /** Why the store does not work; empty if it does. Asks it again after a failure. */
  public Optional<String> trouble() {
    if (trouble.isPresent()) {
      try {
        store.inTransaction(
            rows -> {
              rows.setCursor("health/probe", "written");
              return true;
            });
        trouble = Optional.empty();
      } catch (StoreException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return trouble;
  }
}
