package dev.taskbridge.engine;

import dev.taskbridge.store.LinkStore;
import dev.taskbridge.store.StoreException;
import java.util.Optional;

/** Whether the store works, asked of the store itself. Thread-safe. */
public final class StoreHealth {
  /** As much as a page of records may need: a full disk has room for a little more for long. */
  private static final int PROBE_CHARACTERS = 1 << 20;

  private static final String PROBE = "health/probe";

  private final LinkStore store;
  private volatile Optional<String> trouble = Optional.empty();

  public StoreHealth(LinkStore store) {
    this.store = store;
  }

  /** Notes that something could not be read or stored. */
  public void failed(String words) {
    trouble = Optional.of(words);
  }

  /** Whether it works; what is asked of the systems while it does not cannot be kept. */
  public boolean isWell() {
    return trouble().isEmpty();
  }

  /** Why the store does not work; empty if it does. Asks it again after a failure. */
  public Optional<String> trouble() {
    if (trouble.isPresent()) {
      try {
        probe("x".repeat(PROBE_CHARACTERS));
        probe("");
        trouble = Optional.empty();
      } catch (StoreException e) {
        trouble = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return trouble;
  }

  private void probe(String value) {
    store.inTransaction(
        rows -> {
          rows.setCursor(PROBE, value);
          return true;
        });
  }
}
