package dev.taskbridge.engine;

import dev.taskbridge.store.LinkRows;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which links of a sync have notes or comments to be looked at; kept in the store. */
final class CommentsDue {
  private static final String SEPARATOR = "\n";

  private CommentsDue() {}

  static Set<String> of(LinkRows rows, String sync) {
    String stored = rows.cursor(name(sync)).orElse("");
    return stored.isEmpty()
        ? new LinkedHashSet<>()
        : new LinkedHashSet<>(List.of(stored.split(SEPARATOR)));
  }

  static void add(LinkRows rows, String sync, Collection<String> xids) {
    Set<String> due = of(rows, sync);
    if (due.addAll(xids)) {
      rows.setCursor(name(sync), String.join(SEPARATOR, due));
    }
  }

  static void remove(LinkRows rows, String sync, Collection<String> xids) {
    Set<String> due = of(rows, sync);
    if (due.removeAll(Set.copyOf(xids))) {
      rows.setCursor(name(sync), String.join(SEPARATOR, due));
    }
  }

  private static String name(String sync) {
    return sync + "/comments-due";
  }
}
