package dev.taskbridge.engine;

import java.util.List;

/**
 * A configuration that is right in itself and cannot be put in force here: with this store, or
 * while this process runs. Nothing has changed when it is thrown.
 */
public final class RefusedConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> reasons;

  /**
   * A refusal.
   *
   * @param reasons for people, at least one, each with its key and what to do
   */
  RefusedConfiguration(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  public List<String> reasons() {
    return reasons;
  }
}
