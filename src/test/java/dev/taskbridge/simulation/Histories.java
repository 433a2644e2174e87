package dev.taskbridge.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Runs histories, and makes a broken one short. */
final class Histories {
  /** A history that broke a promise, as short as it was made. */
  record Broken(long seed, int steps, List<String> violations, String story) {
    @Override
    public String toString() {
      return "seed "
          + seed
          + " breaks a promise: "
          + violations.get(0)
          + "\nshortened to "
          + steps
          + " steps; again with -Dhistory="
          + seed
          + "\n"
          + story;
    }
  }

  private Histories() {}

  /** Whether a promise is broken, without its story. */
  static boolean isBroken(long seed, Supplier<Flaw> flaw) {
    History history = new History(seed, flaw.get(), false);
    return !violations(history, IntStream.range(0, history.steps()).boxed().toList()).isEmpty();
  }

  /** Empty if every promise was kept. */
  static Optional<Broken> run(long seed, Supplier<Flaw> flaw) {
    History history = new History(seed, flaw.get(), false);
    List<Integer> all = IntStream.range(0, history.steps()).boxed().toList();
    return violations(history, all).isEmpty()
        ? Optional.empty()
        : Optional.of(shortened(seed, flaw, all));
  }

  /** A bug in the bridge or in the world is a violation, too. */
  private static List<String> violations(History history, List<Integer> steps) {
    try {
      return history.run(steps);
    } catch (RuntimeException e) {
      return List.of(String.valueOf(e) + " at " + List.of(e.getStackTrace()).subList(0, 6));
    }
  }

  /** Leaves out steps, many at first, while a promise is still broken. */
  private static Broken shortened(long seed, Supplier<Flaw> flaw, List<Integer> broken) {
    List<Integer> steps = broken;
    for (int size = Math.max(1, steps.size() / 2); size >= 1; size /= 2) {
      int from = 0;
      while (from < steps.size()) {
        List<Integer> fewer = new ArrayList<>(steps.subList(0, from));
        fewer.addAll(steps.subList(Math.min(steps.size(), from + size), steps.size()));
        if (violations(new History(seed, flaw.get(), false), fewer).isEmpty()) {
          from += size;
        } else {
          steps = fewer;
        }
      }
    }
    History told = new History(seed, flaw.get(), true);
    List<String> violations = violations(told, steps);
    return new Broken(seed, steps.size(), violations, told.story());
  }
}
