package dev.taskbridge.adapter;

import dev.taskbridge.domain.Comment;
import dev.taskbridge.domain.Comment.Visibility;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One configured instance of a ticketing product. The engine reaches it through {@code
 * direct:<system>.<operation>}, where {@code <operation>} is the name of the method here and the
 * body is its one argument; the answer's body is the method's result.
 *
 * <p>Every operation may be called from several threads at once. None throws for what a remote
 * system does: that is an {@link Outcome}. Text and identifiers from people are data and are
 * escaped wherever they enter a query or a document.
 */
public interface TicketSystem {

  /**
   * Where a sync keeps its tickets inside the system.
   *
   * @param settings the {@code tickets:} part of the sync as configured, such as {@code project}
   *     and {@code type}, or {@code table}; an optional {@code rule} is a query in the system's own
   *     language that selects the tickets to become tasks
   * @param fields the fields the sync maps, which the system should read
   * @param onEntering by status name, the further fields that the step into it wants, by name
   */
  record Scope(
      Map<String, String> settings,
      List<FieldName> fields,
      Map<String, Map<String, String>> onEntering) {
    public Scope {
      settings = Map.copyOf(settings);
      fields = List.copyOf(fields);
      onEntering = Map.copyOf(onEntering);
    }
  }

  /**
   * Asks for the tickets that changed.
   *
   * @param scope with {@code candidates: true} among its settings only the tickets that its {@code
   *     rule} selects are asked for, perhaps with some that carry a key of ours; with {@code
   *     carried: true} at least those that carry a key or were paired by hand
   * @param cursor as the last page gave it; empty starts now, with the overlap that the system
   *     needs
   */
  record ChangedSince(Scope scope, String cursor) {
    /** Starts with the oldest ticket. */
    public static final String BEGINNING = "beginning";
  }

  /**
   * Some changed tickets, oldest change first.
   *
   * @param nextCursor to be stored after the tickets are, never before
   * @param more whether asking again at once would give more
   * @param unreadable rows that could not be understood, kept with the cycle; the others go on
   */
  record TicketPage(
      List<Ticket> tickets, String nextCursor, boolean more, List<Unreadable> unreadable) {}

  /**
   * Something in an answer that could not be understood.
   *
   * @param where which record or page
   * @param what the bounded excerpt and the reason, without secrets
   */
  record Unreadable(String where, String what) {}

  /** Asks for the tickets that carry any of up to {@link #MOST_READ} keys. */
  record FindByKeys(Scope scope, List<IdempotencyKey> keys) {}

  /**
   * What was found by keys.
   *
   * @param tickets each checked to really carry one of the keys; order free
   * @param invisible keys that a ticket carries which we may not see, with words for people: of
   *     these "not found" must not be believed
   */
  record Found(List<Ticket> tickets, Map<IdempotencyKey, String> invisible) {
    public Found {
      tickets = List.copyOf(tickets);
      invisible = Map.copyOf(invisible);
    }

    public static Found visible(List<Ticket> tickets) {
      return new Found(tickets, Map.of());
    }
  }

  /** Asks for the present state of up to {@link #MOST_READ} tickets by id. */
  record ReadById(Scope scope, List<String> ids) {}

  /** What reading one id said. */
  sealed interface Presence {
    record Present(Ticket ticket) implements Presence {}

    /**
     * Positively gone: a 404 by id from an account that is known to see this scope, or a tombstone.
     */
    record Missing(String words) implements Presence {}

    /** There may be such a ticket, but we may not see it, or cannot tell. */
    record Invisible(String words) implements Presence {}
  }

  /** Up to {@link #MOST_CREATED} tickets to be made. */
  record CreateTickets(Scope scope, List<NewTicket> tickets) {}

  /**
   * A ticket to be made.
   *
   * @param key written into the ticket by the creating call itself
   * @param link what the key stands for, kept in the ticket for people and for a rebuild
   * @param fields values by canonical name; a status other than the initial one is walked to
   */
  record NewTicket(
      IdempotencyKey key, LinkKey link, String taskUrl, Map<FieldName, FieldValue> fields) {}

