package dev.taskbridge.cli;

import dev.taskbridge.store.JournalEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells on the terminal what is carried over, and counts it. Thread-safe. */
final class Narrator {
  /** Creations of one sync that are told one by one; the others are told together. */
  private static final int TOLD_SINGLY = 5;

  private final Output output;
  private final Instant started;
  private final Map<String, Integer> created = new LinkedHashMap<>();
  private final Map<String, List<String>> untold = new LinkedHashMap<>();
  private Optional<Duration> firstTicket = Optional.empty();
  private long toTickets;
  private long toTasks;

  Narrator(Output output, Instant started) {
    this.output = output;
    this.started = started;
  }

  synchronized void tell(JournalEntry entry) {
    String sync = entry.link().sync();
    String detail = Output.oneLine(entry.detail());
    switch (entry.kind()) {
      case "created" -> {
        if (firstTicket.isEmpty()) {
          firstTicket = Optional.of(Duration.between(started, Instant.now()));
        }
        if (created.merge(sync, 1, Integer::sum) <= TOLD_SINGLY) {
          say(word("created") + detail);
        } else {
          untold
              .computeIfAbsent(sync, name -> new ArrayList<>())
              .add(detail.substring(0, Math.max(0, detail.indexOf(' '))));
        }
      }
      case "wrote-ticket" -> {
        toTickets++;
        say(word("updated") + detail);
      }
      case "wrote-task" -> {
        toTasks++;
        say(word("updated") + detail);
      }
      default ->
          say(
              word(entry.kind())
                  + entry.link()
                  + " "
                  + (entry.field().isEmpty() ? "" : entry.field() + ": ")
                  + detail);
    }
  }

  /** Tells together what was not told one by one. */
  synchronized void flush() {
    untold.forEach(
        (sync, keys) ->
            say(
                word("created")
                    + keys.size()
                    + " more for "
                    + sync
                    + " ("
                    + keys.get(0)
                    + " … "
                    + keys.get(keys.size() - 1)
                    + ")"));
    untold.clear();
  }

  void say(String line) {
    if (output.isJson()) {
      output.message(line);
    } else {
      output.line(line);
    }
  }

  synchronized boolean hasCarriedAll(long links) {
    return created.values().stream().mapToLong(Integer::longValue).sum() >= links;
  }

  synchronized Optional<Duration> firstTicket() {
    return firstTicket;
  }

  /** Edits carried from tasks to tickets. */
  synchronized long toTickets() {
    return toTickets;
  }

  /** Edits carried from tickets to tasks. */
  synchronized long toTasks() {
    return toTasks;
  }

  static String word(String word) {
    return String.format(Locale.ROOT, "%-10s", word);
  }
}
