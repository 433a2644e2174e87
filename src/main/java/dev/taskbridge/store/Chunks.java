package dev.taskbridge.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Cuts large collections into what one statement takes: PostgreSQL plans longer lists badly. */
final class Chunks {
  static final int SIZE = 500;

  private Chunks() {}

  static <T> List<List<T>> of(Collection<T> elements) {
    List<T> all = List.copyOf(elements);
    List<List<T>> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += SIZE) {
      chunks.add(all.subList(from, Math.min(all.size(), from + SIZE)));
    }
    return chunks;
  }

  /** Chunks that each belong to one sync, because every look-up begins with the sync. */
  static <T> List<List<T>> bySync(Collection<T> elements, Function<T, String> sync) {
    Map<String, List<T>> bySync = new LinkedHashMap<>();
    for (T element : elements) {
      bySync.computeIfAbsent(sync.apply(element), name -> new ArrayList<>()).add(element);
    }
    List<List<T>> chunks = new ArrayList<>();
    bySync.values().forEach(ofOneSync -> chunks.addAll(of(ofOneSync)));
    return chunks;
  }
}
