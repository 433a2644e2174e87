package dev.taskbridge.config;

import dev.taskbridge.domain.Secret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole configuration, secrets resolved. Two are equal if nothing changed between them, secrets
 * included.
 *
 * @param store default {@code jdbc:sqlite:data/taskbridge.db}
 * @param queue default in memory with 8 lanes
 * @param web default 127.0.0.1:8080 without a token
 * @param systems by name, in the order of the file; at least one
 * @param syncs by name, in the order of the file; at least one; each names one of {@code systems}
 */
public record TaskbridgeConfig(
    ThreatConnectConfig threatConnect,
    StoreConfig store,
    QueueConfig queue,
    WebConfig web,
    Map<String, SystemConfig> systems,
    Map<String, SyncConfig> syncs) {

  public TaskbridgeConfig {
    systems = Collections.unmodifiableMap(new LinkedHashMap<>(systems));
    syncs = Collections.unmodifiableMap(new LinkedHashMap<>(syncs));
  }

  /**
   * The system that {@code sync} keeps its tickets in.
   *
   * @throws IllegalArgumentException if the sync is not of this configuration
   */
  public SystemConfig systemOf(SyncConfig sync) {
    SystemConfig system = systems.get(sync.tickets().system());
    if (system == null) {
      throw new IllegalArgumentException(
          "sync " + sync.name() + " names the unknown system " + sync.tickets().system());
    }
    return system;
  }

  /** Every secret in it, for whoever keeps them out of logs. */
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>(threatConnect.auth().secrets());
    store.password().ifPresent(secrets::add);
    web.token().ifPresent(secrets::add);
    for (SystemConfig system : systems.values()) {
      secrets.addAll(system.auth().secrets());
      system.webhookSecret().ifPresent(secrets::add);
    }
    return List.copyOf(secrets);
  }

  public TaskbridgeConfig withWeb(WebConfig newWeb) {
    return new TaskbridgeConfig(threatConnect, store, queue, newWeb, systems, syncs);
  }

  public TaskbridgeConfig withStore(StoreConfig newStore) {
    return new TaskbridgeConfig(threatConnect, newStore, queue, web, systems, syncs);
  }

  public TaskbridgeConfig withQueue(QueueConfig newQueue) {
    return new TaskbridgeConfig(threatConnect, store, newQueue, web, systems, syncs);
  }
}
