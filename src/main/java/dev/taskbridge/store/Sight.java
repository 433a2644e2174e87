package dev.taskbridge.store;

import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;

/**
 * A record as it was seen, reduced to what tells it from another sight of it without reading
 * either.
 *
 * @param at nanoseconds, see {@link NanoTime}
 * @param hash SHA-256 over the canonical JSON of the content
 * @param clock what changes though the content does not: the case's clock, the ticket's clock and
 *     version
 * @param body the whole record as JSON; asked for only when it is to be stored
 */
record Sight(long at, String hash, String clock, Supplier<String> body) {

  /** Of one side of a link, as the store has it. */
  record Stored(long at, String hash, String clock) {
    boolean isNewerThan(Sight sight) {
      return at > sight.at;
    }

    boolean sameContent(Sight sight) {
      return hash.equals(sight.hash);
    }

    boolean sameIn(Sight sight) {
      return sameContent(sight) && clock.equals(sight.clock);
    }
  }

  static Sight ofTask(Seen<Task> seen) {
    Task task = seen.record();
    return new Sight(
        NanoTime.of(seen.at()),
        hash(RecordWriter.contentOf(task)),
        task.parentCase().lastUpdated().map(Instant::toString).orElse(""),
        () -> RecordWriter.task(task));
  }

  static Sight ofTicket(Seen<Ticket> seen) {
    Ticket ticket = seen.record();
    return new Sight(
        NanoTime.of(seen.at()),
        hash(RecordWriter.contentOf(ticket)),
        ticket.updatedAt() + "/" + ticket.version(),
        () -> RecordWriter.ticket(ticket));
  }

  Stored stored() {
    return new Stored(at, hash, clock);
  }

  private static String hash(String canonical) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
