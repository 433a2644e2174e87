package dev.taskbridge.store;

import dev.taskbridge.domain.LinkKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Small transactions that several tests make. */
final class Rows {
  static final LinkKey KEY = Samples.key("X-1");

  private Rows() {}

  static void run(LinkStore store, Consumer<LinkRows> work) {
    store.inTransaction(
        rows -> {
          work.accept(rows);
          return true;
        });
  }

  static Optional<String> cursor(LinkStore store, String name) {
    return store.inTransaction(rows -> rows.cursor(name));
  }

  /** One step of a count that is only right if no step is lost and none is done by halves. */
  static int countOn(LinkStore store) {
    return store.inTransaction(
        rows -> {
          int next = Integer.parseInt(rows.cursor("count").orElse("0")) + 1;
          rows.setCursor("count", Integer.toString(next));
          rows.journal(
              List.of(
                  new JournalEntry(Samples.NOON.plusSeconds(next), KEY, "counted", "", "" + next)));
          rows.save(List.of(Samples.link(KEY, "" + next)));
          return next;
        });
  }

  /** How far {@link #countOn} came; fails where cursor, journal and link tell different counts. */
  static int count(LinkStore store) {
    return store.inTransaction(
        rows -> {
          int count = Integer.parseInt(rows.cursor("count").orElse("0"));
          List<JournalEntry> story = rows.story(KEY);
          if (story.size() != count) {
            throw new AssertionError("cursor says " + count + ", journal " + story.size());
          }
          String ticket =
              rows.load(List.of(KEY)).values().stream()
                  .map(link -> link.ticketId())
                  .findFirst()
                  .orElse("0");
          if (!ticket.equals("" + count)) {
            throw new AssertionError("cursor says " + count + ", link " + ticket);
          }
          return count;
        });
  }
}
