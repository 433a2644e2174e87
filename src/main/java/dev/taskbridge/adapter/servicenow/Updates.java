package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.Scope;
import dev.taskbridge.adapter.TicketSystem.TicketUpdate;
import dev.taskbridge.adapter.TicketSystem.UpdateTickets;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.FieldValue;
import dev.taskbridge.domain.FieldValue.Choice;
import dev.taskbridge.domain.FieldValue.Text;
import dev.taskbridge.domain.FieldValue.User;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes records. A change that is refused as a whole is tried again without the status, then
 * field by field, so that one bad value does not hold up the others.
 */
final class Updates {
  private static final Refusal NOT_DONE = new Refusal.Unreachable("not sent");

  private final Stored stored;
  private final Tables tables;
  private final Drafts drafts;

  Updates(Stored stored, Tables tables, Drafts drafts) {
    this.stored = stored;
    this.tables = tables;
    this.drafts = drafts;
  }

  List<Outcome<Written<Ticket>>> update(UpdateTickets update) {
    List<TicketUpdate> wanted = update.updates();
    List<Outcome<Written<Ticket>>> outcomes =
        new ArrayList<>(Collections.nCopies(wanted.size(), Outcome.refused(NOT_DONE)));
    tables
        .of(update.scope())
        .match(
            asked -> {
              byTable(asked, wanted)
                  .forEach(
                      (rules, which) -> {
                        List<Outcome<Written<Ticket>>> some =
                            ofTable(
                                rules, update.scope(), which.stream().map(wanted::get).toList());
                        for (int i = 0; i < which.size(); i++) {
                          outcomes.set(which.get(i), some.get(i));
                        }
                      });
              return true;
            },
            why -> {
              Collections.fill(outcomes, Outcome.refused(Stored.notWritten(why)));
              return false;
            });
    return List.copyOf(outcomes);
  }

  /** Which updates concern which table: a sync on {@code task} has records of many. */
  private static Map<TableRules, List<Integer>> byTable(
      TableRules asked, List<TicketUpdate> wanted) {
    Map<TableRules, List<Integer>> byTable = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      TableRules rules =
          wanted.get(i).present().value(Tickets.CLASS) instanceof Text type
              ? Tickets.rules(asked, type.text())
              : asked;
      byTable.computeIfAbsent(rules, r -> new ArrayList<>()).add(i);
    }
    return byTable;
  }

  private List<Outcome<Written<Ticket>>> ofTable(
      TableRules rules, Scope scope, List<TicketUpdate> wanted) {
    return drafts
        .of(rules, scope, wanted.stream().map(Updates::news).toList())
        .match(
            made -> new Round(rules, scope, wanted, made).run(),
            why -> Collections.nCopies(wanted.size(), Outcome.refused(Stored.notWritten(why))));
  }

  /** What is not there already. */
  private static Map<FieldName, FieldValue> news(TicketUpdate update) {
    Map<FieldName, FieldValue> news = new HashMap<>();
    update
        .changes()
        .forEach(
            (field, value) -> {
              if (!isThere(update.present().value(field), value)) {
                news.put(field, value);
              }
            });
    return news;
  }

  private static boolean isThere(FieldValue present, FieldValue wanted) {
    if (present instanceof Choice choice && wanted instanceof Choice named) {
      return choice.isCalled(named.id());
    }
    if (present instanceof User user && wanted instanceof User named && named.id().isEmpty()) {
      return user.hasEmail(named.email());
    }
    return present.equals(wanted);
  }

  /** Some updates of one table, together. */
  private final class Round {
    private final TableRules rules;
    private final Scope scope;
    private final List<TicketUpdate> wanted;
    private final List<Draft> whole;
    private final List<Outcome<Written<Ticket>>> outcomes = new ArrayList<>();

    Round(TableRules rules, Scope scope, List<TicketUpdate> wanted, List<Draft> whole) {
      this.rules = rules;
      this.scope = scope;
      this.wanted = wanted;
      this.whole = whole;
      for (int i = 0; i < wanted.size(); i++) {
        outcomes.add(Outcome.done(new Written<>(wanted.get(i).present(), whole.get(i).refused())));
      }
    }

    List<Outcome<Written<Ticket>>> run() {
      Map<Integer, Draft> first = new LinkedHashMap<>();
      for (int i = 0; i < wanted.size(); i++) {
        if (!whole.get(i).isEmpty()) {
          first.put(i, whole.get(i));
        }
      }
      send(first);
      Map<Integer, Draft> withoutStatus = new LinkedHashMap<>();
      List<Integer> apart = new ArrayList<>();
      first.forEach(
          (i, draft) -> {
            if (Stored.isRejected(outcomes.get(i)) && draft.parts().size() > 1) {
              if (draft.parts().containsKey(FieldName.STATUS)) {
                Refusal why = outcomes.get(i).refusal().orElseThrow();
                withoutStatus.put(i, draft.without(FieldName.STATUS, why));
              } else {
                apart.add(i);
              }
            }
          });
      send(withoutStatus);
      withoutStatus.keySet().stream()
          .filter(i -> Stored.isRejected(outcomes.get(i)))
          .forEach(apart::add);
      apart.forEach(i -> outcomes.set(i, fieldByField(i)));
      return outcomes;
    }

    private void send(Map<Integer, Draft> drafts) {
      List<Outcome<Row>> answers =
          stored.send(
              drafts.entrySet().stream().map(e -> write(e.getKey(), e.getValue())).toList());
      int next = 0;
      for (Map.Entry<Integer, Draft> entry : drafts.entrySet()) {
        outcomes.set(
            entry.getKey(),
            stored.judge(
                rules,
                scope,
                Optional.of(wanted.get(entry.getKey()).present()),
                entry.getValue(),
                answers.get(next++)));
      }
    }

    private Outcome<Written<Ticket>> fieldByField(int index) {
      Draft draft = whole.get(index);
      Map<FieldName, Refusal> refused = new HashMap<>(draft.refused());
      Ticket now = wanted.get(index).present();
      for (FieldName field : draft.parts().keySet()) {
        Draft alone = draft.only(field);
        Outcome<Written<Ticket>> outcome =
            stored.judge(
                rules,
                scope,
                Optional.of(wanted.get(index).present()),
                alone,
                stored.send(List.of(write(index, alone))).get(0));
        if (outcome.value().isPresent()) {
          now = outcome.value().get().now();
          refused.putAll(outcome.value().get().refused());
        } else if (Stored.isRejected(outcome)) {
          refused.put(field, outcome.refusal().orElseThrow());
        } else {
          return outcome;
        }
      }
      return Outcome.done(new Written<>(now, refused));
    }

    private Writes.Write write(int index, Draft draft) {
      return new Writes.Write(
          rules.table(),
          Optional.of(wanted.get(index).present().id()),
          draft.columns(),
          Stored.shape(scope, draft));
    }
  }
}
