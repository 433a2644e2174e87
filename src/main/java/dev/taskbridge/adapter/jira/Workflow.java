package dev.taskbridge.adapter.jira;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is known of a workflow: for each status that was looked at, the steps that lead on from it.
 * A status that is not a key was never looked at.
 */
record Workflow(Map<String, List<Step>> stepsFrom) {
  Workflow {
    stepsFrom = Map.copyOf(stepsFrom);
  }

  /**
   * The fewest steps from {@code here} to a status that {@code wanted} accepts, beginning with one
   * of {@code first}.
   *
   * @param first what can be done here now, which may be less than what is known of the status
   * @return empty if no way is known
   */
  List<Step> path(String here, List<Step> first, Predicate<Step> wanted) {
    Map<String, List<Step>> ways = new LinkedHashMap<>();
    Deque<String> queue = new ArrayDeque<>();
    Set<String> seen = new HashSet<>(Set.of(here));
    String at = here;
    List<Step> options = first;
    List<Step> way = List.of();
    while (true) {
      for (Step step : options) {
        // A step back to where it began changes nothing, and so does one into a status seen before.
        if (!step.to().equals(at) && seen.add(step.to())) {
          List<Step> longer = new ArrayList<>(way);
          longer.add(step);
          if (wanted.test(step)) {
            return longer;
          }
          ways.put(step.to(), longer);
          queue.add(step.to());
        }
      }
      if (queue.isEmpty()) {
        return List.of();
      }
      at = queue.remove();
      options = stepsFrom.getOrDefault(at, List.of());
      way = ways.getOrDefault(at, List.of());
    }
  }

  /** The statuses that can be reached, by name, nearest first. */
  List<String> reachable(String here, List<Step> first) {
    List<String> names = new ArrayList<>();
    path(
        here,
        first,
        step -> {
          names.add(step.toName());
          return false;
        });
    return names;
  }

  /** The way to the nearest status that was never looked at, if {@code worthwhile}. */
  Optional<Step> towardsUnknown(String here, List<Step> first, Predicate<Step> worthwhile) {
    return path(here, first, step -> !stepsFrom.containsKey(step.to()) && worthwhile.test(step))
        .stream()
        .findFirst();
  }

  /** The statuses that are led to and were never looked at, by name. */
  Set<String> unknown() {
    Set<String> names = new HashSet<>();
    stepsFrom
        .values()
        .forEach(
            steps ->
                steps.stream()
                    .filter(step -> !stepsFrom.containsKey(step.to()))
                    .forEach(step -> names.add(step.toName())));
    return names;
  }
}
