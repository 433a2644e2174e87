package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends drafts and says what was stored of them. The answer to a write carries the record, so
 * nothing is read back; what was asked is compared with what is there, because a dropped value is
 * answered with success (documented).
 */
final class Stored {
  private final Writes writes;
  private final Tickets tickets;

  Stored(Writes writes, Tickets tickets) {
    this.writes = writes;
    this.tickets = tickets;
  }

  /** One record or refusal per write, in that order. */
  List<Outcome<Row>> send(List<Writes.Write> some) {
    List<Outcome<Row>> rows = new ArrayList<>();
    for (Http.Answer answer : writes.send(some)) {
      rows.add(Verdict.row(answer, Verdict.Doing.WRITING));
    }
    return rows;
  }

  /**
   * What an answered write did of its draft.
   *
   * @param present the record that it was to change; empty for one that was to be made
   */
  Outcome<Written<Ticket>> judge(
      TableRules rules, Scope scope, Optional<Ticket> present, Draft draft, Outcome<Row> answer) {
    return answer.match(
        row -> written(rules, scope, draft, row),
        why -> Outcome.refused(explained(rules, present, draft, why)));
  }

  private Outcome<Written<Ticket>> written(TableRules rules, Scope scope, Draft draft, Row row) {
    Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
    refused.putAll(draft.notDone(rules, row));
    return tickets
        .read(rules, scope, row)
        .<Outcome<Written<Ticket>>>map(ticket -> Outcome.done(new Written<>(ticket, refused)))
        .orElseGet(
            () ->
                Outcome.refused(
                    new Refusal.Unknown(
                        "the write was accepted, but the account may not read sys_id and"
                            + " sys_updated_on of "
                            + rules.table())));
  }

  /** What to ask back: the ticket, and every column whose value is to be compared. */
  static Records.Shape shape(Scope scope, Draft draft) {
    Records.Shape shape = Tickets.shape(scope);
    Set<String> columns = new LinkedHashSet<>(shape.fields());
    draft.parts().values().forEach(part -> columns.addAll(part.expect().keySet()));
    return new Records.Shape(List.copyOf(columns), shape.labels());
  }

  /** The refusal of a whole draft, with the field it concerns if that can be told. */
  static Refusal explained(TableRules rules, Optional<Ticket> present, Draft draft, Refusal why) {
    Optional<String> status =
        Optional.ofNullable(draft.parts().get(FieldName.STATUS)).map(Draft.Part::asked);
    Refusal words = Words.explained(why, rules, present, status);
    boolean oneField = draft.parts().size() == 1;
    return oneField && words instanceof Refusal.Rejected rejected && rejected.field().isEmpty()
        ? new Refusal.Rejected(
            Optional.of(draft.parts().keySet().iterator().next()), rejected.words())
        : words;
  }

  static boolean isRejected(Outcome<?> outcome) {
    return outcome.refusal().filter(Refusal.Rejected.class::isInstance).isPresent();
  }

  /** A look-up without a readable answer is no write without one: nothing was written. */
  static Refusal notWritten(Refusal why) {
    return why instanceof Refusal.Unknown
        ? new Refusal.Unreachable("nothing was written, because a look-up failed: " + why.words())
        : why;
  }
}
