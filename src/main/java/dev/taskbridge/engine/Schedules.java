package dev.taskbridge.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The routes that let each sync run by itself. Confined to whoever holds the bridge's
 * configuration.
 */
final class Schedules {
  /** A schedule as it should be: the template and what it is filled with. */
  private record Schedule(String template, Map<String, Object> parameters) {}

  private final RouteFiles files;
  private final Map<String, Schedule> running = new LinkedHashMap<>();

  Schedules(RouteFiles files) {
    this.files = files;
  }

  /**
   * Takes away every schedule that {@code syncs} do not have in this very form; one that is firing
   * ends first.
   */
  void stopOthers(Iterable<SyncDefinition> syncs) {
    Map<String, Schedule> wanted = wanted(syncs);
    for (Map.Entry<String, Schedule> entry : Map.copyOf(running).entrySet()) {
      if (!entry.getValue().equals(wanted.get(entry.getKey()))) {
        files.remove(entry.getKey());
        running.remove(entry.getKey());
      }
    }
  }

  /** Starts every schedule of {@code syncs} that does not run yet. */
  void start(Iterable<SyncDefinition> syncs) {
    wanted(syncs)
        .forEach(
            (routeId, schedule) -> {
              if (!running.containsKey(routeId)) {
                files.make(schedule.template(), routeId, schedule.parameters());
                running.put(routeId, schedule);
              }
            });
  }

  private static Map<String, Schedule> wanted(Iterable<SyncDefinition> syncs) {
    Map<String, Schedule> wanted = new LinkedHashMap<>();
    for (SyncDefinition sync : syncs) {
      wanted.put(
          "poll-tasks." + sync.name(), every("poll-tasks", sync, sync.tasksEvery().toMillis()));
      wanted.put(
          "poll-tickets." + sync.name(),
          every("poll-tickets", sync, sync.ticketsEvery().toMillis()));
      if (sync.notes().isPresent()) {
        wanted.put(
            "carry-comments." + sync.name(),
            every("carry-comments", sync, sync.tasksEvery().toMillis()));
      }
      wanted.put(
          "sweep." + sync.name(),
          new Schedule(
              "schedule.sweep",
              Map.of("sync", sync.name(), "cron", sync.sweepCron().replace(' ', '+'))));
    }
    wanted.put("schedule-due", new Schedule("schedule.due", new HashMap<>()));
    return wanted;
  }

  private static Schedule every(String what, SyncDefinition sync, long millis) {
    return new Schedule("schedule." + what, Map.of("sync", sync.name(), "every", millis));
  }
}