  /** Tickets to be changed. */
  record UpdateTickets(Scope scope, List<TicketUpdate> updates) {}

  /**
   * One ticket to be changed.
   *
   * @param present the ticket as read a moment ago
   * @param changes absolute values; {@link FieldValue#ABSENT} clears
   */
  record TicketUpdate(Ticket present, Map<FieldName, FieldValue> changes) {}

  /** Asks for the comments of some tickets. */
  record CommentsOf(Scope scope, List<String> ticketIds) {}

  /**
   * A comment to be added, once for ever per key; or, with {@code commentId}, its new text. A blank
   * one takes the comment away; a system that cannot do that refuses it.
   */
  record WriteComment(
      Scope scope,
      String ticketId,
      Optional<String> commentId,
      String key,
      String text,
      Visibility visibility) {}

  /**
   * Asks that a ticket point back at its task, for people.
   *
   * @param key what makes the link the same one when it is asked for again
   * @param taskUrl where people find the task; blank if nobody knows
   */
  record LinkBack(Scope scope, String ticketId, IdempotencyKey key, LinkKey link, String taskUrl) {}

  /** Asks for a ticket's deletion. */
  record DeleteTicket(Scope scope, String ticketId) {}

  /** Asks whether people and groups could be assigned to a ticket of the scope. */
  record Assignable(Scope scope, List<FieldValue> who) {}

  /** What a system can hold, so that mappings cut and compare by it. */
  record Traits(boolean dueDateHasTime, int titleLimit, int descriptionLimit) {}

  /** At most this many keys or ids in one {@link FindByKeys} or {@link ReadById}. */
  int MOST_READ = 100;

  /** At most this many tickets in one {@link CreateTickets}. */
  int MOST_CREATED = 50;

  /** Tickets changed since a cursor; the cursor moves only past what was delivered. */
  Outcome<TicketPage> changed(ChangedSince since);

  /** The tickets that carry the keys. */
  Outcome<Found> find(FindByKeys find);

  /**
   * The present state of each id, from a source that does not lag. Every asked id is in the map.
   */
  Outcome<Map<String, Presence>> read(ReadById read);

  /**
   * Makes tickets, in bulk where the system can, and reads back what came of them.
   *
   * @return one outcome per asked ticket, in that order; {@code Unknown} if it may exist
   */
  List<Outcome<Written<Ticket>>> create(CreateTickets create);

  /**
   * Changes tickets and reads back what came of it, one outcome per update, in that order. A status
   * is reached by the workflow's transitions, several if need be; a half-walked path is resumed.
   */
  List<Outcome<Written<Ticket>>> update(UpdateTickets update);

  /** The comments of each asked ticket, oldest first, as far as the account may see them. */
  Outcome<Map<String, List<Comment>>> comments(CommentsOf of);

  /** Adds or edits one comment; adding a key that is already there changes nothing. */
  Outcome<Comment> comment(WriteComment comment);

  /**
   * Puts a link to its task on a ticket, once for ever per key; asked for only where a sync's
   * {@code remoteLink} says where people find tasks. Gives the ticket's id.
   */
  default Outcome<String> linkBack(LinkBack link) {
    return Outcome.done(link.ticketId());
  }

  /** Deletes one ticket, where the system and the account allow it; gone already is as good. */
  default Outcome<String> delete(DeleteTicket delete) {
    return Outcome.refused(
        new Refusal.Rejected(
            Optional.empty(),
            "this kind of system does not delete tickets; set onTaskDeleted to close"));
  }

  /**
   * The tickets that a webhook's delivery points at.
   *
   * @param delivery its body as it came, the signature checked
   * @return empty if it names none, or this kind of system has no webhooks
   */
  default List<Hint> hints(byte[] delivery) {
    return List.of();
  }

  /** Why some of those asked for could not be assigned, in words; whoever could is left out. */
  default Outcome<Map<FieldValue, String>> unassignable(Assignable asked) {
    return Outcome.done(Map.of());
  }

  /** What the system knows about a scope: for checks and for people. */
  Outcome<SystemDescription> describe(Scope scope);
}
