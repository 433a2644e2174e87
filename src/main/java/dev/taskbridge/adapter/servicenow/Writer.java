package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.Http;
import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes and changes records. The answer to a write carries the record, so nothing is read back;
 * what was asked is compared with what is there, because a dropped value is answered with success.
 * A write that is refused as a whole is tried again without the status, then field by field, so
 * that one bad value does not hold up the others.
 */
final class Writer {
  private static final int LONGEST_DISPLAY = 100;
  private static final FieldName KEY = new FieldName("correlation_id");

  private final Writes writes;
  private final Tables tables;
  private final Tickets tickets;
  private final Drafts drafts;

  Writer(Writes writes, Tables tables, Tickets tickets, Drafts drafts) {
    this.writes = writes;
    this.tables = tables;
    this.tickets = tickets;
    this.drafts = drafts;
  }

  List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    List<NewTicket> wanted = create.tickets();
    return prepared(
        create.scope(),
        wanted.stream().map(NewTicket::fields).toList(),
        (rules, prepared) -> {
          List<Draft> asked = new ArrayList<>(prepared);
          List<Outcome<Row>> answers = insert(rules, create, asked, indices(wanted.size()));
          List<Integer> again = new ArrayList<>();
          for (int i = 0; i < wanted.size(); i++) {
            Draft draft = prepared.get(i);
            Optional<Refusal> why = answers.get(i).refusal().map(explained(rules, draft));
            if (why.isPresent()
                && why.get() instanceof Refusal.Rejected
                && draft.parts().containsKey(FieldName.STATUS)) {
              asked.set(i, draft.without(FieldName.STATUS, why.get()));
              again.add(i);
            }
          }
          List<Outcome<Row>> second = insert(rules, create, asked, again);
          for (int i = 0; i < again.size(); i++) {
            int at = again.get(i);
            if (second.get(i).refusal().filter(Refusal.Rejected.class::isInstance).isPresent()) {
              // Refused without the status as well: then the first words are the better ones.
              asked.set(at, prepared.get(at));
            } else {
              answers.set(at, second.get(i));
            }
          }
          List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
          for (int i = 0; i < wanted.size(); i++) {
            Draft draft = asked.get(i);
            NewTicket ticket = wanted.get(i);
            outcomes.add(
                answers
                    .get(i)
                    .match(
                        row -> created(rules, create.scope(), ticket, draft, row),
                        why -> Outcome.refused(explained(rules, draft).apply(why))));
          }
          return outcomes;
        });
  }

  private List<Outcome<Row>> insert(
      TableRules rules, CreateTickets create, List<Draft> drafts, List<Integer> which) {
    return send(
        which.stream()
            .map(
                i -> {
                  NewTicket ticket = create.tickets().get(i);
                  Map<String, String> values = new LinkedHashMap<>(drafts.get(i).columns());
                  values.put("correlation_id", ticket.key().value());
                  values.put("correlation_display", display(ticket.link().sync()));
                  return new Writes.Write(
                      rules.table(),
                      Optional.empty(),
                      values,
                      shape(create.scope(), drafts.get(i)));
                })
            .toList());
  }

  private static String display(String sync) {
    String display = "taskbridge " + sync;
    return display.length() <= LONGEST_DISPLAY ? display : display.substring(0, LONGEST_DISPLAY);
  }

  private Outcome<Written<Ticket>> created(
      TableRules rules, Scope scope, NewTicket asked, Draft draft, Row row) {
    return written(rules, scope, draft, row)
        .map(
            written -> {
              if (written.now().idempotencyKeys().contains(asked.key())) {
                return written;
              }
              Map<FieldName, Refusal> refused = new HashMap<>(written.refused());
              refused.put(
                  KEY,
                  new Refusal.Rejected(
                      Optional.of(KEY),
                      "the account may not write or read correlation_id of "
                          + rules.table()
                          + ", without which "
                          + written.now().key()
                          + " cannot be found again; grant both"));
              return new Written<>(written.now(), refused);
            });
  }

  List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    List<TicketUpdate> wanted = update.updates();
    return prepared(
        update.scope(),
        wanted.stream().map(TicketUpdate::changes).toList(),
        (rules, prepared) -> {
          List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();
          List<Draft> left = new ArrayList<>(prepared);
          List<Integer> sent = new ArrayList<>();
          for (int i = 0; i < wanted.size(); i++) {
            outcomes.add(
                Outcome.done(new Written<>(wanted.get(i).present(), prepared.get(i).refused())));
            if (!prepared.get(i).isEmpty()) {
              sent.add(i);
            }
          }
          List<Integer> refused = patch(rules, update, left, sent, outcomes);
          List<Integer> withoutStatus = new ArrayList<>();
          List<Integer> apart = new ArrayList<>();
          for (int i : refused) {
            Draft draft = left.get(i);
            if (draft.parts().size() > 1) {
              if (draft.parts().containsKey(FieldName.STATUS)) {
                left.set(
                    i, draft.without(FieldName.STATUS, outcomes.get(i).refusal().orElseThrow()));
                withoutStatus.add(i);
              } else {
                apart.add(i);
              }
            }
          }
          for (int i : patch(rules, update, left, withoutStatus, outcomes)) {
            left.set(i, prepared.get(i));
            apart.add(i);
          }
          for (int i : apart) {
            outcomes.set(i, fieldByField(rules, update, i, prepared.get(i)));
          }
          return outcomes;
        });
  }

  /** Sends some updates and files what came of them; gives back those that were refused whole. */
  private List<Integer> patch(
      TableRules rules,
      UpdateTickets update,
      List<Draft> drafts,
      List<Integer> which,
      List<Outcome<Written<Ticket>>> outcomes) {
    List<Outcome<Row>> answers =
        send(which.stream().map(i -> change(rules, update, i, drafts.get(i))).toList());
    List<Integer> refused = new ArrayList<>();
    for (int i = 0; i < which.size(); i++) {
      int at = which.get(i);
      Draft draft = drafts.get(at);
      Outcome<Written<Ticket>> outcome =
          answers
              .get(i)
              .match(
                  row -> written(rules, update.scope(), draft, row),
                  why -> Outcome.refused(explained(rules, draft).apply(why)));
      outcomes.set(at, outcome);
      if (outcome.refusal().filter(why -> why instanceof Refusal.Rejected).isPresent()) {
        refused.add(at);
      }
    }
    return refused;
  }

  private Outcome<Written<Ticket>> fieldByField(
      TableRules rules, UpdateTickets update, int index, Draft draft) {
    Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
    Ticket now = update.updates().get(index).present();
    for (FieldName field : draft.parts().keySet()) {
      Draft alone = draft.only(field);
      Outcome<Written<Ticket>> outcome =
          send(List.of(change(rules, update, index, alone)))
              .get(0)
              .match(
                  row -> written(rules, update.scope(), alone, row),
                  why -> Outcome.refused(explained(rules, alone).apply(why)));
      if (outcome.value().isPresent()) {
        now = outcome.value().get().now();
        refused.putAll(outcome.value().get().refused());
      } else if (outcome.refusal().orElseThrow() instanceof Refusal.Rejected why) {
        refused.put(field, why);
      } else {
        return outcome;
      }
    }
    return Outcome.done(new Written<>(now, refused));
  }

  private static Writes.Write change(
      TableRules rules, UpdateTickets update, int index, Draft draft) {
    return new Writes.Write(
        rules.table(),
        Optional.of(update.updates().get(index).present().id()),
        draft.columns(),
        shape(update.scope(), draft));
  }

  private List<Outcome<Row>> send(List<Writes.Write> some) {
    List<Outcome<Row>> rows = new ArrayList<>();
    for (Http.Answer answer : writes.send(some)) {
      rows.add(Verdict.row(answer, Verdict.Doing.WRITING));
    }
    return rows;
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
  private static Records.Shape shape(Scope scope, Draft draft) {
    Records.Shape shape = Tickets.shape(scope);
    Set<String> columns = new LinkedHashSet<>(shape.fields());
    draft.parts().values().forEach(part -> columns.addAll(part.expect().keySet()));
    return new Records.Shape(List.copyOf(columns), shape.labels());
  }

  private static java.util.function.UnaryOperator<Refusal> explained(
      TableRules rules, Draft draft) {
    Optional<String> status =
        Optional.ofNullable(draft.parts().get(FieldName.STATUS)).map(Draft.Part::asked);
    Optional<FieldName> only =
        draft.parts().size() == 1
            ? Optional.of(draft.parts().keySet().iterator().next())
            : Optional.empty();
    return why -> {
      Refusal words = Words.explained(why, rules, status);
      return words instanceof Refusal.Rejected rejected && rejected.field().isEmpty()
          ? new Refusal.Rejected(only, rejected.words())
          : words;
    };
  }

  private static List<Integer> indices(int count) {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      indices.add(i);
    }
    return indices;
  }

  /** Does the writing with one draft per ticket; a failed look-up fails them all. */
  private interface Doing {
    List<Outcome<Written<Ticket>>> with(TableRules rules, List<Draft> drafts);
  }

  private List<Outcome<Written<Ticket>>> prepared(
      Scope scope, List<Map<FieldName, FieldValue>> wanted, Doing doing) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    return tables
        .of(scope)
        .match(
            rules ->
                drafts
                    .of(rules, scope, wanted)
                    .match(
                        made -> doing.with(rules, made),
                        why -> Collections.nCopies(wanted.size(), Outcome.refused(notSent(why)))),
            why -> Collections.nCopies(wanted.size(), Outcome.refused(notSent(why))));
  }

  /** A look-up without a readable answer is no write without one: nothing was written. */
  private static Refusal notSent(Refusal why) {
    return why instanceof Refusal.Unknown
        ? new Refusal.Unreachable("nothing was written, because a look-up failed: " + why.words())
        : why;
  }
}
