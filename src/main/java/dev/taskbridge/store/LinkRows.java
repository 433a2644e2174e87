package dev.taskbridge.store;

import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.Link.Seen;
import dev.taskbridge.domain.LinkKey;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Task;
import dev.taskbridge.domain.Ticket;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one transaction. Collections may be large (tens of thousands): a method costs a
 * constant number of statements for each few hundred elements, never one each.
 */
public interface LinkRows {

  /** The links that exist among {@code keys}, complete with fields and what was last seen. */
  Map<LinkKey, Link> load(Collection<LinkKey> keys);

  /**
   * Stores links whole: row, intent and fields, inserting or replacing. What was seen of the two
   * sides is stored only where it is not older than what the store has, so that a slow writer never
   * covers a newer sight; a link without a sight keeps the store's. But a link that names another
   * ticket than before takes with it what was seen of the former.
   */
  void save(Collection<Link> links);

  /** How many decisions were made about each of the links; none for a link that is not there. */
  Map<LinkKey, Long> decisions(Collection<LinkKey> keys);

  /**
   * Counts one more decision about each link, made by somebody else than the look that may be at
   * work on it, and saved in this transaction.
   */
  void decided(Collection<LinkKey> keys);

  /**
   * Notes tasks as seen, inserting {@code PROPOSED} links for those that are new if {@code
   * propose}; unknown tasks are else left out.
   *
   * @return the keys of the links whose task's content is new or different from what was last seen
   *     (retired links excepted)
   */
  Set<LinkKey> seeTasks(String sync, Collection<Seen<Task>> tasks, boolean propose);

  /**
   * Notes tickets as seen, for links that know their ticket's id.
   *
   * @return the keys of the links whose ticket's content differs from what was last seen (retired
   *     links excepted)
   */
  Set<LinkKey> seeTickets(String sync, Collection<Seen<Ticket>> tickets);

  /** The links of a sync that have these tickets, by ticket id; unknown ids are left out. */
  Map<String, LinkKey> byTicket(String sync, Collection<String> ticketIds);

  /** Keys of links whose {@code dueAt} is not after {@code now}, oldest first. */
  List<LinkKey> due(String sync, Instant now, int limit);

  /** The earliest {@code dueAt} of a sync's links. */
  Optional<Instant> nextDue(String sync);

  /** Keys of a sync's links in any of the states, by xid. */
  List<LinkKey> keys(String sync, Set<LinkState> states);

  /**
   * A page of links by (sync, xid), starting after {@code after}; empty arguments do not filter.
   */
  List<Link> page(Optional<String> sync, Set<LinkState> states, Optional<LinkKey> after, int limit);

  /** How many links are in each state, by sync. */
  Map<String, Map<LinkState, Long>> counts();

  /** What is not in agreement, in all syncs. */
  Pending pending();

  /** The links whose task xid, ticket id or ticket key is {@code name}, in any sync. */
  List<Link> named(String name);

  /** The stored value under a name such as {@code soc/tickets}; see the engine for the names. */
  Optional<String> cursor(String name);

  void setCursor(String name, String value);

  /** Removes a cursor; unknown names are no harm. */
  void forgetCursor(String name);

  void journal(Collection<JournalEntry> entries);

  /**
   * Forgets what is told of a sync's links from before {@code before}, except the newest {@code
   * few} events of each link, and of each link everything beyond the newest {@code most}.
   *
   * @return how many entries were removed
   */
  int pruneJournal(String sync, Instant before, int few, int most);

  /** A link's story, oldest first. */
  List<JournalEntry> story(LinkKey key);

  /** Removes every link, field, comment pairing and cursor of a sync; the journal stays. */
  void forget(String sync);

  /** The comment pairings of the links, none for those that have none. */
  Map<LinkKey, List<CommentPair>> commentPairs(Collection<LinkKey> keys);

  void saveCommentPairs(Collection<CommentPair> pairs);
}
