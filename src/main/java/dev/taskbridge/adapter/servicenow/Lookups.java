package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.FindByKeys;
import dev.taskbridge.adapter.TicketSystem.Found;
import dev.taskbridge.adapter.TicketSystem.Presence;
import dev.taskbridge.adapter.TicketSystem.ReadById;
import dev.taskbridge.domain.IdempotencyKey;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Records by key and by sys_id. A term on an unknown or unreadable column is dropped and the list
 * widens (documented), so a row that carries none of the asked keys means that the question was not
 * understood, and then the keys that were not seen cannot be called absent.
 */
final class Lookups {
  private final Records records;
  private final Tables tables;
  private final Tickets tickets;

  Lookups(Records records, Tables tables, Tickets tickets) {
    this.records = records;
    this.tables = tables;
    this.tickets = tickets;
  }

  Outcome<Found> find(FindByKeys find) {
    if (find.keys().isEmpty()) {
      return Outcome.done(Found.visible(List.of()));
    }
    return tables
        .of(find.scope())
        .then(
            rules ->
                Verdict.list(
                        records.list(
                            new Records.Listing(
                                rules.table(),
                                Query.withKeys(find.keys()) + "^ORDERBYsys_id",
                                Tickets.shape(find.scope()),
                                2 * find.keys().size() + 10,
                                0,
                                true)))
                    .then(listed -> found(rules, find, listed)));
  }

  private Outcome<Found> found(TableRules rules, FindByKeys find, Verdict.Listed listed) {
    Set<IdempotencyKey> asked = new HashSet<>(find.keys());
    List<Ticket> found = new ArrayList<>();
    for (Row row : listed.rows()) {
      Optional<Ticket> ticket =
          tickets
              .read(rules, find.scope(), row)
              .filter(t -> t.idempotencyKeys().stream().anyMatch(asked::contains));
      if (ticket.isEmpty()) {
        return Outcome.refused(
            new Refusal.Rejected(
                Optional.empty(),
                "asked "
                    + rules.table()
                    + " for records by correlation_id and got one without it: the column is missing"
                    + " there, or the account may not read it"));
      }
      found.add(ticket.get());
    }
    if (listed.total().orElse(found.size()) <= found.size()) {
      return Outcome.done(Found.visible(found));
    }
    Set<IdempotencyKey> absent = new LinkedHashSet<>(find.keys());
    found.forEach(ticket -> absent.removeAll(ticket.idempotencyKeys()));
    return hidden(rules, List.copyOf(absent))
        .map(
            keys -> {
              Map<IdempotencyKey, String> invisible = new HashMap<>();
              keys.forEach(
                  key ->
                      invisible.put(
                          key,
                          "a record of "
                              + rules.table()
                              + " carries this link's key "
                              + key
                              + " in correlation_id, but access rules hide it from the account;"
                              + " grant read access, and no second record is made meanwhile"));
              return new Found(found, invisible);
            });
  }

  /**
   * Which of some keys, none of which is seen, hidden records carry: the count of matching rows
   * includes those that access rules hide (assumed). Asked by halves.
   */
  private Outcome<List<IdempotencyKey>> hidden(TableRules rules, List<IdempotencyKey> keys) {
    if (keys.isEmpty()) {
      return Outcome.done(List.of());
    }
    return Verdict.list(
            records.list(
                new Records.Listing(
                    rules.table(),
                    Query.withKeys(keys),
                    new Records.Shape(List.of("sys_id", "correlation_id"), false),
                    1,
                    0,
                    true)))
        .then(
            listed -> {
              int total = listed.total().orElse(keys.size());
              if (total == 0) {
                return Outcome.done(List.of());
              }
              // As many as there are keys: one each, in all likelihood. Where it is not, a record
              // less is better than one twice.
              if (total >= keys.size()) {
                return Outcome.done(keys);
              }
              int half = keys.size() / 2;
              return hidden(rules, keys.subList(0, half))
                  .then(
                      first ->
                          hidden(rules, keys.subList(half, keys.size()))
                              .map(
                                  second -> {
                                    List<IdempotencyKey> both = new ArrayList<>(first);
                                    both.addAll(second);
                                    return List.copyOf(both);
                                  }));
            });
  }

