package dev.taskbridge.engine;

import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldRecord;
import dev.taskbridge.domain.FieldRecord.Verdict;
import dev.taskbridge.domain.Link;
import dev.taskbridge.domain.LinkState;
import dev.taskbridge.domain.Side;
import dev.taskbridge.reconcile.LinkEvent;
import dev.taskbridge.reconcile.LinkTransitions;
import dev.taskbridge.store.JournalEntry;
import dev.taskbridge.store.LinkRows;
import dev.taskbridge.store.LinkStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an operator decides about links. Only the store is changed here: the links are due at once,
 * and whoever runs the bridge, this process or the daemon, carries it out. Thread-safe.
 */
public final class Decisions {
  private static final int ALL = 1_000_000;

  private final LinkStore store;
  private final Clock clock;

  public Decisions(LinkStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** The links that {@code name} means: a task's xid, a ticket's id or its key, in any sync. */
  public List<Link> named(String name) {
    return store.inTransaction(rows -> rows.named(name));
  }

  /**
   * Keeps one side's value of a field that is in conflict.
   *
   * @return the links it was decided for: those of {@code name} in which the field is in conflict
   */
  public List<Link> resolve(String name, FieldName field, Side keep) {
    return store.inTransaction(
        rows -> {
          List<Link> decided = new ArrayList<>();
          for (Link link : rows.named(name)) {
            FieldRecord record = link.fields().get(field);
            if (record != null
                && record.verdict() == Verdict.CONFLICT
                && link.state() != LinkState.RETIRED) {
              Map<FieldName, FieldRecord> fields = new HashMap<>(link.fields());
              fields.put(field, record.keeping(keep));
              decided.add(link.withFields(fields).withDue(Optional.of(clock.instant())));
            }
          }
          save(rows, decided, "resolved", field.word(), "the " + keep.word() + "'s value is kept");
          return decided;
        });
  }

  /**
   * Tries again at once what was refused.
   *
   * @param name as in {@link #named}; empty for every failing link
   * @return the links that are tried again
   */
  public List<Link> retry(Optional<String> name) {
    return store.inTransaction(
        rows -> {
          List<Link> found =
              name.map(rows::named)
                  .orElseGet(
                      () ->
                          rows.page(
                              Optional.empty(), Set.of(LinkState.FAILING), Optional.empty(), ALL));
          List<Link> again = new ArrayList<>();
          for (Link link : found) {
            if (link.state() != LinkState.RETIRED) {
              Map<FieldName, FieldRecord> fields = new HashMap<>();
              link.fields().forEach((field, record) -> fields.put(field, record.retried()));
              again.add(
                  link.withFields(fields).withAttempts(0).withDue(Optional.of(clock.instant())));
            }
          }
          save(rows, again, "retried", "", "an operator asked for it");
          return again;
        });
  }

  /** Ends links; neither record is touched. */
  public List<Link> unlink(String name) {
    return store.inTransaction(
        rows -> {
          Instant now = clock.instant();
          List<Link> ended = new ArrayList<>();
          for (Link link : rows.named(name)) {
            if (link.state() != LinkState.RETIRED) {
              ended.add(
                  link.withDue(Optional.empty())
                      .in(
                          LinkTransitions.next(link.state(), LinkEvent.UNLINKED),
                          "unlinked by an operator",
                          now));
            }
          }
          save(rows, ended, "unlinked", "", "an operator ended the link");
          return ended;
        });
  }

  /** A link's story, oldest first. */
  public List<JournalEntry> story(Link link) {
    return store.inTransaction(rows -> rows.story(link.key()));
  }

  private void save(LinkRows rows, List<Link> links, String kind, String field, String detail) {
    rows.save(links);
    rows.decided(links.stream().map(Link::key).toList());
    rows.journal(
        links.stream()
            .map(link -> new JournalEntry(clock.instant(), link.key(), kind, field, detail))
            .toList());
  }
}
