package dev.taskbridge.engine;

import dev.taskbridge.store.LinkRows;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which links of a sync have something left to be done beside their fields; kept in the store. */
enum LinksDue {
  /** Notes or comments are to be looked at. */
  COMMENTS("/comments-due"),

  /** The ticket does not point back at its task yet. */
  BACK_LINKS("/back-links-due");

  private static final String SEPARATOR = "\n";

  private final String suffix;

  LinksDue(String suffix) {
    this.suffix = suffix;
  }

  Set<String> of(LinkRows rows, String sync) {
    String stored = rows.cursor(sync + suffix).orElse("");
    return stored.isEmpty()
        ? new LinkedHashSet<>()
        : new LinkedHashSet<>(List.of(stored.split(SEPARATOR)));
  }

  void add(LinkRows rows, String sync, Collection<String> xids) {
    Set<String> due = of(rows, sync);
    if (due.addAll(xids)) {
      rows.setCursor(sync + suffix, String.join(SEPARATOR, due));
    }
  }

  void remove(LinkRows rows, String sync, Collection<String> xids) {
    Set<String> due = of(rows, sync);
    if (due.removeAll(Set.copyOf(xids))) {
      rows.setCursor(sync + suffix, String.join(SEPARATOR, due));
    }
  }

  /** Puts on the lists what a new pair of records has coming, in the transaction that stores it. */
  static void addPairs(LinkRows rows, SyncDefinition sync, Collection<String> xids) {
    if (sync.notes().isPresent()) {
      COMMENTS.add(rows, sync.name(), xids);
    }
    if (sync.linksBack()) {
      BACK_LINKS.add(rows, sync.name(), xids);
    }
  }
}
