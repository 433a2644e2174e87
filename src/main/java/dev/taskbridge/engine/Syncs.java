package dev.taskbridge.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The syncs in force. Thread-safe: a changed configuration replaces them all at once. */
public final class Syncs {
  private volatile Map<String, SyncDefinition> byName = Map.of();

  public Syncs(Collection<SyncDefinition> definitions) {
    replace(definitions);
  }

  public void replace(Collection<SyncDefinition> definitions) {
    Map<String, SyncDefinition> fresh = new LinkedHashMap<>();
    definitions.forEach(sync -> fresh.put(sync.name(), sync));
    byName = fresh;
  }

  public Optional<SyncDefinition> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Whether this very definition is in force: a changed configuration makes new ones. */
  boolean isInForce(SyncDefinition sync) {
    return byName.get(sync.name()) == sync;
  }

  /**
   * A sync that must exist.
   *
   * @throws IllegalArgumentException naming the sync and those that exist
   */
  public SyncDefinition get(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no sync is called \"" + name + "\"; configured are " + byName.keySet()));
  }

  public List<SyncDefinition> all() {
    return List.copyOf(byName.values());
  }
}
