package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.ChangedSince;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketPage;
import dev.taskbridge.adapter.TicketSystem.Unreadable;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tickets changed since a cursor: see {@link Position}. One request when nothing changed. */
final class Changes {
  private final Records records;
  private final Tables tables;
  private final Columns columns;
  private final Tickets tickets;
  private final Duration overlap;
  private final int pageSize;
  private final Clock clock;

  Changes(
      Records records,
      Tables tables,
      Columns columns,
      Tickets tickets,
      Duration overlap,
      int pageSize,
      Clock clock) {
    this.records = records;
    this.tables = tables;
    this.columns = columns;
    this.tickets = tickets;
    this.overlap = overlap;
    this.pageSize = pageSize;
    this.clock = clock;
  }

  Outcome<TicketPage> since(ChangedSince since) {
    return tables
        .of(since.scope())
        .then(rules -> checked(rules, since.scope()).then(ignored -> since(rules, since)));
  }

  /** A misspelled column in a rule would select the whole table. */
  private Outcome<Boolean> checked(TableRules rules, Scope scope) {
    return Selection.isNarrow(scope)
        ? columns
            .of(rules)
            .then(
                known ->
                    Selection.problem(scope, rules, known)
                        .<Outcome<Boolean>>map(
                            problem ->
                                Outcome.refused(new Refusal.Rejected(Optional.empty(), problem)))
                        .orElseGet(() -> Outcome.done(true)))
        : Outcome.done(true);
  }

  private Outcome<TicketPage> since(TableRules rules, ChangedSince since) {
    Optional<Position> stored =
        since.cursor().equals(ChangedSince.BEGINNING)
            ? Optional.of(Position.startingAt(Instant.EPOCH))
            : Position.of(since.cursor());
    Position from = stored.orElseGet(() -> Position.startingAt(clock.instant().minus(overlap)));
    return page(rules, since, from)
        .then(
            listed -> {
              // Only the server's own clock says where "now" is in its stamps.
              Optional<Instant> start = listed.serverTime().map(now -> now.minus(overlap));
              if (stored.isEmpty() && start.filter(s -> s.isBefore(from.time())).isPresent()) {
                Position earlier = Position.startingAt(start.get());
                return page(rules, since, earlier).then(l -> ticketPage(rules, since, earlier, l));
              }
              return ticketPage(rules, since, from, listed);
            });
  }

  private Outcome<Verdict.Listed> page(TableRules rules, ChangedSince since, Position at) {
    return Verdict.list(
        records.list(
            new Records.Listing(
                rules.table(),
                at.query(Selection.of(since.scope())),
                Tickets.shape(since.scope()),
                pageSize,
                at.offset(),
                true)));
  }

  private Outcome<TicketPage> ticketPage(
      TableRules rules, ChangedSince since, Position at, Verdict.Listed listed) {
    List<Unreadable> unreadable = new ArrayList<>();
    List<Row> rows = listed.rows();
    if (rows.stream()
        .anyMatch(row -> row.time("sys_updated_on").filter(at.time()::isAfter).isPresent())) {
      return Outcome.refused(
          new Refusal.Unknown(
              "asked "
                  + rules.table()
                  + " for changes and got older records: the condition on sys_updated_on was"
                  + " ignored"));
    }
    List<Ticket> read = tickets.read(rules, since.scope(), rows, unreadable::add);
    Optional<Position.Last> last =
        read.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Position.Last(
                    read.get(read.size() - 1).updatedAt(), read.get(read.size() - 1).id()));
    Position.Step step =
        at.after(
            new Position.Page(rows.size(), last, listed.total(), pageSize, listed.serverTime()),
            overlap);
    return Outcome.done(
        new TicketPage(
            step.deliver() ? read : List.of(),
            step.next().cursor(),
            step.more(),
            step.deliver() ? unreadable : List.of()));
  }
}
