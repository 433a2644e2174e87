package dev.taskbridge.simulator.threatconnect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What lists of tasks show. It is what there is, unless the fault {@code searchLag} holds changes
 * back; reading one task by its id is never late.
 */
final class TaskSearch {
  private record Late(Instant visible, Runnable change) {}

  private final Clock clock;
  private final Supplier<Duration> lag;
  private final Table<TaskRow> tasks = new Table<>();
  private final Table.Index<TaskRow> byCase = tasks.index(TaskRow::caseId);
  private final Queue<Late> late = new ArrayDeque<>();
  private final Set<Long> goneCases = new HashSet<>();

  TaskSearch(Clock clock, Supplier<Duration> lag) {
    this.clock = clock;
    this.lag = lag;
  }

  void put(TaskRow task) {
    change(
        () -> {
          if (!goneCases.contains(task.caseId())) {
            tasks.put(task);
          }
        });
  }

  void remove(long id) {
    change(() -> tasks.remove(id));
  }

  /** A deleted case takes its tasks along at once, those that were not to be seen yet as well. */
  void removeCase(long caseId) {
    goneCases.add(caseId);
    List.copyOf(byCase.get(caseId)).forEach(task -> tasks.remove(task.id()));
  }

  void clear() {
    late.clear();
    goneCases.clear();
    tasks.clear();
  }

  /** The tasks that a search finds now. */
  Table<TaskRow> tasks() {
    catchUp();
    return tasks;
  }

  /** The tasks of a case that a search finds now. */
  Iterable<TaskRow> ofCase(long caseId) {
    catchUp();
    return byCase.get(caseId);
  }

  private void change(Runnable change) {
    catchUp();
    if (lag.get().isZero()) {
      change.run();
    } else {
      late.add(new Late(clock.instant().plus(lag.get()), change));
    }
  }

  /** Changes come out in the order in which they went in, whatever the lag was meanwhile. */
  private void catchUp() {
    Instant now = clock.instant();
    while (!late.isEmpty() && (lag.get().isZero() || !late.element().visible().isAfter(now))) {
      late.remove().change().run();
    }
  }
}
