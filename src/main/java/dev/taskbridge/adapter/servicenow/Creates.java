package dev.taskbridge.adapter.servicenow;

import dev.taskbridge.adapter.TicketSystem.CreateTickets;
import dev.taskbridge.adapter.TicketSystem.NewTicket;
import dev.taskbridge.domain.FieldName;
import dev.taskbridge.domain.Outcome;
import dev.taskbridge.domain.Refusal;
import dev.taskbridge.domain.Ticket;
import dev.taskbridge.domain.Written;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes records, the key inside. A record whose status is refused is made without it, so that it
 * exists and only its status fails.
 */
final class Creates {
  private static final int LONGEST_DISPLAY = 100;
  private static final Duration KEYLESS_FOR = Duration.ofMinutes(10);
  private static final FieldName KEY = new FieldName("correlation_id");

  private final Stored stored;
  private final Tables tables;
  private final Columns columns;
  private final Drafts drafts;
  private final Remembered<String, Refusal> keyless;

  Creates(Stored stored, Tables tables, Columns columns, Drafts drafts, Clock clock) {
    this.stored = stored;
    this.tables = tables;
    this.columns = columns;
    this.drafts = drafts;
    this.keyless = new Remembered<>(clock);
  }

  List<Outcome<Written<Ticket>>> create(CreateTickets create) {
    int count = create.tickets().size();
    if (count == 0) {
      return List.of();
    }
    return tables
        .of(create.scope())
        .then(
            rules ->
                keyless
                    .get(rules.table())
                    .<Outcome<TableRules>>map(Outcome::refused)
                    .orElseGet(() -> Outcome.done(rules)))
        .then(this::hasKeyColumn)
        .then(
            rules ->
                drafts
                    .of(
                        rules,
                        create.scope(),
                        create.tickets().stream().map(NewTicket::fields).toList())
                    .map(made -> create(rules, create, made)))
        .match(
            outcomes -> outcomes,
            why -> Collections.nCopies(count, Outcome.refused(Stored.notWritten(why))));
  }

  /** Else a look-up by key finds nothing where unknown columns select nothing. */
  private Outcome<TableRules> hasKeyColumn(TableRules rules) {
    return columns
        .of(rules)
        .then(
            known ->
                known.has(KEY.word()).orElse(true)
                    ? Outcome.done(rules)
                    : Outcome.refused(
                        new Refusal.Rejected(
                            Optional.of(KEY),
                            rules.table()
                                + " has no column correlation_id, which every table has that"
                                + " extends task; no record is made there")));
  }

  private List<Outcome<Written<Ticket>>> create(
      TableRules rules, CreateTickets create, List<Draft> prepared) {
    List<Integer> all = IntStream.range(0, prepared.size()).boxed().toList();
    List<Draft> asked = new ArrayList<>(prepared);
    List<Outcome<Row>> answers = insert(rules, create, asked, all);
    List<Integer> again = new ArrayList<>();
    for (int i : all) {
      Draft draft = prepared.get(i);
      if (Stored.isRejected(answers.get(i)) && draft.parts().containsKey(FieldName.STATUS)) {
        Refusal why =
            Stored.explained(
                rules, Optional.empty(), draft, answers.get(i).refusal().orElseThrow());
        asked.set(i, draft.without(FieldName.STATUS, why));
        again.add(i);
      }
    }
    List<Outcome<Row>> second = insert(rules, create, asked, again);
    for (int i = 0; i < again.size(); i++) {
      int at = again.get(i);
      if (Stored.isRejected(second.get(i))) {
        // Refused without the status as well: then the first words are the better ones.
        asked.set(at, prepared.get(at));
      } else {
        answers.set(at, second.get(i));
      }
    }
    return all.stream()
        .map(
            i ->
                stored
                    .judge(rules, create.scope(), Optional.empty(), asked.get(i), answers.get(i))
                    .map(written -> withKey(rules, create.tickets().get(i), written)))
        .toList();
  }

  private List<Outcome<Row>> insert(
      TableRules rules, CreateTickets create, List<Draft> drafts, List<Integer> which) {
    return stored.send(
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
                      Stored.shape(create.scope(), drafts.get(i)));
                })
            .toList());
  }

  private static String display(String sync) {
    String display = "taskbridge " + sync;
    return display.length() <= LONGEST_DISPLAY ? display : display.substring(0, LONGEST_DISPLAY);
  }

  /** A record without its key cannot be found again: it is told about, and no more are made. */
  private Written<Ticket> withKey(TableRules rules, NewTicket asked, Written<Ticket> written) {
    if (written.now().idempotencyKeys().contains(asked.key())) {
      return written;
    }
    Refusal why =
        new Refusal.Rejected(
            Optional.of(KEY),
            "the account may not write or read correlation_id of "
                + rules.table()
                + ", without which a record cannot be found again; grant both. Seen at "
                + written.now().key());
    keyless.put(rules.table(), why, KEYLESS_FOR);
    Map<FieldName, Refusal> refused = new HashMap<>(written.refused());
    refused.put(KEY, why);
    return new Written<>(written.now(), refused);
  }
}