  Outcome<Map<String, Presence>> read(ReadById read) {
    Set<String> ids = new LinkedHashSet<>(read.ids());
    Map<String, Presence> answer = new LinkedHashMap<>();
    ids.forEach(
        id ->
            answer.put(id, new Presence.Missing(Words.quoted(id) + " is not the id of a record")));
    ids.removeIf(id -> !Query.isSysId(id));
    if (ids.isEmpty()) {
      return Outcome.done(answer);
    }
    return tables
        .of(read.scope())
        .then(
            rules ->
                Verdict.list(
                        records.list(
                            new Records.Listing(
                                rules.table(),
                                Query.withIds(ids),
                                Tickets.shape(read.scope()),
                                ids.size(),
                                0,
                                true)))
                    .then(listed -> present(rules, read, ids, listed, answer)));
  }

  private Outcome<Map<String, Presence>> present(
      TableRules rules,
      ReadById read,
      Set<String> ids,
      Verdict.Listed listed,
      Map<String, Presence> answer) {
    Set<String> absent = new LinkedHashSet<>(ids);
    for (Row row : listed.rows()) {
      if (ids.contains(row.sysId()) && absent.remove(row.sysId())) {
        answer.put(row.sysId(), presence(rules, read, row));
      }
    }
    if (absent.isEmpty()) {
      return Outcome.done(answer);
    }
    boolean rowsSeen = absent.size() < ids.size();
    int hidden = listed.total().orElse(0) - listed.rows().size();
    return seesTable(rules, rowsSeen)
        .then(
            sees -> {
              for (String id : absent) {
                Outcome<Presence> one = one(rules, read, id, sees, hidden > 0);
                if (one.refusal().isPresent()) {
                  return Outcome.refused(one.refusal().get());
                }
                answer.put(id, one.value().orElseThrow());
              }
              return Outcome.done(answer);
            });
  }

  private Presence presence(TableRules rules, ReadById read, Row row) {
    return tickets
        .read(rules, read.scope(), row)
        .<Presence>map(Presence.Present::new)
        .orElseGet(
            () ->
                new Presence.Invisible(
                    "the account may not read sys_updated_on of " + rules.table()));
  }

  /** Whether the account sees any record of the table, without which a 404 means nothing. */
  private Outcome<Boolean> seesTable(TableRules rules, boolean seenAlready) {
    if (seenAlready) {
      return Outcome.done(true);
    }
    return Verdict.list(
            records.list(
                new Records.Listing(
                    rules.table(),
                    "ORDERBYDESCsys_updated_on",
                    new Records.Shape(List.of("sys_id"), false),
                    10,
                    0,
                    false)))
        .map(listed -> !listed.rows().isEmpty());
  }

  private Outcome<Presence> one(
      TableRules rules, ReadById read, String id, boolean sees, boolean someHidden) {
    return Verdict.row(
            records.one(rules.table(), id, Tickets.shape(read.scope())), Verdict.Doing.READING)
        .match(
            row -> Outcome.done(presence(rules, read, row)),
            why -> {
              if (!(why instanceof Refusal.Gone)) {
                return Outcome.refused(why);
              }
              if (!sees) {
                return Outcome.done(
                    new Presence.Invisible(
                        "the account sees no record of "
                            + rules.table()
                            + " at all, so that a missing one cannot be told from a hidden one"));
              }
              return someHidden
                  ? counted(rules, id, why.words())
                  : Outcome.done(new Presence.Missing(why.words()));
            });
  }

  /** The count of matching rows includes those that access rules hide (assumed). */
  private Outcome<Presence> counted(TableRules rules, String id, String words) {
    return Verdict.list(
            records.list(
                new Records.Listing(
                    rules.table(),
                    Query.withIds(List.of(id)),
                    new Records.Shape(List.of("sys_id"), false),
                    1,
                    0,
                    true)))
        .map(
            listed ->
                listed.total().orElse(1) > 0
                    ? new Presence.Invisible("there is such a record, but access rules hide it")
                    : new Presence.Missing(words));
  }
}
